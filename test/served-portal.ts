/** The doors of a story behind a real socket: what a browser or a visitor without script talks to. */
import { openDoors } from '../src/doors.ts';
import type { Story } from './harness.ts';

export const servePortal = async ({ signoff, parts }: Story): Promise<{ url: string; close(): Promise<void> }> => {
  const app = await openDoors(signoff, parts);
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
};
