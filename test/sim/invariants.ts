/** I1 to I8 of the fault catalogue, held against what is committed and against the carrier's own ledger of effects. */
import { lifeCycle, moveNames, irrevocableStates, type State } from '../../src/cancellation/life-cycle.ts';
import type { CardReport } from '../../src/cancellation/esim-removal.ts';
import { verifyChain, type Entry } from '../../src/evidence/chain.ts';
import { sha256 } from '../../src/store/journal.ts';
import { restOfThings } from './at-rest.ts';
import type { Carrier, Effect, SimLine } from './carrier.ts';
import { irreversible } from './carrier.ts';
import type { Postgres } from './postgres.ts';
import { nothingSeen, type Seen, type SeenCase } from './state-of-things.ts';
import type { World } from './world.ts';

const isBeyondReturn = (state: State | undefined): boolean => (irrevocableStates as readonly (State | undefined)[]).includes(state);

/** Where `count` moves lead from here. */
const reachable = (from: State, count: number): Set<State> => {
  let states = new Set<State>([from]);
  for (let move = 0; move < count; move++)
    states = new Set(moveNames.filter((name) => (lifeCycle[name].from as readonly State[]).some((state) => states.has(state))).map((name) => lifeCycle[name].to));
  return states;
};

export type PlacedLine = SimLine & { readonly id: string; readonly brand: string };

export class Invariants {
  seen: Seen = nothingSeen;
  /** Application numbers that somebody was told, and of which withdrawal was accepted. */
  readonly acknowledged = new Set<string>();
  readonly withdrawn = new Set<string>();
  readonly alarmed = new Set<string>();
  /** Orders, statements and what cards reported, that somebody was told are on record. */
  readonly orders = new Set<string>();
  readonly declared = new Set<string>();
  readonly reported = new Map<string, readonly CardReport[]>();
  readonly #intended = new Set<string>();
  readonly #world: World;
  readonly #carrier: Carrier;
  readonly #lines: readonly PlacedLine[];

  constructor(world: World, carrier: Carrier, lines: readonly PlacedLine[]) {
    this.#world = world;
    this.#carrier = carrier;
    this.#lines = lines;
    carrier.judge = (effect) => this.#effect(effect);
  }

  /** After each commit. */
  check(now: Seen): void {
    const before = new Map(this.seen.cases.map((one) => [one.id, one]));
    const violate = (invariant: string, says: string): void => this.#world.violate(invariant, says);
    for (const one of now.cases) {
      const was = before.get(one.id);
      before.delete(one.id);
      if (one.moves !== one.version) violate('I5', `${one.version} moves were made and ${one.moves} stand in the journal (${one.state})`);
      if (one.certified !== (one.state === 'cancelled' || one.state === 'erased')) violate('I4', `${one.certified ? 'a certificate' : 'no certificate'} of a case that is ${one.state}`);
      if (one.certified && was?.certified !== true) this.#certified(one);
      if (was === undefined) continue;
      if (one.version < was.version || one.entries < was.entries || one.fence < was.fence) violate('I1', `version, journal or fence went back: ${JSON.stringify(was)} ${JSON.stringify(one)}`);
      else if (!reachable(was.state, one.version - was.version).has(one.state)) violate('I1', `from ${was.state} to ${one.state} in ${one.version - was.version} moves`);
    }
    for (const gone of before.values()) if (gone.state !== 'draft') violate('I1', `a case that was ${gone.state} is gone`);
    const numbers = new Set(now.cases.map(({ number }) => number));
    for (const number of this.acknowledged) if (!numbers.has(number)) violate('I1', `${number} was acknowledged and is not there`);
    for (const step of now.steps) {
      if (step.key !== null && step.state === 'intended') this.#intended.add(step.key);
      if (step.name !== 'bar-line' && step.name !== 'freeze-line' && step.done > 1 + step.mends) violate('I5', `${step.name} was recorded as done ${step.done} times`);
      if (step.state === 'done' && step.done === 0) violate('I5', `${step.name} is done and its journal does not say so`);
      if ((step.state === 'refused' || step.state === 'stalled') && !this.alarmed.has(step.case)) violate('I2', `${step.name} is ${step.state} and nobody was called`);
    }
    this.seen = now;
  }

  #caseOf(key: string): SeenCase | undefined {
    return this.seen.cases.find((one) => key.startsWith(one.id));
  }

  /** As it happens at the carrier. */
  #effect(effect: Effect): void {
    if (effect.effect === 'paid') return;
    const one = this.#caseOf(effect.key);
    const intent = [...this.#intended].find((key) => effect.key === key || effect.key.startsWith(`${key}:`));
    if (one === undefined || intent === undefined) return this.#world.violate('I4', `${effect.effect} of ${effect.subject}, and no committed intent has its key ${effect.key}`);
    if (!irreversible.has(effect.effect)) return;
    if (!isBeyondReturn(one.state)) return this.#world.violate('I3', `${effect.effect} of ${effect.subject} while the case is ${one.state}`);
    if (one.effective !== null && effect.at < one.effective) return this.#world.violate('I3', `${effect.effect} of ${effect.subject} before its time`);
    if (this.#carrier.effects.filter((other) => other.effect === effect.effect && other.subject === effect.subject && this.#caseOf(other.key) === one).length > 1 + (this.#carrier.broughtBack.get(`${effect.effect} ${effect.subject}`) ?? 0))
      this.#world.violate('I3', `${effect.effect} of ${effect.subject} happened twice`);
  }

  /** A certificate says what is so. */
  #certified(one: SeenCase): void {
    const line = this.#lines.find(({ id }) => id === one.line);
    if (line === undefined) return;
    const missing = [
      ...(this.#carrier.registers.has(line.imsi) ? ['it is in the home register'] : []),
      ...(this.#carrier.billed.get(line.ref)?.stoppedAt === undefined ? ['it is billed'] : []),
      ...(this.#carrier.orders.get(line.iccid) === 'released' ? ['its profile can be downloaded'] : []),
      ...((this.#carrier.services.get(line.ref) ?? []).length > 0 ? ['services run on'] : []),
      ...(!one.settles || this.#carrier.effects.some(({ effect, key }) => effect === 'settled' && key.startsWith(one.id)) ? [] : ['it was never settled']),
    ];
    if (missing.length > 0) this.#world.violate('I4', `a certificate was issued for ${line.ref}, and ${missing.join(', ')}`);
  }

  /** When faults have stopped and everything has come to rest. */
  async atRest(postgres: Postgres): Promise<void> {
    const violate = (invariant: string, says: string): void => this.#world.violate(invariant, says);
    const closed = new Set<State>(['cancelled', 'withdrawn', 'refused', 'lapsed', 'erased']);
    for (const one of this.seen.cases) {
      if (!closed.has(one.state)) violate('I2', `${one.number ?? one.id} has come to rest as ${one.state}`);
      if (one.leased) violate('I8', `${one.number ?? one.id} is still under a lease`);
    }
    for (const number of this.withdrawn) {
      const one = this.seen.cases.find((other) => other.number === number);
      if (one?.state !== 'withdrawn') violate('I3', `the withdrawal of ${number} was accepted, and it is ${one?.state}`);
    }
    for (const step of this.seen.steps) if (step.state === 'intended') violate('I2', `${step.name}${step.undo ? ' (undo)' : ''} is still open`);
    if ([...this.seen.due].some(([queue, at]) => queue !== 'timer' && (queue !== 'statements' || at <= this.#world.now)) || this.seen.active > 0) violate('I8', `jobs are left: ${[...this.seen.due.keys()].join(', ')} ${this.seen.active} active`);
    if (this.seen.dead > 0) violate('I8', `${this.seen.dead} jobs were given up`);
    if (this.seen.unsent.length > 0) violate('I2', `notices were never sent: ${this.seen.unsent.join('; ')}`);
    await restOfThings(this.#world, postgres, this.seen, this.#lines, this.#carrier, this);
    await this.#linesAreAsTold(postgres);
    await this.#chains(postgres);
    await this.#books(postgres);
  }

  async #linesAreAsTold(postgres: Postgres): Promise<void> {
    const { rows } = await postgres.driver.query<{ id: string; status: string }>(`select id, status from lines`);
    for (const line of this.#lines) {
      const status = rows.find(({ id }) => id === line.id)?.status;
      const ended = this.seen.cases.some((one) => one.line === line.id && one.state === 'cancelled');
      const register = this.#carrier.registers.get(line.imsi);
      if (ended ? status !== 'cancelled' : status !== 'active') this.#world.violate('I2', `${line.ref} is ${status} here, and ${ended ? 'was cancelled' : 'stays'}`);
      if (!ended && register?.circuitSwitched !== true) this.#world.violate('I2', `${line.ref} stays, and is barred at the home register`);
      if (!ended && this.#carrier.billed.get(line.ref)?.stoppedAt !== undefined) this.#world.violate('I3', `${line.ref} stays, and is not billed any more`);
    }
  }

  async #chains(postgres: Postgres): Promise<void> {
    const { rows } = await postgres.driver.query<Entry & { at: Date }>(
      `select cancellation_id as "cancellationId", brand, entry, at, event, actor, facts, previous, hash from journal order by cancellation_id, entry`);
    for (const [id, entries] of Map.groupBy(rows, (row) => row.cancellationId)) {
      const { rows: [certificate] } = await postgres.driver.query<{ statement: string }>(`select statement from certificates where cancellation_id = $1`, [id]);
      const anchor = certificate === undefined ? undefined : (JSON.parse(Buffer.from(certificate.statement.split('.')[1] ?? '', 'base64url').toString()) as { journal: { entries: number; head: string } }).journal;
      const whole = verifyChain(entries, sha256, anchor);
      if (!whole.ok) this.#world.violate('I5', `the journal of ${id} does not verify: ${JSON.stringify(whole.why)}`);
    }
  }

  /** What our books say was settled and paid back is what the carrier has, each once. */
  async #books(postgres: Postgres): Promise<void> {
    const { rows } = await postgres.driver.query<{ what: string; found: number }>(
      `select 'entries that do not balance' as what, count(*)::int as found from (select entry_id from ledger_postings group by entry_id, currency having sum(amount_minor) <> 0) e
       union all select 'lines whose credit the books do not know', count(*)::int from lines where credit_minor <> credit_in_ledger(id)
       union all select 'refunds owed or on their way', count(*)::int from refunds where state not in ('sent', 'done')
       union all select 'cases settled more than once', count(*)::int from (select cancellation_id from ledger_entries where cause = 'settled' group by cancellation_id having count(*) > 1) e
       union all select 'cancelled lines with credit', count(*)::int from lines where status = 'cancelled' and credit_minor <> 0
       union all select 'lines on which something is owed to nobody', count(*)::int from (select l.id from lines l left join ledger_postings p on p.line_id = l.id and p.account = 'receivable'
         group by l.id having coalesce(sum(p.amount_minor), 0) <> coalesce((select sum(amount_minor) from bills b where b.line_id = l.id and b.paid_at is null), 0)) r
       union all select 'refunds here', count(*)::int from refunds`);
    const found = new Map(rows.map((row) => [row.what, row.found]));
    for (const [what, count] of found) if (what !== 'refunds here' && count > 0) this.#world.violate('I3', `${count} ${what}`);
    const refunded = this.#carrier.effects.filter(({ effect }) => effect === 'refunded').length;
    if (refunded !== found.get('refunds here')) this.#world.violate('I3', `${refunded} refunds were paid, and ${found.get('refunds here')} stand in our books`);
  }
}
