import type { PackSource } from '../../../src/policy/pack.ts';
import { consequences } from './2026-11-01/consequences.ts';
import { eligibility, examples } from './2026-11-01/eligibility.ts';
import { outsideAccounts } from './2026-11-01/outside-accounts.ts';
import { notices } from './2026-11-01/notices.ts';
import { preparation } from './2026-11-01/preparation.ts';
import { questions } from './2026-11-01/questions.ts';
import { regionNotes } from './2026-11-01/regions.ts';
import { materials, reasons, refusals } from './2026-11-01/review.ts';
import * as terms from './2026-11-01/terms.ts';

/** A US virtual number for SMS codes and international calls: no chip, and known to many accounts elsewhere. */
export default {
  brand: 'ultra-us',
  validFrom: '2026-11-01',
  name: { 'zh-CN': '美国ULTRA紫卡', 'zh-TW': '美國 ULTRA 紫卡', en: 'ULTRA US' },
  colour: { light: '#a8326e', dark: '#f08ab8' },
  addresses: {
    site: terms.site,
    mail: `help@${terms.site}`,
    phone: '+1 212 555 0100',
    hours: { 'zh-CN': '周一至周五 9:00–18:00（美国东部时间）', 'zh-TW': '週一至週五 9:00–18:00（美國東部時間）', en: 'Monday to Friday, 9 am to 6 pm Eastern time' },
    post: ['ULTRA US', 'PO Box 101', 'Example City'],
  },
  smsSender: 'ULTRA-US',
  calendar: { region: 'US', zone: 'America/New_York' },
  currency: 'USD',
  signIn: ['user-name'],
  entryNames: [
    { 'zh-CN': '注销号码', 'zh-TW': '註銷號碼', en: 'Cancel my number' },
    { 'zh-CN': '注销账户', 'zh-TW': '註銷帳戶', en: 'Close my account' },
    { 'zh-CN': '取消服务', 'zh-TW': '取消服務', en: 'End my service' },
    { 'zh-CN': '停用号码', 'zh-TW': '停用號碼', en: 'Deactivate my number' },
  ],
  reasons,
  reasonRequired: false,
  preparation,
  eligibility,
  identity: { level: 'confirmed', documents: [], proofs: [['contact-code'], ['contact-code', 'security-question']] },
  outsideAccounts,
  channels: ['web', 'chat', 'post'],
  supportHours: [{ days: [1, 2, 3, 4, 5], opens: '09:00', closes: '18:00' }],
  social: [{ id: 'x', label: { 'zh-CN': 'X（原 Twitter）', 'zh-TW': 'X（原 Twitter）', en: 'X, formerly Twitter' }, handle: `@care@${terms.site}` }],
  consequences,
  review: { reviewers: 1, workingDays: terms.reviewDays },
  refusals,
  materials,
  end: { service: 'chosen-day', chosen: terms.chosenDays },
  recoverableDays: terms.recoverableDays,
  draftDays: terms.draftDays,
  settlement: { credit: 'zero-demanded', choices: ['refund'], refundWorkingDays: terms.refundWorkingDays, cleanUpFeeMinor: 0 },
  steps: [
    'bar-line', 'settle-balance', 'refund-credit', 'detach-subscriber', 'remove-subscriber', 'stop-billing',
    'quarantine-number', 'confirm-silence', 'erase-records', 'close-account', 'issue-certificate', 'tell-subscriber',
  ],
  quarantineDays: terms.quarantineDays,
  numbersOf: 'US',
  questions,
  regionNotes,
  notices,
  serves: ['US', 'CN', 'HK', 'TW'],
  examples,
} satisfies PackSource;
