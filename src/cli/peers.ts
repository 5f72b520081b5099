/** The programs that test/peers speaks with and that we did not write: which file needs which, and what brings it. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { findProgram, type Need } from './debian-packages.ts';

const peer = z.strictObject({
  /** A name on the path, or the whole path. */
  program: z.string(),
  debian: z.string(),
  /** What Debian would have running from the next start of the machine on. */
  daemon: z.string().optional(),
});
const list = z.record(z.string().regex(/^[a-z0-9-]+\.test\.ts$/), z.array(peer));

export type Peer = z.infer<typeof peer> & { readonly file: string };

/** By test file, as they stand in test/peers/peers.json; a file that needs nothing from Debian need not stand there. */
export const allPeers = (): readonly Peer[] => {
  const path = new URL('../../test/peers/peers.json', import.meta.url);
  return Object.entries(list.parse(JSON.parse(readFileSync(path, 'utf8')))).flatMap(([file, peers]) => peers.map((one) => ({ ...one, file })));
};

export const isThere = ({ program }: Peer): boolean => findProgram(program) !== undefined;

export const needOf = (one: Peer): Need => ({ debian: one.debian, tests: `test/peers/${one.file}`, isThere: () => isThere(one), ...(one.daemon === undefined ? {} : { daemon: one.daemon }) });

/**
 * For a test that cannot run without it.
 * @throws Error that says which package brings it
 */
export const requirePeer = (program: string): string => {
  const found = findProgram(program);
  const one = allPeers().find((peer) => peer.program === program);
  if (one === undefined) throw new Error(`${program} does not stand in test/peers/peers.json.`);
  if (found === undefined) throw new Error(`${program} is not on this machine. Install it (on Debian: apt-get install ${one.debian}), then run the tests again.`);
  return found;
};
