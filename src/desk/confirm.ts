/** The mailed link: looking at it does nothing, since mail programs look too; the button on its page confirms. */
import type { State } from '../cancellation/life-cycle.ts';
import type { LineKind } from '../cancellation/line.ts';
import { confirm } from '../cancellation/moves/confirm.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import { maskNumber } from '../evidence/subject.ts';
import { dayIsOver } from '../policy/end.ts';
import { remindAt, windowOf, type Round } from '../policy/confirmation.ts';
import { loadCancellations, loadForMove } from '../store/cancellations.ts';
import { closeRound, hashOfLink, linkOf, openRounds, type FoundLink } from '../store/confirmations.ts';
import type { Tx } from '../store/db.ts';
import { appendJournal } from '../store/journal.ts';
import { loadLines } from '../store/lines.ts';
import { openLine } from '../vault/contents.ts';
import type { Cancellation } from '../cancellation/cancellation.ts';
import { serviceUntil } from './after-approval.ts';
import type { Desk } from './desk.ts';
import { packOf, saveAndFollow } from './follow.ts';
import { must } from './must.ts';

/** What the link's page shows: whoever has the mail has no more of the case than this. */
export type LinkView = {
  readonly applicationNumber: string;
  readonly kind: LineKind;
  /** Masked. */
  readonly number: string;
  readonly round: Round;
  readonly until: Date;
  /** `open`: waits for the button. `confirmed`: it was pressed. `late`: its time is over. `over`: the case ended otherwise. `replaced`: a newer mail has another. */
  readonly stands: 'open' | 'confirmed' | 'late' | 'over' | 'replaced';
  readonly state: State;
  /** The point of no return, once it is set. */
  readonly effectiveAt?: Date;
  /** A second link follows then. */
  readonly againFrom?: Date;
  readonly recoverableDays: number;
  /** The last day of service, where one was fixed and is still to come. */
  readonly endsOn?: string;
};

/** The line stays, whatever was confirmed before. */
const keptStates = new Set<State>(['withdrawn', 'refused', 'lapsed']);

const view = async (desk: Desk, tx: Tx, one: Cancellation, link: FoundLink, now: Date): Promise<LinkView> => {
  const [row] = await loadLines(tx, [one.lineId]);
  if (row === undefined || one.applicationNumber === undefined) throw new Error('a link to a case that was never received');
  const { line } = openLine(await desk.vault.keyring(tx, [one.subscriberId]), row);
  const pack = packOf(desk, one);
  const again = pack.confirmation?.again !== undefined && link.round === 1 && link.confirmedAt !== undefined && one.state === 'approved';
  return {
    applicationNumber: one.applicationNumber, kind: line.kind, number: maskNumber(line.msisdn), round: link.round, until: link.until, state: one.state, recoverableDays: pack.recoverableDays,
    stands: keptStates.has(one.state) ? 'over' : link.confirmedAt !== undefined ? 'confirmed' : one.state !== 'approved' ? 'over' : link.replaced ? 'replaced' : now >= link.until ? 'late' : 'open',
    ...(one.effectiveAt === undefined ? {} : { effectiveAt: one.effectiveAt }),
    ...(one.endsOn === undefined || dayIsOver(pack, one.endsOn) <= now ? {} : { endsOn: one.endsOn }),
    ...(again && pack.confirmation !== null && link.confirmedAt !== undefined ? { againFrom: windowOf(pack.confirmation, 2, link.confirmedAt).opensAt } : {}),
  };
};

export const seeLink = (desk: Desk, brand: string, token: string): Promise<LinkView | undefined> =>
  desk.db.inBrand(brand, async (tx) => {
    const link = await linkOf(tx, hashOfLink(token));
    const one = link === undefined ? undefined : (await loadCancellations(tx, [link.caseId]))[0];
    return link === undefined || one === undefined ? undefined : view(desk, tx, one, link, desk.clock.now());
  });

export type CannotConfirm = { readonly kind: 'not-found' } | { readonly kind: 'not-open'; readonly link: LinkView };

/** Pressed twice, or with two mails of the same round, it is confirmed once. Against the lapse and a withdrawal the row's lock decides. */
export const confirmByLink = (desk: Desk, brand: string, token: string): Promise<Result<LinkView, CannotConfirm>> =>
  desk.db.inBrand(brand, async (tx) => {
    const found = await linkOf(tx, hashOfLink(token));
    const one = found === undefined ? undefined : (await loadForMove(tx, [found.caseId]))[0];
    const link = await linkOf(tx, hashOfLink(token)); // as it stands under the lock
    if (one === undefined || link === undefined) return no({ kind: 'not-found' });
    const now = desk.clock.now();
    const seen = await view(desk, tx, one, link, now);
    if (seen.stands === 'confirmed') return ok(seen);
    if (seen.stands !== 'open') return no({ kind: 'not-open', link: seen });
    await closeRound(tx, one.id, link.round, now);
    return ok(await view(desk, tx, await goOn(desk, tx, one, link.round, now), { ...link, confirmedAt: now }, now));
  });

/** To the date, or to waiting for the second confirmation. */
const goOn = async (desk: Desk, tx: Tx, one: Cancellation, round: Round, now: Date): Promise<Cancellation> => {
  const pack = packOf(desk, one);
  if (round === 2 || pack.confirmation?.again === undefined) {
    const moved = must(confirm(one, 'subscriber', now, pack.recoverableDays, serviceUntil(pack, one)));
    await saveAndFollow(desk, tx, [moved]);
    return moved.after;
  }
  const window = windowOf(pack.confirmation, 2, now);
  await openRounds(tx, [{ caseId: one.id, brand: one.brand, round: 2, ...window }]);
  await appendJournal(tx, [{ cancellationId: one.id, brand: one.brand, at: now, event: 'confirmed-once', actor: 'subscriber', facts: { againFrom: window.opensAt.toISOString(), until: window.until.toISOString() } }]);
  const timer = (move: 'remind' | 'lapse', at: Date) => ({ data: { caseId: one.id, move }, at, brand: one.brand });
  await desk.jobs.enqueue(tx, 'timer', [timer('remind', window.opensAt), timer('remind', remindAt(window)), timer('lapse', window.until)]);
  return one;
};
