import type { LineStanding } from '../cancellation/line.ts';
import type { Pack } from '../policy/pack.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { SettlementOrder } from '../plan/step.ts';
import { settle } from '../settlement/settle.ts';
import { openLine } from '../vault/contents.ts';
import type { Desk } from './desk.ts';
import { loadDraft } from './draft.ts';
import { earliestReview, reviewDue } from './due.ts';
import { linkedServicesOf, withServices } from './linked-services.ts';
import { standingOf } from './standing.ts';
import type { MoneyLine, Preview, Subscriber } from './views.ts';

/** What the subscriber is shown before submitting, and what is carried out: one calculation. */
export type Settled = { readonly order: SettlementOrder; readonly lines: readonly MoneyLine[]; readonly free: boolean };

export const settledOf = (pack: Pack, standing: LineStanding): Settled => {
  const settlement = settle(pack, standing);
  if (!settlement.ok) throw new Error(`a line that is eligible can't be settled: ${settlement.why.kind}`);
  const { collect, offset, refund, forfeit, cleanUpFee, lines } = settlement.value;
  return {
    order: { collectMinor: collect.minor, offsetMinor: offset.minor, refundMinor: refund.minor, forfeitMinor: forfeit.minor, currency: collect.currency },
    lines: lines.map(({ what, amount }) => ({ what, amount })),
    free: cleanUpFee.minor === 0,
  };
};

const days = (from: Date, count: number): Date => new Date(from.getTime() + count * 86_400_000);

/** Dates, steps and money as they would be if the application were sent now. */
export const preview = (desk: Desk, who: Subscriber, lineId: string): Promise<Preview | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const draft = await loadDraft(desk, tx, who, lineId);
    if (draft === undefined) return undefined;
    const { pack, row, keyring } = draft;
    const now = desk.clock.now();
    const settled = settledOf(pack, await standingOf(tx, keyring, row));
    const due = reviewDue(desk, pack, now);
    const earliest = earliestReview(desk, pack, now);
    const reviewed = pack.review.reviewers > 0;
    return {
      receiptAt: now,
      ...(reviewed && due !== 'calendar-unknown' ? { reviewBy: due } : {}),
      workingDays: pack.review.workingDays,
      everyDayCounts: pack.review.everyDayCounts,
      recoverableDays: pack.recoverableDays,
      effective: {
        earliest: days(reviewed && earliest !== 'calendar-unknown' ? earliest : now, pack.recoverableDays),
        latest: days(reviewed && due !== 'calendar-unknown' ? due.at : now, pack.recoverableDays),
      },
      quarantineDays: pack.quarantineDays,
      steps: makePlan(pack, withServices(pack, openLine(keyring, row).line, row)).filter((step) => step.wanted).map((step) => step.name),
      services: linkedServicesOf(pack, row.services),
      money: settled.lines,
      free: settled.free,
    };
  });
