/** Cases: loaded and saved for arrays. Nothing else writes `state`. */
import { pastOf } from '../cancellation/events.ts';
import type { Asked, Because, Cancellation } from '../cancellation/cancellation.ts';
import type { Entry } from '../evidence/chain.ts';
import { openStates } from '../cancellation/life-cycle.ts';
import type { Moved } from '../cancellation/moves/move.ts';
import type { Tx } from './db.ts';
import { appendJournal, type Heads, type NewEntry } from './journal.ts';

type Row = {
  id: string; brand: string; subscriber_id: string; line_id: string; application_number: string | null; state: Cancellation['state'];
  version: number; pack_version: string; region: string; channel: Cancellation['channel']; reason: string | null; opened_at: Date; changed_at: Date; received_at: Date | null;
  due_at: Date | null; due_because: Because | null; waiting_since: Date | null; asked: Asked | null;
  refused_because: string | null; ends_on: string | null; effective_at: Date | null; ended_at: Date | null;
};

const columns = `id, brand, subscriber_id, line_id, application_number, state, version, pack_version, region, channel, reason,
  opened_at, changed_at, received_at, due_at, due_because, waiting_since, asked, refused_because, ends_on, effective_at, ended_at`;

const toCancellation = (row: Row): Cancellation => ({
  id: row.id, brand: row.brand, subscriberId: row.subscriber_id, lineId: row.line_id, state: row.state, version: row.version,
  packVersion: row.pack_version, region: row.region, channel: row.channel, openedAt: row.opened_at, changedAt: row.changed_at,
  ...(row.application_number === null ? {} : { applicationNumber: row.application_number }),
  ...(row.reason === null ? {} : { reason: row.reason }),
  ...(row.received_at === null ? {} : { receivedAt: row.received_at }),
  ...(row.due_at === null ? {} : { dueAt: row.due_at }),
  ...(row.due_because === null ? {} : { dueBecause: row.due_because }),
  ...(row.waiting_since === null ? {} : { waitingSince: row.waiting_since }),
  ...(row.asked === null ? {} : { asked: row.asked }),
  ...(row.refused_because === null ? {} : { refusedBecause: row.refused_because }),
  ...(row.ends_on === null ? {} : { endsOn: row.ends_on }),
  ...(row.effective_at === null ? {} : { effectiveAt: row.effective_at }),
  ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
});

/** Locks the rows, in the order of their ids so that two batches can't wait for each other. */
export const loadForMove = async (tx: Tx, ids: readonly string[]): Promise<Cancellation[]> =>
  (await tx.query<Row>(`select ${columns} from cancellations where id = any($1::uuid[]) order by id for update`, [ids])).map(toCancellation);

export const loadCancellations = async (tx: Tx, ids: readonly string[]): Promise<Cancellation[]> =>
  (await tx.query<Row>(`select ${columns} from cancellations where id = any($1::uuid[])`, [ids])).map(toCancellation);

/** A case of somebody who was erased is found by nobody: there is nothing left to show of it but the certificate, which has its own page. */
export const findByNumber = async (tx: Tx, applicationNumber: string): Promise<Cancellation | undefined> =>
  (await tx.query<Row>(`select ${columns} from cancellations c where application_number = $1 and not exists (select from subscribers s where s.id = c.subscriber_id and s.erased_at is not null)`, [applicationNumber])).map(toCancellation)[0];

/** The open case of a line, a draft included. */
export const openCaseOf = async (tx: Tx, lineId: string, lock = false): Promise<Cancellation | undefined> =>
  (await tx.query<Row>(`select ${columns} from cancellations where line_id = $1 and state = any($2::text[]) ${lock ? 'for update' : ''}`, [lineId, openStates])).map(toCancellation)[0];

export type KeptForm = { readonly sealed_form: Buffer | null; readonly content_type: string | null; readonly bytes: number | null };
/** Of the open case of a line: what was filled in, sealed, and the identity document that lies with it. */
export const formOfOpenCase = async (tx: Tx, lineId: string): Promise<KeptForm | undefined> =>
  (await tx.query<KeptForm>(
    `select c.sealed_form, d.content_type, d.bytes from cancellations c
     left join lateral (select content_type, bytes from documents where cancellation_id = c.id and purpose = 'identity' order by stored_at desc limit 1) d on true
     where c.line_id = $1 and c.state = any($2::text[])`, [lineId, openStates]))[0];

/** Per line its open case, or else the last one. */
export const casesOfLines = async (tx: Tx, lineIds: readonly string[]): Promise<Cancellation[]> =>
  (await tx.query<Row>(
    `select distinct on (line_id) ${columns} from cancellations where line_id = any($1::uuid[]) and (state <> 'lapsed' or application_number is not null)
     order by line_id, (state = any($2::text[])) desc, opened_at desc`,
    [lineIds, openStates],
  )).map(toCancellation);

/**
 * A new draft. Undefined where the line has an open case already: the partial unique index decides, however many ask at once.
 */
export const insertDraft = async (tx: Tx, draft: Cancellation, sealedForm: Buffer): Promise<Cancellation | undefined> => (await insertDrafts(tx, [{ draft, sealedForm }]))[0];

/** The same for many lines at once; resolves to those that there are now. */
export const insertDrafts = async (tx: Tx, drafts: readonly { readonly draft: Cancellation; readonly sealedForm: Buffer }[]): Promise<Cancellation[]> =>
  (await tx.query<Row>(
    `insert into cancellations (id, brand, subscriber_id, line_id, state, pack_version, region, channel, opened_at, changed_at, sealed_form)
     select id, brand, subscriber_id, line_id, 'draft', pack_version, region, channel, opened_at, opened_at, sealed_form
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::bytea[])
       as n(id, brand, subscriber_id, line_id, pack_version, region, channel, opened_at, sealed_form)
     on conflict (line_id) where state in (${openStates.map((state) => `'${state}'`).join(', ')}) do nothing
     returning ${columns}`,
    [drafts.map(({ draft }) => draft.id), drafts.map(({ draft }) => draft.brand), drafts.map(({ draft }) => draft.subscriberId), drafts.map(({ draft }) => draft.lineId), drafts.map(({ draft }) => draft.packVersion),
      drafts.map(({ draft }) => draft.region), drafts.map(({ draft }) => draft.channel), drafts.map(({ draft }) => draft.openedAt), drafts.map(({ sealedForm }) => sealedForm)],
  )).map(toCancellation);

/**
 * Saves moves and their journal entries, all or none. The rows must have been loaded by `loadForMove` in this transaction;
 * a version that changed all the same is a fault, not a lost update.
 * One case may move several times in a row: each from the state that the one before left. `heads`: as `appendJournal` takes them.
 */
export const saveMoves = async (tx: Tx, moves: readonly Moved[], extra: readonly NewEntry[] = [], heads?: Heads): Promise<readonly Entry[]> => {
  if (moves.length === 0) return appendJournal(tx, extra, heads);
  const last = new Map<string, { first: Moved; last: Moved }>();
  for (const move of moves) last.set(move.before.id, { first: last.get(move.before.id)?.first ?? move, last: move });
  const rows = [...last.values()].map(({ first, last }) => ({ was: first.before.version, ...rowOf(last.after) }));
  const saved = await tx.query<{ id: string }>(
    `update cancellations c set state = n.state, version = n.version, application_number = n.application_number, pack_version = n.pack_version,
        channel = n.channel, reason = n.reason, received_at = n.received_at, due_at = n.due_at, due_because = n.due_because,
        waiting_since = n.waiting_since, asked = n.asked, refused_because = n.refused_because, ends_on = n.ends_on, effective_at = n.effective_at,
        ended_at = n.ended_at, changed_at = n.changed_at
     from jsonb_to_recordset($1::jsonb) as n(was int, id uuid, state text, version int, application_number text, pack_version text, channel text,
        reason text, received_at timestamptz, due_at timestamptz, due_because jsonb, waiting_since timestamptz, asked jsonb,
        refused_because text, ends_on date, effective_at timestamptz, ended_at timestamptz, changed_at timestamptz)
     where c.id = n.id and c.version = n.was returning c.id`,
    [JSON.stringify(rows)],
  );
  if (saved.length !== rows.length) throw new Error('a case changed between its load and its save');
  await tx.query(
    `update lines l set frozen = (c.state = any($2::text[])) , status = case when c.state = 'cancelled' then 'cancelled' else l.status end
     from cancellations c where c.id = any($1::uuid[]) and l.id = c.line_id
       and (l.frozen is distinct from (c.state = any($2::text[])) or c.state = 'cancelled')`,
    [rows.map((row) => row.id), [...openStates.filter((state) => state !== 'draft'), 'cancelled', 'erased']],
  );
  return appendJournal(tx, [
    ...moves.map((move): NewEntry => ({ cancellationId: move.before.id, brand: move.before.brand, at: move.at, event: pastOf[move.move], actor: move.actor, facts: move.facts })),
    ...extra,
  ], heads);
};

const rowOf = (one: Cancellation) => ({
  id: one.id, state: one.state, version: one.version, application_number: one.applicationNumber, pack_version: one.packVersion, channel: one.channel,
  reason: one.reason, received_at: one.receivedAt, due_at: one.dueAt, due_because: one.dueBecause, waiting_since: one.waitingSince,
  asked: one.asked, refused_because: one.refusedBecause, ends_on: one.endsOn, effective_at: one.effectiveAt, ended_at: one.endedAt, changed_at: one.changedAt,
});
