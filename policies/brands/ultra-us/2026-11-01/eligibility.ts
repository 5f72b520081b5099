import type { PackSource } from '../../../../src/policy/pack.ts';

/** Credit stops nobody here: what is not spent, the application asks about. */
export const eligibility: PackSource['eligibility'] = [
  {
    id: 'unpaid-bill',
    when: { unpaid: 'some' },
    answer: 'not-yet',
    remedy: 'pay-bill',
    because: {
      'zh-CN': '还有未付的账单。付清后就可以继续。',
      'zh-TW': '還有未繳的帳單。繳清後就可以繼續。',
      en: 'There are unpaid bills. Once they are paid you can go on.',
    },
  },
  {
    id: 'anomaly-open',
    when: { anomaly: 'some' },
    answer: 'not-yet',
    remedy: 'contact-support',
    because: {
      'zh-CN': '账户有一件事正在核查，例如号码转出或安全核查。请联系客服，我们会告诉您是什么事、还要多久。',
      'zh-TW': '帳戶有一件事正在查核，例如號碼轉出或安全查核。請聯絡客服，我們會告訴您是什麼事、還要多久。',
      en: 'Something about the account is being looked into, such as a number transfer or a security check. Please contact us; we will tell you what it is and how long it takes.',
    },
  },
  {
    id: 'in-good-standing',
    when: {},
    answer: 'eligible',
    because: { 'zh-CN': '账户状态正常，可以申请注销。', 'zh-TW': '帳戶狀態正常，可以申請註銷。', en: 'The account is in good standing: you can apply to cancel.' },
  },
];

export const examples: PackSource['examples'] = [
  { name: 'nothing open', given: {}, rule: 'in-good-standing' },
  { name: 'two dollars left: spent before, or refunded by choice in the application', given: { credit: { minor: 200, currency: 'USD' } }, rule: 'in-good-standing' },
  { name: 'a bill and credit: the bill is named first', given: { credit: { minor: 200, currency: 'USD' }, unpaid: [{ id: 'november', amount: { minor: 300, currency: 'USD' }, dueOn: '2026-11-20' }] }, rule: 'unpaid-bill' },
  { name: 'a device that uses the number stops nothing: there is no chip to unbind', given: { boundDevices: [{ id: 'phone', name: 'Phone' }] }, rule: 'in-good-standing' },
  { name: 'the number is being moved elsewhere', given: { anomaly: 'port-out-running' }, rule: 'anomaly-open' },
];
