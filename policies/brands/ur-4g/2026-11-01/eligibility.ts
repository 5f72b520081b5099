import type { PackSource } from '../../../../src/policy/pack.ts';

export const eligibility: PackSource['eligibility'] = [
  {
    id: 'arrears',
    when: { unpaid: 'some' },
    answer: 'not-yet',
    remedy: 'pay-bill',
    because: { 'zh-CN': '还有欠费。付清后就可以继续。', 'zh-TW': '還有欠費。繳清後就可以繼續。', en: 'Something is still owed. Once it is paid you can go on.' },
  },
  {
    id: 'anomaly-open',
    when: { anomaly: 'some' },
    answer: 'not-yet',
    remedy: 'contact-support',
    because: {
      'zh-CN': '账户有一件事正在核查。请联系客服，我们会告诉您是什么事、还要多久。',
      'zh-TW': '帳戶有一件事正在查核。請聯絡客服，我們會告訴您是什麼事、還要多久。',
      en: 'Something about the account is being looked into. Please contact us; we will tell you what it is and how long it takes.',
    },
  },
  {
    id: 'nothing-in-the-way',
    when: {},
    answer: 'eligible',
    because: { 'zh-CN': '没有欠费，可以申请注销。', 'zh-TW': '沒有欠費，可以申請註銷。', en: 'Nothing is owed: you can apply to cancel.' },
  },
];

export const examples: PackSource['examples'] = [
  { name: 'nothing open', given: {}, rule: 'nothing-in-the-way' },
  { name: 'arrears stop it', given: { unpaid: [{ id: 'october', amount: { minor: 2900, currency: 'CNY' }, dueOn: '2026-10-31' }] }, rule: 'arrears' },
  { name: 'credit is refunded and stops nothing', given: { credit: { minor: 1800, currency: 'CNY' } }, rule: 'nothing-in-the-way' },
  { name: 'a dispute over who holds it', given: { anomaly: 'ownership-disputed' }, rule: 'anomaly-open' },
];
