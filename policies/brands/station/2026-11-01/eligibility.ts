import type { PackSource } from '../../../../src/policy/pack.ts';

/** A bound device stops nobody here: whoever lost theirs could never unbind it. */
export const eligibility: PackSource['eligibility'] = [
  {
    id: 'unpaid-bill',
    when: { unpaid: 'some' },
    answer: 'not-yet',
    remedy: 'pay-bill',
    because: { 'zh-CN': '还有未付的账单。付清后就可以继续。', 'zh-TW': '還有未繳的帳單。繳清後就可以繼續。', en: 'There are unpaid bills. Once they are paid you can go on.' },
  },
  {
    id: 'anomaly-open',
    when: { anomaly: 'some' },
    answer: 'not-yet',
    remedy: 'contact-support',
    because: {
      'zh-CN': '账户正在核查。请联系客服，随时有人，我们会告诉您是什么事、还要多久。',
      'zh-TW': '帳戶正在查核。請聯絡客服，隨時有人，我們會告訴您是什麼事、還要多久。',
      en: 'The account is being looked into. Contact us at any hour; we will tell you why and how long it takes.',
    },
  },
  {
    id: 'in-good-standing',
    when: {},
    answer: 'eligible',
    because: { 'zh-CN': '没有未了的事，可以申请注销。', 'zh-TW': '沒有未了的事，可以申請註銷。', en: 'Nothing is open: you can apply to cancel.' },
  },
];

export const examples: PackSource['examples'] = [
  { name: 'nothing open', given: {}, rule: 'in-good-standing' },
  { name: 'the lost phone is still bound', given: { boundDevices: [{ id: 'phone', name: 'Phone' }] }, rule: 'in-good-standing' },
  { name: 'a bill unpaid', given: { unpaid: [{ id: 'november', amount: { minor: 4800, currency: 'HKD' }, dueOn: '2026-11-20' }] }, rule: 'unpaid-bill' },
  { name: 'a security check runs', given: { anomaly: 'fraud-check' }, rule: 'anomaly-open' },
];
