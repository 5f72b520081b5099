import type { Cancellation } from '../cancellation/cancellation.ts';
import { pastOf, type MoveEvent } from '../cancellation/events.ts';
import { isOpen, lifeCycle, type State } from '../cancellation/life-cycle.ts';
import { unreachable } from '../cancellation/result.ts';
import { barsAtOnce } from '../policy/bars-at-once.ts';
import { dayIsOver, endAsFixed, todayIn } from '../policy/end.ts';
import { rightsIn } from '../policy/laws.ts';
import type { Pack } from '../policy/pack.ts';
import { signaturesOf } from '../store/agreements.ts';
import { lastLink, roundsOf, type OpenRound } from '../store/confirmations.ts';
import type { Tx } from '../store/db.ts';
import { removalsOf } from '../store/card-reports.ts';
import { findingsOfCase } from '../store/findings.ts';
import { eventsOf } from '../store/journal.ts';
import { loadLines, type LineRecord } from '../store/lines.ts';
import { refundOfCase } from '../store/refunds.ts';
import { stepsToShow, type ShownStep } from '../store/steps.ts';
import { contextOf, formContents, opened, openLine } from '../vault/contents.ts';
import type { Keyring } from '../vault/keyring.ts';
import { messageRowsOfCase, toMessage } from './messages.ts';
import { agreementViews } from './agreements.ts';
import { caseFor, type CaseReader } from './case-access.ts';
import type { Desk } from './desk.ts';
import { packOf } from './follow.ts';
import { linkedServicesOf } from './linked-services.ts';
import { refundView } from './refund-view.ts';
import { barsOf } from './see-lines.ts';
import type { SavedOrder } from './settled.ts';
import type { MoneyLine, Receipt, Status, StepView, Subscriber, TimelineEntry } from './views.ts';

/** Whether the line is cancelled, as every page and notice says it. */
export const cancelledAnswer = (one: Cancellation): Status['cancelled'] => {
  switch (one.state) {
    case 'scheduled':
    case 'recoverable':
      return one.effectiveAt === undefined ? { answer: 'not-yet' } : { answer: 'from', at: one.effectiveAt };
    case 'executing':
    case 'stalled':
      return { answer: 'being-cancelled' };
    case 'cancelled':
    case 'erased':
      return one.endedAt === undefined ? { answer: 'yes' } : { answer: 'yes', at: one.endedAt };
    case 'withdrawn':
    case 'refused':
    case 'lapsed':
      return one.endedAt === undefined ? { answer: 'kept' } : { answer: 'kept', at: one.endedAt };
    case 'draft':
    case 'received':
    case 'proven':
    case 'reviewing':
    case 'waiting':
    case 'approved':
      return { answer: 'not-yet' };
    default:
      return unreachable(one.state);
  }
};

/** What still lies ahead of a case in this state, when all goes well. */
const ahead = (state: State, pack: Pack): MoveEvent[] => {
  const waitingPeriod: MoveEvent[] = pack.recoverableDays > 0 ? ['barred'] : [];
  const path: MoveEvent[] = ['received', 'proven', ...(pack.review.reviewers > 0 ? ['reviewing' as const] : []), 'approved', ...waitingPeriod, 'executing', 'cancelled'];
  const reached: Partial<Record<State, MoveEvent>> = {
    received: 'received', proven: 'proven', reviewing: 'reviewing', waiting: 'reviewing', approved: 'approved', scheduled: 'approved',
    recoverable: 'barred', executing: 'executing', stalled: 'executing',
  };
  const event = reached[state];
  return event === undefined ? [] : path.slice(path.indexOf(event) + 1);
};

const moveEvents = new Set<string>(Object.values(pastOf));
const stopped = new Set<string>(['withdrawn', 'refused', 'lapsed']);

export const timelineOf = (one: Cancellation, pack: Pack, events: readonly { event: string; at: Date }[]): TimelineEntry[] => {
  // A schedule says nothing that the waiting period does not say; a stall that was mended is no news.
  const told = events.filter(({ event }) => moveEvents.has(event) && event !== 'resumed' && event !== 'scheduled' && (event !== 'stalled' || one.state === 'stalled'));
  const toCome = ahead(one.state, pack);
  const past = told.map(({ event, at }, index): TimelineEntry => ({
    event: event as MoveEvent, at,
    standing: stopped.has(event) && index === told.length - 1 ? 'stopped' : index === told.length - 1 && toCome.length > 0 ? 'now' : 'done',
  }));
  const future = toCome.map((event): TimelineEntry => ({ event, standing: 'to-come', ...(event === 'executing' && one.effectiveAt !== undefined ? { at: one.effectiveAt } : {}) }));
  return [...past, ...future];
};

const mayWithdraw = new Set<State>(lifeCycle.withdraw.from);

const stepView = (row: ShownStep): StepView => ({
  name: row.name,
  state: row.undo && row.state === 'done' ? 'undone'
    : row.state === 'intended' ? 'running'
    : row.state === 'refused' ? 'stalled'
    : row.state,
  ...(row.doneAt === null ? {} : { at: row.doneAt }),
});

const confirmationOf = async (tx: Tx, round: OpenRound | undefined, now: Date): Promise<Pick<Status, 'confirmation'>> => {
  if (round === undefined) return {};
  const sent = now >= round.opensAt && now < round.until ? await lastLink(tx, round.caseId, round.round) : undefined;
  return { confirmation: { until: round.until, ...(round.round === 2 ? { from: round.opensAt } : {}), ...(sent === undefined ? {} : { again: { sentAt: sent.at, sentTo: sent.to } }) } };
};

type Received = Cancellation & { readonly applicationNumber: string; readonly receivedAt: Date };
const receivedFor = async (tx: Tx, who: Subscriber | CaseReader, applicationNumber: string): Promise<Received | undefined> => {
  const one = await caseFor(tx, who, applicationNumber);
  return one?.applicationNumber === undefined || one.receivedAt === undefined ? undefined : { ...one, applicationNumber: one.applicationNumber, receivedAt: one.receivedAt };
};

const lineRow = async (tx: Tx, one: Cancellation): Promise<LineRecord> => {
  const [row] = await loadLines(tx, [one.lineId]);
  if (row === undefined) throw new Error('a case without its line');
  return row;
};

type More = { plan: { money: MoneyLine[]; settlement: SavedOrder } | null; has_certificate: boolean; free_from: string | null; sealed_form: Buffer | null };
const moreOf = async (tx: Tx, one: Cancellation): Promise<More | undefined> => (await tx.query<More>(
  `select plan, sealed_form, exists (select from certificates where cancellation_id = c.id) as has_certificate,
     (select free_from from number_tenures where cancellation_id = c.id) as free_from from cancellations c where id = $1`, [one.id]))[0];

const servicesOf = (tx: Tx, one: Received): Promise<{ service: string; at: Date | null }[]> => tx.query(
  `select l.service, coalesce(l.ended_at, s.done_at) as at from line_services l left join steps s on s.cancellation_id = $2 and s.name = 'end-linked-services' and s.state = 'done'
   where l.line_id = $1 and (l.ended_at is null or l.ended_at >= $3) order by l.service`, [one.lineId, one.id, one.receivedAt]);

const noticesOf = (tx: Tx, one: Cancellation): Promise<Status['notices'][number][]> => tx.query(
  `select channel, to_masked as "to", template, state, created_at as at, sent_at as "sentAt", delivered_at as "deliveredAt", follows is not null as instead from notices where cancellation_id = $1 order by created_at, id`, [one.id]);

/** What the receipt says: the beginning of every status. */
const receiptOf = (pack: Pack, one: Received, row: LineRecord, keyring: Keyring, sealedForm: Buffer | null): Receipt => {
  const form = sealedForm === null ? {} : opened(keyring.openJson(one.subscriberId, contextOf.form(one.id), sealedForm, formContents));
  const attested = form.outside ?? [];
  return {
    applicationNumber: one.applicationNumber,
    line: { lineId: row.id, kind: row.kind, msisdn: openLine(keyring, row).line.msisdn, status: row.status, bars: barsOf(row.status, one) },
    receivedAt: one.receivedAt,
    ...(one.endsOn === undefined ? {} : { ends: { ...endAsFixed(pack, todayIn(pack, one.receivedAt), one.endsOn, form.endsOn), ...((one.state === 'reviewing' || one.state === 'waiting') && one.dueAt !== undefined && dayIsOver(pack, one.endsOn) < one.dueAt ? { beforeReview: true as const } : {}) } }),
    ...(one.state === 'reviewing' && one.dueAt === undefined ? { calendarUnknown: true as const } : {}),
    ...(one.dueAt !== undefined && one.dueBecause !== undefined && (one.state === 'reviewing' || one.state === 'waiting')
      ? { review: { dueAt: one.dueAt, because: one.dueBecause, paused: one.state === 'waiting' } }
      : {}),
    attested: pack.outsideAccounts.filter(({ id }) => attested.includes(id)).map(({ label }) => label),
  };
};

export const seeReceipt = (desk: Desk, who: Subscriber | CaseReader, applicationNumber: string): Promise<Receipt | undefined> =>
  desk.db.look(who.brand, async (tx) => {
    const one = await receivedFor(tx, who, applicationNumber);
    if (one === undefined) return undefined;
    const [keyring, row, more] = await Promise.all([desk.vault.keyring(tx, [one.subscriberId]), lineRow(tx, one), moreOf(tx, one)]);
    return receiptOf(packOf(desk, one), one, row, keyring, more?.sealed_form ?? null);
  });

export const seeStatus = (desk: Desk, who: Subscriber | CaseReader, applicationNumber: string): Promise<Status | undefined> =>
  desk.db.look(who.brand, async (tx) => {
    const one = await receivedFor(tx, who, applicationNumber);
    if (one === undefined) return undefined;
    const pack = packOf(desk, one);
    // Asked for at once: they are one message there and one back.
    const [keyring, row, steps, more, services, found, written, notices, removals, rounds, journal, signatures, refund] = await Promise.all([
      desk.vault.keyring(tx, [one.subscriberId]), lineRow(tx, one), stepsToShow(tx, one.id), moreOf(tx, one), servicesOf(tx, one), one.endedAt === undefined ? [] : findingsOfCase(tx, one.id),
      messageRowsOfCase(tx, one), noticesOf(tx, one), removalsOf(tx, [one.id]), one.state === 'approved' ? roundsOf(tx, [one.id]) : undefined, eventsOf(tx, one.id),
      pack.agreements.length === 0 ? [] : signaturesOf(tx, one.id), refundOfCase(tx, one.id),
    ]);
    const said = written.map((message) => toMessage(keyring, one.subscriberId, message));
    const esim = removals.get(one.id);
    const note = said.findLast(({ author }) => author === 'reviewer')?.text;
    const refused = pack.refusals.find(({ id }) => id === one.refusedBecause);
    return {
      ...receiptOf(pack, one, row, keyring, more?.sealed_form ?? null),
      caseId: one.id,
      state: one.state,
      cancelled: cancelledAnswer(one),
      ...(one.state === 'waiting' && one.asked !== undefined
        ? { asked: pack.materials.filter(({ id }) => one.asked?.materials.includes(id)).map(({ says }, index) => ({ material: says, ...(index === 0 && note !== undefined ? { note } : {}) })) }
        : {}),
      ...(one.state === 'refused' && refused !== undefined ? { refused: { says: refused.says, remedy: refused.remedy } } : {}),
      ...(mayWithdraw.has(one.state) ? { rights: rightsIn(desk.packs.lawsIn(one.region, one.receivedAt)) } : {}),
      ...(mayWithdraw.has(one.state) ? { withdraw: one.effectiveAt === undefined ? {} : { freeUntil: one.effectiveAt } } : {}),
      ...(await confirmationOf(tx, rounds?.get(one.id), desk.clock.now())),
      ...(isOpen(one.state) && one.effectiveAt === undefined && barsAtOnce(pack, one.reason) ? { off: row.status === 'barred' ? 'done' as const : 'ordered' as const } : {}),
      timeline: timelineOf(one, pack, journal),
      steps: steps.map(stepView),
      ...(esim === undefined ? {} : { esim }),
      ...(more?.free_from == null ? {} : { numberFreeFrom: more.free_from }),
      ...(found.length === 0 ? {} : { afterEnd: found.map(({ what, found_at, mended_at }) => ({ what, foundAt: found_at, ...(mended_at === null ? {} : { mendedAt: mended_at }) })) }),
      services: linkedServicesOf(pack, services.map(({ service }) => service)).map(({ id, label }, index) => {
        const at = services[index]?.at;
        return { id, label, ...(at == null ? {} : { endedAt: at }) };
      }),
      agreements: agreementViews(pack, signatures).flatMap(({ id, title, signed }) => (signed === undefined ? [] : [{ id, title, ...signed }])),
      money: more?.plan?.money ?? [],
      ...refundView(desk, one, more?.plan ?? null, refund),
      chat: pack.channels.includes('chat'),
      hasCertificate: more?.has_certificate ?? false,
      messages: said,
      notices,
    };
  });
