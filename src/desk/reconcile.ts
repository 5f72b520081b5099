/** Lines that are cancelled, held against what the operator's systems say today: closed, and still billed, is found here first (ST9). */
import type { Call, LinkedServices } from '../plan/ports.ts';
import type { Desk } from './desk.ts';

/** `not-read`: whether it is silent is not known; asked again the next time. Amounts in minor units. */
export type StillSounds = {
  readonly caseId: string; readonly brand: string; readonly applicationNumber: string; readonly cancelledAt: Date;
  readonly what: 'billed' | 'owes' | 'service-runs' | 'not-read'; readonly owedMinor?: number; readonly currency?: string;
};
export type Reconciled = { readonly lines: number; readonly findings: readonly StillSounds[] };

type Row = { id: string; brand: string; application_number: string; ended_at: Date; billing_ref: string; has_services: boolean };

/** How many are asked about at once. */
const atOnce = 16;

/** Reads only; whatever sounds is told to people by an alarm, and by what it resolves to. */
export const reconcile = async (desk: Pick<Desk, 'db' | 'billing' | 'alarm'>, linkedServices: LinkedServices): Promise<Reconciled> => {
  const rows = await desk.db.acrossBrands((tx) => tx.query<Row>(
    `select c.id, c.brand, c.application_number, c.ended_at, l.billing_ref, exists (select from line_services s where s.line_id = l.id) as has_services
     from cancellations c join lines l on l.id = c.line_id where c.state in ('cancelled', 'erased') and c.ended_at is not null order by c.ended_at, c.id`));
  const findings: StillSounds[] = [];
  for (let from = 0; from < rows.length; from += atOnce)
    findings.push(...(await Promise.all(rows.slice(from, from + atOnce).map((row) => soundsOf(desk, linkedServices, row)))).flat());
  for (const { caseId, what } of findings) desk.alarm({ caseId, why: `a cancelled line is not silent: ${what}` });
  return { lines: rows.length, findings };
};

const soundsOf = async ({ billing }: Pick<Desk, 'billing'>, linkedServices: LinkedServices, row: Row): Promise<StillSounds[]> => {
  const call: Call = { key: `reconcile:${row.id}`, signal: AbortSignal.timeout(20_000) };
  const of = { caseId: row.id, brand: row.brand, applicationNumber: row.application_number, cancelledAt: row.ended_at };
  const [billed, services] = await Promise.all([billing.read(row.billing_ref, call), row.has_services ? linkedServices.read(row.billing_ref, call) : undefined]);
  const found: StillSounds[] = [];
  if (billed.kind !== 'done') found.push({ ...of, what: 'not-read' });
  else {
    const { status, owedMinor, currency } = billed.fact;
    if (status === 'active') found.push({ ...of, what: 'billed' });
    if (owedMinor > 0) found.push({ ...of, what: 'owes', owedMinor, currency });
  }
  if (services !== undefined && services.kind !== 'done' && billed.kind === 'done') found.push({ ...of, what: 'not-read' });
  if (services?.kind === 'done' && services.fact.some(({ status }) => status === 'active')) found.push({ ...of, what: 'service-runs' });
  return found;
};
