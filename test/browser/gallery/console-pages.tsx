/** Every page of the reviewers' console, from invented views. */
import { parseApplicationNumber } from '../../../src/cancellation/identifiers/application-number.ts';
import { frameOf } from '../../../src/console/frame.tsx';
import { BulkOrderPage, BulkPage } from '../../../src/console/pages/bulk.tsx';
import { CasePage } from '../../../src/console/pages/case.tsx';
import { DeadlinesPage } from '../../../src/console/pages/deadlines.tsx';
import { CallPage, FindCallerPage } from '../../../src/console/pages/call.tsx';
import { CallAgreementsPage } from '../../../src/console/pages/call-agreements.tsx';
import { CallCheckPage, CallConsequencesPage } from '../../../src/console/pages/call-consequences.tsx';
import { CallFormPage } from '../../../src/console/pages/call-form.tsx';
import { CallLinePage } from '../../../src/console/pages/call-line.tsx';
import { RefundsPage } from '../../../src/console/pages/refunds.tsx';
import { WaitingPage } from '../../../src/console/pages/waiting.tsx';
import { PaperPage, ScanPage } from '../../../src/console/pages/paper.tsx';
import { SocialPage } from '../../../src/console/pages/social.tsx';
import { StatementsPage } from '../../../src/console/pages/statements.tsx';
import { ThreadPage, ThreadsPage } from '../../../src/console/pages/threads.tsx';
import { FindingsPage } from '../../../src/console/pages/findings.tsx';
import { FaultPage } from '../../../src/console/pages/fault.tsx';
import { QueuePage } from '../../../src/console/pages/queue.tsx';
import { SignInPage } from '../../../src/console/pages/sign-in.tsx';
import type { Place } from '../../../src/console/place.ts';
import type { Staff } from '../../../src/console/rights.ts';
import { wordsOf } from '../../../src/console/words.tsx';
import { render } from '../../../src/design/index.ts';
import type { BulkLine, BulkView } from '../../../src/desk/bulk/order.ts';
import type { FailedRefund } from '../../../src/desk/mend-refund.ts';
import type { Finding, Findings } from '../../../src/desk/findings.ts';
import type { ReviewCase } from '../../../src/desk/review-case.ts';
import type { Queue, QueueRow, TimeLeft } from '../../../src/desk/review-queue.ts';
import { decide } from '../../../src/policy/decide.ts';
import type { Language, Pack } from '../../../src/policy/pack.ts';
import { fileInWords } from '../../../src/desk/bulk/in-words.ts';
import * as view from './views.ts';

/** Stands for a document in pictures of pages; nobody's. */
export const paper = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="880" height="600"><rect width="880" height="600" fill="#c9d3cf"/><rect x="70" y="60" width="740" height="480" rx="18" fill="#f4f1e8"/><rect x="110" y="130" width="190" height="250" fill="#aab5b0"/><g fill="#7d847f"><rect x="340" y="140" width="260" height="22"/><rect x="340" y="200" width="380" height="22"/><rect x="340" y="260" width="200" height="22"/><rect x="340" y="320" width="320" height="22"/><rect x="110" y="440" width="660" height="18"/><rect x="110" y="478" width="660" height="18"/></g></svg>')}`;

const number = (body: string): string => {
  for (const check of '0123456789ABCDEFGHJKMNPQRSTVWXYZ') {
    const parsed = parseApplicationNumber(`${body}${check}`);
    if (parsed.ok) return parsed.value;
  }
  throw new Error(`no check character for ${body}`);
};
const at = (iso: string): Date => new Date(iso);
const left = (days: number, hoursOfDay: number, minutesOfHour: number, late = false): TimeLeft => ({ minutes: days * 540 + hoursOfDay * 60 + minutesOfHour, days, hoursOfDay, minutesOfHour, late, everyDayCounts: false });

const reviewer: Staff = { staffId: 's1', name: '周以宁', roles: ['reviewer'] };
const auditor: Staff = { staffId: 's2', name: '何书白', roles: ['auditor'] };
const names = new Map([['s1', '周以宁'], ['s3', '唐若谷']]);

const bulkOrder: BulkView = {
  orderId: 'b1', channel: 'bulk', state: 'checked', lines: 12_480, share: 1, eligible: 12_107, opened: 0, dropped: 0, left: 12_107,
  refused: [{ why: 'not-eligible', count: 214 }, { why: 'unknown-line', count: 96 }, { why: 'open-case', count: 41 }, { why: 'duplicate', count: 12 }, { why: 'number-without-country', count: 9 }, { why: 'formula', count: 1 }],
  uploaded: { person: 'staff:s3', name: '唐若谷', at: at('2026-11-24T02:05:00Z'), mine: false }, checkedAt: at('2026-11-24T02:05:09Z'),
};
const bulkLines = (pack: Pack): BulkLine[] => {
  const owing = pack.eligibility.find(({ answer }) => answer !== 'eligible')?.because;
  return [{ line: 2 }, { line: 3 }, { line: 4, why: 'not-eligible', ...(owing ? { rule: owing } : {}) }, { line: 5 }, { line: 6, why: 'duplicate', detail: '2' }, { line: 7, why: 'unknown-line' }, { line: 8, why: 'end-too-early', detail: '2026-12-14' }, { line: 9, why: 'number-without-country' }];
};

const rows = (pack: Pack): QueueRow[] => {
  const row = (body: string, more: Partial<QueueRow>, reason = 0): QueueRow => {
    const why = pack.reasons[reason];
    return {
      applicationNumber: number(body), state: 'reviewing', kind: 'data-card', channel: 'web', receivedAt: at('2026-11-17T02:11:00Z'), since: at('2026-11-17T02:11:00Z'),
      dueAt: at('2026-11-26T10:00:00Z'), left: left(2, 3, 58), ...(why ? { reason: why.id, reasonSays: why.label } : {}), ...more,
    };
  };
  return [
    row('9Q2M4TWX7F3K', { left: left(1, 5, 2, true), dueAt: at('2026-11-20T10:00:00Z'), receivedAt: at('2026-11-11T02:11:00Z') }, 1),
    row('K2MC81YD0XQN', { left: left(0, 0, 24, true), dueAt: at('2026-11-24T05:38:00Z'), receivedAt: at('2026-11-12T01:26:00Z') }, 2),
    row('0HT6PWZ3CA9J', { left: left(0, 3, 58), dueAt: at('2026-11-24T10:00:00Z'), receivedAt: at('2026-11-13T07:45:00Z') }, 4),
    row('7F3K9Q2M4TWX', {}),
    row('M1NV8E0BRH5S', { left: left(7, 3, 58), channel: 'phone', kind: 'esim', dueAt: at('2026-12-03T10:00:00Z'), receivedAt: at('2026-11-24T01:52:00Z') }, 5),
  ];
};

const outcome = { kind: 'refused', code: '8.2.1/3.3', says: 'Matching ID is not known to the SM-DP+' };

/** The case in the words of its pack, as the desk gives it. */
const caseOf = (pack: Pack, more: Partial<ReviewCase>): ReviewCase => {
  const standing: ReviewCase['standing'] = { credit: { minor: 420, currency: 'USD' }, unpaid: [], boundDevices: [], stored: { contacts: 214, messages: 1302, calls: 87 }, region: 'CN' };
  return {
    status: { ...view.reviewing, applicationNumber: number('7F3K9Q2M4TWX') },
    version: 3, reason: pack.reasons[0]?.id ?? '', channel: 'web', region: 'CN', carrier: 'loopback-mobile', iccid: '8988303000000000018', pack, standing, decision: decide(pack, standing), left: left(7, 3, 58),
    form: { name: '张小满', email: 'xiaoman@post.example', phone: '+12025550190', documentKind: 'passport' },
    registered: { name: '张小满', email: 'XiaoMan@post.example', contactPhone: '+12025550188' },
    documents: [{ id: 'd1', purpose: 'identity', contentType: 'image/jpeg', bytes: 412_331, storedAt: at('2026-11-24T05:58:00Z') }],
    journal: [
      { at: at('2026-11-24T06:02:00Z'), event: 'received', actor: 'subscriber', facts: {} },
      { at: at('2026-11-24T06:02:00Z'), event: 'proven', actor: 'subscriber', facts: {} },
      { at: at('2026-11-24T06:02:00Z'), event: 'reviewing', actor: 'policy', facts: { dueAt: '2026-12-03T10:00:00.000Z' } },
    ],
    steps: [], tries: [], findings: [], statements: [], ownCase: false, refusedByMe: false, approvals: { given: 0, of: 1, mine: false },
    ...more,
  };
};

const materialIds = (pack: Pack): string[] => pack.materials.slice(0, 2).map(({ id }) => id);

export const consolePages = (pack: Pack, language: Language): Map<string, string> => {
  const words = wordsOf(language, pack, view.now);
  const base = `/${pack.brand}/console`;
  const placeOf = (staff: Staff | undefined): Place => ({ words, pack, base, token: 'token', frame: frameOf({ pack, words, base, address: base, token: 'token', staff }) });
  const place = placeOf(reviewer);
  const { say } = words;
  const queue: Queue = { rows: rows(pack), counts: { reviewing: 5, waiting: 2, received: 1, stalled: 1, late: 2, aside: 0 } };
  // Of a year without a calendar: no due date, and before all others.
  const undatedRows = queue.rows.slice(2, 4).map(({ dueAt: _due, left: _left, ...row }) => row);
  const plain = caseOf(pack, {});
  const first = pack.materials[0];
  if (!first) throw new Error('a pack has materials');
  const waitingStatus = { ...view.waiting(first.says), applicationNumber: plain.status.applicationNumber };
  const again = caseOf(pack, {
    version: 5, left: left(0, 0, 24, true),
    status: { ...plain.status, messages: [
      { author: 'reviewer', at: at('2026-11-26T03:10:00Z'), attachments: [], text: '照片右下角反光，证件号码看不清。\n请在光线均匀的地方重拍一张。' },
      { author: 'subscriber', at: at('2026-11-27T12:41:00Z'), attachments: [], text: '已重拍，另附一份 PDF 扫描件。<b>谢谢</b>' },
    ] },
    form: { name: '张晓曼', email: 'xiaoman@post.example', documentKind: 'national-id' },
    standing: { ...plain.standing, unpaid: [{ id: 'b', amount: { minor: 690, currency: 'USD' }, dueOn: '2026-12-01' }], boundDevices: [{ id: 'p', name: 'Pixel 8' }], anomaly: 'ownership-disputed' },
    documents: [...plain.documents,
      { id: 'd2', purpose: 'supplement', contentType: 'image/jpeg', bytes: 398_120, storedAt: at('2026-11-27T12:41:00Z') },
      { id: 'd3', purpose: 'supplement', contentType: 'application/pdf', bytes: 88_412, storedAt: at('2026-11-27T12:41:00Z') }],
    journal: [...plain.journal,
      { at: at('2026-11-26T03:10:00Z'), event: 'asked', actor: 'reviewer', facts: { materials: materialIds(pack), decidedBy: 's3' } },
      { at: at('2026-11-27T12:41:00Z'), event: 'supplied', actor: 'subscriber', facts: { documents: 2, text: true, dueAt: '2026-12-04T11:31:00.000Z' } }],
  });
  const against = { ...again, decision: decide(pack, again.standing) };
  const stalled = caseOf(pack, {
    status: { ...view.executing, applicationNumber: plain.status.applicationNumber },
    steps: [{ cancellationId: 'c', brand: pack.brand, name: 'cancel-esim-order', after: [], phase: 'final', state: 'refused', attempts: 1, reads: 0, attested: false, undo: false, intentKey: '4f8a6d52-93f1-4d0e-b3a8-5c9a6a0b7b11:cancel-esim-order', firstTriedAt: at('2026-12-10T02:00:04Z'), outcome }],
    journal: [...plain.journal,
      { at: at('2026-12-01T01:20:00Z'), event: 'approved', actor: 'reviewer', facts: { decidedBy: 's1' } },
      { at: at('2026-12-01T01:20:00Z'), event: 'scheduled', actor: 'policy', facts: {} },
      { at: at('2026-12-01T01:20:00Z'), event: 'barred', actor: 'clock', facts: {} },
      { at: at('2026-12-01T01:20:02Z'), event: 'step-done', actor: 'executor', facts: { step: 'bar-line', attempts: 1 } },
      { at: at('2026-12-10T02:00:01Z'), event: 'executing', actor: 'clock', facts: {} },
      { at: at('2026-12-10T02:00:05Z'), event: 'step-refused', actor: 'executor', facts: { step: 'cancel-esim-order', code: outcome.code } },
      { at: at('2026-12-10T02:00:05Z'), event: 'stalled', actor: 'executor', facts: { step: 'cancel-esim-order' } }],
  });
  const tried = { step: 'cancel-esim-order', undo: false, intentKey: 'k' } as const;
  const silent = { kind: 'unknown', says: 'no answer within 10 s of sending cancelOrder' };
  const unknown = { ...stalled, steps: stalled.steps.map((step) => ({ ...step, state: 'stalled' as const, reads: 7, outcome: silent })), tries: [
    { ...tried, at: at('2026-12-10T02:00:04Z'), mode: 'act' as const, outcome: silent },
    { ...tried, at: at('2026-12-10T02:00:16Z'), mode: 'read' as const, outcome: { kind: 'unreachable', says: 'connection refused by the SM-DP+' } },
    { ...tried, at: at('2026-12-12T02:00:16Z'), mode: 'read' as const, outcome: silent },
  ] };
  const { left: _, ...undated } = plain;
  const { review: __, ...noReview } = undated.status;
  const base2 = { place, staff: reviewer, names, now: view.now };
  const one: Finding = {
    id: 'f1', applicationNumber: number('9Q2M4TWX7F3K'), kind: 'data-card', what: 'still-reachable', foundAt: at('2026-11-30T21:00:00Z'), seenAt: at('2026-12-03T21:00:00Z'), days: 3, mends: 0, mending: 'to-order',
    steps: ['detach-subscriber', 'remove-subscriber'],
  };
  const found: Findings = {
    counts: { open: 5, mended: 12 }, last: { endedAt: at('2026-12-03T21:04:00Z'), lines: 1240, unread: 2 },
    rows: [one, { ...one, id: 'f2', applicationNumber: number('K2MC81YD0XQN'), what: 'still-billed', mending: 'next-look', steps: ['stop-billing'], mends: 1, days: 2 },
      { ...one, id: 'f3', applicationNumber: number('0HT6PWZ3CA9J'), what: 'bill-after-end', owed: { minor: 690, currency: 'USD' }, mending: 'by-hand', steps: [], days: 1 },
      { ...one, id: 'f4', applicationNumber: number('M1NV8E0BRH5S'), what: 'still-attached', mending: 'stuck', mends: 2, days: 1 },
      { ...one, id: 'f5', applicationNumber: number('7F3K9Q2M4TWX'), what: 'service-runs', kind: 'esim', mending: 'under-way', mends: 1, steps: ['end-linked-services'], days: 0 }],
  };
  const contacts = [{ channel: 'mail' as const, masked: 'l•••@m•••.example' }, { channel: 'sms' as const, masked: '+1 202 ••• ••10' }];
  const link = { caseId: 'c', channel: 'mail' as const, to: 'l•••@m•••.example', madeAt: at('2026-11-24T05:58:00Z'), until: at('2026-11-25T05:58:00Z'), replaced: false };
  const failed: FailedRefund[] = [
    { id: 'r1', applicationNumber: number('9Q2M4TWX7F3K'), amount: { minor: 420, currency: 'USD' }, failedAt: at('2026-12-12T03:00:00Z'), dueAt: at('2026-12-15T10:00:00Z'), payment: 'pay-B-100142', stopped: true },
    { id: 'r2', applicationNumber: number('K2MC81YD0XQN'), amount: { minor: 125_000, currency: 'USD' }, failedAt: at('2026-12-13T03:00:00Z'), payment: 'pi_3OaExampleOfAVeryLongReferenceThatNeverEnds00', stopped: false },
  ];
  const pages = {
    'console-sign-in': <SignInPage place={placeOf(undefined)} faults={[]} told={say('sign-in.over')} />,
    'console-sign-in-wrong': <SignInPage place={placeOf(undefined)} email="yining@ultra-purple.example" faults={[{ id: 'email', says: say('sign-in.wrong') }]} />,
    'console-queue': <QueuePage place={place} tab="reviewing" queue={queue} />,
    'console-queue-told': <QueuePage place={place} tab="waiting" told={say('done.asked', { number: plain.status.applicationNumber })} queue={{ ...queue, rows: queue.rows.slice(2, 4).map((row) => ({ ...row, state: 'waiting' as const })) }} />,
    'console-queue-stalled': <QueuePage place={place} tab="stalled" queue={{ ...queue, rows: queue.rows.slice(3, 5).map((row) => ({ ...row, state: 'stalled' as const, step: 'cancel-esim-order' })) }} />,
    'console-queue-aside': <QueuePage place={place} tab="stalled" queue={{ rows: [], counts: { ...queue.counts, stalled: 0, aside: 3 } }} aside={{ staff: reviewer, told: 'ordered', rows: [
      { id: 'a1', queue: 'advance', since: at('2026-12-03T21:00:00Z'), applicationNumber: plain.status.applicationNumber }, { id: 'a2', queue: 'mails', since: at('2026-12-03T22:10:00Z'), applicationNumber: number('9Q2M4TWX7F3K') }, { id: 'a3', queue: 'reconcile', since: at('2026-12-04T01:00:00Z') }] }} />,
    'console-queue-behind': <QueuePage place={place} tab="reviewing" queue={{ ...queue, asOf: at('2026-12-04T02:14:07Z') }} />,
    'console-queue-undated': <QueuePage place={place} tab="reviewing" queue={{ ...queue, rows: [...undatedRows, ...queue.rows.slice(0, 2)] }} />,
    'console-queue-empty': <QueuePage place={place} tab="reviewing" queue={{ rows: [], counts: { reviewing: 0, waiting: 0, received: 0, stalled: 0, late: 0, aside: 0 } }} />,
    'console-case': <CasePage {...base2} view={plain} />,
    'console-case-ask': <CasePage {...base2} view={against} sent={{ decision: 'ask', materials: [], note: '', faults: [{ id: 'materials', says: say('decide.fault.materials') }, { id: 'note', says: say('decide.fault.note') }] }} />,
    'console-case-approve': <CasePage {...base2} view={against} sent={{ decision: 'approve', faults: [] }} cannot={say('cannot.lost-race')} />,
    'console-case-refuse': <CasePage {...base2} view={plain} sent={{ decision: 'refuse', faults: [{ id: 'because', says: say('decide.fault.because') }] }} />,
    'console-case-own': <CasePage {...base2} view={{ ...plain, ownCase: true }} />,
    'console-case-auditor': <CasePage {...base2} place={placeOf(auditor)} staff={auditor} view={{ ...undated, status: noReview }} />,
    'console-case-esim': <CasePage {...base2} view={{ ...plain, status: { ...view.cancelled, applicationNumber: plain.status.applicationNumber, esim: view.esim.said }, steps: [{ cancellationId: 'c', brand: pack.brand, name: 'cancel-esim-order', after: [], phase: 'final', state: 'done', attempts: 1, reads: 0, attested: false, undo: false, doneAt: at('2026-12-10T02:00:10Z'), outcome: { kind: 'done', fact: 'already-on-device', says: '8.2.1/3.3. The profile was downloaded already.' } }] }} />,
    'console-case-waiting': <CasePage {...base2} view={{ ...plain, status: waitingStatus }} />,
    'console-case-stalled': <CasePage {...base2} view={stalled} />,
    'console-case-finding': <CasePage {...base2} view={unknown} finding={{ step: 'cancel-esim-order', evidence: '看了', faults: [{ id: 'verdict', says: say('stuck.fault.verdict') }, { id: 'evidence', says: say('stuck.fault.evidence') }] }} />,
    'console-case-found': <CasePage {...base2} view={{ ...unknown, findings: [{ id: 'f1', step: 'cancel-esim-order', verdict: 'happened', evidence: 'SM-DP+ 后台，12月12日 10:05：\n该订单状态为 Unavailable，工单 T-2041。', documentId: 'd1', by: 's3', at: at('2026-12-12T02:10:00Z'), mine: false }] }} />,
    'console-caller': <FindCallerPage place={place} typed="1 202" faults={[{ id: 'name', says: say('call.find.not-a-name') }]} />,
    'console-call': <CallPage place={place} faults={[]} call={{ callId: 'c1', subscriberId: 's1', codeId: 'o1', contacts: [{ channel: 'mail', masked: 'l•••@m•••.example' }, { channel: 'sms', masked: '+1 202 ••• ••10' }] }} />,
    'console-threads': <ThreadsPage place={place} answered threads={[{ lineId: 'l1', since: at('2026-11-24T02:00:00Z'), ending: '42' }]} />,
    'console-thread': <ThreadPage place={place} faults={[]} thread={{ lineId: 'l1', ending: '42', ownAccount: false, messages: [{ author: 'subscriber', channel: 'chat', at: at('2026-11-24T02:00:00Z'), text: '退款要多久？', attachments: [] }] }} />,
    'console-scan': <ScanPage place={place} most="10 MB" faults={[{ id: 'code', says: say('paper.unreadable') }]} />,
    'console-paper': <PaperPage place={place} faults={[]} view={{ code: '7F3K-9Q2M-4TWX-C', state: 'reviewing', ending: '42', papers: 1 }} />,
    'console-social': <SocialPage place={{ ...place, pack: { ...place.pack, social: [{ id: 'square', label: { 'zh-CN': '广场', 'zh-TW': '廣場', en: 'Square' }, handle: '@care@ultra-purple.example' }] } }} done={false} faults={[]} />,
    'console-queue-received': <QueuePage place={place} tab="received" queue={{ ...queue, rows: queue.rows.slice(2, 3).map((row) => ({ ...row, state: 'received' as const })) }} />,
    'console-statements': <StatementsPage place={place} at="s1" typed="+1 202 555 0199" faults={[{ id: 'about-s1', says: say('statements.fault.no-line') }]} waiting={[
      { id: 's1', kind: 'cancellation', reference: '7F3K-9Q2M-4TWX-C', law: 'de@2025-01-01', receivedAt: at('2026-11-24T02:00:00Z'), contents: { kind: 'extraordinary', reason: '三个月没有信号', name: '林小雨', contract: '7Q-1', ends: '', email: 'lin@mail.example' } },
      { id: 's2', kind: 'withdrawal', reference: '8F3K-9Q2M-4TWX-D', law: 'eu@2026-06-19', receivedAt: at('2026-11-24T03:00:00Z'), contents: { name: '林小雨', contract: '+1 202 555 0142', email: 'lin@mail.example' } },
    ]} />,
    'console-call-line': <CallLinePage place={place} callId="c1" view={view.preparation(pack.preparation, false)} cannot={say('call.pay.try-later')} />,
    'console-call-form': <CallFormPage place={place} callId="c1" draft={{ ...view.asksAll, form: {} }} lines={view.lines.lines.map((each) => ({ ...each, status: 'active' as const }))} most="10 MB" faults={[{ id: 'name', says: say('call.fault', { field: say('call.field.name'), fault: say('call.fault.missing') }) }]} />,
    'console-call-form-own-words': <CallFormPage place={place} callId="c1" draft={{ ...view.draft([]), pack: { ...pack, form: [{ field: 'email', optional: false, label: pack.name, hint: pack.name }, { field: 'name', optional: true }] } }} lines={[]} most="10 MB" faults={[]} />,
    'console-call-agreements': <CallAgreementsPage place={place} callId="c1" lineId="1" toSign={{ caseId: 'c', agreements: view.toSign }} contacts={contacts} faults={[]} />,
    'console-call-agreements-sent': <CallAgreementsPage place={place} callId="c1" lineId="1" toSign={{ caseId: 'c', agreements: view.toSign, link }} contacts={contacts} faults={[{ id: 'channel', says: say('call.sign-wait', { minutes: 3 }) }]} />,
    'console-call-agreements-signed': <CallAgreementsPage place={place} callId="c1" lineId="1" toSign={{ caseId: 'c', agreements: view.toSign.map((each) => ({ ...each, signed: { at: at('2026-11-24T06:01:00Z'), sha256: 'a'.repeat(64), documentId: 'd' } })), link }} contacts={contacts} faults={[]} />,
    'console-call-agreements-unreachable': <CallAgreementsPage place={place} callId="c1" lineId="1" toSign={{ caseId: 'c', agreements: view.toSign }} contacts={[]} faults={[]} />,
    'console-call-consequences': <CallConsequencesPage place={place} callId="c1" draft={view.draft([])} language="zh-CN" read={[{ consequence: pack.consequences[0]?.id ?? '', at: at('2026-11-24T06:01:00Z') }]} />,
    'console-call-check': <CallCheckPage place={place} callId="c1" draft={view.draft([])} preview={view.preview} />,
    'console-case-by-phone': <CasePage {...base2} view={{ ...plain, channel: 'phone', journal: plain.journal.map((entry) => (entry.event === 'proven' ? { ...entry, actor: 'agent' as const, facts: { by: 's3', readOut: pack.consequences.map(({ id }) => id), bills: ['690 USD due 2026-12-01 paid', '300 USD due 2026-12-09 unpaid'] } } : entry)) }} />,
    'console-case-to-confirm': <CasePage {...base2} staff={{ ...reviewer, roles: ['reviewer', 'agent'] }} view={{ ...plain, status: { ...view.toConfirm, applicationNumber: plain.status.applicationNumber } }} />,
    'console-waiting': <WaitingPage place={place} faults={[{ id: 'again', says: say('waiting.wait', { minutes: 4 }) }]} waiting={{ caseId: 'c', applicationNumber: plain.status.applicationNumber, opensAt: at('2026-12-01T03:10:00Z'), until: at('2026-12-04T03:10:00Z'), open: true, sent: { at: at('2026-12-01T03:10:00Z'), to: ['l•••@m•••.example', '+1 202 ••• ••90'] } }} />,
    'console-waiting-later': <WaitingPage place={place} faults={[]} waiting={{ caseId: 'c', applicationNumber: plain.status.applicationNumber, opensAt: at('2026-12-03T03:10:00Z'), until: at('2026-12-08T03:10:00Z'), open: false }} />,
    'console-refunds': <RefundsPage place={place} failed={failed} at="r2" typed="acct 12" faults={[{ id: 'elsewhere-r2', says: say('refunds.fault.not-a-reference') }]} done={number('M1NV8E0BRH5S')} />,
    'console-refunds-none': <RefundsPage place={place} failed={[]} faults={[]} />,
    'console-bulk': <BulkPage place={place} staff={reviewer} most="1 GB" faults={[{ id: 'file', says: fileInWords(language, { kind: 'separator', found: 'semicolon' }) }]} orders={[bulkOrder, { ...bulkOrder, orderId: 'b0', state: 'done', opened: 3_960, eligible: 3_960, lines: 4_002, uploaded: { ...bulkOrder.uploaded, mine: true, at: at('2026-11-20T08:41:00Z') } }]} />,
    'console-bulk-checked': <BulkOrderPage place={place} staff={reviewer} order={bulkOrder} cases={new Map()} lines={bulkLines(pack)} next={9} />,
    'console-bulk-running': <BulkOrderPage place={place} staff={reviewer} order={{ ...bulkOrder, state: 'released', opened: 4_820, left: 7_270, dropped: 17, secondsLeft: 5_460, released: { person: 'staff:s1', name: '周以宁', at: at('2026-11-24T03:10:00Z'), mine: true } }} cases={new Map([['scheduled', 4_811], ['withdrawn', 9]])} which="eligible" lines={[{ line: 2, applicationNumber: number('9Q2M4TWX7F3K'), state: 'scheduled' }, { line: 3, applicationNumber: number('K2MC81YD0XQN'), state: 'withdrawn' }, { line: 5 }]} />,
    'console-bulk-own': <BulkOrderPage place={place} staff={reviewer} order={{ ...bulkOrder, uploaded: { ...bulkOrder.uploaded, mine: true } }} cases={new Map()} lines={[]} which="formula" cannot="same-person" />,
    'console-deadlines': <DeadlinesPage place={place} now={new Date('2026-11-24T02:00:00Z')} done="extended"
      files={[{ register: 'rnd', month: '2026-09', dueAt: new Date('2026-10-16T04:00:00Z') }, { register: 'rnd', month: '2026-10', dueAt: new Date('2026-11-25T05:00:00Z') }]}
      requests={[{ id: 'r1', kind: 'copy', askedAt: new Date('2026-11-20T02:00:00Z'), dueAt: new Date('2026-12-20T23:00:00Z'), law: 'eu@2026-06-19', extendable: new Date('2027-02-20T23:00:00Z'), name: '林小雨', late: false },
        { id: 'r2', kind: 'erase', erasedFrom: new Date('2028-11-21T12:00:00Z'), askedAt: new Date('2026-09-20T02:00:00Z'), dueAt: new Date('2026-11-20T23:00:00Z'), law: 'cn@2026-01-01', extended: { at: new Date('2026-10-20T23:00:00Z'), because: 'many' }, name: '许若水', late: true }]}
      held={[{ numbers: [number('9Q2M4TWX7F3K'), number('K2MC81YD0XQN')], since: new Date('2026-11-21T12:00:00Z'), holds: ['data-request', 'refund'] }]} />,
    'console-deadlines-none': <DeadlinesPage place={place} now={new Date('2026-11-24T02:00:00Z')} files={[]} requests={[]} cannot="not-extendable" />,
    'console-call-names': <CallPage place={place} faults={[]} call={{ callId: 'c1', subscriberId: 's1', contacts: [{ channel: 'mail', masked: 'l•••@m•••.example' }, { channel: 'sms', masked: '•••• 0110' }], provenAt: new Date('2026-11-24T02:00:00Z'),
      caller: { ...view.lines, language: 'zh-CN', who: { brand: pack.brand, subscriberId: 's1' }, signsInWith: [{ kind: 'user-name', masked: 'r•••' }, { kind: 'phone', masked: '•••• 0142' }], namesSent: { at: new Date('2026-11-24T02:05:00Z'), by: 'mail' } } }} />,
    'console-findings': <FindingsPage place={place} staff={{ ...reviewer, roles: ['reviewer', 'agent'] }} show="open" findings={found} ordered={found.rows[1]?.applicationNumber} />,
    'console-findings-mended': <FindingsPage place={placeOf(auditor)} staff={auditor} show="mended" what="still-billed" findings={{ ...found, rows: found.rows.slice(1, 2).map((row) => ({ ...row, mendedAt: at('2026-12-05T21:00:00Z') })) }} />,
    'console-findings-none': <FindingsPage place={place} staff={reviewer} show="open" findings={{ rows: [], counts: { open: 0, mended: 0 } }} cannot="already-mended" />,
    'console-statements-none': <StatementsPage place={place} waiting={[]} done="settled" faults={[]} />,
    'console-not-found': <FaultPage place={place} kind="not-found" />,
    'console-broken': <FaultPage place={place} kind="broken" reference="F-4K9Q" />,
  };
  return new Map(Object.entries(pages).map(([name, page]) => [name, render(page)]));
};
