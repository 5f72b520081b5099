import type { PackSource } from '../../../src/policy/pack.ts';
import { consequences } from './2026-11-01/consequences.ts';
import { eligibility, examples } from './2026-11-01/eligibility.ts';
import { preparation } from './2026-11-01/preparation.ts';
import { questions } from './2026-11-01/questions.ts';
import { regionNotes } from './2026-11-01/regions.ts';
import { materials, reasons, refusals } from './2026-11-01/review.ts';
import * as terms from './2026-11-01/terms.ts';

/** An eSIM data card, one card on several devices. */
export default {
  brand: 'ultra-purple',
  validFrom: '2026-11-01',
  name: { 'zh-CN': 'ultra紫卡', 'zh-TW': 'ultra 紫卡', en: 'ultra Purple' },
  colour: { light: '#6b3fa0', dark: '#b794e6' },
  addresses: {
    site: terms.site,
    mail: `care@${terms.site}`,
    phone: '+1 202 555 0100',
    hours: { 'zh-CN': '每天 9:00–21:00（北京时间）', 'zh-TW': '每天 9:00–21:00（北京時間）', en: 'Every day, 9:00–21:00 Beijing time' },
  },
  smsSender: 'ultraPurple',
  calendar: { region: 'CN', zone: 'Asia/Shanghai' },
  currency: 'USD',
  signIn: ['phone'],
  entryNames: [
    { 'zh-CN': '注销账户', 'zh-TW': '註銷帳戶', en: 'Cancel my account' },
    { 'zh-CN': '取消服务', 'zh-TW': '取消服務', en: 'End my service' },
  ],
  reasons,
  reasonRequired: true,
  preparation,
  eligibility,
  identity: { level: 'documented', documents: ['national-id', 'passport', 'residence-permit', 'driving-licence'] },
  consequences,
  review: { reviewers: 1, workingDays: terms.reviewDays },
  refusals,
  materials,
  recoverableDays: terms.recoverableDays,
  draftDays: terms.draftDays,
  settlement: { credit: 'refund', refundWorkingDays: terms.refundWorkingDays, cleanUpFeeMinor: terms.cleanUpFeeMinor },
  steps: [
    'bar-line', 'end-sessions', 'settle-balance', 'refund-credit', 'cancel-esim-order', 'detach-subscriber', 'remove-subscriber', 'stop-billing',
    'quarantine-number', 'confirm-silence', 'erase-records', 'close-account', 'issue-certificate', 'tell-subscriber',
  ],
  quarantineDays: terms.quarantineDays,
  questions,
  regionNotes,
  serves: ['CN', 'HK', 'TW', 'US', 'DE', 'FR', 'GB'],
  examples,
} satisfies PackSource;
