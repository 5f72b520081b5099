/** The text of a first policy pack: complete, so that `policy check` finds nothing, and commented where a brand decides for itself. */
export const newPackText = (brand: string, validFrom: string): string => `import type { PackSource } from '../../../src/policy/pack.ts';

/**
 * ${brand}, in force from ${validFrom}. Save this as policies/brands/${brand}/${validFrom}.ts, list it in policies/index.ts, go
 * through it from top to bottom, and run \`signoff policy check\` until it finds nothing. What is said to subscribers is said in
 * three languages; a missing one is a finding. Once a case was received under it, this file never changes: copy it to a new day.
 */

/** The only host name that pages, mails and texts may lead to; what lies below it is yours too. */
const site = '${brand}.example';

export default {
  brand: '${brand}',
  validFrom: '${validFrom}',
  name: { 'zh-CN': '${brand}', 'zh-TW': '${brand}', en: '${brand}' },
  // One colour for light pages and one for dark; the rest is derived from it.
  colour: { light: '#1f5f8b', dark: '#8fc1e3' },
  addresses: {
    site,
    mail: \`care@\${site}\`,
    phone: '+1 202 555 0100', // with + and country code
    hours: { 'zh-CN': '周一至周五 9:00–18:00', 'zh-TW': '週一至週五 9:00–18:00', en: 'Monday to Friday, 9:00–18:00' },
  },
  smsSender: '${brand.replaceAll('-', '').slice(0, 11)}', // eleven characters at most
  // By whose working days your people review: one of policies/calendars/, with the zone that stands there.
  calendar: { region: 'CN', zone: 'Asia/Shanghai' },
  currency: 'CNY',
  signIn: ['phone'], // phone, user-name, e-mail
  // Everything that subscribers may look for; the first labels the entry.
  entryNames: [{ 'zh-CN': '注销', 'zh-TW': '註銷', en: 'Cancel' }],
  reasons: [
    // barsAtOnce: true bars the line at the moment of receipt, for a device that somebody else may hold.
    { id: 'no-longer-needed', label: { 'zh-CN': '不再需要此服务', 'zh-TW': '不再需要此服務', en: 'I no longer need the service' } },
    { id: 'other', label: { 'zh-CN': '其他', 'zh-TW': '其他', en: 'Something else' } },
  ],
  reasonRequired: false,
  // What the application asks of whoever sends it, in this order: name, phone, email; label and hint where you say it in your own words.
  form: [{ field: 'name' }, { field: 'phone', optional: true }, { field: 'email' }],
  // What the preparation page shows before the start. required: nothing goes on while it is open.
  preparation: [
    {
      id: 'settle-bills',
      kind: 'settle',
      required: true,
      title: { 'zh-CN': '付清账单', 'zh-TW': '繳清帳單', en: 'Pay what is due' },
      says: { 'zh-CN': '在这里付清即可。', 'zh-TW': '在這裡繳清即可。', en: 'You can pay right here.' },
    },
    {
      id: 'take-data',
      kind: 'take-data',
      required: false,
      title: { 'zh-CN': '下载您的数据', 'zh-TW': '下載您的資料', en: 'Download your data' },
      says: { 'zh-CN': '注销后无法找回。', 'zh-TW': '註銷後無法找回。', en: 'It can’t be recovered afterwards.' },
    },
  ],
  // Who may cancel now. The first rule that applies decides; the last one has no condition, so that every line gets an answer.
  eligibility: [
    {
      id: 'unpaid-bill',
      when: { unpaid: 'some' }, // unpaid, boundDevices, anomaly, credit: some or none; regions: where the subscriber lives
      answer: 'not-yet', // a not-yet names its remedy; never needs none
      remedy: 'pay-bill', // pay-bill, unbind-device, take-data, use-credit, contact-support
      because: { 'zh-CN': '还有未付的账单。', 'zh-TW': '還有未繳的帳單。', en: 'There are unpaid bills.' },
    },
    { id: 'in-good-standing', when: {}, answer: 'eligible', because: { 'zh-CN': '可以申请注销。', 'zh-TW': '可以申請註銷。', en: 'You can apply to cancel.' } },
  ],
  // documents: kinds that are taken, empty for none. proofs: alternatives of what is shown at cancelling beside the sign-in,
  // such as [['contact-code'], ['document', 'security-question']]; a security question never alone.
  // level, that every application must reach: basic (the sign-in), confirmed (a code to a contact of record), documented (a document, or
  // a signature on paper, that a reviewer sees). A way below it is a finding.
  identity: { level: 'basic', documents: [] },
  // Acknowledged one by one before anything is sent: everything that can't be taken back.
  consequences: [
    { id: 'no-way-back', says: { 'zh-CN': '注销完成后不能恢复。', 'zh-TW': '註銷完成後無法恢復。', en: 'Once cancelled, it can’t be brought back.' } },
  ],
  // reviewers: 0, 1 or 2 people; then the least and the most working days that it takes.
  review: { reviewers: 1, workingDays: { least: 1, most: 5 } },
  // The only grounds on which a reviewer can say no, each with the way on.
  refusals: [
    {
      id: 'not-the-holder',
      says: { 'zh-CN': '申请人不是登记的持有人。', 'zh-TW': '申請人不是登記的持有人。', en: 'The applicant is not the registered holder.' },
      remedy: { 'zh-CN': '请持有人本人申请。', 'zh-TW': '請持有人本人申請。', en: 'Please have the holder apply.' },
    },
  ],
  // What a reviewer can ask for: never more than is needed.
  materials: [{ id: 'reachable-contact', says: { 'zh-CN': '注销后仍能联系到您的方式。', 'zh-TW': '註銷後仍能聯絡到您的方式。', en: 'A contact at which we can reach you afterwards.' } }],
  // service: at-once, chosen-day (with chosen: { earliestDays: 1, latestDays: 60 }), end-of-term. billing, of the monthly fee: at-once
  // (the day of receipt), with-service, end-of-term; it is charged only where the settlement below has period: 'by-days'.
  end: { service: 'at-once', billing: 'at-once' },
  // Told to your billing at receipt: 'charges', 'purchases' or both, and then 'freeze-line' first among the steps.
  freeze: [],
  recoverableDays: 7, // with the line barred and everything undoable; 0 for none
  draftDays: 14, // how long an application that was not sent is kept
  // credit: refund, forfeit, or zero-demanded (then a rule above has to ask for it). Where the law gives it back, it is given back.
  settlement: { credit: 'refund', refundWorkingDays: 5, cleanUpFeeMinor: 0 },
  // What is carried out. In which order is the program's, and steps that a line doesn't need are left out by themselves.
  steps: [
    'bar-line', 'end-sessions', 'settle-balance', 'refund-credit', 'cancel-esim-order', 'detach-subscriber', 'remove-subscriber', 'stop-billing',
    'quarantine-number', 'confirm-silence', 'erase-records', 'close-account', 'issue-certificate', 'tell-subscriber',
  ],
  quarantineDays: 90, // how long the number rests; the law of the subscriber's region may make it more or less
  questions: [{ id: 'is-it-free', question: { 'zh-CN': '收费吗？', 'zh-TW': '要收費嗎？', en: 'Does it cost anything?' }, answer: { 'zh-CN': '不收费。', 'zh-TW': '不收費。', en: 'No.' } }],
  // Your own words by region, beside what the law says; * is for every region that is not named.
  regionNotes: { '*': { 'zh-CN': '审核按工作日计算。', 'zh-TW': '審核依工作天計算。', en: 'Review is reckoned in working days.' } },
  // Where you offer your service: the entries without sign-in that the law of one of these demands stand open to anybody.
  serves: ['CN'],
  // Your own words of a notice, such as { received: { subject: …, text: …, sms: … } }, with placeholders such as {application}; an SMS says {standing}.
  notices: {},
  // Run by \`policy check\`: which rule must decide on a line in good standing but for what is given.
  examples: [
    { name: 'nothing open', given: {}, rule: 'in-good-standing' },
    { name: 'a bill unpaid', given: { unpaid: [{ id: 'one', amount: { minor: 100, currency: 'CNY' }, dueOn: '${validFrom}' }] }, rule: 'unpaid-bill' },
  ],
} satisfies PackSource;
`;
