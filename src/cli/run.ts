/** The commands. Each loads what it needs only when it is called, so that `--help` and `test` start at once. */
import { Argument, Command, CommanderError, Option } from 'commander';
import type { BenchWords } from './bench-command.ts';
import type { assemble, conformance, connect } from '../main.ts';
import { CannotStart } from '../store/cannot-start.ts';
import type { ClientWords } from './api-client-command.ts';
import type { BulkAct, BulkWords } from './bulk-command.ts';
import type { NumbersWords } from './numbers-command.ts';
import type { ConformanceWords } from './conformance-command.ts';
import type { Role } from './start-command.ts';

export type Assemble = typeof assemble;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

type Main = { readonly assemble: Assemble; readonly connect: typeof connect; readonly conformance: typeof conformance };

const program = ({ assemble: assembling, connect: connecting, conformance: conforming }: Main, finish: (status: number) => void): Command => {
  const signoff = new Command('signoff').description('The cancellation desk for mobile lines.').exitOverride();
  const command = (words: string, what: string) => signoff.command(words).description(what);

  const starting = async (role: Role) => finish(await (await import('./start-command.ts')).start(assembling, role, say));
  command('start', 'serve the portal and the console, carry plans out and send notices; with demo data unless SIGNOFF_ENV=production')
    .addOption(new Option('--role <role>', 'web: serve alone; worker: carry out and send alone. Any number of each on one database (DATABASE_URL)').choices(['web', 'worker', 'all']).default('all'))
    .action(({ role }: { role: Role }) => starting(role));
  command('work', 'the same as start --role worker').action(() => starting('worker'));
  command('demo', 'watch one whole cancellation, from sign-in to a verified certificate')
    .option('--brand <id>', 'whose policy; the first one where it is not said')
    .option('--json', 'print one JSON object as the last line', false)
    .action(async (options: { brand?: string; json: boolean }) => finish(await (await import('./demo-command.ts')).demo(assembling, options)));
  command('ledger', 'what stands in the books').command('check').description('do the totals, every entry and every refund agree? 0: yes, 1: no')
    .option('--json', 'print one JSON object', false)
    .action(async (options: { json: boolean }) => finish(await (await import('./ledger-command.ts')).ledgerCheck(assembling, options, say)));
  command('reconcile', 'is every cancelled line silent at the operator? A worker asks every night; this asks now. 0: yes, 1: no')
    .option('--json', 'print one JSON object', false)
    .action(async (options: { json: boolean }) => finish(await (await import('./reconcile-command.ts')).reconcileAll(assembling, options, say)));
  const connectors = command('connectors', 'the peers of the carrier\'s side');
  connectors.command('check').description('does every configured peer answer, and let us in? Changes nothing there. 0: yes, 1: no')
    .option('--json', 'print one JSON object', false)
    .action(async (options: { json: boolean }) => finish(await (await import('./connectors-command.ts')).connectorsCheck(connecting, options, say)));
  connectors.command('conformance').description('does a billing of your own keep every rule of docs/billing.openapi.yaml? Settles and stops a line of a sandbox. 0: yes, 1: no')
    .addArgument(new Argument('<port>', 'which interface').choices(['billing']))
    .option('--url <url>', 'root of the sandbox; SIGNOFF_BILLING_URL where it is not said. The token is SIGNOFF_BILLING_TOKEN')
    .option('--line <ref>', 'an active line of the sandbox with credit')
    .option('--json', 'print one JSON object', false)
    .action(async (_port: string, options: ConformanceWords) => finish(await (await import('./conformance-command.ts')).conformanceOfBilling(conforming, options, say)));
  command('db', 'the database as a whole').command('citus').description('print the statements that spread the tables over a Citus cluster; runs none').action(async () => finish(await (await import('./db-command.ts')).dbCitus()));
  command('doctor', 'is this installation fit for production, and what is to be mended? Changes nothing. 0: yes, 1: no')
    .option('--json', 'print one JSON object', false)
    .action(async (options: { json: boolean }) => finish(await (await import('./doctor-command.ts')).doctor(connecting, options)));
  const numbers = command('numbers', 'what becomes of numbers after their lines');
  const onNumbers = async (what: 'list' | 'show' | 'rnd' | 'return' | 'assign' | 'recall', typed: string, options: NumbersWords) => finish(await (await import('./numbers-command.ts')).numbers(assembling, what, typed, options, say));
  numbers.command('list').description('those that rest or are back in the pool').option('--brand <id>').option('--standing <word>', 'resting, due, overdue or free').option('--json', 'one JSON object a line', false)
    .action((options: NumbersWords) => onNumbers('list', '', options));
  for (const [name, what] of [['show', 'every turn of a number: given out, off, resting until, returned'], ['return', 'back to the pool, not before its day; the worker does it by itself'],
    ['assign', 'given out again'], ['recall', 'while it rests: the disconnect is taken back']] as const)
    numbers.command(`${name} <number>`).description(what).option('--brand <id>', 'where more than one has it').option('--json', 'print one JSON object', false).action((typed: string, options: NumbersWords) => onNumbers(name, typed, options));
  numbers.command('rnd').description('the monthly file for the US Reassigned Numbers Database').requiredOption('--month <YYYY-MM>').option('--company <id>', 'Company ID; SIGNOFF_RND_COMPANY where it is not said').option('--out <file>')
    .action((options: NumbersWords) => onNumbers('rnd', '', options));
  const clients = command('api-client', 'programs that may ask the API');
  const onClients = async (what: 'add' | 'list' | 'revoke', name: string, options: ClientWords) => finish(await (await import('./api-client-command.ts')).apiClient(assembling, what, name, options, say));
  clients.command('add <name>').description('prints its token, once').requiredOption('--brand <id>').option('--scope <scopes...>', 'what it may ask').option('--json', 'print one JSON object', false).action((name: string, options: ClientWords) => onClients('add', name, options));
  clients.command('list').requiredOption('--brand <id>').option('--json', 'print one JSON object', false).action((options: ClientWords) => onClients('list', '', options));
  clients.command('revoke <name>').requiredOption('--brand <id>').action((name: string, options: ClientWords) => onClients('revoke', name, options));
  const bulk = command('bulk', 'many lines ended by one order: a file, a dry run, the release by a second reviewer');
  const onBulk = async (act: BulkAct, named: string, options: BulkWords) => finish(await (await import('./bulk-command.ts')).bulk(assembling, act, named, options, say));
  bulk.command('cancel <file>').description('reads a CSV (columns number or reference, reason, end) or NDJSON, and gives every line its verdict; nothing is done by it').requiredOption('--brand <id>')
    .option('--dry-run', 'look and do nothing').option('--go', 'look; then another reviewer releases it').option('--as <e-mail>', 'your account at the review desk; its password is asked for, or SIGNOFF_STAFF_PASSWORD').option('--json', 'print one JSON object', false)
    .action((file: string, options: BulkWords) => onBulk('cancel', file, options));
  bulk.command('status [order]').description('one order, or the latest').requiredOption('--brand <id>').option('--json', 'one JSON object a line', false).action((order: string | undefined, options: BulkWords) => onBulk('status', order ?? '', options));
  for (const [act, what] of [['release', 'its lines become cases; by another reviewer than who brought the file'], ['pause', 'no further case is opened'], ['resume', 'it goes on'], ['stop', 'for good: what has no case gets none']] as const)
    bulk.command(`${act} <order>`).description(what).requiredOption('--brand <id>').option('--as <e-mail>').option('--json', 'print one JSON object', false).action((order: string, options: BulkWords) => onBulk(act, order, options));
  bulk.command('result <order>').description('every line of the file with what became of it, as CSV').requiredOption('--brand <id>').option('--out <file>').action((order: string, options: BulkWords) => onBulk('result', order, options));
  command('test', 'lint, types and every test; words after it go to vitest').allowUnknownOption().allowExcessArguments()
    .argument('[words...]').action(async (words: string[]) => finish(await (await import('./test-command.ts')).runTests(words)));
  command('test-peers', 'our protocols against programs that we did not write; words after it choose files').allowUnknownOption().allowExcessArguments()
    .argument('[words...]').action(async (words: string[]) => finish(await (await import('./test-command.ts')).runPeers(words)));
  command('test-faults', 'kills, cuts and freezes what runs, and looks at what became of it; words after it choose rows; --seed N, --full').allowUnknownOption().allowExcessArguments()
    .argument('[words...]').action(async (words: string[]) => finish(await (await import('./test-command.ts')).runFaults(words)));
  command('check', 'lint and types').action(async () => finish(await (await import('./test-command.ts')).runChecks()));
  command('sim', 'desk, workers and a simulated carrier under one seeded scheduler: --seeds N, --seed N --trace, --planted').allowUnknownOption().allowExcessArguments()
    .argument('[words...]').action(async (words: string[]) => finish(await (await import('./sim-command.ts')).simulate(words)));
  command('bench', 'what we claim about speed, as ratios to peers and limits of the same run; without names all of it, which takes minutes').argument('[names...]')
    .option('--json <file>', 'write JSON there too, and a picture beside it').option('--full', 'a million waiting cases and lines, not 100,000', false).option('--rounds <count>', 'interleaved rounds; 3 where not said')
    .option('--cases <count>', 'portal: how many are in the database').option('--readme', 'only put the figures of the last whole run into bench/README.md', false)
    .action(async (names: string[], words: BenchWords) => finish(await (await import('./bench-command.ts')).runBench(names, assembling, words)));
  return signoff;
};

/** Resolves to the exit status. What a person can mend is one sentence on stderr; anything else keeps its stack. */
export const run = async (argv: readonly string[], main: Main): Promise<number> => {
  let status = 0;
  const signoff = program(main, (result) => void (status = result));
  if (argv[0] === 'verify' || argv.includes('help') || argv.includes('--help')) signoff.addCommand((await import('./verify-command.ts')).verifyCommand());
  if (argv[0] === 'policy' || argv[0] === 'calendar' || argv.includes('help') || argv.includes('--help')) {
    const { calendarCommand, policyCommand } = await import('./policy-command.ts');
    signoff.addCommand(policyCommand()).addCommand(calendarCommand());
  }
  try {
    await signoff.parseAsync([...argv], { from: 'user' });
    return status !== 0 ? status : Number(process.exitCode ?? 0);
  } catch (fault) {
    if (fault instanceof CommanderError) return fault.exitCode === 0 ? 0 : 2;
    if (!(fault instanceof CannotStart)) throw fault;
    say(fault.message);
    return 1;
  }
};
