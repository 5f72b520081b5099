import type { JurisdictionSource } from '../../src/policy/jurisdiction.ts';

/** The European Union. Every member state has a law of its own beside it; of those only Germany's stands here. */
export default {
  id: 'eu',
  validFrom: '2026-06-19',
  zone: 'Europe/Brussels',
  name: { 'zh-CN': '欧盟', 'zh-TW': '歐盟', en: 'the European Union' },
  regions: ['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
  entries: [{
    id: 'withdrawal-function',
    act: 'withdraw',
    signIn: false,
    asks: ['identity', 'contract', 'contact'],
    open: {
      words: { 'zh-CN': '在此撤回合同', 'zh-TW': '在此撤回契約', en: 'Withdraw from contract here' },
      prescribed: { language: 'en', words: 'withdraw from contract here' },
    },
    confirm: {
      words: { 'zh-CN': '确认撤回', 'zh-TW': '確認撤回', en: 'Confirm withdrawal' },
      prescribed: { language: 'en', words: 'confirm withdrawal' },
    },
    says: {
      'zh-CN': '撤回合同与注销是两回事：撤回期内，网上订立的合同可以分两步在网上撤回，随后以可保存的方式确认内容、日期和时间。',
      'zh-TW': '撤回契約與註銷是兩回事：撤回期內，網路上訂立的契約可以分兩步在網路上撤回，隨後以可保存的方式確認內容、日期和時間。',
      en: 'Withdrawing is an act of its own: within the withdrawal period a contract made online is withdrawn from online in two steps, and acknowledged with content, date and time on something that can be kept.',
    },
    source: 'Directive 2011/83/EU art. 11a, inserted by Directive (EU) 2023/2673, applied from 19 June 2026',
    mark: 'read',
  }],
  unmatchedStatements: {
    days: 90,
    says: {
      'zh-CN': '不登录提交的声明，经查不属于任何线路的，收到90天后连同密钥一起销毁。',
      'zh-TW': '不登入提交的聲明，經查不屬於任何門號的，收到90天後連同金鑰一起銷毀。',
      en: 'A statement made without signing in that turned out to belong to no line is destroyed 90 days after it arrived, and its key with it.',
    },
    source: 'Regulation (EU) 2016/679 art. 5(1)(e). No law names the number of days: 90 is ours, for counsel to confirm',
    mark: 'to-be-checked',
  },
  creditRefunded: {
    says: {
      'zh-CN': '预付费用户提出要求时，剩余的余额予以退还。',
      'zh-TW': '預付用戶提出要求時，剩餘的餘額予以退還。',
      en: 'On request, what is left of prepaid credit is given back.',
    },
    source: 'Directive (EU) 2018/1972 art. 106(6), which speaks of changing providers; its national transposition decides',
    mark: 'to-be-checked',
  },
  dataRequests: [{
    of: ['copy', 'erase'],
    within: { months: 1 },
    extension: { months: 2 },
    says: {
      'zh-CN': '查阅、删除、携带个人数据的要求，一个月内答复；复杂或者数量多的可以再延两个月，并说明原因。',
      'zh-TW': '查閱、刪除、攜帶個人資料的要求，一個月內答覆；複雜或數量多的可再延兩個月，並說明原因。',
      en: 'Requests to see, erase or carry away personal data are answered within one month; two more where they are complex or many, with the reason.',
    },
    source: 'Regulation (EU) 2016/679 arts. 12(3), 15, 17, 20',
    mark: 'read',
  }],
} satisfies JurisdictionSource;
