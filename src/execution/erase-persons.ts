/** Whoever has no line any more, and whom neither law nor policy keeps longer, is erased: everything the data-map says, their key last (UR6). */
import { erase } from '../cancellation/moves/erase.ts';
import { daysToErase } from '../desk/erasures.ts';
import { must } from '../desk/must.ts';
import { whatStays } from '../erasure/what-goes.ts';
import { loadForMove, saveMoves } from '../store/cancellations.ts';
import { dueToErase, eraseRows, everythingOf, freeOfHolds, markErased, setEraseAfter, toReckon } from '../store/erasure.ts';
import type { Execution } from './execution.ts';

type Tools = Pick<Execution, 'db' | 'vault' | 'clock' | 'packs'>;
/** Persons in one transaction. */
const piece = 100;

/** Resolves to the last of them, where there may be more. */
const reckonPiece = (tools: Tools, after: string | undefined): Promise<string | undefined> =>
  tools.db.ofBatch(async (tx) => {
    const ids = await toReckon(tx, after, piece);
    if (ids.length > 0) await setEraseAfter(tx, await daysToErase(tools, tx, ids));
    return ids.length < piece ? undefined : ids.at(-1);
  });

/** All of it in one transaction, so a worker that is killed in it has erased nobody, and nobody is half erased. Resolves to how many. */
const erasePiece = (tools: Tools): Promise<number> =>
  tools.db.ofBatch(async (tx) => {
    const now = tools.clock.now();
    const free = await freeOfHolds(tx, await dueToErase(tx, now, piece));
    if (free.length === 0) return 0;
    const days = await daysToErase(tools, tx, free);
    const later = days.filter(({ after }) => after > now);
    await setEraseAfter(tx, later);
    const kept = new Set(later.map(({ id }) => id));
    const ids = free.filter((id) => !kept.has(id));
    const persons = await everythingOf(tx, ids);
    const cases = await loadForMove(tx, persons.cases);
    await eraseRows(tx, persons);
    await tools.vault.destroyKeys(tx, [...persons.subscribers, ...persons.statements]);
    await saveMoves(tx, cases.filter(({ state }) => state === 'cancelled').map((one) => must(erase(one, now, { kept: whatStays() }))));
    await markErased(tx, ids, now);
    return ids.length;
  });

/** Asked every hour. Resolves to how many were erased. */
export const erasePersons = async (tools: Tools): Promise<number> => {
  for (let last = await reckonPiece(tools, undefined); last !== undefined; last = await reckonPiece(tools, last));
  let erased = 0;
  for (let more = await erasePiece(tools); more > 0; more = await erasePiece(tools)) erased += more;
  return erased;
};
