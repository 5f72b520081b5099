import { checkLedger, isInOrder, type LedgerReport } from '../desk/check-ledger.ts';
import { columns } from './columns.ts';
import { openAll } from './open-all.ts';
import type { Assemble } from './run.ts';

/** What the books say, in whole minor units, and what is wrong with them. */
export const ledgerLines = (report: LedgerReport): string[] => [
  ...columns(['brand', 'currency', 'account', 'debit', 'credit', 'balance'],
    report.balances.map((one) => [one.brand, one.currency, one.account, one.debitMinor, one.creditMinor, one.debitMinor - one.creditMinor])),
  '',
  ...(report.refunds.length === 0 ? ['No refund was asked for yet.'] : columns(['refund', 'state', 'currency', 'amount', 'provider', 'verdict'],
    report.refunds.map(({ refund, provider, verdict }) => [refund.key, refund.state, refund.currency, refund.amount_minor, provider, verdict]))),
  '',
  ...report.findings.map((one) => `✗ ${one.brand} ${one.ref}: ${one.what}, ${one.expectedMinor} expected, ${one.foundMinor} found`),
  `${isInOrder(report) ? '✓' : '✗'} ${report.entries} entries; ${report.findings.length === 0 ? 'every one balances, and totals, credits, bills and refunds due agree' : `${report.findings.length} findings`}; `
    + `${report.refunds.filter(({ verdict }) => verdict === 'agrees').length} of ${report.refunds.length} refunds agree with the provider`,
];

/** Resolves to 0 where everything agrees, to 1 where not, or where the provider could not be asked. */
export const ledgerCheck = async (assemble: Assemble, options: { readonly json: boolean }, say: (text: string) => void): Promise<number> => {
  const opened = await openAll(assemble, { say, works: false, plants: true, publicUrl: ({ host, port }) => `http://${host}:${port}` });
  try {
    const report = await checkLedger(opened.signoff.desk, opened.signoff.execution.ports.payouts);
    for (const line of options.json ? [JSON.stringify({ ok: isInOrder(report), ...report })] : ledgerLines(report)) console.log(line);
    return isInOrder(report) ? 0 : 1;
  } finally {
    await opened.stop();
  }
};
