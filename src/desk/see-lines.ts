import type { Cancellation } from '../cancellation/cancellation.ts';
import { isOpen } from '../cancellation/life-cycle.ts';
import { casesOfLines } from '../store/cancellations.ts';
import type { Tx } from '../store/db.ts';
import { lineOf, linesOfSubscriber, regionsOf, type LineRecord } from '../store/lines.ts';
import { contextOf, opened, openLine, personContents } from '../vault/contents.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { Desk } from './desk.ts';
import type { Bars, CaseCard, LineCard, Lines, Subscriber } from './views.ts';

/** Four bars on the air, two while its cancellation runs, one while barred, none when it is over. */
export const barsOf = (status: LineRecord['status'], one?: Cancellation): Bars => {
  if (status === 'cancelled' || one?.state === 'cancelled' || one?.state === 'erased') return 0;
  if (one?.state === 'executing' || one?.state === 'stalled') return 1;
  if (one === undefined || !isOpen(one.state) || one.state === 'draft') return 4;
  if (status === 'barred') return 1; // also where it was barred at receipt
  if (one.state === 'recoverable') return 2; // ordered is not yet done
  return one.state === 'approved' || one.state === 'scheduled' ? 2 : 3;
};

export const toCaseCard = (one: Cancellation): CaseCard => ({
  caseId: one.id,
  state: one.state,
  ...(one.applicationNumber === undefined ? {} : { applicationNumber: one.applicationNumber }),
  ...(one.dueAt === undefined ? {} : { dueAt: one.dueAt }),
  ...(one.effectiveAt === undefined ? {} : { effectiveAt: one.effectiveAt }),
  ...(one.endedAt === undefined ? {} : { endedAt: one.endedAt }),
  ...(one.state === 'draft' ? { todo: 'finish-draft' as const } : one.state === 'waiting' ? { todo: 'supply' as const } : one.state === 'received' ? { todo: 'prove' as const } : {}),
});

export const toLineCard = (keyring: Keyring, row: LineRecord, one: Cancellation | undefined): LineCard => ({
  lineId: row.id,
  kind: row.kind,
  msisdn: openLine(keyring, row).line.msisdn,
  status: row.status,
  bars: barsOf(row.status, one),
  credit: { minor: row.credit_minor, currency: row.currency },
  unpaid: { minor: row.unpaid_minor, currency: row.currency },
  boundDevices: row.bound_devices,
  ...(one === undefined ? {} : { case: toCaseCard(one) }),
});

export const cardOf = async (tx: Tx, keyring: Keyring, row: LineRecord): Promise<LineCard> =>
  toLineCard(keyring, row, (await casesOfLines(tx, [row.id]))[0]);

/** The first page: what do I have, what is being cancelled, what must I do. */
export const seeLines = (desk: Desk, who: Subscriber): Promise<Lines> =>
  desk.db.look(who.brand, async (tx) => {
    const [keyring, rows, people] = await Promise.all([desk.vault.keyring(tx, [who.subscriberId]), linesOfSubscriber(tx, who.subscriberId), regionsOf(tx, [who.subscriberId])]);
    const cases = new Map((await casesOfLines(tx, rows.map((row) => row.id))).map((one) => [one.lineId, one]));
    const person = people.get(who.subscriberId);
    const name = person === undefined ? '' : opened(keyring.openJson(who.subscriberId, contextOf.person(who.subscriberId), person.sealed, personContents)).name;
    return { name, lines: rows.map((row) => toLineCard(keyring, row, cases.get(row.id))) };
  });

export const seeLine = (desk: Desk, who: Subscriber, lineId: string): Promise<LineCard | undefined> =>
  desk.db.look(who.brand, async (tx) => {
    const row = await lineOf(tx, who.subscriberId, lineId);
    return row === undefined ? undefined : cardOf(tx, await desk.vault.keyring(tx, [who.subscriberId]), row);
  });
