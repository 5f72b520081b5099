import { reconcile, type CannotReconcile, type Reconciled } from '../desk/reconcile.ts';
import type { FindingKind } from '../plan/mend.ts';
import { openAll } from './open-all.ts';
import type { Assemble } from './run.ts';

const inWords: Readonly<Record<FindingKind, string>> = {
  'still-reachable': 'the home register still lets it call or use data', 'still-attached': 'the home register still knows it, switched off',
  'still-billed': 'billing still counts it as active', 'bill-after-end': 'billing asks for money', 'service-runs': 'a service that came with it still runs',
};
const day = (at: Date): string => at.toISOString().slice(0, 10);

export const reconciledLines = (looked: readonly Reconciled[]): string[] => {
  const lines = looked.reduce((sum, one) => sum + one.lines, 0);
  const found = looked.reduce((sum, one) => sum + one.findings.length, 0);
  const [unread, mended] = [looked.reduce((sum, one) => sum + one.unread.length, 0), looked.reduce((sum, one) => sum + one.mended, 0)];
  return [
    ...looked.flatMap(({ brand, findings, unread: silent }) => [
      ...findings.map((one) => `✗ ${brand} ${one.applicationNumber}, cancelled ${day(one.cancelledAt)}: ${inWords[one.what]}${one.owedMinor === undefined ? '' : ` (${one.owedMinor} ${one.currency} in minor units)`}`),
      ...silent.map((one) => `? ${brand} ${one.applicationNumber}, cancelled ${day(one.cancelledAt)}: could not be read`),
    ]),
    `${found + unread === 0 ? '✓' : '✗'} ${lines} cancelled ${lines === 1 ? 'line' : 'lines'} read; ${found + unread === 0 ? 'every one is silent' : `${found} ${found === 1 ? 'finding' : 'findings'}, ${unread} not read`}`
      + `${mended === 0 ? '' : `; ${mended} found earlier ${mended === 1 ? 'is' : 'are'} mended`}${found === 0 ? '' : '. What was found stands in the console, with the step that puts it right'}`,
  ];
};

const why: Readonly<Record<CannotReconcile['kind'], string>> = {
  'another-looks': 'another process is looking right now; what it finds stands in the console',
  'taken-over': 'this process was away for too long and another took over',
};

/** Now, beside the look that a worker takes every night. Resolves to 0 where every cancelled line is silent, to 1 where one sounds or could not be read. */
export const reconcileAll = async (assemble: Assemble, options: { readonly json: boolean }, say: (text: string) => void): Promise<number> => {
  const opened = await openAll(assemble, { say, works: false, plants: true, publicUrl: ({ host, port }) => `http://${host}:${port}` });
  try {
    const { desk, execution } = opened.signoff;
    const looked: Reconciled[] = [];
    let kept = false;
    for (const brand of desk.packs.brands) {
      const one = await reconcile(desk, execution.ports, brand, opened.settings.reconcileDays);
      if (one.ok) looked.push(one.value);
      else {
        kept = true;
        say(`${brand}: ${why[one.why.kind]}.`);
      }
    }
    const silent = !kept && looked.every(({ findings, unread }) => findings.length + unread.length === 0);
    for (const line of options.json ? [JSON.stringify({ ok: silent, brands: looked })] : reconciledLines(looked)) console.log(line);
    return silent ? 0 : 1;
  } finally {
    await opened.stop();
  }
};
