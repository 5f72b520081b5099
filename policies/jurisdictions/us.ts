import type { JurisdictionSource } from '../../src/policy/jurisdiction.ts';

/**
 * The United States, federal law. The FTC's rule on cancelling (“click to cancel”) was vacated on 8 July 2025 and is not here.
 * The rules on numbers speak of numbers of its numbering plan: they hold for whoever lives there, and for the numbers of a policy that says `numbersOf: 'US'`.
 */
export default {
  id: 'us',
  validFrom: '2021-11-01',
  zone: 'America/New_York',
  name: { 'zh-CN': '美国', 'zh-TW': '美國', en: 'the United States' },
  regions: ['US'],
  numberRests: {
    leastDays: 45,
    mostDays: 90,
    says: {
      'zh-CN': '个人用户的号码停用至少45天、最多90天，之后才重新分配。',
      'zh-TW': '個人用戶的號碼停用至少45天、最多90天，之後才重新分配。',
      en: 'A residential number rests for at least 45 and at most 90 days before it is given out again.',
    },
    source: '47 CFR § 52.15(f)(1)(ii); FCC 18-177 (84 Fed. Reg. 11226)',
    mark: 'read',
  },
  forbiddenProofs: [{
    proof: 'biographical-data',
    says: {
      'zh-CN': '不得用容易查到的个人资料或账户资料来核实身份。',
      'zh-TW': '不得用容易查到的個人資料或帳戶資料來核實身分。',
      en: 'Nobody is identified by biographical or account data that others can readily find.',
    },
    source: '47 CFR § 64.2010 (CPNI)',
    mark: 'read',
  }],
  keeps: [{
    id: 'toll-records',
    what: { 'zh-CN': '收费通话的账单记录', 'zh-TW': '收費通話的帳單紀錄', en: 'Billing records of toll calls' },
    until: { kind: 'months', months: 18 },
    says: {
      'zh-CN': '收费通话的账单记录保存18个月；按最后一次通话在服务结束当天计算。',
      'zh-TW': '收費通話的帳單紀錄保存18個月；以最後一次通話在服務結束當天計算。',
      en: 'What bills for toll calls rest on is kept for 18 months; here reckoned as if the last call was on the last day.',
    },
    source: '47 CFR § 42.6',
    mark: 'read',
  }],
  disconnectsReported: {
    register: 'rnd',
    callingCode: '+1',
    byDay: 15,
    says: {
      'zh-CN': '每月15日前，把上个月永久停用的号码报送“已重新分配号码数据库”。',
      'zh-TW': '每月15日前，將上個月永久停用的號碼報送「已重新分配號碼資料庫」。',
      en: 'By the 15th of each month, numbers disconnected for good are reported to the Reassigned Numbers Database.',
    },
    source: '47 CFR § 64.1200(l); reassigned.us',
    mark: 'read',
  },
} satisfies JurisdictionSource;
