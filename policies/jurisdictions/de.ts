import type { JurisdictionSource } from '../../src/policy/jurisdiction.ts';

/** Germany, beside the law of the European Union. */
export default {
  id: 'de',
  validFrom: '2025-01-01',
  zone: 'Europe/Berlin',
  name: { 'zh-CN': '德国', 'zh-TW': '德國', en: 'Germany' },
  regions: ['DE'],
  receipt: {
    says: {
      'zh-CN': '解约声明送达即有法律效力，不以核对、审核为条件；立即以文本形式确认内容、送达日期和时间以及合同终止的时间。',
      'zh-TW': '解約聲明送達即有法律效力，不以核對、審核為條件；立即以文字形式確認內容、送達日期與時間以及契約終止的時間。',
      en: 'The declaration takes effect when it arrives, whatever checking follows, and is confirmed at once in text form: its content, date and time, and when the contract ends.',
    },
    source: '§ 312k Abs. 3, 4 BGB',
    mark: 'read',
  },
  entries: [{
    id: 'cancellation-button',
    act: 'cancel',
    signIn: false,
    asks: ['kind', 'reason', 'identity', 'contract', 'end-date', 'contact'],
    open: {
      words: { 'zh-CN': '在此解除合同', 'zh-TW': '在此終止契約', en: 'Cancel contracts here' },
      prescribed: { language: 'de', words: 'Verträge hier kündigen' },
    },
    confirm: {
      words: { 'zh-CN': '立即解约', 'zh-TW': '立即解約', en: 'Cancel now' },
      prescribed: { language: 'de', words: 'jetzt kündigen' },
    },
    says: {
      'zh-CN': '任何人不用登录就能点两步解约；页面只能问：解约种类（特别解约时的理由）、身份、合同、终止日期和联系方式，不得要求验证码或证件。',
      'zh-TW': '任何人不必登入就能按兩步解約；頁面只能問：解約種類（特別解約時的理由）、身分、契約、終止日期與聯絡方式，不得要求驗證碼或證件。',
      en: 'Anybody can cancel in two steps without signing in. Asked may be only the kind (and the reason of an extraordinary one), who, which contract, from when, and a contact: no code, no document.',
    },
    source: '§ 312k Abs. 2 BGB; LG Köln, 33 O 355/22',
    mark: 'read',
  }],
  endDay: {
    latestDays: 730,
    examples: [
      { because: 'the day stands although the review of a week ends after it', service: 'at-once', billing: 'at-once', month: { from: '2026-11-01', to: '2026-11-30' }, arrived: '2026-11-24', named: '2026-11-26', lastDay: '2026-11-26', billedTo: '2026-11-26' },
      { because: 'a day weeks ahead: until then the line works and is charged', service: 'at-once', billing: 'at-once', month: { from: '2026-11-01', to: '2026-11-30' }, arrived: '2026-11-24', named: '2026-12-10', lastDay: '2026-12-10', billedTo: '2026-12-10' },
      { because: 'a day that was over when it arrived: the day of arrival is the earliest', service: 'chosen-day', billing: 'with-service', month: { from: '2026-11-01', to: '2026-11-30' }, arrived: '2026-11-24', named: '2026-11-01', lastDay: '2026-11-24', billedTo: '2026-11-24' },
      { because: 'billing that would run to the end of the month stops with the day that was named', service: 'chosen-day', billing: 'end-of-term', month: { from: '2026-11-01', to: '2026-11-30' }, arrived: '2026-11-24', named: '2026-11-26', lastDay: '2026-11-26', billedTo: '2026-11-26' },
      { because: 'a month that is paid as a whole: it ends with the one in which the day lies', service: 'end-of-term', billing: 'end-of-term', month: { from: '2026-11-01', to: '2026-11-30' }, arrived: '2026-11-24', named: '2026-12-10', lastDay: '2026-12-31', billedTo: '2026-12-31' },
    ],
    says: {
      'zh-CN': '解约时可以写明合同到哪一天终止；没有写，就尽快。',
      'zh-TW': '終止契約時可以寫明契約到哪一天終止；沒有寫，就盡快。',
      en: 'Whoever cancels may name the day on which the contract ends; without one it is as soon as possible.',
    },
    source: '§ 312k Abs. 2 Satz 3 Nr. 1 lit. d BGB. The law names no latest day: 730 days is ours, for counsel to confirm',
    mark: 'second-hand',
  },
  unmatchedStatements: {
    days: 90,
    says: {
      'zh-CN': '不登录提交的声明，经查不属于任何线路的，收到90天后连同密钥一起销毁。',
      'zh-TW': '不登入提交的聲明，經查不屬於任何門號的，收到90天後連同金鑰一起銷毀。',
      en: 'A statement made without signing in that turned out to belong to no line is destroyed 90 days after it arrived, and its key with it.',
    },
    source: 'Art. 5 Abs. 1 lit. e DSGVO; § 312k Abs. 4 BGB. No law names the number of days: 90 is ours, for counsel to confirm',
    mark: 'to-be-checked',
  },
  keeps: [
    {
      id: 'subscriber-data',
      what: { 'zh-CN': '用户基本资料（号码、姓名、地址、出生日期）', 'zh-TW': '用戶基本資料（號碼、姓名、地址、出生日期）', en: 'Subscriber data (number, name, address, date of birth)' },
      until: { kind: 'end-of-year', years: 1 },
      says: {
        'zh-CN': '用户基本资料保存到合同终止后下一个日历年的年底，然后删除。',
        'zh-TW': '用戶基本資料保存到契約終止後下一個曆年的年底，然後刪除。',
        en: 'Subscriber data is kept to the end of the calendar year after the one in which the contract ended, and then erased.',
      },
      source: '§ 172 TKG',
      mark: 'read',
    },
    {
      id: 'letters',
      what: { 'zh-CN': '商业往来函件', 'zh-TW': '商業往來函件', en: 'Business letters' },
      until: { kind: 'end-of-year', years: 6 },
      says: { 'zh-CN': '商业往来函件保存六年，从年底起算。', 'zh-TW': '商業往來函件保存六年，從年底起算。', en: 'Business letters are kept for six years from the end of the year.' },
      source: '§ 147 Abs. 1, 3, 4 AO; § 257 HGB',
      mark: 'read',
    },
    {
      id: 'vouchers',
      what: { 'zh-CN': '账单等记账凭证', 'zh-TW': '帳單等記帳憑證', en: 'Bills and other vouchers' },
      until: { kind: 'end-of-year', years: 8 },
      inBooks: true,
      says: { 'zh-CN': '记账凭证保存八年，从年底起算。', 'zh-TW': '記帳憑證保存八年，從年底起算。', en: 'Vouchers are kept for eight years from the end of the year.' },
      source: '§ 147 Abs. 1, 3, 4 AO; § 257 HGB; in this form since 1 January 2025',
      mark: 'read',
    },
    {
      id: 'books',
      what: { 'zh-CN': '账簿', 'zh-TW': '帳簿', en: 'Books of account' },
      until: { kind: 'end-of-year', years: 10 },
      inBooks: true,
      says: { 'zh-CN': '账簿保存十年，从年底起算。', 'zh-TW': '帳簿保存十年，從年底起算。', en: 'Books of account are kept for ten years from the end of the year.' },
      source: '§ 147 Abs. 1, 3, 4 AO; § 257 HGB',
      mark: 'read',
    },
  ],
} satisfies JurisdictionSource;
