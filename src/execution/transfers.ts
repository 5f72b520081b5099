/** Two lines of one subscriber that end at the same time, one giving its credit to the other: never settled side by side. */
import { resettle } from '../desk/resettle.ts';
import type { StepState } from '../plan/progress.ts';
import type { Tx } from '../store/db.ts';
import type { Execution } from './execution.ts';

type Pair = { readonly giver: string; readonly giver_line: string; readonly to_line: string; readonly giving: StepState; readonly receiver: string | null; readonly taking: StepState | null };

const pairsOf = (tx: Tx, caseIds: readonly string[], lineIds: readonly string[]): Promise<Pair[]> =>
  tx.query<Pair>(
    `select g.id as giver, g.line_id as giver_line, (g.plan #>> '{settlement,transfer,toLineId}')::uuid as to_line, gs.state as giving, r.id as receiver, rs.state as taking
     from cancellations g join steps gs on gs.cancellation_id = g.id and gs.name = 'settle-balance'
     left join cancellations r on r.line_id = (g.plan #>> '{settlement,transfer,toLineId}')::uuid and r.state in ('executing', 'stalled', 'cancelled', 'erased')
     left join steps rs on rs.cancellation_id = r.id and rs.name = 'settle-balance'
     where g.plan #> '{settlement,transfer}' is not null and (g.id = any($1::uuid[]) or g.plan #>> '{settlement,transfer,toLineId}' = any($2::text[]))
       and g.state in ('executing', 'stalled')`, [caseIds, lineIds]);

/**
 * For cases whose settlement is about to begin. Gives back those that have to wait, because credit is on its way to their line at
 * this moment; and reckons anew those whose receiver is being settled already. The locks on the lines let one of two decide first.
 */
export const beforeSettling = async (execution: Execution, tx: Tx, cases: readonly { readonly id: string; readonly lineId: string }[]): Promise<Set<string>> => {
  const [ids, lineIds] = [cases.map(({ id }) => id), cases.map(({ lineId }) => lineId)];
  if (ids.length === 0) return new Set();
  const seen = await pairsOf(tx, ids, lineIds);
  if (seen.length === 0) return new Set();
  await tx.query(`select 1 from lines where id = any($1::uuid[]) order by id for update`, [seen.flatMap(({ giver_line: from, to_line: to }) => [from, to])]);
  const pairs = await pairsOf(tx, ids, lineIds);
  const inBatch = new Set(ids);
  const onTheWay = (id: string): boolean => pairs.some(({ receiver, giving }) => receiver === id && giving === 'intended');
  const awaits = (id: string): boolean => pairs.some(({ receiver, giver, giving }) => receiver === id && giving === 'waiting' && inBatch.has(giver));
  const waiting = new Set(ids.filter((id) => onTheWay(id) || awaits(id)));
  // Lines that give to each other in a ring: one of them has to begin.
  const [first] = ids.filter((id) => !onTheWay(id)).toSorted();
  if (waiting.size === ids.length && first !== undefined && !pairs.some(({ giving }) => giving === 'intended')) waiting.delete(first);
  for (const { giver, giver_line: line, receiver, taking } of pairs)
    if (inBatch.has(giver) && !waiting.has(giver) && receiver !== null && taking !== 'waiting') await resettle(execution, tx, line);
  return waiting;
};
