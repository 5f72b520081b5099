/** The connections of one process: each statement is a point of the scheduler, and each can lose its connection before it or after it. */
import type { Connection, Connections, Db, Tx } from '../../src/store/db.ts';
import type { Backend, Postgres } from './postgres.ts';
import type { Answer, Statements } from './statements.ts';
import { Injected, type Owner, type World } from './world.ts';

const lost = (): Error => new Injected('Connection terminated unexpectedly');
const short = (sql: string): string => sql.replace(/\s+/g, ' ').trim().slice(0, 70);
const writes = /\b(insert into|update (?!of\b|skip\b)[a-z]|delete from)/i;

export type Ways = {
  readonly world: World;
  readonly postgres: Postgres;
  readonly statements: Statements;
  /** How likely a statement loses its connection. */
  readonly loss: number;
  /** After something was committed. */
  readonly committed: () => Promise<void>;
};

export class Line implements Connection {
  readonly #ways: Ways;
  readonly #who: Owner;
  readonly #giveUp: (line: Line, broken: boolean) => void;
  readonly backend: Backend;
  #broken = false;
  #begun = false;
  #wrote = false;

  constructor(ways: Ways, who: Owner, backend: Backend, giveUp: (line: Line, broken: boolean) => void) {
    this.#ways = ways;
    this.#who = who;
    this.backend = backend;
    this.#giveUp = giveUp;
  }

  query(sql: string, values?: unknown[]): Promise<Answer> {
    const { world } = this.#ways;
    return new Promise<Answer>((resolve, reject) => {
      const answer = (given: Promise<Answer>): void => {
        // The reply, too, comes when the scheduler says so.
        void world.wait(this.#who, `reply to ${short(sql)}`, () => given.then((rows) => this.#looked(rows))).then(resolve, reject);
      };
      world.add({ owner: this.#who, what: short(sql), at: world.now, run: async () => {
        try {
          const given = await this.#send(sql, values, answer);
          if (given !== 'waits' && this.#who.alive) resolve(given);
        } catch (error) {
          if (this.#who.alive) reject(error instanceof Error ? error : new Error(String(error)));
        }
      } });
    });
  }

  async #send(sql: string, values: unknown[] | undefined, over: (answer: Promise<Answer>) => void): Promise<Answer | 'waits'> {
    const { world, statements, loss } = this.#ways;
    if (this.#broken) throw lost();
    if (/^begin/i.test(sql)) this.#begun = true;
    if (writes.test(sql)) this.#wrote = true;
    const ends = /^(commit|rollback)$/.test(sql);
    if (sql !== 'rollback' && world.fault(loss)) return this.#lose(sql, values);
    const answer = await statements.run(this.backend, sql, values, over);
    if (answer === 'waits') {
      world.note(`${this.#who.name}: waits for a lock`);
      return answer;
    }
    if (ends) this.#begun = false;
    if (ends || !this.#begun) await this.#settled(sql !== 'rollback');
    return this.#looked(answer);
  }

  /** The link is cut: before the statement came there, or after it was carried out and before its reply. */
  async #lose(sql: string, values: unknown[] | undefined): Promise<never> {
    const { world, statements } = this.#ways;
    this.#broken = true;
    const arrives = world.random.chance(0.5) && (sql === 'commit' || !this.#begun);
    world.note(`${this.#who.name}: the connection is lost ${arrives ? 'after' : 'before'} ${short(sql)}`);
    if (arrives) {
      const answer = await statements.run(this.backend, sql, values, () => undefined);
      if (answer === 'waits') await statements.cancel(this.backend);
    } else await this.backend.client.query('rollback');
    this.#begun = false;
    await this.#settled(arrives);
    throw lost();
  }

  async #settled(committed: boolean): Promise<void> {
    if (this.#ways.statements.anyWaiting) await this.#ways.statements.goOn();
    if (committed && this.#wrote) await this.#ways.committed();
    this.#wrote = false;
  }

  #looked(answer: Answer): Answer {
    this.#ways.world.note(`  ${answer.rows === undefined ? '' : `${answer.rows.length} rows`}`);
    return answer;
  }

  release(broken?: Error | boolean): void {
    this.#giveUp(this, this.#broken || Boolean(broken));
  }

  /** Its process is gone, or it stood still for too long with a transaction open. */
  async cut(): Promise<void> {
    this.#broken = true;
    this.#begun = false;
    await this.#ways.statements.cancel(this.backend);
    await this.backend.client.query('rollback');
  }
}

/** Nothing of another brand may come into a brand's transaction, whatever was asked for. */
export const watched = (db: Db, world: World): Db => ({
  ...db,
  inBrand: (brand, work) => db.inBrand(brand, (tx) => work({ ...tx, query: async <Row extends object>(...given: Parameters<Tx['query']>) => {
    const rows = await tx.query<Row>(...given);
    const foreign = rows.find((row) => 'brand' in row && row.brand !== brand);
    if (foreign !== undefined) world.violate('I7', `a transaction of ${brand} saw a row of ${String((foreign as { brand?: unknown }).brand)}: ${short(given[0])}`);
    return rows;
  } })),
});

export class Pool implements Connections {
  readonly #ways: Ways;
  readonly #who: Owner;
  readonly #idle: Line[] = [];
  readonly #used = new Set<Line>();
  #given: Promise<void> = Promise.resolve();

  constructor(ways: Ways, who: Owner) {
    this.#ways = ways;
    this.#who = who;
  }

  async connect(): Promise<Line> {
    const idle = this.#idle.pop();
    if (idle !== undefined) {
      this.#used.add(idle);
      return idle;
    }
    return this.#ways.world.wait(this.#who, 'connect', async () => {
      await this.#given;
      const line = new Line(this.#ways, this.#who, await this.#ways.postgres.take(), (one, broken) => {
        this.#used.delete(one);
        if (broken) this.#given = this.#given.then(() => this.#ways.postgres.giveBack(one.backend));
        else this.#idle.push(one);
      });
      this.#used.add(line);
      return line;
    });
  }

  /** What stands idle within a transaction loses its connection. */
  async endIdle(): Promise<void> {
    for (const line of this.#used) await line.cut();
    if (this.#ways.statements.anyWaiting) await this.#ways.statements.goOn();
  }

  async end(): Promise<void> {
    const lines = [...this.#used, ...this.#idle];
    for (const line of lines) await line.cut();
    await this.#given;
    for (const line of lines) await this.#ways.postgres.giveBack(line.backend);
    if (this.#ways.statements.anyWaiting) await this.#ways.statements.goOn();
  }
}
