/**
 * A program that had no answer asks again under the same key (`Idempotency-Key`, draft-ietf-httpapi-idempotency-key-header): it gets
 * the answer that there was. Keys are each client's own and hold for a day. Key and body are kept as keyed hashes, the answer sealed.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../store/clock.ts';
import type { Db, Tx } from '../store/db.ts';
import { purposeHolder, purposeKeyring } from '../vault/operator-purpose.ts';
import type { Vault } from '../vault/vault.ts';
import type { ApiClient } from './api-clients.ts';

type Tools = { readonly db: Db; readonly vault: Vault; readonly clock: Clock };
export type Answered = { readonly status: number; readonly text: string };

/** `first`: nobody has asked under it, or whoever did was lost before anything came of it. */
export type Claimed =
  | { readonly kind: 'first' }
  | { readonly kind: 'in-flight' }
  /** `made`: it was carried out, and whoever did was lost before the answer was kept. */
  | { readonly kind: 'before'; readonly bodyMark: Buffer; readonly made?: string; readonly answer?: Answered };

/** To be called in the transaction that makes what a request makes, with its id. */
export type Made = (tx: Tx, id: string) => Promise<void>;

export type RepeatedRequest = {
  claim(): Promise<Claimed>;
  /** In the transaction that makes it: there is the one exactly if there is the other. */
  made(tx: Tx, id: string, body: string): Promise<void>;
  /** What was said, for whoever asks again. */
  answered(body: string, answer: Answered): Promise<void>;
  /** Nothing came of it that anybody would have to hear again. */
  forget(): Promise<void>;
  markOf(body: string): Buffer;
  /** Says that it lives, until what is given back is called. */
  hold(): () => void;
};

const heldSeconds = 30;
const holdEveryMs = 8000;
export const keptForMs = 24 * 3_600_000;

/** A key as the draft writes it: a quoted string of printable ASCII; taken without quotes too. Undefined where it is none. */
export const readKey = (header: string): string | undefined => {
  const [, quoted, bare] = /^(?:"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"|([\x21\x23-\x2b\x2d-\x3a\x3c-\x7e]{1,255}))$/.exec(header.trim()) ?? [];
  return quoted?.replace(/\\(["\\])/g, '$1') ?? bare;
};

const contextOfAnswer = (mark: Buffer): string => `repeated:${mark.toString('hex')}`;

/** `route`: a key of one route is none of another. */
export const repeatedRequest = ({ db, vault, clock }: Tools, { clientId, brand }: ApiClient, route: string, key: string): RepeatedRequest => {
  const mark = vault.mark('idempotency key', brand, clientId, route, key);
  const row = [brand, clientId, mark] as const;
  const mine = 'brand = $1 and client_id = $2 and key_mark = $3';
  const markOf = (body: string): Buffer => vault.mark('idempotent body', brand, clientId, route, body);
  return {
    markOf,
    claim: () => db.inBrand(brand, async (tx) => {
      const now = clock.now();
      const won = await tx.query(
        `insert into repeated_requests as r (brand, client_id, key_mark, held_until, begun_at) values ($1, $2, $3, clock_timestamp() + $4 * interval '1 second', $5)
         on conflict (brand, client_id, key_mark) do update set held_until = excluded.held_until, begun_at = $5, body_mark = null, made = null, status = null, answer_sealed = null
         where r.begun_at < $6 or (r.status is null and r.made is null and r.held_until < clock_timestamp()) returning 1`,
        [...row, heldSeconds, now, new Date(now.getTime() - keptForMs)]);
      if (won.length > 0) return { kind: 'first' };
      const [found] = await tx.query<{ body_mark: Buffer | null; made: string | null; status: number | null; answer_sealed: Buffer | null; held: boolean }>(
        `select body_mark, made, status, answer_sealed, held_until > clock_timestamp() as held from repeated_requests where ${mine}`, [...row]);
      if (found === undefined || found.body_mark === null || (found.status === null && found.held)) return { kind: 'in-flight' };
      if (found.status === null || found.answer_sealed === null) return { kind: 'before', bodyMark: found.body_mark, ...(found.made === null ? {} : { made: found.made }) };
      const opened = (await purposeKeyring(vault, tx, 'bulk', [brand])).open(purposeHolder(brand, 'bulk'), contextOfAnswer(mark), found.answer_sealed);
      if (!opened.ok) throw new Error('an answer that was kept does not open');
      return { kind: 'before', bodyMark: found.body_mark, answer: { status: found.status, text: opened.value.toString('utf8') } };
    }),
    made: async (tx, id, body) => { await tx.query(`update repeated_requests set made = $4, body_mark = $5 where ${mine}`, [...row, id, markOf(body)]); },
    answered: (body, { status, text }) => db.inBrand(brand, async (tx) => {
      const sealed = (await purposeKeyring(vault, tx, 'bulk', [brand])).seal(purposeHolder(brand, 'bulk'), contextOfAnswer(mark), Buffer.from(text));
      await tx.query(`update repeated_requests set status = $4, answer_sealed = $5, body_mark = $6 where ${mine}`, [...row, status, sealed, markOf(body)]);
    }),
    forget: () => db.inBrand(brand, async (tx) => { await tx.query(`delete from repeated_requests where ${mine} and made is null`, [...row]); }),
    hold: () => {
      const timer = setInterval(() => void db.inBrand(brand, (tx) => tx.query(`update repeated_requests set held_until = clock_timestamp() + $4 * interval '1 second' where ${mine} and status is null`, [...row, heldSeconds])).catch(() => undefined), holdEveryMs);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
};

/** What was sent, as it goes by: `text` is whole once it has gone by to its end. */
export const fingerprint = async function* (source: AsyncIterable<Buffer>, ended: (text: string) => void): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
  ended(hash.digest('hex'));
};
