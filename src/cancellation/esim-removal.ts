/**
 * Whether the profile of a cancelled eSIM is gone: two signals, kept apart. The SM-DP+ can be told not to give a profile out any more,
 * and never removes one that is installed; only the device can, and its report can be lost (SGP.22 v2 §3.3). So "not confirmed" is an
 * honest end.
 */

/** What a notification of the card's side means to us. Others there may be, and they say nothing about where the profile is. */
export const cardEvents = ['eligibility-checked', 'confirmation-failed', 'downloaded', 'installed', 'deleted', 'enabled', 'disabled'] as const;
export type CardEvent = (typeof cardEvents)[number];
/** Number of a notification point, and what it means on this platform. */
export type NotificationPoints = Readonly<Record<number, CardEvent>>;

/** `at`: as the card's side dates it. */
export type CardReport = { readonly event: CardEvent; readonly at: Date };

/** `orderedAt`: since then the SM-DP+ gives the profile out to nobody. */
export type EsimRemoval =
  /** The order could be cancelled before any download: there is no copy that anyone would have to delete. */
  | { readonly kind: 'never-installed'; readonly orderedAt: Date }
  /** The second signal. `reportedAt`: as the card dates it. */
  | { readonly kind: 'reported-deleted'; readonly orderedAt: Date; readonly reportedAt: Date }
  /** `saidAt`: its subscriber says that it was deleted there. That is their word, and no report. */
  | { readonly kind: 'not-confirmed'; readonly orderedAt: Date; readonly saidAt?: Date };

/** What is on record: how the order ended, whether the card was ever seen to hold the profile, what the journal has of its deletion. */
export type RemovalFacts = {
  readonly fact: 'order-cancelled' | 'already-on-device';
  readonly orderedAt: Date;
  readonly wasOnDevice: boolean;
  readonly reportedAt?: Date;
  readonly saidAt?: Date;
};

/** A report that was recorded is never taken back by anything that comes later. */
export const removalOf = ({ fact, orderedAt, wasOnDevice, reportedAt, saidAt }: RemovalFacts): EsimRemoval => {
  if (reportedAt !== undefined) return { kind: 'reported-deleted', orderedAt, reportedAt };
  // A platform that takes back an order although the card had reported a download is not believed that there is no copy.
  if (fact === 'order-cancelled' && !wasOnDevice) return { kind: 'never-installed', orderedAt };
  return { kind: 'not-confirmed', orderedAt, ...(saidAt === undefined ? {} : { saidAt }) };
};

const inPlace: Partial<Record<CardEvent, 'there' | 'gone'>> = { downloaded: 'there', installed: 'there', enabled: 'there', disabled: 'there', deleted: 'gone' };

/** Whether any of these shows the profile on a device. */
export const showsOnDevice = (reports: readonly CardReport[]): boolean => reports.some(({ event }) => inPlace[event] === 'there');

/**
 * When the profile was deleted, by reports in whatever order they came: the last word about where it is, by the card's own date, says
 * so. Of two with one date the deletion is the later one: nothing is done with a profile that is gone. Undefined: it is not, or nobody knows.
 */
export const deletedAt = (reports: readonly CardReport[]): Date | undefined => {
  const last = reports.filter(({ event }) => inPlace[event] !== undefined)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || Number(a.event === 'deleted') - Number(b.event === 'deleted')).at(-1);
  return last?.event === 'deleted' ? last.at : undefined;
};

/** Days after the line was cancelled. The pauses grow, and then we stop: a person who did not do it by then was told often enough. */
export const remindAfterDays = [3, 10, 30, 90] as const;
const day = 86_400_000;

/** The next reminder after `now`; undefined after the last one. */
export const nextReminder = (cancelledAt: Date, now: Date): Date | undefined =>
  remindAfterDays.map((days) => new Date(cancelledAt.getTime() + days * day)).find((at) => at > now);

/** Whether the subscriber is still to be asked to delete it. */
export const mayRemind = (removal: EsimRemoval | undefined): removal is EsimRemoval & { readonly kind: 'not-confirmed' } =>
  removal?.kind === 'not-confirmed' && removal.saidAt === undefined;
