/** A copy of one's data, or their erasure: asked for, due by the law of the place, answered or put off once with the reason. */
import { randomUUID } from 'node:crypto';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { DataRequestKind } from '../policy/jurisdiction.ts';
import { answerBy } from '../policy/laws.ts';
import { answerDataRequest, dataRequestsOf, extendDataRequest, keepDataRequest, lockDataRequest, openDataRequests, type DataRequestRow } from '../store/data-requests.ts';
import type { Tx } from '../store/db.ts';
import { isUuid, regionsOf } from '../store/lines.ts';
import { contextOf, personContents } from '../vault/contents.ts';
import { caseFor, type Reader } from './case-access.ts';
import type { Desk } from './desk.ts';
import { erasedFromOf } from './erasures.ts';
import { isOwnAccount } from './own-case.ts';
import type { Reviewer } from './review-queue.ts';
import type { Subscriber } from './views.ts';

export { dataRequestKinds } from '../policy/jurisdiction.ts';

/** `dueAt`: absent where no law of the place names a time. */
export type DataRequest = {
  readonly id: string; readonly kind: DataRequestKind; readonly askedAt: Date; readonly dueAt?: Date; readonly law?: string;
  readonly extended?: { readonly at: Date; readonly because: 'complex' | 'many' }; readonly answeredAt?: Date;
};
const toRequest = (row: DataRequestRow): DataRequest => ({
  id: row.id, kind: row.kind, askedAt: row.asked_at,
  ...(row.due_at === null ? {} : { dueAt: row.due_at }), ...(row.law === null ? {} : { law: row.law }),
  ...(row.extended_at === null || row.extended_because === null ? {} : { extended: { at: row.extended_at, because: row.extended_because } }),
  ...(row.answered_at === null ? {} : { answeredAt: row.answered_at }),
});

/** Asked twice, it is one request, due as the first. It changes nothing about any line. */
export const askForData = (desk: Desk, who: Subscriber, kind: DataRequestKind): Promise<void> =>
  desk.db.inBrand(who.brand, (tx) => ask(desk, tx, who, kind));

const ask = async (desk: Desk, tx: Tx, { brand, subscriberId }: Pick<Subscriber, 'brand' | 'subscriberId'>, kind: DataRequestKind): Promise<void> => {
  const person = (await regionsOf(tx, [subscriberId])).get(subscriberId);
  if (person === undefined) throw new Error('an account without its subscriber');
  const askedAt = desk.clock.now();
  const by = answerBy(desk.packs.lawsIn(person.region, askedAt), kind, askedAt);
  const kept = await keepDataRequest(tx, { id: randomUUID(), brand, subscriberId, kind, askedAt, ...(by === undefined ? {} : { law: by.law, dueAt: by.dueAt }) });
  if (kept) await desk.tellDataRequest(tx, { brand, subscriberId, kind, stands: 'received', ...(by === undefined ? {} : { dueAt: by.dueAt }) });
};

/** The same from the page of a case that is over, for who has no account any more. False where it is not theirs, or not over; erased, nothing of them is left. */
export const askForDataAfterwards = (desk: Desk, who: Reader, applicationNumber: string, kind: DataRequestKind): Promise<boolean> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const one = await caseFor(tx, who, applicationNumber);
    if (one?.state !== 'cancelled') return false;
    await ask(desk, tx, one, kind);
    return true;
  });

export const seeDataRequests = (desk: Desk, who: Subscriber): Promise<DataRequest[]> => desk.db.look(who.brand, (tx) => requestsOf(tx, who.subscriberId));
export const requestsOf = async (tx: Tx, subscriberId: string): Promise<DataRequest[]> => (await dataRequestsOf(tx, subscriberId)).map(toRequest);

/** For the desk: whose it is, and until when it could be put off. */
export type DataRequestAtDesk = DataRequest & { /** Absent once their key is destroyed. */ readonly name?: string; /** Of an erasure, where no line is left: from when on it carries itself out. */ readonly erasedFrom?: Date; readonly late: boolean; readonly extendable?: Date };

const extendableTo = (desk: Desk, { law, kind, asked_at: askedAt, due_at: dueAt, extended_at: extendedAt }: DataRequestRow, region: string): Date | undefined =>
  (law === null || dueAt === null || extendedAt !== null || desk.clock.now() >= dueAt ? undefined : answerBy(desk.packs.lawsIn(region, askedAt), kind, askedAt)?.extendedTo);

export const dataRequestsAtDesk = (desk: Desk, who: Reviewer, most = 200): Promise<DataRequestAtDesk[]> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const rows = await openDataRequests(tx, who.brand, most);
    const ids = [...new Set(rows.map((row) => row.subscriber_id))];
    const [people, keyring] = [await regionsOf(tx, ids), await desk.vault.keyring(tx, ids)];
    const erasedFrom = await erasedFromOf(desk, tx, rows.filter(({ kind }) => kind === 'erase').map((row) => row.subscriber_id));
    return rows.flatMap((row) => {
      const person = people.get(row.subscriber_id);
      if (person === undefined) return [];
      const known = keyring.openJson(row.subscriber_id, contextOf.person(row.subscriber_id), person.sealed, personContents);
      const extendable = extendableTo(desk, row, person.region);
      const from = row.kind === 'erase' ? erasedFrom.get(row.subscriber_id) : undefined;
      return [{ ...toRequest(row), ...(known.ok ? { name: known.value.name } : {}), ...(from === undefined ? {} : { erasedFrom: from }), late: row.due_at !== null && row.due_at <= desk.clock.now(), ...(extendable === undefined ? {} : { extendable }) }];
    });
  });

/** `not-extendable`: put off before, too late for it, or no law lets it. */
export type CannotActOnRequest = { readonly kind: 'not-found' | 'own-account' | 'not-extendable' };

const acting = (desk: Desk, who: Reviewer, id: string, act: (tx: Tx, row: DataRequestRow) => Promise<Result<void, CannotActOnRequest>>): Promise<Result<void, CannotActOnRequest>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const row = isUuid(id) ? await lockDataRequest(tx, id) : undefined;
    if (row === undefined || row.answered_at !== null) return no({ kind: 'not-found' });
    return (await isOwnAccount(desk, tx, who, row.subscriber_id)) ? no({ kind: 'own-account' }) : act(tx, row);
  });

/** It was answered, by the way outside that the operator has for it; who said so stands with it. */
export const dataRequestAnswered = (desk: Desk, who: Reviewer, id: string): Promise<Result<void, CannotActOnRequest>> =>
  acting(desk, who, id, async (tx, { subscriber_id: subscriberId, kind }) => {
    await answerDataRequest(tx, id, who.staffId, desk.clock.now());
    await desk.tellDataRequest(tx, { brand: who.brand, subscriberId, kind, stands: 'answered' });
    return ok(undefined);
  });

/** Once, before it is due, as far as the law lets it, and told with the reason. */
export const putOffDataRequest = (desk: Desk, who: Reviewer, id: string, because: 'complex' | 'many'): Promise<Result<void, CannotActOnRequest>> =>
  acting(desk, who, id, async (tx, row) => {
    const person = (await regionsOf(tx, [row.subscriber_id])).get(row.subscriber_id);
    const dueAt = person === undefined ? undefined : extendableTo(desk, row, person.region);
    if (dueAt === undefined) return no({ kind: 'not-extendable' });
    await extendDataRequest(tx, id, because, dueAt, desk.clock.now());
    await desk.tellDataRequest(tx, { brand: who.brand, subscriberId: row.subscriber_id, kind: row.kind, stands: 'extended', dueAt, because });
    return ok(undefined);
  });
