/** `signoff test-faults [rows…] [--seed N] [--full]` */
import { parseArgs } from 'node:util';
import { runStoriesOn } from '../database.ts';
import { lastLine, runRows } from './frame.ts';
import { openFaultServer } from './fault-server.ts';
import { rows } from './rows.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' }, full: { type: 'boolean', default: false }, short: { type: 'boolean', default: false } } });
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const unknown = positionals.filter((number) => !rows.some((row) => row.number === number));
if (unknown.length > 0) {
  say(`There is no row ${unknown.join(', ')}. There are: ${rows.map(({ number }) => number).join(' ')}.`);
  process.exit(2);
}
const chosen = rows.filter(({ number }) => positionals.length === 0 || positionals.includes(number));
const server = await openFaultServer({ durable: false });
// Ended from outside, its server does not stay behind.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.stop().finally(() => process.exit(1)));
let count = { cases: 0, failed: 0 };
try {
  runStoriesOn(server);
  count = await runRows(chosen, { ...(values.seed === undefined ? {} : { seed: Number(values.seed) }), size: values.full ? 'full' : values.short ? 'short' : 'usual', say });
} finally {
  await server.stop();
}
console.log(lastLine(count));
process.exit(count.failed === 0 && count.cases > 0 ? 0 : 1);
