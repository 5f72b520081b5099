/** A call: found, proven by a code to a contact of record, and only then acted on; by one agent, for an hour. */
import { randomUUID } from 'node:crypto';
import { parseApplicationNumber } from '../cancellation/identifiers/application-number.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Language } from '../policy/pack.ts';
import { maskContact, type Contact } from '../notices/contacts.ts';
import { reachForCode } from '../notices/reach.ts';
import { isUuid, linesOfSubscriber, regionsOf } from '../store/lines.ts';
import { contextOf, opened, openLine, personContents } from '../vault/contents.ts';
import type { Desk } from './desk.ts';
import { saveDraft, seeDraft } from './draft.ts';
import { isOwnAccount } from './own-case.ts';
import type { Reviewer } from './review-queue.ts';
import { seeLines } from './see-lines.ts';
import { maskedNames, signInNamesOf, type MaskedName } from './sign-in-names.ts';
import { submit, type CannotSubmit, type Submitted } from './submit.ts';
import type { Lines, Subscriber } from './views.ts';

/** How long what was proven holds, in milliseconds. */
export const callLasts = 60 * 60_000;

/** What the caller gave, in the forms in which it is looked up. */
export type CallerName = { readonly kind: 'phone' | 'e-mail' | 'user-name'; readonly normalised: string };

/** `own-account`: nobody acts at the desk for themselves. */
export type CannotFindCaller = { readonly kind: 'nobody' | 'own-account' };

/** Opens a call with whoever has that number, address or name, or the contract or application that `reference` names. Says nothing about them. */
export const findCaller = (desk: Desk, who: Reviewer, names: readonly CallerName[], reference = ''): Promise<Result<{ readonly callId: string }, CannotFindCaller>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const index = (kind: CallerName['kind'] | 'number', value: string): Buffer => desk.vault.blindIndex(who.brand, kind, value);
    const application = parseApplicationNumber(reference);
    const numbers = names.filter(({ kind }) => kind === 'phone').map(({ normalised }) => index('number', normalised));
    const [found] = await tx.query<{ id: string }>(
      `select s.id from subscribers s where s.erased_at is null and s.id in (
       select subscriber_id from lines where brand = $1 and msisdn_index = any($2::bytea[])
       union select s.subscriber_id from sign_in_names s join unnest($3::text[], $4::bytea[]) as n(kind, index) on s.kind = n.kind and s.index = n.index where s.brand = $1
       union select subscriber_id from lines where brand = $1 and billing_ref = $5
       union select subscriber_id from cancellations where brand = $1 and application_number = $6) limit 1`,
      [who.brand, numbers, names.map(({ kind }) => kind), names.map(({ kind, normalised }) => index(kind, normalised)), reference, application.ok ? application.value : '']);
    if (found === undefined) return no({ kind: 'nobody' });
    if (await isOwnAccount(desk, tx, who, found.id)) return no({ kind: 'own-account' });
    const callId = randomUUID();
    await tx.query(`insert into support_calls (id, brand, staff_id, subscriber_id, opened_at) values ($1, $2, $3, $4, $5)`, [callId, who.brand, who.staffId, found.id, desk.clock.now()]);
    return ok({ callId });
  });

/** `contacts`: masked, where a code can go. `caller`: only once the call is proven; `signsInWith`: masked too. */
export type CallView = {
  readonly callId: string;
  readonly subscriberId: string;
  readonly contacts: readonly { readonly channel: Contact['channel']; readonly masked: string }[];
  readonly codeId?: string;
  readonly provenAt?: Date;
  readonly caller?: Lines & { readonly language: Language; readonly who: Subscriber; readonly signsInWith: readonly MaskedName[]; readonly namesSent?: { readonly at: Date; readonly by: Contact['channel'] } };
};

type Row = { subscriber_id: string; code_id: string | null; proven_at: Date | null; names_sent_at: Date | null; names_sent_by: Contact['channel'] | null };

/** This agent's own open call, or nothing: another's, another brand's and one that is over are not there. */
export const seeCall = async (desk: Desk, who: Reviewer, callId: string): Promise<CallView | undefined> => {
  if (!isUuid(callId)) return undefined;
  const found = await desk.db.inBrand(who.brand, async (tx) => {
    const [row] = await tx.query<Row>(`select subscriber_id, code_id, proven_at, names_sent_at, names_sent_by from support_calls where id = $1 and staff_id = $2 and ended_at is null`, [callId, who.staffId]);
    const person = row && (await regionsOf(tx, [row.subscriber_id])).get(row.subscriber_id);
    if (row === undefined || person === undefined) return undefined;
    const keyring = await desk.vault.keyring(tx, [row.subscriber_id]);
    const { email, contactPhone } = opened(keyring.openJson(row.subscriber_id, contextOf.person(row.subscriber_id), person.sealed, personContents));
    // A number of their own may be the one that is lost or in another's hands.
    const own = new Set((await linesOfSubscriber(tx, row.subscriber_id)).map((line) => openLine(keyring, line).line.msisdn));
    const contacts: Contact[] = [
      ...(email === null ? [] : [{ channel: 'mail' as const, address: email }]),
      ...(contactPhone === null || own.has(contactPhone) ? [] : [{ channel: 'sms' as const, address: contactPhone }]),
    ];
    return { row, signsInWith: maskedNames(await signInNamesOf(tx, keyring, row.subscriber_id)), language: person.language as Language, contacts: contacts.map((one) => ({ channel: one.channel, masked: maskContact(one) })) };
  });
  if (found === undefined) return undefined;
  const { row, language, contacts, signsInWith } = found;
  const proven = row.proven_at !== null && desk.clock.now().getTime() - row.proven_at.getTime() < callLasts;
  const subscriber: Subscriber = { brand: who.brand, subscriberId: row.subscriber_id, assisted: { channel: 'phone', staffId: who.staffId, proof: 'call-code' } };
  return {
    callId, contacts, subscriberId: row.subscriber_id,
    ...(row.code_id === null ? {} : { codeId: row.code_id }),
    ...(proven && row.proven_at ? { provenAt: row.proven_at, caller: { ...await seeLines(desk, subscriber), language, who: subscriber, signsInWith, ...(row.names_sent_at === null || row.names_sent_by === null ? {} : { namesSent: { at: row.names_sent_at, by: row.names_sent_by } }) } } : {}),
  };
};

const write = async (desk: Desk, who: Reviewer, callId: string, set: string, value: unknown): Promise<void> => {
  await desk.db.inBrand(who.brand, (tx) => tx.query(`update support_calls set ${set} = $3 where id = $1 and staff_id = $2 and ended_at is null`, [callId, who.staffId, value]));
};
/** The code that was sent last; the only one that proves this call. */
export const codeWasSent = (desk: Desk, who: Reviewer, callId: string, codeId: string): Promise<void> => write(desk, who, callId, 'code_id', codeId);
/** After the code was right, and only then: see `proveCaller` in src/identity. */
export const callIsProven = (desk: Desk, who: Reviewer, callId: string): Promise<void> => write(desk, who, callId, 'proven_at', desk.clock.now());
export const endCall = (desk: Desk, who: Reviewer, callId: string): Promise<void> => write(desk, who, callId, 'ended_at', desk.clock.now());

/** `no-contact`: none of record that is safe. `no-name`: nothing that could be sent is on record. */
export type CannotSendNames = { readonly kind: 'no-contact' | 'no-name' };

/** What the caller signs in with, to the contact of record that they want it at (UR1). Only within a proven call, which keeps that it was done. */
export const sendNames = (desk: Desk, who: Reviewer, call: { readonly callId: string; readonly subscriberId: string }, wanted: Contact['channel']): Promise<Result<void, CannotSendNames>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const keyring = await desk.vault.keyring(tx, [call.subscriberId]);
    const names = (await signInNamesOf(tx, keyring, call.subscriberId)).flatMap(({ kind, name }) => (name === undefined ? [] : [{ kind, name }]));
    const reach = await reachForCode(tx, keyring, call.subscriberId, wanted);
    if (names.length === 0) return no({ kind: 'no-name' });
    if (reach?.contact === undefined) return no({ kind: 'no-contact' });
    await desk.tellNames(tx, { brand: who.brand, subscriberId: call.subscriberId, language: reach.language, to: reach.contact, names });
    await tx.query(`update support_calls set names_sent_at = $3, names_sent_by = $4 where id = $1 and staff_id = $2`, [call.callId, who.staffId, desk.clock.now(), reach.contact.channel]);
    return ok(undefined);
  });

/** Which consequences of this line were read out in this call and accepted, and when. */
export const readOutIn = (desk: Desk, who: Reviewer, callId: string, lineId: string): Promise<{ readonly consequence: string; readonly at: Date }[]> =>
  desk.db.inBrand(who.brand, (tx) => tx.query(
    `select r.consequence, r.accepted_at as at from consequences_read_out r join support_calls c on c.id = r.call_id
     where c.id = $1 and c.staff_id = $2 and r.line_id = $3 order by r.accepted_at, r.consequence`, [callId, who.staffId, lineId]));

/** One consequence was read out, and the caller said yes. False where the draft's policy knows none of that name. */
export const acceptReadOut = async (desk: Desk, who: Reviewer, caller: Subscriber, callId: string, lineId: string, consequence: string): Promise<boolean> => {
  const draft = await seeDraft(desk, caller, lineId);
  if (draft === undefined || !draft.pack.consequences.some(({ id }) => id === consequence)) return false;
  await desk.db.inBrand(who.brand, (tx) => tx.query(
    `insert into consequences_read_out (call_id, line_id, consequence, brand, accepted_at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [callId, lineId, consequence, who.brand, desk.clock.now()]));
  return true;
};

/** The application as it was told on the phone. What the subscriber ticked elsewhere was not read out: only this call counts. */
export const submitFromCall = async (desk: Desk, who: Reviewer, caller: Subscriber, callId: string, lineId: string): Promise<Result<Submitted, CannotSubmit>> => {
  const draft = await seeDraft(desk, caller, lineId);
  if (draft === undefined) return submit(desk, caller, lineId); // sent twice: the number of the first
  if (!draft.pack.channels.includes('phone')) return no({ kind: 'not-found' });
  const read = await readOutIn(desk, who, callId, lineId);
  const accepted = read.map(({ consequence }) => consequence);
  if (draft.pack.consequences.some(({ id }) => !accepted.includes(id))) return no({ kind: 'incomplete', missing: ['acknowledged'] });
  await saveDraft(desk, caller, lineId, { acknowledged: accepted });
  const { assisted } = caller;
  if (assisted === undefined) return submit(desk, caller, lineId);
  const bills = await billsIn(desk, who, callId, lineId);
  return submit(desk, { ...caller, assisted: { ...assisted, bills, readOut: read.map(({ consequence, at }) => `${consequence} ${at.toISOString()}`) } }, lineId);
};

/** What was owed on the line when the call began, and whether it still is (UR2). */
const billsIn = async (desk: Desk, who: Reviewer, callId: string, lineId: string): Promise<string[]> => {
  const bills = await desk.db.inBrand(who.brand, (tx) => tx.query<{ amount_minor: number; currency: string; due_on: string; paid: boolean }>(
    `select b.amount_minor, l.currency, b.due_on::text as due_on, b.paid_at is not null as paid from bills b join lines l on l.id = b.line_id join support_calls c on c.id = $1 and c.staff_id = $2
     where b.line_id = $3 and (b.paid_at is null or b.paid_at >= c.opened_at) order by b.due_on, b.id`, [callId, who.staffId, lineId]));
  return bills.map(({ amount_minor, currency, due_on, paid }) => `${amount_minor} ${currency} due ${due_on} ${paid ? 'paid' : 'unpaid'}`);
};
