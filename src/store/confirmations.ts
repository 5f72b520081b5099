/** The times within which cases are confirmed, and the links that do it. */
import { createHash } from 'node:crypto';
import type { Round, Window } from '../policy/confirmation.ts';
import type { Tx } from './db.ts';

export type OpenRound = Window & { readonly caseId: string; readonly round: Round; /** A link was sent before. */ readonly asked: boolean };

export const openRounds = async (tx: Tx, rounds: readonly (Window & { readonly caseId: string; readonly brand: string; readonly round: Round })[]): Promise<void> => {
  if (rounds.length === 0) return;
  await tx.query(
    `insert into confirmations (cancellation_id, brand, round, opens_at, until) select * from unnest($1::uuid[], $2::text[], $3::int[], $4::timestamptz[], $5::timestamptz[])
     on conflict (cancellation_id, round) do update set opens_at = excluded.opens_at, until = excluded.until, confirmed_at = null`,
    [rounds.map((one) => one.caseId), rounds.map((one) => one.brand), rounds.map((one) => one.round), rounds.map((one) => one.opensAt), rounds.map((one) => one.until)]);
};

/** Of each case the round that waits for its subscriber. */
export const roundsOf = async (tx: Tx, caseIds: readonly string[]): Promise<Map<string, OpenRound>> => {
  const rows = await tx.query<{ id: string; round: Round; opens_at: Date; until: Date; asked: boolean }>(
    `select distinct on (c.cancellation_id) c.cancellation_id as id, c.round, c.opens_at, c.until,
       exists (select from confirmation_links l where l.cancellation_id = c.cancellation_id and l.round = c.round) as asked
     from confirmations c where c.cancellation_id = any($1::uuid[]) and c.confirmed_at is null order by c.cancellation_id, c.round desc`, [caseIds]);
  return new Map(rows.map((row) => [row.id, { caseId: row.id, round: row.round, opensAt: row.opens_at, until: row.until, asked: row.asked }]));
};

/** SHA-256 of a token of 256 random bits. */
export const hashOfLink = (token: string): Buffer => createHash('sha256').update(token).digest();

export const keepLinks = async (tx: Tx, now: Date, links: readonly { readonly tokenHash: Buffer; readonly brand: string; readonly caseId: string; readonly round: Round }[]): Promise<void> => {
  if (links.length === 0) return;
  await tx.query(
    `insert into confirmation_links (token_hash, brand, cancellation_id, round, made_at) select token_hash, brand, cancellation_id, round, $5
     from unnest($1::bytea[], $2::text[], $3::uuid[], $4::int[]) as l (token_hash, brand, cancellation_id, round)`,
    [links.map((one) => one.tokenHash), links.map((one) => one.brand), links.map((one) => one.caseId), links.map((one) => one.round), now]);
};

export type FoundLink = { readonly caseId: string; readonly round: Round; readonly until: Date; readonly confirmedAt?: Date; /** Another was sent in its place. */ readonly replaced: boolean };

/** Every link of this round that was sent before confirms nothing any more. */
export const replaceLinks = async (tx: Tx, caseId: string, round: Round, now: Date): Promise<void> => {
  await tx.query(`update confirmation_links set replaced_at = $3 where cancellation_id = $1 and round = $2 and replaced_at is null`, [caseId, round, now]);
};

/** When the last mail with a link of this round was made, and to whom it went, masked. */
export const lastLink = async (tx: Tx, caseId: string, round: Round): Promise<{ readonly at: Date; readonly to: readonly string[] } | undefined> => {
  const [row] = await tx.query<{ at: Date | null; to: string[] | null }>(
    `select max(l.made_at) as at, (select array_agg(distinct n.to_masked) from notices n where n.cancellation_id = $1 and n.template in ('confirm', 'confirm-reminder') and n.created_at = max(l.made_at)) as to
     from confirmation_links l where l.cancellation_id = $1 and l.round = $2`, [caseId, round]);
  return row?.at == null ? undefined : { at: row.at, to: row.to ?? [] };
};

/** What a link is for; nothing of another brand's. */
export const linkOf = async (tx: Tx, tokenHash: Buffer): Promise<FoundLink | undefined> => {
  const [row] = await tx.query<{ id: string; round: Round; until: Date; confirmed_at: Date | null; replaced: boolean }>(
    `select l.cancellation_id as id, l.round, c.until, c.confirmed_at, l.replaced_at is not null as replaced from confirmation_links l
     join confirmations c on c.cancellation_id = l.cancellation_id and c.round = l.round where l.token_hash = $1`, [tokenHash]);
  return row && { caseId: row.id, round: row.round, until: row.until, replaced: row.replaced, ...(row.confirmed_at === null ? {} : { confirmedAt: row.confirmed_at }) };
};

export const closeRound = async (tx: Tx, caseId: string, round: Round, now: Date): Promise<void> => {
  await tx.query(`update confirmations set confirmed_at = $3 where cancellation_id = $1 and round = $2`, [caseId, round, now]);
};
