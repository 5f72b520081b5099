/** Lines and what stands open on them. */
import type { LineKind, LineStanding } from '../cancellation/line.ts';
import type { Currency } from '../cancellation/money.ts';
import type { Tx } from './db.ts';

export type LineRecord = {
  readonly id: string; readonly brand: string; readonly subscriber_id: string; readonly kind: LineKind; readonly carrier: string; readonly billing_ref: string;
  readonly in_home_register: boolean; readonly sealed: Buffer; readonly msisdn_index: Buffer; readonly status: 'active' | 'barred' | 'cancelled'; readonly frozen: boolean;
  readonly credit_minor: number; readonly currency: Currency; readonly anomaly: NonNullable<LineStanding['anomaly']> | null;
  readonly contacts: number; readonly messages: number; readonly calls: number; readonly data_taken_at: Date | null;
  readonly monthly_fee_minor: number; readonly period_from: string | null; readonly period_to: string | null; readonly payment_ref: string | null;
  readonly unpaid_minor: number; readonly bound_devices: number;
  /** Ids of the policy, of what is sold along with it and runs. */
  readonly services: readonly string[];
};

const select = `select l.*,
    coalesce((select sum(amount_minor) from bills b where b.line_id = l.id and b.paid_at is null), 0)::bigint as unpaid_minor,
    (select count(*) from devices d where d.line_id = l.id and d.bound)::int as bound_devices,
    array(select s.service from line_services s where s.line_id = l.id and s.ended_at is null order by s.service) as services
  from lines l`;

export const linesOfSubscriber = (tx: Tx, subscriberId: string): Promise<LineRecord[]> =>
  tx.query<LineRecord>(`${select} where l.subscriber_id = $1 order by l.status = 'cancelled', l.billing_ref`, [subscriberId]);

export const loadLines = (tx: Tx, lineIds: readonly string[]): Promise<LineRecord[]> =>
  tx.query<LineRecord>(`${select} where l.id = any($1::uuid[])`, [lineIds]);

/** The line, if it is this subscriber's. */
export const lineOf = async (tx: Tx, subscriberId: string, lineId: string): Promise<LineRecord | undefined> =>
  isUuid(lineId) ? (await tx.query<LineRecord>(`${select} where l.id = $1 and l.subscriber_id = $2`, [lineId, subscriberId]))[0] : undefined;

export const isUuid = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);

export type BillRecord = { readonly id: string; readonly line_id: string; readonly amount_minor: number; readonly due_on: string };
export const unpaidBills = (tx: Tx, lineIds: readonly string[]): Promise<BillRecord[]> =>
  tx.query<BillRecord>(`select id, line_id, amount_minor, due_on from bills where line_id = any($1::uuid[]) and paid_at is null order by due_on, id`, [lineIds]);

export type DeviceRecord = { readonly id: string; readonly line_id: string; readonly sealed: Buffer };
export const boundDevices = (tx: Tx, lineIds: readonly string[]): Promise<DeviceRecord[]> =>
  tx.query<DeviceRecord>(`select id, line_id, sealed from devices where line_id = any($1::uuid[]) and bound order by id`, [lineIds]);

/** Bound or not: what the operator has on record. */
export const devicesOfLine = (tx: Tx, lineId: string): Promise<(DeviceRecord & { readonly bound: boolean })[]> =>
  tx.query<DeviceRecord & { bound: boolean }>(`select id, line_id, sealed, bound from devices where line_id = $1 order by id`, [lineId]);

export const regionsOf = async (tx: Tx, subscriberIds: readonly string[]): Promise<Map<string, { region: string; language: string; sealed: Buffer }>> => {
  const rows = await tx.query<{ id: string; region: string; language: string; sealed: Buffer }>(
    `select id, region, language, sealed from subscribers where id = any($1::uuid[])`, [subscriberIds]);
  return new Map(rows.map((row) => [row.id, row]));
};

export const setLineStatus = async (tx: Tx, lineIds: readonly string[], status: 'active' | 'barred'): Promise<void> => {
  if (lineIds.length > 0) await tx.query(`update lines set status = $2 where id = any($1::uuid[]) and status <> 'cancelled'`, [lineIds, status]);
};
