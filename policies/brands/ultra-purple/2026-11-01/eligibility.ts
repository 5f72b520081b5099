import type { PackSource } from '../../../../src/policy/pack.ts';

/** 注销条件: good standing, nothing bound. What a subscriber can clear alone comes before what needs a person. */
export const eligibility: PackSource['eligibility'] = [
  {
    id: 'unpaid-bill',
    when: { unpaid: 'some' },
    answer: 'not-yet',
    remedy: 'pay-bill',
    because: {
      'zh-CN': '还有未付的账单。付清后就可以继续，不会再产生别的费用。',
      'zh-TW': '還有未繳的帳單。繳清後就可以繼續，不會再產生其他費用。',
      en: 'There are unpaid bills. Once they are paid you can go on; nothing else is charged.',
    },
  },
  {
    id: 'device-bound',
    when: { boundDevices: 'some' },
    answer: 'not-yet',
    remedy: 'unbind-device',
    because: {
      'zh-CN': '这张卡还绑定着设备。请全部解绑后再继续。',
      'zh-TW': '這張卡還綁定著裝置。請全部解除綁定後再繼續。',
      en: 'The card is still bound to devices. Unbind all of them, then go on.',
    },
  },
  {
    id: 'anomaly-open',
    when: { anomaly: 'some' },
    answer: 'not-yet',
    remedy: 'contact-support',
    because: {
      'zh-CN': '账户有一件事正在核查，例如携号转网、归属争议或安全核查。请联系客服，我们会告诉您是什么事、还要多久。',
      'zh-TW': '帳戶有一件事正在查核，例如號碼可攜、歸屬爭議或安全查核。請聯絡客服，我們會告訴您是什麼事、還要多久。',
      en: 'Something about the account is being looked into: a move to another provider, a dispute over who holds it, or a security check. Please contact us; we will tell you what it is and how long it takes.',
    },
  },
  {
    id: 'in-good-standing',
    when: {},
    answer: 'eligible',
    because: {
      'zh-CN': '账户状态正常，可以申请注销。',
      'zh-TW': '帳戶狀態正常，可以申請註銷。',
      en: 'The account is in good standing: you can apply to cancel.',
    },
  },
];

export const examples: PackSource['examples'] = [
  { name: 'nothing open', given: {}, rule: 'in-good-standing' },
  { name: 'credit left is refunded and stops nothing', given: { credit: { minor: 420, currency: 'USD' } }, rule: 'in-good-standing' },
  { name: 'one bill unpaid', given: { unpaid: [{ id: 'november', amount: { minor: 690, currency: 'USD' }, dueOn: '2026-11-15' }] }, rule: 'unpaid-bill' },
  {
    name: 'a bill unpaid and devices bound: the bill is named first',
    given: {
      unpaid: [{ id: 'november', amount: { minor: 690, currency: 'USD' }, dueOn: '2026-11-15' }],
      boundDevices: [{ id: 'tablet', name: 'Tablet' }],
    },
    rule: 'unpaid-bill',
  },
  { name: 'three devices bound', given: { boundDevices: [{ id: 'phone', name: 'Phone' }, { id: 'tablet', name: 'Tablet' }, { id: 'watch', name: 'Watch' }] }, rule: 'device-bound' },
  { name: 'a move to another provider is running', given: { anomaly: 'port-out-running' }, rule: 'anomaly-open' },
  { name: 'the same rules in Hong Kong', given: { region: 'HK' }, rule: 'in-good-standing' },
];
