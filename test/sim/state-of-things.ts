/** What the database has committed, seen from outside in one look. */
import type { State } from '../../src/cancellation/life-cycle.ts';
import { pastOf } from '../../src/cancellation/events.ts';
import type { Postgres } from './postgres.ts';

export type SeenCase = {
  readonly id: string; readonly brand: string; readonly line: string; readonly state: State; readonly version: number; readonly fence: number; readonly leased: boolean;
  readonly effective: number | null; readonly number: string | null; readonly channel: string | null; readonly opened: number; readonly moves: number; readonly entries: number; readonly certified: boolean;
  /** Its settlement moves something. */
  readonly settles: boolean;
};
export type SeenStep = { readonly case: string; readonly name: string; readonly undo: boolean; readonly state: string; readonly key: string | null; readonly done: number; /** How often it was ordered once more. */ readonly mends: number };
export type Seen = { readonly due: ReadonlyMap<string, number>; readonly active: number; readonly dead: number; readonly cases: readonly SeenCase[]; readonly steps: readonly SeenStep[]; readonly refundsOut: number; readonly orders: readonly { readonly id: string; readonly state: string }[]; readonly openFindings: number; readonly unmatched: number; readonly unsent: readonly string[] };

const moves = Object.values(pastOf);
const sql = `select json_build_object(
  'due', (select coalesce(json_agg(json_build_array(name, due)), '[]') from (select name, ceil(extract(epoch from min(start_after)) * 1000)::float8 as due from pgboss.job where state in ('created', 'retry') and name <> 'dead' group by name order by name) j),
  'active', (select count(*) from pgboss.job where state = 'active'),
  'dead', (select count(*) from pgboss.job where name = 'dead'),
  'cases', (select coalesce(json_agg(json_build_object('id', c.id, 'brand', c.brand, 'line', c.line_id, 'state', c.state, 'version', c.version, 'fence', c.fence, 'leased', c.lease_until is not null,
     'effective', extract(epoch from c.effective_at) * 1000, 'number', c.application_number, 'channel', c.channel, 'opened', extract(epoch from c.opened_at) * 1000,
     'moves', (select count(*) from journal j where j.cancellation_id = c.id and j.event = any($1)), 'entries', (select count(*) from journal j where j.cancellation_id = c.id),
     'settles', exists (select from jsonb_each(c.plan -> 'settlement') a where jsonb_typeof(a.value) = 'object' or (a.key like '%Minor' and a.key <> 'chargesMinor' and a.value <> '0')),
     'certified', exists (select from certificates t where t.cancellation_id = c.id)) order by c.opened_at, c.id), '[]') from cancellations c),
  'steps', (select coalesce(json_agg(json_build_object('case', cancellation_id, 'name', name, 'undo', phase = 'undo', 'state', state, 'key', intent_key,
     'done', (select count(*) from journal j where j.cancellation_id = s.cancellation_id and j.event in ('step-done', 'step-undone', 'step-attested') and j.facts ->> 'step' = s.name),
     'mends', (select count(*) from journal j where j.cancellation_id = s.cancellation_id and j.event = 'mend-ordered')) order by cancellation_id, ordinal), '[]')
     from steps s where state not in ('waiting', 'not-wanted')),
  'orders', (select coalesce(json_agg(json_build_object('id', id, 'state', state) order by uploaded_at, id), '[]') from bulk_orders),
  'openFindings', (select count(*) from findings where mended_at is null),
  'unmatched', (select count(*) from statements where cancellation_id is null and line_id is null and handled_at is null),
  'refundsOut', (select count(*) from refunds where state in ('sent')),
  'unsent', (select coalesce(json_agg(template || ' ' || channel || ' ' || state || ' ' || attempts || ' ' || coalesce(because, '')), '[]') from notices where state in ('queued', 'intended'))) as seen`;

export const nothingSeen: Seen = { due: new Map(), active: 0, dead: 0, cases: [], steps: [], refundsOut: 0, orders: [], openFindings: 0, unmatched: 0, unsent: [] };

export const look = async (postgres: Postgres): Promise<Seen> => {
  const { rows: [row] } = await postgres.driver.query<{ seen: Omit<Seen, 'due'> & { due: [string, number][] } }>(sql, [moves]);
  if (row === undefined) throw new Error('nothing to be seen');
  return { ...row.seen, due: new Map(row.seen.due) };
};
