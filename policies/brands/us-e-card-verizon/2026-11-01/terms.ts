import type { Terms } from '../../us-e-card/2026-11-01/terms.ts';

export const terms: Terms = {
  carrierName: 'Verizon',
  reviewDays: { least: 1, most: 3 },
  confirmationHours: 48,
  recoverableDays: 14,
  draftDays: 14,
  refundWorkingDays: 7,
  quarantineDays: 60,
};
/** Asked once more, after the first thought has settled. */
export const confirmAgain = { afterDays: 2, withinDays: 5 };
