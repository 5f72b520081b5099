import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseMsisdn } from '../cancellation/identifiers/msisdn.ts';
import { disconnectReport, reportMade, type CannotReportDisconnects, type DisconnectReport } from '../desk/disconnect-report.ts';
import { assignNumber, listNumbers, recallNumber, returnNumber, showNumber, type CannotHandleNumber } from '../desk/numbers.ts';
import type { Desk } from '../desk/desk.ts';
import { mostRows, rndHead, rndRow } from '../numbers/rnd.ts';
import { tenureStandings } from '../numbers/tenure.ts';
import { openAll } from './open-all.ts';
import type { Assemble } from './run.ts';

/** A mistake that the caller can mend: one sentence, exit status 1. */
class Mistake extends Error {}

export type NumbersWords = { readonly brand?: string; readonly standing?: string; readonly json?: boolean; readonly month?: string; readonly company?: string; readonly out?: string };
type Tools = { readonly desk: Desk; readonly print: (line: string) => void; readonly rndCompany: string | undefined };

const day = (at: Date | undefined): string => at?.toISOString().slice(0, 10) ?? '–';

const brandsOf = ({ packs }: Desk, named: string | undefined): readonly string[] => {
  if (named === undefined) return packs.brands;
  if (!packs.brands.includes(named)) throw new Mistake(`There is no brand ${named}; there are: ${packs.brands.join(', ')}.`);
  return [named];
};

const numberOf = (typed: string): string => {
  const number = parseMsisdn(typed);
  if (!number.ok) throw new Mistake(`${typed} is no number with its country code. Write it as +12025550142.`);
  return number.value;
};

const list = async ({ desk, print }: Tools, { brand, standing, json }: NumbersWords): Promise<number> => {
  const wanted = tenureStandings.filter((one) => one !== 'assigned');
  if (standing !== undefined && !(wanted as readonly string[]).includes(standing)) throw new Mistake(`There is no standing ${standing}; there are: ${wanted.join(', ')}. Numbers that somebody has are not listed.`);
  let count = 0;
  for (const one of brandsOf(desk, brand)) {
    for await (const number of listNumbers(desk, one)) {
      if (standing !== undefined && number.standing !== standing) continue;
      count += 1;
      print(json ? JSON.stringify({ brand: one, ...number })
        : `${one.padEnd(14)} ${number.number.padEnd(16)} ${number.standing.padEnd(8)} ${number.kind.padEnd(14)} off ${day(number.disconnectedAt)}, free from ${number.freeFrom}${number.returnBy === undefined ? '' : `, back by ${day(number.returnBy)}`}, given out ${number.turns}×`);
    }
  }
  if (!json) print(count === 0 ? 'No number rests or is free.' : `${count} ${count === 1 ? 'number' : 'numbers'}`);
  return 0;
};

/** The one brand that has the number, or the one that was named. */
const brandWith = async (desk: Desk, number: string, named: string | undefined): Promise<string> => {
  const having: string[] = [];
  for (const brand of brandsOf(desk, named)) if ((await showNumber(desk, brand, number)).length > 0) having.push(brand);
  const [one, other] = having;
  if (one === undefined) throw new Mistake(`${number} was never a number of ${named ?? 'any brand here'}.`);
  if (other !== undefined) throw new Mistake(`${number} is known to ${having.join(' and ')}. Say which with --brand.`);
  return one;
};

const show = async ({ desk, print }: Tools, typed: string, { brand, json }: NumbersWords): Promise<number> => {
  const number = numberOf(typed);
  const at = await brandWith(desk, number, brand);
  const turns = await showNumber(desk, at, number);
  if (json) print(JSON.stringify({ brand: at, number, turns }));
  else {
    print(`${number}, ${at}, given out ${turns.length}×`);
    for (const turn of turns) print(`${String(turn.turn).padStart(3)}. ${turn.standing.padEnd(8)} ${turn.kind.padEnd(14)} given out ${day(turn.assignedAt)}${turn.recalledAt === undefined ? '' : `, recalled ${day(turn.recalledAt)}`}${turn.disconnectedAt === undefined ? '' : `, off ${day(turn.disconnectedAt)}, free from ${turn.freeFrom}`}${turn.returnBy === undefined ? '' : `, back by ${day(turn.returnBy)}`}${turn.returnedAt === undefined ? '' : `, returned ${day(turn.returnedAt)}`}`);
  }
  return 0;
};

const inWords = (why: CannotHandleNumber, number: string): string => {
  switch (why.kind) {
    case 'never-ours': return `${number} was never a number of this brand.`;
    case 'somebody-has-it': return `${number} is given out: nobody ended its line here.`;
    case 'in-the-pool': return `${number} is back in the pool already.`;
    case 'not-returned': return `${number} has rested for long enough and is not back in the pool yet. First: signoff numbers return ${number}`;
    case 'line-still-sounds': return `The line that had ${number} was found not to be silent. Mend that first: it stands in the console under “After the end”.`;
    case 'rests': return `${number} rests: nobody else may get it before ${why.freeFrom}.`;
  }
};

const acts = { return: [returnNumber, 'is back in the pool'], assign: [assignNumber, 'is given out again; the next line with it begins its new turn'], recall: [recallNumber, 'is with whoever had it, as if it had not been disconnected'] } as const;
export type NumberAct = keyof typeof acts;

const act = async ({ desk, print }: Tools, which: NumberAct, typed: string, { brand }: NumbersWords): Promise<number> => {
  const number = numberOf(typed);
  const [handle, done] = acts[which];
  const result = await handle(desk, await brandWith(desk, number, brand), number);
  if (!result.ok) throw new Mistake(inWords(result.why, number));
  print(`${number} ${done}.`);
  return 0;
};

const whyNot = (why: CannotReportDisconnects): string => {
  switch (why.kind) {
    case 'not-a-month': return `“${why.typed}” is no month. Write it as --month 2026-11.`;
    case 'not-over': return `${why.month} is not over: it ends at ${why.until.toISOString()} (midnight in ${why.zone}). Ask again then.`;
    case 'no-company': return 'Nothing says under which Company ID the operator is registered at reassigned.us. Set SIGNOFF_RND_COMPANY, or say it with --company.';
    case 'not-a-company': return `“${why.typed}” is no Company ID: three to ten letters and digits, as registered at reassigned.us.`;
    case 'no-law': return 'No policy has numbers of a plan whose law asks for this file. A policy says so with numbersOf: \'US\'.';
    case 'too-many': return `${why.rows} numbers: one file takes ${mostRows}. Hand them in by batches at reassigned.us.`;
  }
};

function* linesOf({ company, rows }: DisconnectReport): Generator<string> {
  yield `${rndHead}\n`;
  for (const row of rows) yield `${rndRow(company, row)}\n`;
}

/** Readable by its owner alone, and never half there. */
export const writeReport = async (report: DisconnectReport, file: string): Promise<void> => {
  const part = `${file}.part`;
  await rm(part, { force: true });
  await pipeline(Readable.from(linesOf(report)), createWriteStream(part, { mode: 0o600, flags: 'wx' }));
  await rename(part, file);
};

const rnd = async ({ desk, print, rndCompany }: Tools, { month = '', company, out }: NumbersWords): Promise<number> => {
  const report = await disconnectReport(desk, 'rnd', { month, company: company ?? rndCompany });
  if (!report.ok) throw new Mistake(whyNot(report.why));
  const { rows, leftOut, byDay, month: { name, until } } = report.value;
  if (leftOut > 0) print(`${leftOut} ${leftOut === 1 ? 'number is' : 'numbers are'} not in it: not geographic numbers of that plan.`);
  if (rows.length === 0) {
    await reportMade(desk, 'rnd', report.value);
    print(`No number was disconnected for good in ${name}. There is no file; say so at reassigned.us by the ${byDay}th.`);
    return 0;
  }
  const file = resolve(out ?? `rnd-${report.value.company}-${name}.csv`);
  await writeReport(report.value, file);
  await reportMade(desk, 'rnd', report.value);
  print(`${file}: ${rows.length} ${rows.length === 1 ? 'number' : 'numbers'} disconnected for good in ${name}; due at reassigned.us by ${until.toISOString().slice(0, 7)}-${String(byDay).padStart(2, '0')}.`);
  return 0;
};

/** `what`: the words after `numbers`. */
export const numbers = async (assemble: Assemble, what: 'list' | 'show' | 'rnd' | NumberAct, typed: string, words: NumbersWords, say: (text: string) => void, print: (line: string) => void = (line) => console.log(line)): Promise<number> => {
  const opened = await openAll(assemble, { say, works: false, plants: true, publicUrl: ({ host, port }) => `http://${host}:${port}` });
  try {
    return await handle({ desk: opened.signoff.desk, print, rndCompany: opened.settings.rndCompany }, what, typed, words);
  } catch (fault) {
    if (!(fault instanceof Mistake)) throw fault;
    say(fault.message);
    return 1;
  } finally {
    await opened.stop();
  }
};

const handle = (tools: Tools, what: 'list' | 'show' | 'rnd' | NumberAct, typed: string, words: NumbersWords): Promise<number> => {
  switch (what) {
    case 'list': return list(tools, words);
    case 'show': return show(tools, typed, words);
    case 'rnd': return rnd(tools, words);
    default: return act(tools, what, typed, words);
  }
};

/** The same on a desk that is open already. Resolves to what is printed, or to the sentence that says what to do. */
export const numbersOn = async (desk: Desk, what: 'list' | 'show' | 'rnd' | NumberAct, typed: string, words: NumbersWords, rndCompany?: string): Promise<{ readonly status: number; readonly lines: readonly string[] }> => {
  const lines: string[] = [];
  try {
    return { status: await handle({ desk, print: (line) => void lines.push(line), rndCompany }, what, typed, words), lines };
  } catch (fault) {
    if (!(fault instanceof Mistake)) throw fault;
    return { status: 1, lines: [fault.message] };
  }
};
