import type { PackSource } from '../../../src/policy/pack.ts';
import { brand } from '../us-e-card/2026-11-01/brand.ts';
import { consequences } from '../us-e-card/2026-11-01/consequences.ts';
import { eligibility, examples } from '../us-e-card/2026-11-01/eligibility.ts';
import { preparation } from '../us-e-card/2026-11-01/preparation.ts';
import { questions } from '../us-e-card/2026-11-01/questions.ts';
import { regionNotes } from '../us-e-card/2026-11-01/regions.ts';
import { materials, reasons, refusals } from '../us-e-card/2026-11-01/review.ts';
import { confirmation, howLong, money } from './2026-11-01/carrier-texts.ts';
import { terms } from './2026-11-01/terms.ts';

/** On T-Mobile: nobody reviews, one mailed confirmation, the month runs to its end. */
export default {
  ...brand,
  carrier: 't-mobile',
  reasons,
  reasonRequired: true,
  preparation: preparation(terms, money),
  eligibility,
  identity: { level: 'confirmed', documents: [], proofs: [['contact-code']] },
  linkedServices: [{ id: 'roaming-ca-mx', label: { 'zh-CN': '加拿大、墨西哥漫游包', 'zh-TW': '加拿大、墨西哥漫遊包', en: 'Canada and Mexico roaming' }, provider: 'e-card-roaming' }],
  channels: ['web', 'phone'],
  consequences: consequences(terms, confirmation),
  review: { reviewers: 0, workingDays: terms.reviewDays },
  refusals,
  materials,
  confirmation: { hours: terms.confirmationHours },
  end: { billing: 'end-of-term' },
  freeze: ['charges', 'purchases'],
  recoverableDays: terms.recoverableDays,
  draftDays: terms.draftDays,
  settlement: { credit: 'refund', choices: ['refund', 'transfer'], period: 'by-days', refundWorkingDays: terms.refundWorkingDays, cleanUpFeeMinor: 0 },
  steps: [
    'freeze-line', 'bar-line', 'end-sessions', 'end-linked-services', 'settle-balance', 'refund-credit', 'detach-subscriber', 'remove-subscriber', 'stop-billing',
    'quarantine-number', 'confirm-silence', 'erase-records', 'close-account', 'issue-certificate', 'tell-subscriber',
  ],
  quarantineDays: terms.quarantineDays,
  numbersOf: 'US',
  questions: questions(terms, howLong),
  regionNotes: regionNotes(terms),
  examples,
} satisfies PackSource;
