/**
 * How often something may be tried. Counted before the try and inside PostgreSQL, so that a hundred at once count as a
 * hundred. A counter forgets with time; past its free tries each further one doubles the wait, up to a limit: nobody is
 * locked out for good.
 */
import { isIPv4, isIPv6 } from 'node:net';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Tx } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';

/** Seconds. `forgets`: in this time one try is forgotten. `longest`: the wait grows no further. */
type Rule = { readonly free: number; readonly forgets: number; readonly longest: number };

const rules = {
  'account': { free: 5, forgets: 3600, longest: 900 }, // at most about a hundred guesses a day (NIST SP 800-63B-4 §3.2.2)
  'device': { free: 10, forgets: 300, longest: 300 }, // a browser that signed in before: strangers can't use it up
  'source': { free: 50, forgets: 30, longest: 300 }, // generous: whole campuses and carriers share an address
  'code-account': { free: 10, forgets: 1200, longest: 1800 }, // messages sent, by whomever: bounds the flood and the guessing
  'code-account-from': { free: 3, forgets: 600, longest: 1800 },
  'question': { free: 3, forgets: 7200, longest: 3600 }, // answers are few and found out easily: about twenty guesses a day
  'statement-source': { free: 10, forgets: 60, longest: 300 }, // a statement has to get in; a flood of mails to strangers must not
  'sent-again': { free: 3, forgets: 1200, longest: 1800 },
  'question-set': { free: 5, forgets: 3600, longest: 3600 }, // each costs an argon2id and a mail
  'api-client': { free: 300, forgets: 0.1, longest: 30 }, // ten a second go on for ever, and a burst of three hundred
  'code-source': { free: 20, forgets: 60, longest: 900 },
} as const satisfies Record<string, Rule>;
export type Bucket = keyof typeof rules;
export type Counter = { readonly bucket: Bucket; readonly key: Buffer };

/** Say it: "try again in `seconds`". */
export type Wait = { readonly kind: 'wait'; readonly seconds: number };
export const waitShortly: Wait = { kind: 'wait', seconds: 5 };

const leaked = 'greatest(0, a.weight - greatest(0, extract(epoch from excluded.counted_at - a.counted_at)::float8) / $5::float8) + 1';
const count = `
  insert into attempts as a (brand, bucket, key, weight, counted_at, not_before) values ($1, $2, $3, 1, $4, 'epoch')
  on conflict (brand, bucket, key) do update set
    weight = least(${leaked}, $6::float8 + 12), -- far enough for the longest wait; no more to forget
    counted_at = excluded.counted_at,
    -- Untouched while tries are free: of two at the same moment, the one whose clock was read first is no try too soon.
    not_before = case when ${leaked} > $6::float8
      then excluded.counted_at + make_interval(secs => least($7::float8, power(2, least(${leaked} - $6::float8, 20)))) else a.not_before end
  where a.not_before <= excluded.counted_at
  returning 1`;

/** Counts one try on each, in the order given, until one says to wait. The caller commits it, whatever comes of the try. */
export const countTry = async (tx: Tx, brand: string, now: Date, counters: readonly Counter[]): Promise<Result<undefined, Wait>> => {
  for (const { bucket, key } of counters) {
    const { forgets, free, longest } = rules[bucket];
    const counted = await tx.query(count, [brand, bucket, key, now, forgets, free, longest]);
    if (counted.length > 0) continue;
    const [row] = await tx.query<{ not_before: Date }>('select not_before from attempts where brand = $1 and bucket = $2 and key = $3', [brand, bucket, key]);
    return no({ kind: 'wait', seconds: Math.max(1, Math.ceil(((row?.not_before.getTime() ?? 0) - now.getTime()) / 1000)) });
  }
  return ok(undefined);
};

/** The try was right after all: the source gets its one back, the others start anew. */
export const forgiveTry = async (tx: Tx, brand: string, now: Date, counters: readonly Counter[]): Promise<void> => {
  for (const { bucket, key } of counters) {
    await tx.query(
      bucket.endsWith('source')
        ? 'update attempts set weight = greatest(0, weight - 1), not_before = least(not_before, $4) where brand = $1 and bucket = $2 and key = $3'
        : 'delete from attempts where brand = $1 and bucket = $2 and key = $3 and counted_at <= $4',
      [brand, bucket, key, now],
    );
  }
};

/** The address that a request came from, hashed. IPv6 by its /64: one person has all of it. */
export const sourceKey = (vault: Vault, brand: string, address: string): Buffer => vault.mark('source', brand, networkOf(address));

const networkOf = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIPv4(plain) || !isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const groups = plain.includes('::') ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right] : left;
  return groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':');
};
