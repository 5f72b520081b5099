import { dayIsOver, endOfService, isChoosable, todayIn } from '../policy/end.ts';
import { makePlan } from '../plan/make-plan.ts';
import { openLine } from '../vault/contents.ts';
import type { Desk } from './desk.ts';
import { loadDraft } from './draft.ts';
import { earliestReview, reviewDue } from './due.ts';
import { linkedServicesOf, withServices } from './linked-services.ts';
import { restUnder } from './number-rest.ts';
import { settledOf, termsOf } from './settled.ts';
import { standingOf } from './standing.ts';
import type { Preview, Subscriber } from './views.ts';

const days = (from: Date, count: number): Date => new Date(from.getTime() + count * 86_400_000);

/** Dates, steps and money as they would be if the application were sent now. */
export const preview = (desk: Desk, who: Subscriber, lineId: string): Promise<Preview | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const draft = await loadDraft(desk, tx, who, lineId);
    if (draft === undefined) return undefined;
    const { one, pack, row, keyring, form, otherLines, bounds, arrivedAt } = draft;
    const now = desk.clock.now();
    const { line } = openLine(keyring, row);
    const standing = await standingOf(tx, keyring, row);
    const settled = settledOf(pack, standing, line, termsOf(pack, form, arrivedAt, { running: standing.running, bounds, lineIds: otherLines }));
    const ends = endOfService(pack, todayIn(pack, arrivedAt), standing.running, isChoosable(bounds, form.endsOn) ? form.endsOn : undefined);
    const offAt = (approved: Date): Date => (ends === undefined || dayIsOver(pack, ends.lastDay) < approved ? approved : dayIsOver(pack, ends.lastDay));
    const earliest = earliestReview(desk, pack, now);
    const reviewed = pack.review.reviewers > 0;
    const due = reviewed ? reviewDue(desk, pack, now) : undefined;
    const by = due === 'calendar-unknown' ? undefined : due;
    return {
      receiptAt: now,
      ...(by === undefined ? {} : { reviewBy: by }),
      ...(due === 'calendar-unknown' ? { calendarUnknown: true as const } : {}),
      workingDays: pack.review.workingDays,
      everyDayCounts: pack.review.everyDayCounts,
      recoverableDays: pack.recoverableDays,
      effective: {
        earliest: days(offAt(reviewed && earliest !== 'calendar-unknown' ? earliest : now), pack.recoverableDays),
        ...(due === 'calendar-unknown' ? {} : { latest: days(offAt(by?.at ?? now), pack.recoverableDays) }),
      },
      ...(ends === undefined ? {} : { ends: { ...ends, ...(by !== undefined && dayIsOver(pack, ends.lastDay) < by.at ? { beforeReview: true as const } : {}) } }),
      quarantineDays: restUnder(desk.packs, pack, row.kind, one.region, now).days,
      steps: makePlan(pack, withServices(pack, line, row), settled.order).filter((step) => step.wanted).map((step) => step.name),
      services: linkedServicesOf(pack, row.services),
      money: settled.lines,
      free: settled.free,
    };
  });
