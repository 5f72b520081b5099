/** What must have happened in the carrier's systems when the steps of a plan are done: that, and nothing else. */
import type { DemoLine } from './data.ts';

type Outcome = { readonly name: string; readonly outcome: string };
type Happened = { readonly system: string; readonly effect: string; readonly subject: string };

const effectsOf = (step: string, { identifiers: { imsi = '', iccid = '' }, billingRef, profile, services = [] }: DemoLine): readonly Happened[] => {
  const register = (effect: string): Happened => ({ system: 'home-register', effect, subject: imsi });
  switch (step) {
    case 'freeze-line': return [{ system: 'billing', effect: 'frozen', subject: billingRef }];
    case 'bar-line': return [register('circuit-switched-off'), register('packet-switched-off')];
    case 'end-sessions': return [{ system: 'nas', effect: 'session-ended', subject: imsi }];
    case 'end-linked-services': return services.map(() => ({ system: 'linked-services', effect: 'service-ended', subject: billingRef }));
    case 'settle-balance': return [{ system: 'billing', effect: 'settled', subject: billingRef }];
    case 'refund-credit': return [{ system: 'payouts', effect: 'refunded', subject: `pay-${billingRef}` }];
    // An installed profile is its user's to delete: nothing happens at the platform.
    case 'cancel-esim-order': return profile === 'installed' ? [] : [{ system: 'sm-dp-plus', effect: 'order-cancelled', subject: iccid }];
    case 'detach-subscriber': return [register('serving-node-told')];
    case 'remove-subscriber': return [register('subscriber-removed')];
    case 'stop-billing': return [{ system: 'billing', effect: 'stopped', subject: billingRef }];
    default: return [];
  }
};

const inOrder = (effects: readonly Happened[]): string[] => effects.map(({ system, effect, subject }) => `${system} ${effect} ${subject}`).toSorted();

/** Mail and messages are apart: they go to people. */
export const isOnTheLine = ({ system }: Pick<Happened, 'system'>): boolean => system !== 'mail' && system !== 'message-centre';

/** `line` as it was before the story; each of its bills is paid on the way, which is a settlement of its own. */
export const effectsWanted = (line: DemoLine, steps: readonly Outcome[]): string[] =>
  inOrder([
    ...line.bills.map(() => ({ system: 'billing', effect: 'settled', subject: line.billingRef }) as const),
    ...steps.filter(({ outcome }) => outcome === 'done').flatMap(({ name }) => effectsOf(name, line)),
  ]);

export const effectsSeen = (effects: readonly Happened[]): string[] => inOrder(effects.filter(isOnTheLine));

/** Empty where it went as the plan says. */
export const effectsAmiss = (line: DemoLine, steps: readonly Outcome[], effects: readonly Happened[]): string[] => {
  const [wanted, seen] = [effectsWanted(line, steps), effectsSeen(effects)];
  const without = (from: readonly string[], taken: readonly string[]): string[] => taken.reduce((left, one) => {
    const at = left.indexOf(one);
    return at < 0 ? left : left.toSpliced(at, 1);
  }, [...from]);
  return [
    ...without(wanted, seen).map((one) => `the carrier knows nothing of: ${one}`),
    ...without(seen, wanted).map((one) => `nobody asked the carrier for: ${one}`),
  ];
};
