import type { PackSource } from '../../../src/policy/pack.ts';
import { afterwards, consequences } from './2026-11-01/consequences.ts';
import { eligibility, examples } from './2026-11-01/eligibility.ts';
import { outsideAccounts } from './2026-11-01/outside-accounts.ts';
import { preparation } from './2026-11-01/preparation.ts';
import { questions } from './2026-11-01/questions.ts';
import { regionNotes } from './2026-11-01/regions.ts';
import { materials, reasons, refusals } from './2026-11-01/review.ts';
import * as terms from './2026-11-01/terms.ts';

/** A virtual SIM sold online; support comes first, and paper is taken too. */
export default {
  brand: 'ur-4g',
  validFrom: '2026-11-01',
  name: { 'zh-CN': 'UR卡4G卡', 'zh-TW': 'UR 卡 4G 卡', en: 'UR 4G' },
  colour: { light: '#0b7a75', dark: '#5fd0c8' },
  addresses: {
    site: terms.site,
    mail: `service@${terms.site}`,
    phone: '+1 303 555 0100',
    hours: { 'zh-CN': '工作日 9:00–18:00（北京时间），含调休上班日', 'zh-TW': '工作日 9:00–18:00（北京時間），含補班日', en: 'Working days, 9:00–18:00 Beijing time' },
    post: ['UR 4G', 'PO Box 102', 'Example City'],
  },
  smsSender: 'UR-4G',
  calendar: { region: 'CN', zone: 'Asia/Shanghai' },
  currency: 'CNY',
  signIn: ['phone', 'e-mail'],
  entryNames: [
    { 'zh-CN': '销户', 'zh-TW': '銷戶', en: 'Close my account' },
    { 'zh-CN': '注销账户', 'zh-TW': '註銷帳戶', en: 'Cancel my card' },
    { 'zh-CN': '停用虚拟卡', 'zh-TW': '停用虛擬卡', en: 'Stop the virtual SIM' },
    { 'zh-CN': '取消服务', 'zh-TW': '取消服務', en: 'End my service' },
  ],
  reasons,
  reasonRequired: true,
  preparation,
  eligibility,
  identity: { level: 'documented', documents: ['national-id', 'passport', 'residence-permit'], confirmAccount: true },
  outsideAccounts,
  channels: ['web', 'phone', 'chat', 'post'],
  supportHours: [{ days: [1, 2, 3, 4, 5], opens: '09:00', closes: '18:00' }],
  afterwards,
  consequences,
  review: { reviewers: 1, workingDays: terms.reviewDays },
  refusals,
  materials,
  recoverableDays: terms.recoverableDays,
  draftDays: terms.draftDays,
  settlement: { credit: 'refund', refundWorkingDays: terms.refundWorkingDays, cleanUpFeeMinor: 0 },
  steps: [
    'bar-line', 'settle-balance', 'refund-credit', 'detach-subscriber', 'remove-subscriber', 'stop-billing',
    'quarantine-number', 'confirm-silence', 'erase-records', 'close-account', 'issue-certificate', 'tell-subscriber',
  ],
  quarantineDays: terms.quarantineDays,
  questions,
  regionNotes,
  serves: ['CN', 'HK', 'TW', 'US'],
  examples,
} satisfies PackSource;
