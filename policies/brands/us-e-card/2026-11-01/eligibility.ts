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
    id: 'device-bound',
    when: { boundDevices: 'some' },
    answer: 'not-yet',
    remedy: 'unbind-device',
    because: { 'zh-CN': '这张卡还绑定着设备。请全部解绑后再继续。', 'zh-TW': '這張卡還綁定著裝置。請全部解除綁定後再繼續。', en: 'The card is still bound to devices. Unbind all of them, then go on.' },
  },
  {
    id: 'anomaly-open',
    when: { anomaly: 'some' },
    answer: 'not-yet',
    remedy: 'contact-support',
    because: {
      'zh-CN': '账户正在核查。请打客服热线，我们会告诉您是什么事、还要多久。',
      'zh-TW': '帳戶正在查核。請撥客服專線，我們會告訴您是什麼事、還要多久。',
      en: 'The account is being looked into. Please call the hotline; we will tell you why and how long it takes.',
    },
  },
  {
    id: 'in-good-standing',
    when: {},
    answer: 'eligible',
    because: { 'zh-CN': '账户状态正常，可以申请关闭。', 'zh-TW': '帳戶狀態正常，可以申請關閉。', en: 'The account is in good standing: you can apply to close it.' },
  },
];

export const examples: PackSource['examples'] = [
  { name: 'nothing open', given: {}, rule: 'in-good-standing' },
  { name: 'a balance stops nothing: its owner chooses where it goes', given: { credit: { minor: 900, currency: 'USD' } }, rule: 'in-good-standing' },
  { name: 'the latest bill is unpaid', given: { unpaid: [{ id: 'november', amount: { minor: 1500, currency: 'USD' }, dueOn: '2026-11-22' }] }, rule: 'unpaid-bill' },
  { name: 'a router is bound', given: { boundDevices: [{ id: 'router', name: 'Router' }] }, rule: 'device-bound' },
  { name: 'a security check runs', given: { anomaly: 'fraud-check' }, rule: 'anomaly-open' },
];
