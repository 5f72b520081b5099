import type { PackSource } from '../../../src/policy/pack.ts';
import { brand } from '../us-e-card/2026-11-01/brand.ts';
import { consequences } from '../us-e-card/2026-11-01/consequences.ts';
import { eligibility, examples } from '../us-e-card/2026-11-01/eligibility.ts';
import { preparation } from '../us-e-card/2026-11-01/preparation.ts';
import { questions } from '../us-e-card/2026-11-01/questions.ts';
import { regionNotes } from '../us-e-card/2026-11-01/regions.ts';
import { materials, reasons, refusals } from '../us-e-card/2026-11-01/review.ts';
import { confirmation, howLong, money } from './2026-11-01/carrier-texts.ts';
import { confirmAgain, terms } from './2026-11-01/terms.ts';

/** On Verizon: an eSIM data card, one reviewer, confirmed by mail twice, the month reckoned by days. */
export default {
  ...brand,
  carrier: 'verizon',
  reasons,
  reasonRequired: true,
  preparation: preparation(terms, money),
  eligibility,
  identity: { level: 'confirmed', documents: [], proofs: [['contact-code'], ['contact-code', 'security-question']] },
  channels: ['web', 'phone', 'chat'],
  consequences: consequences(terms, confirmation),
  review: { reviewers: 1, workingDays: terms.reviewDays },
  refusals,
  materials,
  confirmation: { hours: terms.confirmationHours, again: confirmAgain },
  freeze: ['charges', 'purchases'],
  recoverableDays: terms.recoverableDays,
  draftDays: terms.draftDays,
  settlement: { credit: 'forfeit', choices: ['transfer', 'refund'], period: 'by-days', refundWorkingDays: terms.refundWorkingDays, cleanUpFeeMinor: 0 },
  steps: [
    'freeze-line', 'bar-line', 'end-sessions', 'settle-balance', 'refund-credit', 'cancel-esim-order', 'detach-subscriber', 'remove-subscriber', 'stop-billing',
    'quarantine-number', 'confirm-silence', 'erase-records', 'close-account', 'issue-certificate', 'tell-subscriber',
  ],
  quarantineDays: terms.quarantineDays,
  numbersOf: 'US',
  questions: questions(terms, howLong),
  regionNotes: regionNotes(terms),
  examples,
} satisfies PackSource;
