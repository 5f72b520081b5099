/** Row 20: random commands of everybody at once, against a small model of the design's table of moves. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import pino from 'pino';
import { portsInProcess } from '../../bench/flow/in-process.ts';
import { allPacks, jurisdictions } from '../../policies/index.ts';
import { matchByNumber } from '../../src/desk/match-statement.ts';
import type { Reviewer } from '../../src/desk/review-queue.ts';
import { verifyChain, type Entry } from '../../src/evidence/chain.ts';
import { advance } from '../../src/execution/advance.ts';
import { timedMoves } from '../../src/execution/timed-moves.ts';
import { addStaff } from '../../src/identity/staff.ts';
import { assemble, type Parts } from '../../src/main.ts';
import { openEntries } from '../../src/policy/laws.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { makeDocumentKey, readDocumentKey } from '../../src/signature/document-key.ts';
import type { Taken } from '../../src/store/jobs.ts';
import { sha256 } from '../../src/store/journal.ts';
import { makeSigningKey } from '../../src/vault/signing-key.ts';
import { testDatabase } from '../database.ts';
import { storyStart } from '../harness.ts';
import { freshLines, type FreshLine } from './fresh-lines.ts';
import { commands, onward, type ModelSide, type RealLine, type RealSide } from './model-commands.ts';
import { day, everyMove, hour, type ModelLine, type Mood, type Terms } from './model.ts';
import { bySize, type Row, type Size } from './row.ts';

const terms: Readonly<Record<string, Terms>> = {
  plain: { reviewers: 1, recoverableDays: 7, draftDays: 30 },
  mailed: { reviewers: 0, confirmHours: 72, recoverableDays: 3, draftDays: 10 },
  'four-eyes': { reviewers: 2, confirmHours: 48, recoverableDays: 0, draftDays: 5 },
};
const brands = Object.keys(terms);
/** One that asks for nothing beside its form, in a place without law of its own. */
const packFor = (base: Pack, brand: string, { reviewers, confirmHours, recoverableDays, draftDays }: Terms): Pack => ({
  ...base, brand, recoverableDays, draftDays, review: { ...base.review, reviewers }, confirmation: confirmHours === undefined ? null : { hours: confirmHours },
  identity: { ...base.identity, level: 'basic', documents: [], proofs: [] }, agreements: [], reasons: base.reasons.map((reason) => ({ ...reason, barsAtOnce: false })),
});
/** So often at most something is due at one moment, one thing leading to the next. */
const mostRounds = 200;
const staffSecret = 'seven-hills-desk-lantern';
const staffMail = (brand: string, who: number): string => `reviewer-${who}@${brand}.example`;

const open = async () => {
  const database = await testDatabase();
  let at = storyStart.getTime();
  let mood: Mood = 'well';
  /** What can't be taken back, as it happens at the carrier. */
  const stopped: string[] = [];
  const carrier = portsInProcess();
  const { billing } = carrier.ports;
  const connected = { ...carrier, ports: { ...carrier.ports, billing: { ...billing, stop: async (...[ref, call]: Parameters<typeof billing.stop>) => {
    if (mood === 'refuses') return { kind: 'refused' as const, code: 'not-today', says: 'not today' };
    if (mood === 'away') return { kind: 'unreachable' as const, says: 'nobody answers' };
    stopped.push(ref);
    return billing.stop(ref, call);
  } } } };
  const [base] = allPacks.filter(({ brand }) => brand === 'ultra-purple');
  if (base === undefined) throw new Error('no policy to begin from');
  const packs = brands.map((brand) => packFor(base, brand, terms[brand] as Terms));
  const clock = { now: () => new Date(at) };
  const documentKey = readDocumentKey(makeDocumentKey());
  if (!documentKey.ok) throw new Error(documentKey.why.says);
  const parts: Parts = {
    databaseUrl: database.url, clock, operatorKey: randomBytes(32), signingKey: makeSigningKey(), documentKey: documentKey.value, carrier: undefined as never, production: false,
    publicUrl: () => 'http://127.0.0.1', log: pino({ level: 'silent' }), works: false, packs, jurisdictions: [], connected,
  };
  const { desk, execution, stop } = await assemble(parts);
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  // Of pg-boss only what is due is taken, and by our time: the database's is set to it before anybody looks what is due.
  await owner.query(`create table row_clock (at timestamptz not null); insert into row_clock values ('epoch'); grant select on row_clock to public;
    create or replace function pgboss.job_now() returns timestamp with time zone as $$ select at from public.row_clock $$ language sql stable`);
  const setClock = (): Promise<unknown> => owner.query(`update row_clock set at = $1`, [clock.now()]);
  const staff = new Map<string, Reviewer[]>();
  for (const brand of brands)
    for (const who of [0, 1, 2]) {
      const added = await addStaff(desk.db, desk.vault, clock, { brand, name: `审核员 ${who}`, email: staffMail(brand, who), password: staffSecret, roles: ['reviewer', 'agent'] });
      if (!added.ok) throw new Error(added.why.kind);
      staff.set(brand, [...(staff.get(brand) ?? []), { brand, staffId: added.value.staffId }]);
    }

  const take = async <Name extends 'timer' | 'advance' | 'statements'>(queue: Name): Promise<Taken<Name>[]> =>
    (await owner.query<Taken<Name> & { due: Date }>(`update pgboss.job set state = 'active', started_on = now() where name = $1 and state = 'created' and start_after <= $2 returning id, data, start_after as due`, [queue, clock.now()]))
      .rows.toSorted((one, other) => one.due.getTime() - other.due.getTime());
  const statements = async (): Promise<void> => {
    for (const job of await take('statements')) await matchByNumber(desk, job);
  };
  const timers = async (): Promise<void> => {
    // A worker that keeps up takes together what is due at one moment. (One that was away takes all in a batch, and a case may go past its bar.)
    await setClock();
    for (let [due, rounds] = [await take('timer'), 0]; due.length > 0; due = await take('timer'), rounds++) {
      if (rounds === mostRounds) throw new Error(`I8 these timers come again and again: ${JSON.stringify(due.slice(0, 3))}`);
      for (const batch of Map.groupBy(due, (job) => (job as unknown as { due: Date }).due.getTime()).values()) await timedMoves(execution, batch);
    }
  };
  const work = async (how: Mood): Promise<void> => {
    mood = how;
    await setClock();
    for (let [due, rounds] = [await take('advance'), 0]; due.length > 0; due = await take('advance'), rounds++) {
      if (rounds === mostRounds) throw new Error(`I8 these jobs come again and again: ${JSON.stringify(due.slice(0, 3))}`);
      await advance(execution, due);
    }
  };
  const [entry] = openEntries(jurisdictions, ['DE'], storyStart).filter(({ act }) => act === 'cancel');
  if (entry === undefined) throw new Error('no law lets anybody declare');

  let [planted, begun] = [0, 0];
  const ready = new Map<string, FreshLine[]>();
  /** The subscriber of the first is a reviewer there. */
  const lineOf = async (brand: string): Promise<FreshLine> => {
    const waiting = ready.get(brand) ?? [];
    ready.set(brand, waiting);
    if (waiting.length === 0) {
      waiting.push(...await freshLines(desk, packs.find((one) => one.brand === brand) as Pack, 200, { from: planted, now: storyStart, ...(brand === 'plain' ? { email: staffMail(brand, 2) } : {}) }));
      planted += 200;
    }
    return waiting.pop() as FreshLine;
  };

  const begin = async (): Promise<{ model: ModelSide; real: RealSide }> => {
    at = storyStart.getTime();
    await setClock();
    mood = 'well';
    await owner.query(begun++ % 20 === 0 ? `truncate pgboss.job` : `delete from pgboss.job`); // a delete leaves its rows behind, and each sequence would be slower than the one before
    const lines: RealLine[] = [];
    for (const brand of brands) lines.push({ ...(await lineOf(brand)), staff: staff.get(brand) ?? [], stranger: staff.get(brands[(brands.indexOf(brand) + 1) % brands.length] ?? '')?.[0] as Reviewer });
    const models = brands.map((brand): ModelLine => ({ terms: terms[brand] as Terms, ended: false, cases: [], ...(brand === 'plain' ? { ownerIsStaff: staff.get(brand)?.[2]?.staffId ?? '' } : {}) }));
    return { model: { lines: models }, real: {
      desk, lines, entry, statements, timers, work, now: () => at, pass: (milliseconds) => { at += milliseconds; },
      cases: async () => (await owner.query<{ id: string; lineId: string; number: string | null; state: string; version: number }>(
        `select id, line_id as "lineId", application_number as number, state, version from cancellations where line_id = any($1::uuid[]) order by opened_at, id`, [lines.map(({ lineId }) => lineId)])).rows,
    } };
  };

  /** The invariants of the catalogue, of these lines alone. */
  const holds = async ({ lines }: RealSide, models: ModelSide): Promise<void> => {
    const entries = (await owner.query<Entry>(
      `select j.cancellation_id as "cancellationId", j.brand, entry, at, event, actor, facts, previous, hash from journal j join cancellations c on c.id = j.cancellation_id
       where c.line_id = any($1::uuid[]) order by j.cancellation_id, entry`, [lines.map(({ lineId }) => lineId)])).rows;
    for (const own of Map.groupBy(entries, ({ cancellationId }) => cancellationId).values()) if (!verifyChain(own, sha256).ok) throw new Error('I5 a journal does not verify');
    for (const [index, { billingRef, lineId }] of lines.entries()) {
      const times = stopped.filter((ref) => ref === billingRef).length;
      if (times !== (models.lines[index]?.ended ? 1 : 0)) throw new Error(`I3 line ${index} is ${models.lines[index]?.ended ? 'cancelled' : 'kept'}, and was stopped ${times} times`);
      const [row] = (await owner.query<{ status: string }>(`select status from lines where id = $1`, [lineId])).rows;
      if ((row?.status === 'cancelled') !== models.lines[index]?.ended) throw new Error(`line ${index} stands ${row?.status}`);
    }
    const left = (await owner.query(`select name, state from pgboss.job where name in ('timer', 'advance', 'statements') and (state in ('active', 'retry', 'failed') or (state = 'created' and start_after <= $1))`, [clock.now()])).rows;
    if (left.length > 0) throw new Error(`I8 jobs are left: ${JSON.stringify(left.slice(0, 3))}`);
  };
  return { begin, holds, close: async () => {
    await owner.end();
    await stop();
    await database.drop();
  } };
};

/** Side by side, each with a database, a carrier and a clock of its own: one waits for PostgreSQL while another reckons. */
const lanes = (size: Size): number => (size === 'short' ? 1 : 4);
const who = fc.integer({ min: 0, max: 2 });
/** As a rule the case that was sent last. */
const back = fc.constantFrom(0, 0, 0, 0, 1);
const behind = fc.constantFrom(0, 0, 0, 1, 2);
/** What leads on comes more often, so that a sequence sees more than the first states. */
const anything = [
  ...Array.from({ length: 9 }, () => fc.tuple(who, fc.constantFrom<Mood>('well', 'well', 'refuses', 'away')).map((all) => onward(...all))),
  who.map(commands.apply), who.map(commands.begin), who.map(commands.fill), who.map(commands.discard),
  fc.tuple(who, fc.boolean()).map(([line, agent]) => commands.submit(line, agent)), who.map(commands.state),
  fc.tuple(who, back, who, behind).map((all) => commands.approve(...all)), fc.tuple(who, back, who, behind).map((all) => commands.approve(...all)),
  fc.tuple(who, back, who).map((all) => commands.ask(...all)), fc.tuple(who, back, who).map((all) => commands.refuse(...all)),
  fc.tuple(who, back).map((all) => commands.supply(...all)), fc.tuple(who, back).map((all) => commands.appeal(...all)), fc.tuple(who, back).map((all) => commands.withdraw(...all)),
  fc.tuple(who, back).map((all) => commands.confirm(...all)), fc.tuple(who, back).map((all) => commands.resume(...all)), fc.tuple(who, back).map((all) => commands.strangers(...all)),
  fc.constantFrom(commands.pass(hour, 'an hour'), commands.pass(day, 'a day'), commands.pass(3 * day, 'three days'), commands.pass(8 * day, 'eight days'), commands.pass(31 * day, 'a month')),
  fc.constantFrom(commands.work('well'), commands.work('well'), commands.work('refuses'), commands.work('away')),
];

export const commandSequences: Row = {
  number: '20',
  title: 'random command sequences of subscribers, agents, reviewers, strangers, clock and carrier against a model',
  asserts: 'Desk and model answer alike, every case stands as the table says, and nothing that cannot be taken back happens to a line that is kept.',
  run: async (run) => {
    const { seed, say, size } = run;
    const numRuns = bySize(run, { short: 30, usual: 2000, full: 10_000 });
    const made = new Map<string, number>();
    let sequences = 0;
    const lane = async (place: number): Promise<void> => {
      const stage = await open();
      try {
        await fc.assert(fc.asyncProperty(fc.commands(anything, { maxCommands: 30, size: 'max' }), async (sequence) => {
          const { model, real } = await stage.begin();
          await fc.asyncModelRun(() => ({ model, real }), sequence);
          await commands.work('well').run(model, real); // whatever was due
          await stage.holds(real, model);
          for (const { move } of model.lines.flatMap(({ cases }) => cases.flatMap(({ moves }) => moves))) made.set(move, (made.get(move) ?? 0) + 1);
          if (++sequences % 500 === 0) say(`${sequences} sequences`);
        }), { seed: seed + place, numRuns: Math.ceil(numRuns / lanes(size)) });
      } catch (fault) {
        const { message, cause } = fault as Error;
        throw new Error(`${message}\n${cause instanceof Error ? cause.stack : ''}`, { cause: fault });
      } finally {
        await stage.close();
      }
    };
    await Promise.all(Array.from({ length: lanes(size) }, (_, place) => lane(place)));
    say(`${sequences} sequences; moves made: ${everyMove.map((move) => `${move} ${made.get(move) ?? 0}`).join(', ')}`);
    const never = everyMove.filter((move) => !made.has(move));
    if (size !== 'short' && never.length > 0) throw new Error(`no sequence ever came to: ${never.join(', ')}`);
  },
};
