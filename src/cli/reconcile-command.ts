import { reconcile, type Reconciled } from '../desk/reconcile.ts';
import { openAll } from './open-all.ts';
import type { Assemble } from './run.ts';

const inWords = { billed: 'billing still counts it as active', owes: 'billing asks for money', 'service-runs': 'a service that came with it still runs', 'not-read': 'could not be read' } as const;

export const reconciledLines = ({ lines, findings }: Reconciled): string[] => [
  ...findings.map((one) => `✗ ${one.brand} ${one.applicationNumber}, cancelled ${one.cancelledAt.toISOString().slice(0, 10)}: ${inWords[one.what]}${one.owedMinor === undefined ? '' : ` (${one.owedMinor} ${one.currency} in minor units)`}`),
  `${findings.length === 0 ? '✓' : '✗'} ${lines} cancelled ${lines === 1 ? 'line' : 'lines'} read; ${findings.length === 0 ? 'none is billed any more' : `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`}`,
];

/** To be run every night. Resolves to 0 where every cancelled line is silent, to 1 where one sounds or could not be read. */
export const reconcileAll = async (assemble: Assemble, options: { readonly json: boolean }, say: (text: string) => void): Promise<number> => {
  const opened = await openAll(assemble, { say, works: false, plants: true, publicUrl: ({ host, port }) => `http://${host}:${port}` });
  try {
    const found = await reconcile(opened.signoff.desk, opened.signoff.execution.ports.linkedServices);
    for (const line of options.json ? [JSON.stringify({ ok: found.findings.length === 0, ...found })] : reconciledLines(found)) console.log(line);
    return found.findings.length === 0 ? 0 : 1;
  } finally {
    await opened.stop();
  }
};
