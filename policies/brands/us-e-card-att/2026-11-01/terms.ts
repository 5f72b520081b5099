import type { Terms } from '../../us-e-card/2026-11-01/terms.ts';

export const terms: Terms = {
  carrierName: 'AT&T',
  reviewDays: { least: 2, most: 5 },
  confirmationHours: 24,
  recoverableDays: 7,
  draftDays: 14,
  refundWorkingDays: 10,
  quarantineDays: 90,
};
