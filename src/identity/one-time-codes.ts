/** One-time codes: eight digits, ten minutes, five tries, one use; a new one replaces the old. */
import { randomInt, randomUUID } from 'node:crypto';
import { no, ok, type Result } from '../cancellation/result.ts';
import { joined } from '../cancellation/identifiers/as-typed.ts';
import type { Clock } from '../store/clock.ts';
import type { Db, Tx } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';
import { countTry, forgiveTry, sourceKey, type Wait } from './throttle.ts';

/** `call` alone is meant to be read out to staff, and opens nothing but that call. */
export type CodePurpose = 'reset' | 'status' | 'step-up' | 'call';
export type ContactChannel = 'e-mail' | 'sms';

const lifetime = 10 * 60_000;
const triesMost = 5;
const digits = 8;

export type IssuedCode = { readonly codeId: string; readonly expiresAt: Date };

/** To be sent to a contact of record. The code stands here and nowhere else in the clear. */
export type CodeToTell = IssuedCode & {
  readonly brand: string;
  readonly purpose: CodePurpose;
  readonly subscriberId: string;
  /** Only for `status`. */
  readonly cancellationId?: string;
  /** Where the person wants it; the sender decides what is safe. */
  readonly channel: ContactChannel;
  readonly code: string;
};
/** Puts the message on its way inside the transaction that makes the code. */
export type TellCode = (tx: Tx, told: CodeToTell) => Promise<void>;

/** `subject` null makes a decoy: it looks and costs the same and nothing opens it. */
export const issueCode = async (tx: Tx, vault: Vault, now: Date, asked: { brand: string; purpose: CodePurpose; subject: string | null }): Promise<IssuedCode & { readonly code: string }> => {
  const codeId = randomUUID();
  const code = String(randomInt(10 ** digits)).padStart(digits, '0');
  const expiresAt = new Date(now.getTime() + lifetime);
  const lock = asked.subject ?? randomUUID();
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`one-time-code ${asked.purpose} ${lock}`]); // two requests at once leave one code
  await tx.query('update one_time_codes set used_at = $3 where subject = $1 and purpose = $2 and used_at is null', [lock, asked.purpose, now]);
  await tx.query('insert into one_time_codes (id, brand, purpose, subject, code_hash, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)', [
    codeId, asked.brand, asked.purpose, asked.subject, codeHash(vault, codeId, code), now, expiresAt,
  ]);
  return { codeId, code, expiresAt };
};

/** `code-over`: never was one, is used, replaced, expired, or had its five tries. `not-a-code`: no try was counted. */
export type CannotUseCode = { readonly kind: 'not-a-code'; readonly digits: number } | { readonly kind: 'wrong-code'; readonly triesLeft: number } | { readonly kind: 'code-over' } | Wait;

type Trial = { brand: string; purpose: CodePurpose; codeId: string; code: string; from: string; subject?: string };

/** Resolves to whom or what the code stands for, once. `subject`: the only one it may stand for. Commits the try, right or wrong. */
export const useCode = (db: Db, vault: Vault, clock: Clock, asked: Trial): Promise<Result<string, CannotUseCode>> => db.inBrand(asked.brand, (tx) => useCodeIn(tx, vault, clock.now(), asked));

/** The same inside a transaction of the caller's, which must commit whatever comes of it: an uncounted try is a free one. */
export const useCodeIn = async (tx: Tx, vault: Vault, now: Date, asked: Trial): Promise<Result<string, CannotUseCode>> => {
  const code = joined(asked.code);
  if (!new RegExp(`^\\d{${digits}}$`).test(code)) return no({ kind: 'not-a-code', digits });
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(asked.codeId)) return no({ kind: 'code-over' });
  const source = [{ bucket: 'code-source', key: sourceKey(vault, asked.brand, asked.from) }] as const;
  const counted = await countTry(tx, asked.brand, now, source);
  if (!counted.ok) return counted;
  // One statement counts the try and takes the code, so that a hundred at once are five.
  const [tried] = await tx.query<{ right: boolean; subject: string | null; tries: number }>(
    `update one_time_codes set tries = tries + 1, used_at = case when code_hash = $4 and subject is not null then $5::timestamptz end
     where id = $1 and brand = $2 and purpose = $3 and used_at is null and expires_at > $5 and tries < $6 and ($7::uuid is null or subject = $7)
     returning used_at is not null as right, subject, tries`,
    [asked.codeId.toLowerCase(), asked.brand, asked.purpose, codeHash(vault, asked.codeId.toLowerCase(), code), now, triesMost, asked.subject ?? null],
  );
  if (tried === undefined) return no({ kind: 'code-over' });
  if (!tried.right || tried.subject === null) return no(tried.tries < triesMost ? { kind: 'wrong-code', triesLeft: triesMost - tried.tries } : { kind: 'code-over' });
  await forgiveTry(tx, asked.brand, now, source);
  return ok(tried.subject);
};

/** Whether a code that is used up was this one: for a form that was sent twice. */
export const wasThisCode = async (tx: Tx, vault: Vault, codeId: string, code: string): Promise<boolean> =>
  (await tx.query(`select 1 from one_time_codes where id = $1 and code_hash = $2 and used_at is not null`, [codeId.toLowerCase(), codeHash(vault, codeId.toLowerCase(), joined(code))])).length > 0;

const codeHash = (vault: Vault, codeId: string, code: string): Buffer => vault.mark('one-time code', codeId, code);
