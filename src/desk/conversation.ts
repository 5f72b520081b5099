/** The message thread of a line: before its case and within it. One thread, whoever looks at it from which side. */
import { no, ok, type Result } from '../cancellation/result.ts';
import { calendarOf } from '../policy/calendar.ts';
import type { Pack } from '../policy/pack.ts';
import { supportAt, type Support } from '../policy/support-hours.ts';
import { casesOfLines } from '../store/cancellations.ts';
import { isOpen } from '../cancellation/life-cycle.ts';
import type { Tx } from '../store/db.ts';
import { isUuid, lineOf, loadLines } from '../store/lines.ts';
import { openLine } from '../vault/contents.ts';
import type { AcceptedDocument } from '../vault/documents/accept-document.ts';
import { readMessageDocument, storeDocument, type StoredDocument } from '../vault/documents/stored-documents.ts';
import type { Desk } from './desk.ts';
import { insertMessage, threadOf, type Message } from './messages.ts';
import { isOwnAccount } from './own-case.ts';
import { policyFor } from './prepare.ts';
import type { Reviewer } from './review-queue.ts';
import { cardOf } from './see-lines.ts';
import type { LineCard, Subscriber } from './views.ts';

export type { Message } from './messages.ts';
export const messageMost = 2000;

/** The open case of the line, or the last one that was received. */
const receivedCaseOf = async (tx: Tx, lineId: string) => {
  const [one] = await casesOfLines(tx, [lineId]);
  return one?.applicationNumber === undefined ? undefined : one;
};

/** Whether people answer now, under this policy. */
export const supportOf = (desk: Pick<Desk, 'calendars' | 'clock'>, pack: Pack): Support => {
  const calendar = calendarOf(desk.calendars, pack.calendar.region);
  return calendar.ok ? supportAt(pack, calendar.value, desk.clock.now()) : { kind: 'unknown' };
};

export type Thread = { readonly line: LineCard; readonly pack: Pack; readonly messages: readonly Message[]; readonly support: Support; readonly mayApply: boolean };

/** Nothing where the line is not theirs, or its policy has no chat. */
export const seeThread = (desk: Desk, who: Subscriber, lineId: string): Promise<Thread | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const row = await lineOf(tx, who.subscriberId, lineId);
    if (row === undefined) return undefined;
    const { pack } = await policyFor(desk, tx, row);
    if (!pack.channels.includes('chat')) return undefined;
    const keyring = await desk.vault.keyring(tx, [who.subscriberId]);
    const line = await cardOf(tx, keyring, row);
    const open = line.case !== undefined && isOpen(line.case.state);
    return { line, pack, messages: await threadOf(tx, keyring, row), support: supportOf(desk, pack), mayApply: row.status !== 'cancelled' && !open };
  });

/** The line of a case of theirs, for the thread at its number. */
export const lineOfCase = (desk: Desk, who: Subscriber, applicationNumber: string): Promise<string | undefined> =>
  desk.db.inBrand(who.brand, async (tx) =>
    (await tx.query<{ line_id: string }>(`select line_id from cancellations where application_number = $1 and subscriber_id = $2`, [applicationNumber, who.subscriberId]))[0]?.line_id);

export type CannotWrite = { readonly kind: 'not-found' | 'nothing-given' | 'too-long' };

/** The subscriber writes. Out of hours the thread answers at once, once a closing, with the next opening. */
export const writeMessage = (desk: Desk, who: Subscriber, lineId: string, given: { readonly text: string; readonly documents: readonly AcceptedDocument[] }): Promise<Result<void, CannotWrite>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const row = await lineOf(tx, who.subscriberId, lineId);
    if (row === undefined) return no({ kind: 'not-found' });
    const { pack } = await policyFor(desk, tx, row);
    if (!pack.channels.includes('chat')) return no({ kind: 'not-found' });
    const text = given.text.trim();
    if (text === '' && given.documents.length === 0) return no({ kind: 'nothing-given' });
    if ([...text].length > messageMost) return no({ kind: 'too-long' });
    const keyring = await desk.vault.keyring(tx, [who.subscriberId]);
    const now = desk.clock.now();
    const caseId = (await receivedCaseOf(tx, lineId))?.id ?? null;
    const place = { brand: who.brand, lineId, caseId, channel: 'chat' } as const;
    const messageId = await insertMessage(tx, keyring, who.subscriberId, { ...place, author: 'subscriber', text, at: now });
    for (const accepted of given.documents)
      await storeDocument(tx, keyring, { brand: who.brand, subscriberId: who.subscriberId, cancellationId: caseId, messageId, purpose: 'message', accepted, now });
    const support = supportOf(desk, pack);
    if (support.kind === 'open') return ok(undefined);
    const opensAt = support.kind === 'closed' ? support.opensAt : undefined;
    const last = (await threadOf(tx, keyring, row)).findLast(({ author }) => author === 'automatic');
    const saidBefore = last !== undefined && (opensAt === undefined ? last.opensAt === undefined : last.opensAt?.getTime() === opensAt.getTime());
    if (!saidBefore) await insertMessage(tx, keyring, who.subscriberId, { ...place, author: 'automatic', text: opensAt?.toISOString() ?? '', at: now });
    return ok(undefined);
  });

/** An attachment of this line's thread. */
export const seeAttachment = (desk: Desk, who: Subscriber, lineId: string, documentId: string): Promise<StoredDocument | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    if ((await lineOf(tx, who.subscriberId, lineId)) === undefined || !isUuid(documentId)) return undefined;
    const found = await readMessageDocument(tx, desk.vault, { id: documentId, lineId });
    return found.ok ? found.value : undefined;
  });

/** A thread that waits for an answer. `ending`: the last two digits of the line's number. */
export type WaitingThread = { readonly lineId: string; readonly since: Date; readonly ending: string; readonly applicationNumber?: string };

/** Whose last word in chat is the subscriber's, the longest waiting first. */
export const seeWaitingThreads = (desk: Desk, who: Reviewer, most = 100): Promise<WaitingThread[]> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const rows = await tx.query<{ line_id: string; at: Date }>(
      `select line_id, at from (
         select distinct on (line_id) line_id, author, at from case_messages where brand = $1 and channel = 'chat' and author <> 'automatic' order by line_id, at desc
       ) last where author = 'subscriber' order by at limit $2`, [who.brand, most]);
    const lines = new Map((await loadLines(tx, rows.map(({ line_id }) => line_id))).map((row) => [row.id, row]));
    const cases = new Map((await casesOfLines(tx, [...lines.keys()])).map((one) => [one.lineId, one.applicationNumber]));
    const keyring = await desk.vault.keyring(tx, [...lines.values()].map((row) => row.subscriber_id));
    return rows.flatMap(({ line_id, at }): WaitingThread[] => {
      const row = lines.get(line_id);
      const number = cases.get(line_id);
      return row === undefined ? [] : [{ lineId: line_id, since: at, ending: openLine(keyring, row).line.msisdn.slice(-2), ...(number === undefined ? {} : { applicationNumber: number }) }];
    });
  });

export type ThreadAtDesk = { readonly lineId: string; readonly ending: string; readonly messages: readonly Message[]; readonly applicationNumber?: string; readonly ownAccount: boolean };

/** A thread in which the subscriber has written: an agent sees what was said there, and no more of them. */
export const seeThreadAtDesk = (desk: Desk, who: Reviewer, lineId: string): Promise<ThreadAtDesk | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const [row] = isUuid(lineId) ? await loadLines(tx, [lineId]) : [];
    if (row === undefined || row.brand !== who.brand) return undefined;
    const keyring = await desk.vault.keyring(tx, [row.subscriber_id]);
    const messages = (await threadOf(tx, keyring, row)).filter(({ channel }) => channel !== 'web');
    if (messages.length === 0) return undefined;
    const number = (await receivedCaseOf(tx, lineId))?.applicationNumber;
    return { lineId, messages, ending: openLine(keyring, row).line.msisdn.slice(-2), ownAccount: await isOwnAccount(desk, tx, who, row.subscriber_id), ...(number === undefined ? {} : { applicationNumber: number }) };
  });

export const seeAttachmentAtDesk = (desk: Desk, who: Reviewer, lineId: string, documentId: string): Promise<StoredDocument | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    if (!isUuid(lineId) || !isUuid(documentId)) return undefined;
    const found = await readMessageDocument(tx, desk.vault, { id: documentId, lineId });
    return found.ok ? found.value : undefined;
  });

export type CannotAnswer = CannotWrite | { readonly kind: 'own-account' };

/** An agent answers; the subscriber is told by mail that there is an answer, not what it says. */
export const answerThread = (desk: Desk, who: Reviewer, lineId: string, typed: string): Promise<Result<void, CannotAnswer>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const [row] = isUuid(lineId) ? await loadLines(tx, [lineId]) : [];
    if (row === undefined || row.brand !== who.brand) return no({ kind: 'not-found' });
    if (await isOwnAccount(desk, tx, who, row.subscriber_id)) return no({ kind: 'own-account' });
    const text = typed.trim();
    if (text === '') return no({ kind: 'nothing-given' });
    if ([...text].length > messageMost) return no({ kind: 'too-long' });
    const asked = await tx.query(`select 1 from case_messages where line_id = $1 and channel = 'chat' limit 1`, [lineId]);
    if (asked.length === 0) return no({ kind: 'not-found' });
    const keyring = await desk.vault.keyring(tx, [row.subscriber_id]);
    const one = await receivedCaseOf(tx, lineId);
    await insertMessage(tx, keyring, row.subscriber_id, { brand: who.brand, lineId, caseId: one?.id ?? null, author: 'agent', channel: 'chat', text, staffId: who.staffId, at: desk.clock.now() });
    await desk.tellAnswer(tx, { brand: who.brand, subscriberId: row.subscriber_id, lineId, ...(one?.applicationNumber === undefined ? {} : { caseId: one.id, applicationNumber: one.applicationNumber }) });
    return ok(undefined);
  });
