/** What a real subscriber would see at each stage, as the desk hands it to the pages. Everything in it is invented. */
import type { CreditChoices } from '../../../src/desk/credit.ts';
import type { LinkView } from '../../../src/desk/confirm.ts';
import type { Account } from '../../../src/desk/account.ts';
import type { AccountToConfirm } from '../../../src/desk/confirm-account.ts';
import type { Signing } from '../../../src/desk/signing-link.ts';
import type { ProofView } from '../../../src/desk/proof.ts';
import type { AgreementView, Draft, LineCard, Lines, Preparation, Preview, RefundView, Status, StepView, TimelineEntry } from '../../../src/desk/views.ts';
import type { Text } from '../../../src/policy/pack.ts';
import { allPacks } from '../../../policies/index.ts';

const [pack] = allPacks;
if (!pack) throw new Error('there is no brand to draw');


export const now = new Date('2026-11-24T06:02:00Z');
const at = (iso: string): Date => new Date(iso);
const dollars = (minor: number) => ({ minor, currency: 'USD' as const });
const because: Text = {
  'zh-CN': '审核最多 7 个工作日，从 11月24日（周二）算起，周末不算。', 'zh-TW': '審核最多 7 個工作天，從 11月24日（週二）算起，週末不算。',
  en: 'Review takes at most 7 working days, counted from Tuesday 24 November, weekends left out.',
};

const line = (lineId: string, msisdn: string, more: Partial<LineCard> = {}): LineCard => ({
  lineId, msisdn, kind: 'data-card', status: 'active', bars: 4, credit: dollars(420), unpaid: dollars(0), boundDevices: 0, ...more,
});
export const fresh = line('1', '+12025550142', { unpaid: dollars(690), boundDevices: 3 });
export const lines: Lines = {
  name: '张小满',
  lines: [
    fresh,
    line('2', '+12025550178', { bars: 3, case: { caseId: 'b', applicationNumber: '7F3K-9Q2M-4TWX-P', state: 'waiting', dueAt: at('2026-12-03T10:00:00Z'), todo: 'supply' } }),
    line('3', '+12025550119', { kind: 'esim', status: 'barred', bars: 1, case: { caseId: 'c', applicationNumber: 'K2MC-81YD-0XQN-5', state: 'recoverable', effectiveAt: at('2026-12-10T02:00:00Z') } }),
    line('4', '+12025550163', { status: 'cancelled', bars: 0, case: { caseId: 'd', applicationNumber: '0HT6-PWZ3-CA9J-E', state: 'cancelled', endedAt: at('2026-10-08T03:20:00Z') } }),
  ],
};

const item = (id: string, kind: Preparation['items'][number]['kind'], title: Text, says: Text, more: Partial<Preparation['items'][number]>): Preparation['items'][number] =>
  ({ id, kind, title, says, state: 'todo', required: true, ...more });

/** Takes titles and sentences from the pack, as the desk does. */
export const preparation = (items: readonly { id: string; kind: Preparation['items'][number]['kind']; title: Text; says: Text; required: boolean }[], ready: boolean): Preparation => ({ pack,
  line: fresh,
  region: 'CN',
  items: items.map((one): Preparation['items'][number] => {
    const base = item(one.id, one.kind, one.title, one.says, { required: one.required });
    switch (one.kind) {
      case 'settle': return ready ? { ...base, state: 'done' } : { ...base, remedy: 'pay-bill', bills: [{ billId: 'b1', amount: dollars(690), dueOn: '2026-12-01' }] };
      case 'unbind': return ready ? { ...base, state: 'done' } : { ...base, remedy: 'unbind-device', devices: [{ deviceId: 'd1', name: 'iPhone 15' }, { deviceId: 'd2', name: 'iPad' }, { deviceId: 'd3', name: 'Pixel 8' }] };
      case 'take-data': return { ...base, state: ready ? 'done' : 'todo', remedy: 'take-data', stored: { contacts: 214, messages: 1302, calls: 87, ...(ready ? { takenAt: now } : {}) } };
      case 'use-up': return { ...base, state: 'advice', credit: dollars(420) };
      default: return { ...base, state: 'advice' };
    }
  }),
  answer: ready ? 'eligible' : 'not-yet',
  because: ready
    ? { 'zh-CN': '账单已付清，设备已全部解绑。', 'zh-TW': '帳單已繳清，裝置已全部解除綁定。', en: 'Bills are paid and every device is unbound.' }
    : { 'zh-CN': '还有一张账单没有付。付清后就可以继续。', 'zh-TW': '還有一張帳單沒有繳。繳清後就可以繼續。', en: 'One bill is unpaid. Pay it, and you can go on.' },
  open: [],
  regionNote: { 'zh-CN': '中国大陆：号码停用 90 天后才会分配给别人；不要求手持证件照。', 'zh-TW': '中國大陸：門號停用 90 天後才會分配給別人；不要求手持證件照。', en: 'Mainland China: a number rests for 90 days before anyone gets it. No photo of you holding your document is asked for.' },
  law: [],
  mayGoOn: ready,
});

export const draft = (acknowledged: readonly string[]): Draft => ({
  pack, caseId: 'e', line: { ...fresh, unpaid: dollars(0), boundDevices: 0 }, keptUntil: at('2026-12-08T06:00:00Z'), missing: [],
  form: { reason: 'other-provider', name: '张小满', phone: '+12025550190', email: 'xiaoman@post.example', documentKind: 'passport', acknowledged },
  document: { contentType: 'image/jpeg', bytes: 412_331 },
});
export const emptyDraft: Draft = { pack, caseId: 'e', line: fresh, keptUntil: at('2026-12-08T06:00:00Z'), missing: ['reason', 'name'], form: { email: 'xiaoman@post' } };

export const credit: CreditChoices = {
  draft: { ...draft([]), pack: { ...pack, settlement: { ...pack.settlement, choices: ['refund', 'transfer'] } } }, left: dollars(950),
  offers: [{ choice: 'refund' }, { choice: 'transfer', to: '+12025550119' }, { choice: 'transfer', to: '+12025550178' }],
};

const everywhere = (words: string): Text => ({ 'zh-CN': words, 'zh-TW': words, en: words });
const outsideAccounts = [
  { id: 'bank', label: everywhere('银行'), says: everywhere('在银行应用里换成别的号码。') },
  { id: 'social', label: everywhere('社交账号'), says: everywhere('在“登录与安全”里改绑。') },
];
const agreementTexts = [
  { id: 'end-of-service', title: everywhere('终止服务协议'), body: everywhere('一、终止什么。本人申请终止申请中所列号码的移动通信服务。\n\n二、何时终止。审核通过后，号码先停用7天。') },
  { id: 'data', title: everywhere('个人信息说明'), body: everywhere('通讯录、短信和通话记录在终止时删除。') },
];
export const withAgreements: Draft = { ...draft([]), pack: { ...pack, agreements: agreementTexts } };
export const agreements = (signed: boolean): AgreementView[] => agreementTexts.map((one) => ({ ...one, ...(signed ? { signed: { at: at('2026-11-24T06:01:00Z'), sha256: 'a'.repeat(64), documentId: 'd' } } : {}) }));
const signs = allPacks.find(({ agreements: some }) => some.length > 0);
/** Texts that exist in all three languages. */
export const toSign: AgreementView[] = (signs?.agreements ?? []).map((one) => ({ ...one }));
export const signing = (stands: Signing['stands']): Signing => ({
  who: { brand: pack.brand, subscriberId: 's' }, lineId: '1', caseId: 'e', channel: 'e-mail', to: 'x•••@p•••.example', until: at('2026-11-25T06:02:00Z'), stands, agreements: toSign,
});
/** Everything that some policy asks on the form, asked at once. */
export const asksAll: Draft = {
  ...draft([]), line: { ...fresh, credit: dollars(950) }, endBounds: { from: '2026-12-03', to: '2027-01-23', because: 'review' },
  pack: { ...pack, identity: { ...pack.identity, confirmAccount: true, device: true }, outsideAccounts, agreements: agreementTexts, settlement: { ...pack.settlement, choices: ['refund', 'transfer'] }, channels: ['web', 'phone', 'post'] },
};
export const withOutside = (outside: readonly string[]): Draft => ({ ...draft([]), pack: { ...pack, outsideAccounts }, form: { outside } });
export const everythingOf = ({ entryNames }: { entryNames: readonly Text[] }): Account => ({
  person: { name: '张小满', email: 'xiaoman@post.example', contactPhone: '+12025550190' },
  lines: lines.lines.map((one, at) => ({ line: one, devices: at === 0 ? ['iPhone 15', 'iPad'] : [], services: at === 0 ? [everywhere('云存储 200 GB')] : [], entryNames })),
  paysWith: [{ label: 'Visa', last4: '4242' }],
  securityQuestion: { set: { question: 'first-pet', at: at('2026-11-01T02:00:00Z') } },
  signsInWith: [{ kind: 'phone', shown: '+1 202 ••• ••42' }, { kind: 'user-name' }],
});

const steps = ['bar-line', 'end-sessions', 'settle-balance', 'cancel-esim-order', 'detach-subscriber', 'remove-subscriber', 'stop-billing', 'quarantine-number', 'confirm-silence', 'issue-certificate', 'tell-subscriber'];
const money = [{ what: 'credit', amount: dollars(420) }, { what: 'refund', amount: dollars(420) }] as const;
export const preview: Preview = {
  receiptAt: now, reviewBy: { at: at('2026-12-03T10:00:00Z'), because }, workingDays: { least: 3, most: 7 }, everyDayCounts: false, recoverableDays: 7,
  services: [],
  effective: { earliest: at('2026-12-04T06:00:00Z'), latest: at('2026-12-10T10:00:00Z') }, quarantineDays: 90, steps, money, free: true,
};

/** The working days of that year are not known. */
const { reviewBy: _by, ...withoutBy } = preview;
export const previewWithoutDate: Preview = { ...withoutBy, calendarUnknown: true, effective: { earliest: at('2027-01-06T06:00:00Z') } };

type Happened = readonly [TimelineEntry['event'], string];
const timeline = (done: readonly Happened[], last: TimelineEntry['standing'], toCome: readonly TimelineEntry['event'][], effective?: string): TimelineEntry[] => [
  ...done.map(([event, iso], place): TimelineEntry => ({ event, at: at(iso), standing: place === done.length - 1 ? last : 'done' })),
  ...toCome.map((event): TimelineEntry => ({ event, standing: 'to-come', ...(event === 'executing' && effective ? { at: at(effective) } : {}) })),
];
const received: readonly Happened[] = [['received', '2026-11-24T06:02:00Z'], ['proven', '2026-11-24T06:02:00Z'], ['reviewing', '2026-11-24T06:02:00Z']];
const approved: readonly Happened[] = [...received, ['approved', '2026-12-01T03:10:00Z']];
const waitingSteps = steps.map((name): StepView => ({ name, state: 'waiting' }));

const status = (state: Status['state'], more: Partial<Status>): Status => ({
  caseId: 'b', applicationNumber: '7F3K-9Q2M-4TWX-P', state, receivedAt: at('2026-11-24T06:02:00Z'),
  line: { lineId: '2', kind: 'data-card', msisdn: '+12025550178', status: 'active', bars: 3 }, cancelled: { answer: 'not-yet' },
  timeline: [], steps: waitingSteps, money, services: [], attested: [], agreements: [], chat: false, hasCertificate: false, messages: [], notices: [], ...more,
});
const notices: Status['notices'] = [
  { channel: 'mail', to: 'x••••n@post.example', template: 'received', state: 'failed', at: at('2026-11-24T06:02:00Z'), sentAt: null, deliveredAt: null, instead: false },
  { channel: 'sms', to: '+1 202 ••• ••10', template: 'received', state: 'delivered', at: at('2026-11-24T06:02:10Z'), sentAt: at('2026-11-24T06:02:11Z'), deliveredAt: at('2026-11-24T06:02:15Z'), instead: true },
];

export const reviewing = status('reviewing', {
  review: { dueAt: at('2026-12-03T10:00:00Z'), because, paused: false }, withdraw: {}, notices,
  timeline: timeline(received, 'now', ['approved', 'barred', 'executing', 'cancelled']),
});
export const reviewingWithoutDate: Status = status('reviewing', { calendarUnknown: true, withdraw: {}, notices, timeline: timeline(received, 'now', ['approved', 'barred', 'executing', 'cancelled']) });
export const waiting = (material: Text): Status => status('waiting', {
  review: { dueAt: at('2026-12-03T10:00:00Z'), because, paused: true }, withdraw: {}, notices,
  asked: [{ material, note: '右下角反光，看不清有效期。' }],
  messages: [{ author: 'reviewer', attachments: [], text: '右下角反光，看不清有效期。', at: at('2026-11-25T02:14:00Z') }],
  timeline: timeline([...received, ['asked', '2026-11-25T02:14:00Z']], 'now', ['approved', 'barred', 'executing', 'cancelled']),
});
export const recoverable = status('recoverable', {
  line: { lineId: '3', kind: 'data-card', msisdn: '+12025550119', status: 'barred', bars: 1 }, cancelled: { answer: 'from', at: at('2026-12-10T02:00:00Z') }, withdraw: { freeUntil: at('2026-12-10T02:00:00Z') },
  steps: steps.map((name, place): StepView => ({ name, state: place === 0 ? 'done' : 'waiting', ...(place === 0 ? { at: at('2026-12-03T02:00:00Z') } : {}) })), notices,
  timeline: timeline([...approved, ['barred', '2026-12-03T02:00:00Z']], 'now', ['executing', 'cancelled'], '2026-12-10T02:00:00Z'),
});
export const executing = status('stalled', {
  cancelled: { answer: 'being-cancelled' }, line: { lineId: '3', kind: 'data-card', msisdn: '+12025550119', status: 'barred', bars: 1 },
  steps: steps.map((name, place): StepView => ({ name, state: place < 4 ? 'done' : place === 4 ? 'stalled' : 'waiting', ...(place < 4 ? { at: at('2026-12-10T02:00:10Z') } : {}) })),
  timeline: timeline([...approved, ['barred', '2026-12-03T02:00:00Z'], ['executing', '2026-12-10T02:00:00Z'], ['stalled', '2026-12-10T02:01:00Z']], 'now', ['cancelled']),
});
const orderedAt = at('2026-12-10T02:00:10Z');
export const esim = {
  open: { kind: 'not-confirmed', orderedAt }, said: { kind: 'not-confirmed', orderedAt, saidAt: at('2026-12-14T09:20:00Z') },
  deleted: { kind: 'reported-deleted', orderedAt, reportedAt: at('2026-12-14T09:21:30Z') }, never: { kind: 'never-installed', orderedAt },
} as const satisfies Record<string, NonNullable<Status['esim']>>;
export const cancelled = status('cancelled', {
  line: { lineId: '4', kind: 'data-card', msisdn: '+12025550163', status: 'cancelled', bars: 0 }, cancelled: { answer: 'yes', at: at('2026-12-10T02:00:19Z') }, hasCertificate: true,
  esim: esim.open, numberFreeFrom: '2027-03-10', notices,
  steps: steps.map((name): StepView => ({ name, state: 'done', at: at('2026-12-10T02:00:10Z') })),
  timeline: timeline([...approved, ['barred', '2026-12-03T02:00:00Z'], ['executing', '2026-12-10T02:00:00Z'], ['cancelled', '2026-12-10T02:00:19Z']], 'done', []),
});
export const refused = (grounds: { says: Text; remedy: Text }): Status => status('refused', {
  cancelled: { answer: 'kept', at: at('2026-12-01T03:10:00Z') }, line: { lineId: '2', kind: 'data-card', msisdn: '+12025550178', status: 'active', bars: 4 }, refused: grounds, money: [],
  timeline: timeline([...received, ['refused', '2026-12-01T03:10:00Z']], 'stopped', []),
});
export const withdrawn = status('withdrawn', {
  cancelled: { answer: 'kept', at: at('2026-11-26T03:10:00Z') }, line: { lineId: '2', kind: 'data-card', msisdn: '+12025550178', status: 'active', bars: 4 }, money: [],
  timeline: timeline([...received, ['withdrawn', '2026-11-26T03:10:00Z']], 'stopped', []),
});

export const proof: ProofView = {
  caseId: 'e', wanted: false, level: 'confirmed', ways: [['contact-code'], ['document'], ['contact-code', 'security-question']], shown: new Set(), questionMissing: false,
  contacts: { mail: 'x•••@p•••.example', sms: '+1 202 ••• ••90' }, question: 'first-pet', documents: ['passport', 'national-id'],
};
export const account = (of: Draft['pack']): AccountToConfirm => ({ pack: of, line: fresh, reference: 'B-100142', name: '张小满', email: 'x•••@p•••.example', phone: '+1 202 ••• ••90', confirmed: false });
export const link: LinkView = {
  applicationNumber: '7F3K-9Q2M-4TWX-P', kind: 'data-card', number: '+1 202 ••• ••42', round: 1, until: at('2026-11-27T06:02:00Z'), stands: 'open', state: 'approved', recoverableDays: 7,
};
const law = { because: { 'zh-CN': '预付费用户提出要求时，剩余的余额予以退还。', 'zh-TW': '預付用戶提出要求時，剩餘的餘額予以退還。', en: 'On request, what is left of prepaid credit is given back.' }, source: 'Directive (EU) 2018/1972 art. 106(6)' };
export const refund = {
  planned: { state: 'planned', amount: dollars(420), to: 'payment', workingDays: 3 },
  sent: { state: 'sent', amount: dollars(420), to: 'named', at: at('2026-12-11T03:00:00Z'), due: { at: at('2026-12-15T10:00:00Z'), because }, workingDays: 3, law },
  arrived: { state: 'arrived', amount: dollars(420), to: 'payment', at: at('2026-12-12T03:00:00Z'), workingDays: 3 },
  failed: { state: 'failed', amount: dollars(420), to: 'payment', at: at('2026-12-12T03:00:00Z'), due: { at: at('2026-12-15T10:00:00Z'), because }, workingDays: 3 },
} as const satisfies Record<string, RefundView>;
/** Approved, and its confirmation mailed; `again`: it can be sent once more. */
export const toConfirm = status('approved', {
  confirmation: { until: at('2026-12-04T03:10:00Z'), again: { sentAt: at('2026-12-01T03:10:00Z'), sentTo: ['x•••@p•••.example', '+1 202 ••• ••90'] } }, withdraw: {}, notices,
  timeline: timeline(approved, 'now', ['barred', 'executing', 'cancelled']),
});
