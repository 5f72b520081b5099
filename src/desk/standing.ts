import type { LineStanding } from '../cancellation/line.ts';
import type { Tx } from '../store/db.ts';
import { boundDevices, regionsOf, unpaidBills, type BillRecord, type DeviceRecord, type LineRecord } from '../store/lines.ts';
import { contextOf, deviceContents, opened } from '../vault/contents.ts';
import type { Keyring } from '../vault/keyring.ts';

/** What stands open on one line now: the material of preparation, eligibility and settlement. */
export const standingOf = async (tx: Tx, keyring: Keyring, row: LineRecord): Promise<LineStanding> => {
  const [bills, devices, people] = await Promise.all([unpaidBills(tx, [row.id]), boundDevices(tx, [row.id]), regionsOf(tx, [row.subscriber_id])]);
  return standingBy(keyring, row, { bills, devices, region: people.get(row.subscriber_id)?.region });
};

/** The same, of what was read already. `devices`: the bound ones. */
export const standingBy = (keyring: Keyring, row: LineRecord, { bills, devices, region }: { readonly bills: readonly BillRecord[]; readonly devices: readonly DeviceRecord[]; readonly region: string | undefined }): LineStanding => {
  if (region === undefined) throw new Error('a line without its subscriber');
  return {
    credit: { minor: row.credit_minor, currency: row.currency },
    ...(row.monthly_fee_minor === 0 || row.period_from === null || row.period_to === null ? {}
      : { running: { fee: { minor: row.monthly_fee_minor, currency: row.currency }, from: row.period_from, to: row.period_to } }),
    unpaid: bills.map((bill) => ({ id: bill.id, amount: { minor: bill.amount_minor, currency: row.currency }, dueOn: bill.due_on })),
    boundDevices: devices.map((device) => ({
      id: device.id,
      name: opened(keyring.openJson(row.subscriber_id, contextOf.device(device.id), device.sealed, deviceContents)).name,
    })),
    stored: { contacts: row.contacts, messages: row.messages, calls: row.calls },
    region,
    ...(row.anomaly === null ? {} : { anomaly: row.anomaly }),
    ...(row.data_taken_at === null ? {} : { dataTakenAt: row.data_taken_at.toISOString() }),
  };
};
