/** Whether the books agree with themselves, with what lines and bills say, and with the provider that pays back (N7). */
import type { Payouts, RefundFact } from '../plan/ports.ts';
import type { Tx } from '../store/db.ts';
import { refundsIn, type RefundRecord } from '../store/refunds.ts';
import type { Desk } from './desk.ts';

export type Balance = { readonly brand: string; readonly currency: string; readonly account: string; readonly debitMinor: number; readonly creditMinor: number };
export type Finding = { readonly brand: string; readonly what: FindingKind; readonly ref: string; readonly expectedMinor: number; readonly foundMinor: number };
type FindingKind = 'entry-unbalanced' | 'totals-differ' | 'credit-differs' | 'receivable-differs' | 'refunds-due-differs' | 'credit-on-cancelled-line';
/** `agrees`: the provider's record is the same. `open`: nothing is known yet, and our state says so. */
export type RefundMatch = { readonly refund: RefundRecord; readonly verdict: 'agrees' | 'open' | 'differs' | 'not-asked'; readonly provider: string };
export type LedgerReport = { readonly entries: number; readonly balances: readonly Balance[]; readonly findings: readonly Finding[]; readonly refunds: readonly RefundMatch[] };

export const isInOrder = ({ findings, refunds }: LedgerReport): boolean => findings.length === 0 && refunds.every(({ verdict }) => verdict === 'agrees' || verdict === 'open');

const differing = async (tx: Tx, what: FindingKind, sql: string): Promise<Finding[]> =>
  (await tx.query<{ brand: string; ref: string; expected: number; found: number }>(sql))
    .map(({ brand, ref, expected, found }) => ({ brand, what, ref, expectedMinor: expected, foundMinor: found }));

/** Each gives back only what is wrong. Sums are bigint, so no amount is rounded on the way. */
const questions: Readonly<Record<FindingKind, string>> = {
  'entry-unbalanced': `select e.brand, e.key as ref, 0::bigint as expected, coalesce(max(abs(s.sum)), 0)::bigint as found from ledger_entries e
    left join (select entry_id, currency, sum(amount_minor) as sum from ledger_postings group by entry_id, currency) s on s.entry_id = e.id
    group by e.id, e.brand, e.key having count(s.entry_id) = 0 or max(abs(s.sum)) <> 0`,
  'totals-differ': `select brand, currency as ref, 0::bigint as expected, sum(amount_minor)::bigint as found from ledger_postings group by brand, currency having sum(amount_minor) <> 0`,
  'credit-differs': `select brand, billing_ref as ref, credit_minor as expected, credit_in_ledger(id) as found from lines where credit_minor <> credit_in_ledger(id)`,
  'receivable-differs': `select l.brand, l.billing_ref as ref, coalesce(b.due, 0)::bigint as expected, coalesce(p.booked, 0)::bigint as found from lines l
    left join (select line_id, sum(amount_minor) as due from bills where paid_at is null group by line_id) b on b.line_id = l.id
    left join (select line_id, sum(amount_minor) as booked from ledger_postings where account = 'receivable' group by line_id) p on p.line_id = l.id
    where coalesce(b.due, 0) <> coalesce(p.booked, 0)`,
  // Owed until the provider has it: settled and not yet sent, or come back.
  'refunds-due-differs': `select p.brand, p.line_id::text as ref, coalesce(r.owed, 0)::bigint as expected, (-p.booked)::bigint as found
    from (select brand, line_id, sum(amount_minor) as booked from ledger_postings where account = 'refunds-due' group by brand, line_id) p
    left join (select c.line_id, sum((c.plan #>> '{settlement,payoutMinor}')::bigint) as owed from cancellations c join ledger_entries e on e.key = 'settled:' || c.id
      where not exists (select from refunds r where r.cancellation_id = c.id and r.state in ('sent', 'done')) group by c.line_id) r on r.line_id = p.line_id
    where -p.booked <> coalesce(r.owed, 0)`,
  'credit-on-cancelled-line': `select brand, billing_ref as ref, 0::bigint as expected, credit_minor as found from lines where status = 'cancelled' and credit_minor <> 0`,
};

const providerSays = (fact: RefundFact): string => (fact === 'absent' ? 'absent' : `${fact.status} ${fact.currency} ${fact.amountMinor}`);

/** `requested` and `unknown` claim nothing; any other state claims that the provider has just this. */
const verdictOf = (refund: RefundRecord, fact: RefundFact): RefundMatch['verdict'] => {
  if (fact !== 'absent' && (fact.amountMinor !== refund.amount_minor || fact.currency !== refund.currency)) return 'differs';
  if (refund.state === 'requested' || refund.state === 'unknown') return 'open';
  if (fact === 'absent') return refund.state === 'failed' ? 'agrees' : 'differs';
  // On its way here and arrived there: the next look at it says so here too.
  if (refund.state === 'sent') return fact.status === 'failed' ? 'differs' : 'agrees';
  return fact.status === refund.state ? 'agrees' : 'differs';
};

const matchOf = async (payouts: Payouts, refund: RefundRecord): Promise<RefundMatch> => {
  const outcome = await payouts.read(refund.payment_ref, { key: refund.key, signal: AbortSignal.timeout(20_000) });
  return outcome.kind === 'done'
    ? { refund, verdict: verdictOf(refund, outcome.fact), provider: providerSays(outcome.fact) }
    : { refund, verdict: 'not-asked', provider: outcome.kind };
};

/** Reads the books in one transaction, and then asks the provider for every refund, outside of it. Changes nothing. */
export const checkLedger = async (desk: Pick<Desk, 'db'>, payouts: Payouts): Promise<LedgerReport> => {
  const { refunds, ...read } = await desk.db.acrossBrands(async (tx) => {
    const [count] = await tx.query<{ entries: number }>(`select count(*)::int as entries from ledger_entries`);
    const balances = await tx.query<Balance>(
      `select a.brand, a.currency, a.name as account, coalesce(sum(p.amount_minor) filter (where p.amount_minor > 0), 0)::bigint as "debitMinor",
         coalesce(-sum(p.amount_minor) filter (where p.amount_minor < 0), 0)::bigint as "creditMinor"
       from ledger_accounts a left join ledger_postings p on p.brand = a.brand and p.currency = a.currency and p.account = a.name
       group by a.brand, a.currency, a.name order by a.brand, a.currency, a.name`);
    const findings: Finding[] = [];
    for (const [what, sql] of Object.entries(questions) as [FindingKind, string][]) findings.push(...await differing(tx, what, sql));
    return { entries: count?.entries ?? 0, balances, findings, refunds: await refundsIn(tx, ['requested', 'sent', 'unknown', 'done', 'failed']) };
  });
  const matches: RefundMatch[] = [];
  for (const refund of refunds) matches.push(await matchOf(payouts, refund));
  return { ...read, refunds: matches };
};
