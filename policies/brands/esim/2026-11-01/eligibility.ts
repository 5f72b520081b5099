import type { PackSource } from '../../../../src/policy/pack.ts';

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
      'zh-CN': '号码正在携转或核查。请打客服电话，我们会告诉您是什么事、还要多久。',
      'zh-TW': '門號正在攜碼或查核。請撥客服電話，我們會告訴您是什麼事、還要多久。',
      en: 'The number is being moved or looked into. Please call us; we will tell you what it is and how long it takes.',
    },
  },
  {
    id: 'in-good-standing',
    when: {},
    answer: 'eligible',
    because: { 'zh-CN': '可以申请注销。', 'zh-TW': '可以申請註銷。', en: 'You can apply to cancel.' },
  },
];

export const examples: PackSource['examples'] = [
  { name: 'nothing open', given: {}, rule: 'in-good-standing' },
  { name: 'the device that carries it is bound, as it must be', given: { boundDevices: [{ id: 'phone', name: 'Phone' }] }, rule: 'in-good-standing' },
  { name: 'a bill unpaid', given: { unpaid: [{ id: 'november', amount: { minor: 29900, currency: 'TWD' }, dueOn: '2026-11-18' }] }, rule: 'unpaid-bill' },
  { name: 'the number is being moved', given: { anomaly: 'port-out-running' }, rule: 'anomaly-open' },
];
