/** `signoff bulk …`: many lines ended by one order. Whoever acts signs in with their own account of the review desk: two people are two here too. */
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BulkPerson } from '../cancellation/bulk-order.ts';
import { checkAll, type BulkTools } from '../desk/bulk/carry-on.ts';
import { fileInWords, refusalInWords } from '../desk/bulk/in-words.ts';
import { casesOf, linesOf, pause, release, resume, seeOrder, seeOrders, stop, type BulkView, type CannotChangeOrder } from '../desk/bulk/order.ts';
import { resultOf } from '../desk/bulk/result.ts';
import { takeFile, type BulkWho } from '../desk/bulk/take-file.ts';
import type { Desk } from '../desk/desk.ts';
import { endSession, staffOf } from '../identity/sessions.ts';
import { staffSignIn } from '../identity/sign-in.ts';
import { openAll } from './open-all.ts';
import type { Assemble } from './run.ts';
import { terminalLanguage } from './terminal-language.ts';

/** A mistake that the caller can mend: one sentence, exit status 1. */
class Mistake extends Error {}

export type BulkWords = { readonly brand: string; readonly dryRun?: boolean; readonly go?: boolean; readonly as?: string; readonly json?: boolean; readonly out?: string };
export type BulkAct = 'cancel' | 'status' | 'release' | 'pause' | 'resume' | 'stop' | 'result';
type Tools = { readonly desk: Desk; readonly tools: BulkTools; readonly print: (line: string) => void; readonly say: (text: string) => void; /** Asked where SIGNOFF_STAFF_PASSWORD is not set. */ readonly password: () => Promise<string> };

const nobody: BulkPerson = 'staff:00000000-0000-4000-8000-000000000000';
const language = terminalLanguage(process.env);

/** A reviewer of this brand, who has just said the password. */
const signedIn = async ({ desk: { db, vault, clock }, password }: Tools, { brand, as: email }: BulkWords): Promise<BulkWho> => {
  if (email === undefined) throw new Mistake('Say who you are with --as and the e-mail of your account at the review desk.');
  const signed = await staffSignIn(db, vault, clock, { brand, email, password: await password(), from: 'terminal' });
  if (!signed.ok) throw new Mistake(signed.why.kind === 'wait' ? `Too many tries. Try again in ${signed.why.seconds} seconds.` : 'E-mail or password is wrong.');
  const session = await staffOf(db, brand, signed.value.token, clock.now());
  await db.inBrand(brand, (tx) => endSession(tx, signed.value.token));
  if (!session.ok || !session.value.roles.includes('reviewer')) throw new Mistake('Only reviewers act on orders of many lines.');
  return { brand, person: `staff:${session.value.staffId}` };
};

const lasting = (seconds: number): string => (seconds < 90 ? `${seconds} s` : seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`);
const shown = (view: BulkView, cases: ReadonlyMap<string, number>): string[] => [
  `${view.orderId}  ${view.state}${view.state === 'checking' ? ` ${Math.round(view.share * 100)} %` : ''}`,
  `  ${view.lines} lines, ${view.eligible} can be cancelled; ${view.opened} opened, ${view.dropped} left out when their turn came, ${view.left} to come${view.secondsLeft === undefined ? '' : `, about ${lasting(view.secondsLeft)} left`}`,
  ...view.refused.map(({ why, count }) => `  ${String(count).padStart(8)}  ${refusalInWords(language, { why, detail: '…' })} (${why})`),
  ...[...cases].map(([state, count]) => `  ${String(count).padStart(8)}  cases ${state}`),
];

const show = async ({ desk, print }: Tools, who: BulkWho, orderId: string, { json }: BulkWords): Promise<number> => {
  const view = await seeOrder(desk, who, orderId);
  if (view === undefined) throw new Mistake(`${who.brand} has no order ${orderId}.`);
  const cases = await casesOf(desk, who, orderId);
  if (json) print(JSON.stringify({ ...view, cases: Object.fromEntries(cases) }));
  else for (const line of shown(view, cases)) print(line);
  return 0;
};

/** The first refused lines, so that a mistake in the whole file is seen at once. */
const firstRefused = 20;

const cancel = async (all: Tools, file: string, words: BulkWords): Promise<number> => {
  const { desk, tools, print, say } = all;
  if ((words.dryRun === true) === (words.go === true)) throw new Mistake('Say --dry-run to look and do nothing, or --go to have it released by another person.');
  const handle = await open(file).catch((fault: { code?: string }) => { throw new Mistake(`${file} can't be read (${fault.code ?? 'unknown'}).`); });
  const who = await signedIn(all, words).catch(async (fault: unknown) => { await handle.close(); throw fault; });
  const taken = await takeFile(desk, who, 'bulk', createReadStream(file, { fd: handle }), 'caller');
  if (!taken.ok) throw new Mistake(`${file}: ${fileInWords(language, taken.why)}.`);
  const { orderId } = taken.value;
  let told = -1;
  await checkAll(tools, who.brand, orderId, (read, parts) => {
    const share = Math.floor((read * 10) / parts);
    if (share !== told) say(`${share * 10} % checked`);
    told = share;
  });
  const bad = (await linesOf(desk, who, orderId, 0, firstRefused, 'refused'));
  if (!words.json) for (const line of bad) print(`${file}:${line.line}: ${refusalInWords(language, line)}`);
  if (words.dryRun) await stop(desk, who, orderId);
  await show(all, who, orderId, words);
  say(words.dryRun ? 'Nothing was done. `signoff bulk result` has every line.' : `Nothing was done yet. Another reviewer releases it: signoff bulk release ${orderId} --brand ${who.brand} --as E-MAIL`);
  return 0;
};

const whyNot = (why: CannotChangeOrder, orderId: string): string => {
  switch (why.kind) {
    case 'not-found': return `There is no order ${orderId}.`;
    case 'wrong-state': return `It is ${why.state}, so there is nothing to ${why.move}.`;
    case 'same-person': return 'You brought the file; another reviewer releases it.';
    case 'nothing-eligible': return 'No line of it can be cancelled.';
  }
};

/** @throws Mistake */
export const bulkOn = async (all: Tools, act: BulkAct, named: string, words: BulkWords): Promise<number> => {
  const { desk, print } = all;
  if (!desk.packs.brands.includes(words.brand)) throw new Mistake(`There is no brand ${words.brand}; there are: ${desk.packs.brands.join(', ')}.`);
  const looking: BulkWho = { brand: words.brand, person: nobody };
  switch (act) {
    case 'cancel':
      return cancel(all, named, words);
    case 'status':
      if (named !== '') return show(all, looking, named, words);
      for (const view of await seeOrders(desk, looking)) print(words.json ? JSON.stringify(view) : `${view.orderId}  ${view.state.padEnd(9)} ${String(view.lines).padStart(8)} lines  ${String(view.opened).padStart(8)} opened  ${view.uploaded.at.toISOString().slice(0, 16)}  ${view.uploaded.name ?? view.uploaded.person}`);
      return 0;
    case 'result': {
      if ((await seeOrder(desk, looking, named)) === undefined) throw new Mistake(`${words.brand} has no order ${named}.`);
      const out = words.out === undefined ? new Writable({ write: (chunk: Buffer, _, done) => { process.stdout.write(chunk, done); } }) : createWriteStream(words.out);
      await pipeline(Readable.from(resultOf(desk, looking, named, language)), out);
      return 0;
    }
    case 'release':
    case 'pause':
    case 'resume':
    case 'stop': {
      const who = await signedIn(all, words);
      const done = await { release, pause, resume, stop }[act](desk, who, named);
      if (!done.ok) throw new Mistake(whyNot(done.why, named));
      return show(all, who, named, words);
    }
  }
};

const passwordFromTerminal = async (): Promise<string> => {
  const given = process.env['SIGNOFF_STAFF_PASSWORD'];
  if (given !== undefined) return given;
  if (!process.stdin.isTTY) throw new Mistake('There is no terminal to type a password at. Give it as SIGNOFF_STAFF_PASSWORD.');
  const muted = new Writable({ write: (_, __, done) => done() });
  process.stderr.write('Password: ');
  const typing = createInterface({ input: process.stdin, output: muted, terminal: true });
  const typed = await typing.question('');
  typing.close();
  process.stderr.write('\n');
  return typed;
};

export const bulk = async (assemble: Assemble, act: BulkAct, named: string, words: BulkWords, say: (text: string) => void): Promise<number> => {
  const opened = await openAll(assemble, { say, works: false, plants: true, publicUrl: ({ host, port }) => `http://${host}:${port}` });
  try {
    const { desk, execution } = opened.signoff;
    return await bulkOn({ desk, tools: execution, print: (line) => console.log(line), say, password: passwordFromTerminal }, act, named, words);
  } catch (fault) {
    if (!(fault instanceof Mistake)) throw fault;
    say(fault.message);
    return 1;
  } finally {
    await opened.stop();
  }
};
