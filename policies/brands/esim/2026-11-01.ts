import type { PackSource } from '../../../src/policy/pack.ts';
import { agreements } from './2026-11-01/agreements.ts';
import { consequences } from './2026-11-01/consequences.ts';
import { eligibility, examples } from './2026-11-01/eligibility.ts';
import { preparation } from './2026-11-01/preparation.ts';
import { questions } from './2026-11-01/questions.ts';
import { regionNotes } from './2026-11-01/regions.ts';
import { materials, reasons, refusals } from './2026-11-01/review.ts';
import * as terms from './2026-11-01/terms.ts';

/** A profile embedded in a device: the device is named, an agreement signed, and the end takes its time. */
export default {
  brand: 'esim',
  validFrom: '2026-11-01',
  name: { 'zh-CN': 'eSIM卡', 'zh-TW': 'eSIM 卡', en: 'eSIM Card' },
  colour: { light: '#1d5fbf', dark: '#8bb8f5' },
  addresses: {
    site: terms.site,
    mail: `care@${terms.site}`,
    phone: terms.phone,
    hours: { 'zh-CN': '工作日 9:00–18:00（台北时间）', 'zh-TW': '工作日 9:00–18:00（臺北時間）', en: 'Working days, 9:00–18:00 Taipei time' },
  },
  smsSender: 'eSIM-Card',
  calendar: { region: 'TW', zone: 'Asia/Taipei' },
  currency: 'TWD',
  signIn: ['phone'],
  entryNames: [
    { 'zh-CN': '注销 eSIM', 'zh-TW': '註銷 eSIM', en: 'Cancel my eSIM' },
    { 'zh-CN': '终止服务', 'zh-TW': '終止服務', en: 'Terminate service' },
    { 'zh-CN': '移除号码', 'zh-TW': '移除門號', en: 'Remove my number' },
  ],
  reasons,
  reasonRequired: true,
  preparation,
  eligibility,
  identity: { level: 'confirmed', documents: [], proofs: [['contact-code']], device: true },
  agreements,
  channels: ['web', 'phone'],
  supportHours: [{ days: [1, 2, 3, 4, 5], opens: '09:00', closes: '18:00' }],
  consequences,
  review: { reviewers: 1, workingDays: terms.reviewDays },
  refusals,
  materials,
  recoverableDays: terms.recoverableDays,
  draftDays: terms.draftDays,
  settlement: { credit: 'refund', refundWorkingDays: terms.refundWorkingDays, cleanUpFeeMinor: 0 },
  steps: [
    'bar-line', 'end-sessions', 'settle-balance', 'refund-credit', 'cancel-esim-order', 'detach-subscriber', 'remove-subscriber', 'stop-billing',
    'quarantine-number', 'confirm-silence', 'erase-records', 'close-account', 'issue-certificate', 'tell-subscriber',
  ],
  quarantineDays: terms.quarantineDays,
  questions,
  regionNotes,
  serves: ['TW', 'HK', 'CN'],
  examples,
} satisfies PackSource;
