import type { JurisdictionSource } from '../../src/policy/jurisdiction.ts';

/** The United Kingdom. */
export default {
  id: 'uk',
  validFrom: '2019-07-01',
  zone: 'Europe/London',
  name: { 'zh-CN': '英国', 'zh-TW': '英國', en: 'the United Kingdom' },
  regions: ['GB'],
  keeps: [{
    id: 'accounts',
    what: { 'zh-CN': '账单和付款记录', 'zh-TW': '帳單與付款紀錄', en: 'Bills and payments' },
    until: { kind: 'in-words', mostMonths: 84, says: { 'zh-CN': '所属会计年度结束后六年', 'zh-TW': '所屬會計年度結束後六年', en: 'six years from the end of the financial year they belong to' } },
    inBooks: true,
    says: {
      'zh-CN': '账单和付款记录，自所属会计年度结束起保存六年。',
      'zh-TW': '帳單與付款紀錄，自所屬會計年度結束起保存六年。',
      en: 'Bills and payments are kept for six years from the end of the financial year they belong to.',
    },
    source: 'Finance Act 1998, Sch. 18 para. 21 (HMRC: company records)',
    mark: 'to-be-checked',
  }],
  switching: {
    asks: [
      { word: 'PAC', to: '65075', gets: { 'zh-CN': '携号转网的代码：号码跟您走', 'zh-TW': '攜碼轉換的代碼：號碼跟您走', en: 'a code to keep your number' } },
      { word: 'STAC', to: '75075', gets: { 'zh-CN': '不携号转网的代码：换新号码', 'zh-TW': '不攜碼轉換的代碼：換新號碼', en: 'a code to switch with a new number' } },
      { word: 'INFO', to: '85075', gets: { 'zh-CN': '只查情况：有没有违约金、欠费和余额', 'zh-TW': '只查情況：有沒有違約金、欠費與餘額', en: 'only how it stands: fees, what is owed, and credit' } },
    ],
    answeredWithinSeconds: 60,
    codeDays: 30,
    switchedWithin: 1,
    says: {
      'zh-CN': '发短信 PAC 到65075（携号）、STAC 到75075（不携号）、INFO 到85075（查询）：一分钟内答复，写明代码、费用和余额。代码30天内有效；用了代码，一个工作日内完成转换。',
      'zh-TW': '傳簡訊 PAC 到65075（攜碼）、STAC 到75075（不攜碼）、INFO 到85075（查詢）：一分鐘內答覆，寫明代碼、費用與餘額。代碼30天內有效；用了代碼，一個工作天內完成轉換。',
      en: 'A text PAC to 65075 (keep the number), STAC to 75075 (give it up) or INFO to 85075 is answered within a minute, with the code, what is owed and what credit is left. A code is good for 30 days; once it is used, the switch is done within one working day.',
    },
    source: 'Ofcom General Conditions of Entitlement, C7 (text-to-switch)',
    mark: 'read',
  },
  dataRequests: [{
    of: ['copy', 'erase'],
    within: { months: 1 },
    extension: { months: 2 },
    says: {
      'zh-CN': '查阅、删除个人数据的要求，一个月内答复；复杂或者数量多的可以再延两个月，并说明原因。',
      'zh-TW': '查閱、刪除個人資料的要求，一個月內答覆；複雜或數量多的可再延兩個月，並說明原因。',
      en: 'Requests to see or erase personal data are answered within one month; two more where they are complex or many, with the reason.',
    },
    source: 'UK GDPR arts. 12(3), 15, 17',
    mark: 'to-be-checked',
  }],
} satisfies JurisdictionSource;
