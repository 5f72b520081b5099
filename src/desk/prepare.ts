import type { LineStanding } from '../cancellation/line.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import { decide } from '../policy/decide.ts';
import { rightsIn } from '../policy/laws.ts';
import { inRegion, regionNote } from '../policy/packs.ts';
import type { Pack, Remedy } from '../policy/pack.ts';
import type { UnderLaw } from '../policy/under-law.ts';
import type { Tx } from '../store/db.ts';
import { isUuid, lineOf, regionsOf, type LineRecord } from '../store/lines.ts';
import type { Keyring } from '../vault/keyring.ts';
import { contextOf, opened, recordContents } from '../vault/contents.ts';
import { policyOf } from './follow.ts';
import { openCaseOf } from '../store/cancellations.ts';
import type { Desk } from './desk.ts';
import { book, move } from '../store/ledger.ts';
import { resettle } from './resettle.ts';
import { cardOf } from './see-lines.ts';
import { standingOf } from './standing.ts';
import type { Preparation, PreparationItem, Subscriber } from './views.ts';

/** The pack of the line's open case, or the one in force now. What is not received yet would be received under the law of today. */
export const policyFor = async (desk: Desk, tx: Tx, row: LineRecord): Promise<UnderLaw> => {
  const open = await openCaseOf(tx, row.id);
  if (open !== undefined) return policyOf(desk, { receivedAt: desk.clock.now(), ...open });
  const found = desk.packs.inForce(row.brand, desk.clock.now(), row.carrier);
  if (!found.ok) throw new Error(`no policy is in force for ${row.brand}`);
  const region = (await regionsOf(tx, [row.subscriber_id])).get(row.subscriber_id)?.region;
  if (region === undefined) throw new Error('a line without its subscriber');
  return inRegion(desk.packs, found.value, region, desk.clock.now());
};

const remedyOf = { settle: 'pay-bill', unbind: 'unbind-device', 'take-data': 'take-data', 'use-up': 'use-credit' } as const satisfies Partial<Record<PreparationItem['kind'], Remedy>>;

/** An item of the pack, with what stands open on this very line. */
const itemOf = (item: Pack['preparation'][number], standing: LineStanding): PreparationItem => {
  const base = { id: item.id, kind: item.kind, title: item.title, says: item.says, required: item.required };
  const todo = (open: boolean) => (open ? 'todo' : 'done') as 'todo' | 'done';
  switch (item.kind) {
    case 'settle':
      return { ...base, state: todo(standing.unpaid.length > 0), remedy: remedyOf.settle, bills: standing.unpaid.map(({ id, amount, dueOn }) => ({ billId: id, amount, dueOn })) };
    case 'unbind':
      return { ...base, state: todo(standing.boundDevices.length > 0), remedy: remedyOf.unbind, devices: standing.boundDevices.map(({ id, name }) => ({ deviceId: id, name })) };
    case 'take-data':
      return { ...base, state: todo(standing.dataTakenAt === undefined), remedy: remedyOf['take-data'],
        stored: { ...standing.stored, ...(standing.dataTakenAt === undefined ? {} : { takenAt: new Date(standing.dataTakenAt) }) } };
    case 'use-up':
      return { ...base, state: todo(standing.credit.minor > 0), remedy: remedyOf['use-up'], credit: standing.credit };
    case 'stop-using':
    case 'advice':
      return { ...base, state: 'advice' };
  }
};

/** This line's own open items, and whether the way on is free. */
export const seePreparation = (desk: Desk, who: Subscriber, lineId: string): Promise<Preparation | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const row = await lineOf(tx, who.subscriberId, lineId);
    if (row === undefined) return undefined;
    const keyring = await desk.vault.keyring(tx, [who.subscriberId]);
    const view = await preparationOf(tx, keyring, row, await policyFor(desk, tx, row));
    return { ...view, rights: rightsIn(desk.packs.lawsIn(view.region, desk.clock.now())) };
  });

export const preparationOf = async (tx: Tx, keyring: Keyring, row: LineRecord, { pack, changes }: UnderLaw): Promise<Preparation> => {
  const standing = await standingOf(tx, keyring, row);
  const decision = decide(pack, standing);
  const items = pack.preparation.map((item) => itemOf(item, standing));
  return {
    pack,
    line: await cardOf(tx, keyring, row),
    items,
    answer: decision.answer,
    because: decision.because,
    open: decision.open.map(({ because }) => because),
    region: standing.region,
    regionNote: regionNote(pack, standing.region),
    law: changes,
    mayGoOn: decision.answer === 'eligible' && items.every((item) => !item.required || item.state !== 'todo'),
  };
};

export type CannotPay = { readonly kind: 'not-found' } | { readonly kind: 'declined'; readonly says: string } | { readonly kind: 'try-later' };

/**
 * Settles one bill at the operator's billing. The intent is committed before the call, and its key is the bill's:
 * paying twice, or again after a lost reply, pays once.
 */
export const payBill = async (desk: Desk, who: Subscriber, billId: string): Promise<Result<void, CannotPay>> => {
  if (!isUuid(billId)) return no({ kind: 'not-found' });
  const bill = await desk.db.inBrand(who.brand, async (tx) => {
    // Past the point of no return the settlement collects it; two collections of one bill must not meet.
    const settling = await tx.query(
      `select 1 from bills b join cancellations c on c.line_id = b.line_id where b.id = $1 and b.paid_at is null and c.state in ('executing', 'stalled')`, [billId]);
    return settling.length > 0 ? 'being-settled' as const : (await tx.query<{ line_id: string; amount_minor: number; currency: string; billing_ref: string; paid_at: Date | null }>(
      `update bills b set payment_intended_at = coalesce(payment_intended_at, $3) from lines l
       where b.id = $1 and l.id = b.line_id and l.subscriber_id = $2 returning b.line_id, b.amount_minor, b.paid_at, l.currency, l.billing_ref`,
      [billId, who.subscriberId, desk.clock.now()],
    ))[0];
  });
  if (bill === 'being-settled') return no({ kind: 'try-later' });
  if (bill === undefined) return no({ kind: 'not-found' });
  if (bill.paid_at !== null) return ok(undefined);
  const outcome = await desk.billing.settle(
    bill.billing_ref,
    { collectMinor: bill.amount_minor, offsetMinor: 0, refundMinor: 0, forfeitMinor: 0, currency: bill.currency },
    { key: `bill:${billId}`, signal: AbortSignal.timeout(8_000) },
  );
  if (outcome.kind === 'refused') return no({ kind: 'declined', says: outcome.says });
  if (outcome.kind !== 'done') return no({ kind: 'try-later' });
  await desk.db.inBrand(who.brand, async (tx) => {
    const now = desk.clock.now();
    await tx.query(`update bills set paid_at = $2 where id = $1 and paid_at is null`, [billId, now]);
    await book(tx, [{
      brand: who.brand, at: now, cause: 'bill-paid', key: `bill-paid:${billId}`, currency: bill.currency, postings: move(bill.amount_minor, 'cash', 'receivable', bill.line_id),
    }]);
    // A bill that was due before can still be paid after the receipt; the settlement then is without it.
    await resettle(desk, tx, bill.line_id);
  });
  return ok(undefined);
};

/** Unbinds the devices named, or all of them. False where the line is not theirs. */
export const unbindDevices = (desk: Desk, who: Subscriber, lineId: string, deviceIds: readonly string[] | 'all'): Promise<boolean> =>
  desk.db.inBrand(who.brand, async (tx) => {
    if ((await lineOf(tx, who.subscriberId, lineId)) === undefined) return false;
    const named = deviceIds === 'all' ? null : deviceIds.filter(isUuid);
    await tx.query(`update devices set bound = false where line_id = $1 and bound and ($2::uuid[] is null or id = any($2::uuid[]))`, [lineId, named]);
    return true;
  });

/** Contacts, messages and call records as one JSON file that any program can read (GDPR art. 20). */
export const takeData = (desk: Desk, who: Subscriber, lineId: string): Promise<{ fileName: string; contentType: string; contents: Buffer } | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const row = await lineOf(tx, who.subscriberId, lineId);
    if (row === undefined) return undefined;
    const keyring = await desk.vault.keyring(tx, [who.subscriberId]);
    const records = await tx.query<{ id: string; kind: 'contact' | 'message' | 'call'; sealed: Buffer }>(
      `select id, kind, sealed from stored_records where line_id = $1 order by kind, id`, [lineId]);
    const now = desk.clock.now();
    await tx.query(`update lines set data_taken_at = $2 where id = $1`, [lineId, now]);
    const of = (kind: string) => records.filter((record) => record.kind === kind)
      .map((record) => opened(keyring.openJson(who.subscriberId, contextOf.record(record.id), record.sealed, recordContents)));
    const contents = { takenAt: now.toISOString(), contacts: of('contact'), messages: of('message'), calls: of('call') };
    return { fileName: `my-data-${now.toISOString().slice(0, 10)}.json`, contentType: 'application/json', contents: Buffer.from(JSON.stringify(contents, null, 2)) };
  });
