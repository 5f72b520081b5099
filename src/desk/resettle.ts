import { makePlan } from '../plan/make-plan.ts';
import type { Pack } from '../policy/pack.ts';
import { openCaseOf } from '../store/cancellations.ts';
import type { Tx } from '../store/db.ts';
import { loadLines } from '../store/lines.ts';
import { openLine } from '../vault/contents.ts';
import type { Desk } from './desk.ts';
import { packOf } from './follow.ts';
import { settledOf, type SettledTerms } from './settled.ts';
import { standingOf } from './standing.ts';

/** Credit that comes where none may be left goes back to where it was paid from. */
const lenient = (pack: Pack): Pack => (pack.settlement.credit === 'zero-demanded' ? { ...pack, settlement: { ...pack.settlement, credit: 'refund' } } : pack);

/** A line whose own settlement has begun takes nothing any more: what was to go there goes back, as far as the policy offers it. */
const stillTaken = async (tx: Tx, pack: Pack, terms: SettledTerms): Promise<SettledTerms> => {
  if (terms.toLineId === undefined) return terms;
  const begun = await tx.query(
    `select 1 from cancellations c join steps s on s.cancellation_id = c.id and s.name = 'settle-balance'
     where c.line_id = $1 and c.state in ('executing', 'stalled', 'cancelled', 'erased') and s.state <> 'waiting'`, [terms.toLineId]);
  if (begun.length === 0) return terms;
  const { choice: _, toLineId: __, ...days } = terms;
  return pack.settlement.choices.includes('refund') ? { ...days, choice: 'refund' } : days;
};

/**
 * Reckons the settlement of a received case anew, after what it stands on has changed: a bill was paid, credit came from another
 * line, the line that credit was to go to has ended. The day, and otherwise the choice, stay those of the receipt. A settlement
 * that has begun stays as it is.
 */
export const resettle = async (desk: Pick<Desk, 'packs' | 'vault'>, tx: Tx, lineId: string): Promise<void> => {
  const one = await openCaseOf(tx, lineId, true);
  if (one === undefined || one.state === 'draft') return;
  const [saved] = await tx.query<{ terms: SettledTerms | null; begun: boolean }>(
    `select plan -> 'terms' as terms, exists (select from steps s where s.cancellation_id = c.id and s.name = 'settle-balance' and s.state <> 'waiting') as begun
     from cancellations c where id = $1`, [one.id]);
  const [row] = await loadLines(tx, [lineId]);
  if (!saved?.terms || saved.begun || row === undefined) return; // without terms it was received by an older build: carried out as it was shown
  const pack = lenient(packOf(desk, one));
  const terms = await stillTaken(tx, pack, saved.terms);
  const keyring = await desk.vault.keyring(tx, [one.subscriberId]);
  const { line } = openLine(keyring, row);
  const settled = settledOf(pack, await standingOf(tx, keyring, row), line, terms);
  await tx.query(`update cancellations set plan = plan || $2::jsonb where id = $1`, [one.id, JSON.stringify({ settlement: settled.order, money: settled.lines, terms })]);
  const wanted = makePlan(pack, line, settled.order).find((step) => step.name === 'refund-credit')?.wanted ?? false;
  await tx.query(`update steps set state = $2 where cancellation_id = $1 and name = 'refund-credit' and state in ('waiting', 'not-wanted')`, [one.id, wanted ? 'waiting' : 'not-wanted']);
};
