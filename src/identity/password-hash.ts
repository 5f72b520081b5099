/** argon2id (RFC 9106) in PHC string format. Runs in the thread pool, a few at a time: each takes 19 MiB. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { atMost } from '../vault/at-most.ts';

type Cost = { readonly memory: number; readonly passes: number; readonly parallelism: number };

/** OWASP Password Storage Cheat Sheet: m = 19 MiB, t = 2, p = 1. A hash made at another cost is made anew at the next sign-in. */
const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const saltLength = 16;
const tagLength = 32;
/** NFKC, so that what an input method writes full-width is the same password (NIST SP 800-63B-4 §3.1.1.2). */
export const asPassword = (typed: string): string => typed.normalize('NFKC');

const inTurn = atMost(2, 200);
let runs = 0;

/** How many hashes this process has computed: a known and an unknown name must cost the same. */
export const passwordRuns = (): number => runs;

const derive = (password: string, salt: Buffer, { memory, passes, parallelism }: Cost): Promise<Buffer | 'turned-away'> =>
  inTurn(() => {
    runs += 1;
    return new Promise<Buffer>((resolve, reject) =>
      argon2('argon2id', { message: asPassword(password), nonce: salt, parallelism, tagLength, memory, passes }, (fault, tag) => (fault ? reject(fault) : resolve(tag))));
  });

const phc = ({ memory, passes, parallelism }: Cost, salt: Buffer, tag: Buffer): string =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

const shape = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43})$/;
const parse = (hash: string): { cost: Cost; salt: Buffer; tag: Buffer } => {
  const [, memory, passes, parallelism, salt, tag] = shape.exec(hash) ?? [];
  if (salt === undefined || tag === undefined) throw new Error('a stored password hash is not argon2id in PHC form');
  return { cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }, salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') };
};

/** `busy`: too many are waiting already; nothing was computed. */
export const hashPassword = async (password: string): Promise<string | 'busy'> => {
  const salt = randomBytes(saltLength);
  const tag = await derive(password, salt, cost);
  return tag === 'turned-away' ? 'busy' : phc(cost, salt, tag);
};

/** What an unknown name is checked against: it costs what a real one costs, and nothing fits it. */
export const decoyHash: string = phc(cost, randomBytes(saltLength), randomBytes(tagLength));

export const verifyPassword = async (hash: string, password: string): Promise<boolean | 'busy'> => {
  const stored = parse(hash);
  const tag = await derive(password, stored.salt, stored.cost);
  return tag === 'turned-away' ? 'busy' : timingSafeEqual(tag, stored.tag);
};

export const isOutdated = (hash: string): boolean => {
  const { memory, passes, parallelism } = parse(hash).cost;
  return memory !== cost.memory || passes !== cost.passes || parallelism !== cost.parallelism;
};
