/** The verdicts of many rows at once: three queries, however many there are. */
import { no, ok, type Result } from '../../cancellation/result.ts';
import { openStates } from '../../cancellation/life-cycle.ts';
import { todayIn } from '../../policy/end.ts';
import { judgeRow, type NamedLine, type OrderedRow, type RefusedRow } from '../../policy/ordered-row.ts';
import { versionOf, type Pack } from '../../policy/pack.ts';
import { inRegion } from '../../policy/packs.ts';
import type { Tx } from '../../store/db.ts';
import type { Desk } from '../desk.ts';

export type JudgeTools = Pick<Desk, 'vault' | 'clock' | 'packs'>;

type Found = {
  id: string; status: 'active' | 'barred' | 'cancelled'; carrier: string; msisdn_index: Buffer; billing_ref: string; credit: boolean; anomaly: boolean; unpaid: boolean; bound: boolean; open_case: boolean;
  region: string; pays_monthly: boolean; period_from: string | null; period_to: string | null;
};
/** `has`: which lines are meant. The living one of a number, where it had more than one. */
const found = (tx: Tx, has: string, values: readonly unknown[], brand: string): Promise<Found[]> =>
  tx.query<Found>(
    `select l.id, l.status, l.carrier, l.msisdn_index, l.billing_ref, l.credit_minor > 0 as credit, l.anomaly is not null as anomaly, s.region, l.monthly_fee_minor > 0 as pays_monthly, l.period_from, l.period_to,
       exists (select from bills b where b.line_id = l.id and b.paid_at is null) as unpaid,
       exists (select from devices d where d.line_id = l.id and d.bound) as bound,
       exists (select from cancellations c where c.line_id = l.id and c.state in (${openStates.map((state) => `'${state}'`).join(', ')})) as open_case
     from lines l join subscribers s on s.id = l.subscriber_id where l.brand = $1 and ${has} order by (l.status = 'cancelled') desc`, [brand, ...values]);

/** The policy under which a line of this carrier and region would be received now. Kept for as long as one look lasts. */
export const policyToday = ({ packs, clock }: Pick<JudgeTools, 'packs' | 'clock'>, brand: string): ((carrier: string, region: string) => Pack) => {
  const now = clock.now();
  const known = new Map<string, Pack>();
  return (carrier, region) => {
    const before = known.get(`${carrier} ${region}`);
    if (before !== undefined) return before;
    const inForce = packs.inForce(brand, now, carrier);
    if (!inForce.ok) throw new Error(`no policy is in force for ${brand}`);
    const { pack } = inRegion(packs, inForce.value, region, now);
    known.set(`${carrier} ${region}`, pack);
    return pack;
  };
};

const namedLine = (row: Found): NamedLine => ({
  unpaid: row.unpaid, boundDevices: row.bound, anomaly: row.anomaly, credit: row.credit, region: row.region, cancelled: row.status === 'cancelled', openCase: row.open_case,
  ...(!row.pays_monthly || row.period_from === null || row.period_to === null ? {} : { running: { from: row.period_from, to: row.period_to } }),
});

export type Judged = { readonly lineId?: string; readonly packVersion?: string; readonly verdict: Result<{ readonly endsOn?: string }, RefusedRow> };

/** Another brand's line is not found, exactly as one that there is not. */
export const judge = async (tools: JudgeTools, tx: Tx, brand: string, rows: readonly OrderedRow[]): Promise<Judged[]> => {
  const numbers = rows.map(({ line }) => ('number' in line ? tools.vault.blindIndex(brand, 'number', line.number) : undefined));
  const references = rows.flatMap(({ line }) => ('reference' in line ? [line.reference] : []));
  const byNumber = new Map((await found(tx, 'l.msisdn_index = any($2::bytea[])', [numbers.filter((index) => index !== undefined)], brand)).map((row) => [row.msisdn_index.toString('base64'), row]));
  const byReference = new Map((await found(tx, 'l.billing_ref = any($2::text[])', [references], brand)).map((row) => [row.billing_ref, row]));
  return judgeFound(tools, brand, rows, rows.map(({ line }, place) => ('reference' in line ? byReference.get(line.reference) : byNumber.get(numbers[place]?.toString('base64') ?? ''))));
};

/** The same for lines that were found before: what held then need not hold now. */
export const judgeAgain = async (tools: JudgeTools, tx: Tx, brand: string, rows: readonly (Omit<OrderedRow, 'line'> & { readonly lineId: string })[]): Promise<Judged[]> => {
  const byId = new Map((await found(tx, 'l.id = any($2::uuid[])', [rows.map(({ lineId }) => lineId)], brand)).map((row) => [row.id, row]));
  return judgeFound(tools, brand, rows, rows.map(({ lineId }) => byId.get(lineId)));
};

const judgeFound = (tools: JudgeTools, brand: string, rows: readonly Omit<OrderedRow, 'line'>[], lines: readonly (Found | undefined)[]): Judged[] => {
  const packFor = policyToday(tools, brand);
  const today = new Map<Pack, string>();
  const now = tools.clock.now();
  return rows.map((row, place): Judged => {
    const line = lines[place];
    if (line === undefined) return { verdict: no({ why: 'unknown-line' }) };
    const pack = packFor(line.carrier, line.region);
    if (!today.has(pack)) today.set(pack, todayIn(pack, now));
    const verdict = judgeRow(pack, row, namedLine(line), today.get(pack) ?? '');
    return { lineId: line.id, packVersion: versionOf(pack), verdict: verdict.ok ? ok(verdict.value) : verdict };
  });
};
