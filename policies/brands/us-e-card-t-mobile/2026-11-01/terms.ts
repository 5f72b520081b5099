import type { Terms } from '../../us-e-card/2026-11-01/terms.ts';

export const terms: Terms = {
  carrierName: 'T-Mobile',
  reviewDays: { least: 0, most: 0 },
  confirmationHours: 72,
  recoverableDays: 30,
  draftDays: 14,
  refundWorkingDays: 5,
  quarantineDays: 90,
};
