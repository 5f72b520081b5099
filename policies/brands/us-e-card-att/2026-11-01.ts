import type { PackSource } from '../../../src/policy/pack.ts';
import { brand } from '../us-e-card/2026-11-01/brand.ts';
import { consequences } from '../us-e-card/2026-11-01/consequences.ts';
import { eligibility, examples } from '../us-e-card/2026-11-01/eligibility.ts';
import { preparation } from '../us-e-card/2026-11-01/preparation.ts';
import { questions } from '../us-e-card/2026-11-01/questions.ts';
import { regionNotes } from '../us-e-card/2026-11-01/regions.ts';
import { documentMaterial, documentRefusal, materials, reasons, refusals } from '../us-e-card/2026-11-01/review.ts';
import { confirmation, howLong, money } from './2026-11-01/carrier-texts.ts';
import { terms } from './2026-11-01/terms.ts';

/** On AT&T: an identity document beside the code, two reviewers, a short window to confirm. */
export default {
  ...brand,
  carrier: 'att',
  reasons,
  reasonRequired: true,
  preparation: preparation(terms, money),
  eligibility,
  identity: { level: 'documented', documents: ['passport', 'driving-licence', 'residence-permit', 'national-id'], proofs: [['contact-code', 'document']] },
  channels: ['web', 'phone', 'post'],
  consequences: consequences(terms, confirmation),
  review: { reviewers: 2, workingDays: terms.reviewDays },
  refusals: [documentRefusal, ...refusals],
  materials: [documentMaterial, ...materials],
  confirmation: { hours: terms.confirmationHours },
  freeze: ['charges', 'purchases'],
  recoverableDays: terms.recoverableDays,
  draftDays: terms.draftDays,
  settlement: { credit: 'refund', refundWorkingDays: terms.refundWorkingDays, cleanUpFeeMinor: 0 },
  steps: [
    'freeze-line', 'bar-line', 'end-sessions', 'settle-balance', 'refund-credit', 'detach-subscriber', 'remove-subscriber', 'stop-billing',
    'quarantine-number', 'confirm-silence', 'erase-records', 'close-account', 'issue-certificate', 'tell-subscriber',
  ],
  quarantineDays: terms.quarantineDays,
  numbersOf: 'US',
  questions: questions(terms, howLong),
  regionNotes: regionNotes(terms),
  examples,
} satisfies PackSource;
