import { randomUUID } from 'node:crypto';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Cancellation, Channel } from '../cancellation/cancellation.ts';
import type { Pack, Text } from '../policy/pack.ts';
import { chosenBounds, todayIn, type ChosenBounds } from '../policy/end.ts';
import { versionOf } from '../policy/pack.ts';
import { dayIn } from '../policy/zone.ts';
import { remindAt } from '../policy/confirmation.ts';
import { reaches } from '../policy/proof-level.ts';
import { isAsked, type FormField } from '../policy/stages.ts';
import { lapsesAt } from '../policy/what-follows.ts';
import { formOfOpenCase, insertDraft, openCaseOf } from '../store/cancellations.ts';
import { signaturesOf, type AgreementSignature } from '../store/agreements.ts';
import type { Tx } from '../store/db.ts';
import { devicesOfLine, isUuid, lineOf, linesOfSubscriber, regionsOf, unpaidBills, type DeviceRecord, type LineRecord } from '../store/lines.ts';
import { contextOf, deviceContents, formContents, opened, openLine, personContents, type FormContents } from '../vault/contents.ts';
import type { AcceptedDocument } from '../vault/documents/accept-document.ts';
import { storeDocument } from '../vault/documents/stored-documents.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { Desk } from './desk.ts';
import { reviewDue } from './due.ts';
import { packOf } from './follow.ts';
import { faultsOf } from './form-faults/form-faults.ts';
import type { Known } from './form-faults/known.ts';
import { policyFor, preparationOf } from './prepare.ts';
import { toLineCard } from './see-lines.ts';
import { creditLeft, termsOf } from './settled.ts';
import { standingBy } from './standing.ts';
import type { Draft, DraftForm, FieldFault, LineCard, Subscriber } from './views.ts';

export type CannotOpenDraft =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-eligible'; readonly answer: 'not-yet' | 'never'; readonly because: Text }
  | { readonly kind: 'case-open'; readonly applicationNumber: string };

export type Loaded = { readonly signatures: readonly AgreementSignature[]; readonly row: LineRecord; readonly keyring: Keyring; readonly one: Cancellation; readonly pack: Pack; readonly form: FormContents; readonly document?: { contentType: string; bytes: number }; readonly card: LineCard; readonly known: Known;
  /** The subscriber's other living lines in the same currency: their ids by number. */
  readonly otherLines: ReadonlyMap<string, string>;
  /** Of the day that can be chosen, where the policy lets one be. */
  readonly bounds: ChosenBounds | undefined;
  /** From when on the statement holds. */
  readonly arrivedAt: Date;
};

/** The open draft of this line, with its form open. */
export const loadDraft = async (desk: Desk, tx: Tx, who: Subscriber, lineId: string, lock = false): Promise<Loaded | undefined> => {
  if (!isUuid(lineId)) return undefined;
  if (lock && (await lineOf(tx, who.subscriberId, lineId)) === undefined) return undefined; // nobody locks what is not theirs
  // Asked for at once; first of all the case, whose lock the rest is read under.
  const [one, lines, kept, keyring, people, devices, bills] = await Promise.all([
    openCaseOf(tx, lineId, lock), linesOfSubscriber(tx, who.subscriberId), formOfOpenCase(tx, lineId), desk.vault.keyring(tx, [who.subscriberId]),
    regionsOf(tx, [who.subscriberId]), devicesOfLine(tx, lineId), unpaidBills(tx, [lineId]),
  ]);
  const row = lines.find(({ id }) => id === lineId);
  // What was stated without sign-in is received and not yet proven: its owner fills it in as a draft is filled in.
  if (row === undefined || (one?.state !== 'draft' && one?.state !== 'received') || one.subscriberId !== who.subscriberId) return undefined;
  if (kept?.sealed_form == null) throw new Error('a draft without its form');
  const document = kept.content_type === null || kept.bytes === null ? undefined : { contentType: kept.content_type, bytes: kept.bytes };
  const form = opened(keyring.openJson(who.subscriberId, contextOf.form(one.id), kept.sealed_form, formContents));
  const person = people.get(who.subscriberId);
  const registered = person === undefined ? null : opened(keyring.openJson(who.subscriberId, contextOf.person(who.subscriberId), person.sealed, personContents)).email;
  const card = toLineCard(keyring, row, one);
  const pack = packOf(desk, one.state === 'draft' ? { ...one, receivedAt: desk.clock.now() } : one); // received now, it would stand under the law of today
  const otherLines = otherLinesOf(keyring, row, lines);
  const standing = standingBy(keyring, row, { bills, devices: devices.filter(({ bound }) => bound), region: person?.region });
  const arrivedAt = arrivedOf(desk, one);
  const bounds = boundsNow(desk, pack, arrivedAt);
  const creditMinor = creditLeft(pack, standing, termsOf(pack, form, arrivedAt, { running: standing.running, bounds, lineIds: otherLines }));
  const signatures = pack.agreements.length === 0 ? [] : await signaturesOf(tx, one.id);
  return {
    signatures, row, keyring, one, pack, form, card, otherLines, bounds, arrivedAt, known: knownOf(keyring, row, devices, {
      creditMinor, bounds, otherLines: [...otherLines.keys()], hasDocument: document !== undefined,
      wantsDocument: who.assisted !== undefined && !reaches(pack, [who.assisted.proof]), msisdn: card.msisdn, registered, signed: signatures.map(({ agreementId }) => agreementId) }),
    ...(document === undefined ? {} : { document }),
  };
};

/** What was stated without sign-in arrived then, whoever proves it when; what is sent now arrives now. */
const arrivedOf = (desk: Desk, { receivedAt }: Pick<Cancellation, 'receivedAt'>): Date => receivedAt ?? desk.clock.now();

/** A day is promised only when the review is over by then, unless the day stands as it was declared. */
const boundsNow = (desk: Desk, pack: Pack, arrivedAt: Date): ChosenBounds | undefined => {
  const now = desk.clock.now();
  const due = pack.review.reviewers === 0 || pack.end.service !== 'chosen-day' ? undefined : reviewDue(desk, pack, now);
  return chosenBounds(pack, todayIn(pack, arrivedAt), due === undefined || due === 'calendar-unknown' ? undefined : dayIn(due.at, pack.calendar.zone));
};

/** Where credit can go: the subscriber's other lines that live and are not being cancelled. */
const otherLinesOf = (keyring: Keyring, row: LineRecord, lines: readonly LineRecord[]): ReadonlyMap<string, string> =>
  new Map(lines.filter((other) => other.id !== row.id && other.status === 'active' && !other.frozen && other.currency === row.currency)
    .map((other) => [openLine(keyring, other).line.msisdn, other.id]));

/** What stands on record beside the form. */
const knownOf = (keyring: Keyring, row: LineRecord, devices: readonly DeviceRecord[], given: Pick<Known, 'hasDocument' | 'wantsDocument' | 'msisdn' | 'registered' | 'signed' | 'creditMinor' | 'otherLines' | 'bounds'>): Known => {
  const { line } = openLine(keyring, row);
  return {
    ...given,
    ...(line.eid === undefined ? {} : { eid: line.eid }),
    devices: devices.map((device) => withName(opened(keyring.openJson(row.subscriber_id, contextOf.device(device.id), device.sealed, deviceContents)))),
  };
};
const withName = ({ name, model, imei }: { name: string; model?: string | undefined; imei?: string | undefined }) => ({ name, ...(model === undefined ? {} : { model }), ...(imei === undefined ? {} : { imei }) });

const withoutUndefined = (form: FormContents): DraftForm => Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined)) as DraftForm;

export const toDraft = ({ one, pack, form, document, card, known, bounds }: Loaded): Draft => ({
  caseId: one.id,
  pack,
  line: card,
  form: withoutUndefined(form),
  keptUntil: lapsesAt(pack, one.changedAt),
  missing: faultsOf(pack, withoutUndefined(form), known).map((found) => found.field),
  ...(bounds === undefined ? {} : { endBounds: bounds }),
  ...(document === undefined ? {} : { document }),
});

export const seeDraft = (desk: Desk, who: Subscriber, lineId: string): Promise<Draft | undefined> =>
  desk.db.look(who.brand, async (tx) => {
    const loaded = await loadDraft(desk, tx, who, lineId);
    return loaded === undefined ? undefined : toDraft(loaded);
  });

/** Opens the draft, or finds the one that is open. Pre-filled with what the operator knows of its subscriber. */
export const openDraft = (desk: Desk, who: Subscriber, lineId: string, channel: 'web' | 'chat' = 'web'): Promise<Result<Draft, CannotOpenDraft>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const row = await lineOf(tx, who.subscriberId, lineId);
    if (row === undefined || row.status === 'cancelled') return no({ kind: 'not-found' });
    const open = await openCaseOf(tx, lineId);
    if (open !== undefined && open.state !== 'draft' && open.state !== 'received') return no({ kind: 'case-open', applicationNumber: open.applicationNumber ?? '' });
    const keyring = await desk.vault.keyring(tx, [who.subscriberId]);
    const policy = await policyFor(desk, tx, row);
    const { pack } = policy;
    const preparation = await preparationOf(tx, keyring, row, policy);
    if (!preparation.mayGoOn)
      return no({ kind: 'not-eligible', answer: preparation.answer === 'never' ? 'never' : 'not-yet', because: preparation.because });
    if (open === undefined) await beginDraft(desk, tx, keyring, row, { pack, region: preparation.region, channel: who.assisted?.channel ?? channel });
    const loaded = await loadDraft(desk, tx, who, lineId);
    return loaded === undefined ? no({ kind: 'not-found' }) : ok(toDraft(loaded));
  });

/** A draft of this line; nothing where another is quicker. */
export const beginDraft = async (desk: Desk, tx: Tx, keyring: Keyring, { id: lineId, brand, subscriber_id: subscriberId, ...row }: LineRecord, { pack, region, channel, endsOn }: { readonly pack: Pack; readonly region: string; readonly channel: Channel; /** As declared without sign-in. */ readonly endsOn?: string }): Promise<void> => {
  const id = randomUUID();
  const now = desk.clock.now();
  const draft: Cancellation = { id, brand, subscriberId, lineId, state: 'draft', version: 0, packVersion: versionOf(pack), region, channel, openedAt: now, changedAt: now };
  const onFile = await prefilled(tx, keyring, subscriberId, openLine(keyring, { id: lineId, brand, subscriber_id: subscriberId, ...row }).line.msisdn);
  const known = Object.fromEntries(Object.entries({ ...onFile, ...(endsOn === undefined ? {} : { endsOn }) }).filter(([field]) => isAsked(pack, field as FormField)));
  const inserted = await insertDraft(tx, draft, keyring.sealJson(subscriberId, contextOf.form(id), known));
  if (inserted !== undefined) await desk.jobs.enqueue(tx, 'timer', [
    { data: { caseId: id, move: 'lapse' }, at: lapsesAt(pack, now), brand }, { data: { caseId: id, move: 'remind' }, at: remindAt({ opensAt: now, until: lapsesAt(pack, now) }), brand },
  ]);
};

/** What the operator knows of its subscriber, so that nobody types it on a phone. The number that is being cancelled is no contact. */
const prefilled = async (tx: Tx, keyring: Keyring, subscriberId: string, msisdn: string): Promise<FormContents> => {
  const person = (await regionsOf(tx, [subscriberId])).get(subscriberId);
  if (person === undefined) return {};
  const { name, email, contactPhone } = opened(keyring.openJson(subscriberId, contextOf.person(subscriberId), person.sealed, personContents));
  return { name, ...(email === null ? {} : { email }), ...(contactPhone === null || contactPhone === msisdn ? {} : { phone: contactPhone }) };
};

/** Keeps everything that was typed, right or wrong, and says what is wrong with the fields given. */
export const saveDraft = (desk: Desk, who: Subscriber, lineId: string, changes: Partial<DraftForm>): Promise<Result<Draft, readonly FieldFault[]>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const loaded = await loadDraft(desk, tx, who, lineId, true);
    if (loaded === undefined) return no([]);
    // What this policy asks for on no page is not kept, whoever sends it.
    const asked = Object.fromEntries(Object.entries(changes).filter(([field]) => isAsked(loaded.pack, field as FormField)));
    const form = formContents.parse({ ...loaded.form, ...asked });
    await tx.query(`update cancellations set sealed_form = $2, changed_at = $3 where id = $1`,
      [loaded.one.id, loaded.keyring.sealJson(who.subscriberId, contextOf.form(loaded.one.id), form), desk.clock.now()]);
    const draft = toDraft({ ...loaded, form });
    const faults = faultsOf(loaded.pack, withoutUndefined(form), loaded.known).filter(({ field }) => field in changes);
    return faults.length > 0 ? no(faults) : ok(draft);
  });

/** One identity document a draft; a new one replaces the old. */
export const attachIdentity = (desk: Desk, who: Subscriber, lineId: string, document: AcceptedDocument): Promise<boolean> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const loaded = await loadDraft(desk, tx, who, lineId, true);
    if (loaded === undefined) return false;
    await tx.query(`delete from documents where cancellation_id = $1 and purpose = 'identity'`, [loaded.one.id]);
    await storeDocument(tx, loaded.keyring, { brand: who.brand, subscriberId: who.subscriberId, cancellationId: loaded.one.id, purpose: 'identity', accepted: document, now: desk.clock.now() });
    return true;
  });

/** The subscriber throws the draft away: its form and document go at once. */
export const discardDraft = (desk: Desk, who: Subscriber, lineId: string): Promise<boolean> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const loaded = await loadDraft(desk, tx, who, lineId, true);
    if (loaded?.one.state !== 'draft') return false;
    await tx.query(`delete from documents where cancellation_id = $1`, [loaded.one.id]);
    await tx.query(`update notices set cancellation_id = null where cancellation_id = $1`, [loaded.one.id]); // codes that were sent for it, masked and sealed
    await tx.query(`delete from cancellations where id = $1 and state = 'draft'`, [loaded.one.id]);
    return true;
  });
