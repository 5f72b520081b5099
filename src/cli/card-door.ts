import type { Opened } from './open-all.ts';

/** The door of the SM-DP+, where one is set; in a demo one of its own, at which the simulated one reports. @throws CannotStart */
export const openCardDoor = async ({ settings: { cardDoor }, signoff, demo }: Pick<Opened, 'settings' | 'signoff' | 'demo'>): Promise<{ close(): Promise<void> } | undefined> => {
  if (cardDoor !== undefined) return signoff.listenToCards(cardDoor);
  if (demo === undefined) return undefined;
  const { ca, door } = demo.simulator.certificates;
  const opened = await signoff.listenToCards({ host: '127.0.0.1', port: 0, tls: { ca, ...door } });
  demo.simulator.reportTo(`https://127.0.0.1:${opened.port}`);
  return opened;
};
