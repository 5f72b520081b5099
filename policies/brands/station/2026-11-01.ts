import type { PackSource } from '../../../src/policy/pack.ts';
import { afterwards, consequences } from './2026-11-01/consequences.ts';
import { eligibility, examples } from './2026-11-01/eligibility.ts';
import { linkedServices } from './2026-11-01/linked-services.ts';
import { preparation } from './2026-11-01/preparation.ts';
import { questions } from './2026-11-01/questions.ts';
import { regionNotes } from './2026-11-01/regions.ts';
import { materials, reasons, refusals } from './2026-11-01/review.ts';
import * as terms from './2026-11-01/terms.ts';

/** A virtual SIM managed by app or web, with services of its own that end with it. */
export default {
  brand: 'station',
  validFrom: '2026-11-01',
  name: { 'zh-CN': 'station卡', 'zh-TW': 'station 卡', en: 'station' },
  colour: { light: '#b8430f', dark: '#fb9a63' },
  addresses: {
    site: terms.site,
    mail: `support@${terms.site}`,
    phone: '+1 404 555 0100',
    hours: { 'zh-CN': '全天 24 小时', 'zh-TW': '全天 24 小時', en: 'Round the clock' },
  },
  smsSender: 'station',
  calendar: { region: 'HK', zone: 'Asia/Hong_Kong' },
  currency: 'HKD',
  signIn: ['phone', 'e-mail'],
  entryNames: [
    { 'zh-CN': '注销', 'zh-TW': '註銷', en: 'Cancel' },
    { 'zh-CN': '关闭账户', 'zh-TW': '關閉帳戶', en: 'Close my account' },
    { 'zh-CN': '删除账户', 'zh-TW': '刪除帳戶', en: 'Delete my account' },
    { 'zh-CN': '挂失并注销', 'zh-TW': '掛失並註銷', en: 'Report lost and cancel' },
  ],
  reasons,
  reasonRequired: true,
  preparation,
  eligibility,
  identity: { level: 'confirmed', documents: ['passport', 'national-id', 'driving-licence'], proofs: [['contact-code'], ['document'], ['contact-code', 'security-question']] },
  linkedServices,
  channels: ['web', 'chat'],
  supportHours: [],
  afterwards,
  consequences,
  review: { reviewers: 1, workingDays: terms.reviewDays },
  refusals,
  materials,
  recoverableDays: terms.recoverableDays,
  draftDays: terms.draftDays,
  settlement: { credit: 'refund', period: 'by-days', refundWorkingDays: terms.refundWorkingDays, cleanUpFeeMinor: 0 },
  steps: [
    'bar-line', 'end-linked-services', 'settle-balance', 'refund-credit', 'detach-subscriber', 'remove-subscriber', 'stop-billing',
    'quarantine-number', 'confirm-silence', 'erase-records', 'close-account', 'issue-certificate', 'tell-subscriber',
  ],
  quarantineDays: terms.quarantineDays,
  questions,
  regionNotes,
  serves: ['HK', 'CN', 'TW'],
  examples,
} satisfies PackSource;
