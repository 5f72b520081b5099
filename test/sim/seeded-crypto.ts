/** `node:crypto` as the program gets it in a simulation: all of it, with ids, salts and nonces drawn from the seed. */
export * from 'node:crypto';
import { randomOf } from './random.ts';

let random = randomOf(0, 7);
export const reseed = (seed: number): void => {
  random = randomOf(seed, 7);
};

export const randomBytes = (count: number): Buffer => random.bytes(count);
export const randomInt = (least: number, most?: number): number => (most === undefined ? random.below(least) : least + random.below(most - least));
export const randomUUID = (): string => {
  const bytes = random.bytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
