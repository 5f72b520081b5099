/** Statements one by one: each is carried out to its end, or found waiting for a lock that another transaction holds. */
import pg from 'pg';
import type { Backend, Postgres } from './postgres.ts';

export type Answer = { readonly rows: object[] };
type Waiting = { readonly backend: Backend; readonly answer: Promise<Answer>; ended: boolean; readonly over: (answer: Promise<Answer>) => void };

const soon = (milliseconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
const asksForTime = /clock_timestamp|job_now|\bnow\(\)|into lines|into bills/i;

/** What PostgreSQL says to whom it picks as the victim of a deadlock; here it is always the statement that closed the circle. */
const deadlock = (): Error => Object.assign(new pg.DatabaseError('deadlock detected', 0, 'error'), { code: '40P01' });

/** Each text is parsed and planned once a connection. */
const names = new Map<string, string>();
const nameOf = (sql: string): string => {
  const name = names.get(sql) ?? `s${names.size}`;
  names.set(sql, name);
  return name;
};

export class Statements {
  readonly #postgres: Postgres;
  readonly #now: () => number;
  #waiting: Waiting[] = [];

  constructor(postgres: Postgres, now: () => number) {
    this.#postgres = postgres;
    this.#now = now;
  }

  get anyWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Real time only says how soon it is noticed that a statement waits, never whether. */
  async #endsOrWaits(one: Waiting): Promise<'ends' | 'waits'> {
    for (let round = 0; ; round++) {
      await Promise.race([one.answer.catch(() => undefined), soon(round === 0 ? 4 : 8)]);
      if (one.ended) return 'ends';
      if ((await this.#blockers(one.backend.pid)).length > 0 && !one.ended) return 'waits';
    }
  }

  async #blockers(pid: number): Promise<number[]> {
    const { rows } = await this.#postgres.driver.query<{ pids: number[] }>(`select pg_blocking_pids($1) as pids`, [pid]);
    return rows[0]?.pids ?? [];
  }

  async #closesCircle(pid: number): Promise<boolean> {
    const waiting = new Set(this.#waiting.map((one) => one.backend.pid));
    const seen = new Set<number>();
    const next = await this.#blockers(pid);
    for (let one = next.pop(); one !== undefined; one = next.pop()) {
      if (one === pid) return true;
      if (seen.has(one) || !waiting.has(one)) continue;
      seen.add(one);
      next.push(...(await this.#blockers(one)));
    }
    return false;
  }

  /**
   * Sends it. Resolves to the answer; or to `waits`, and then `over` is given the answer later, when whoever held the lock has
   * let go of it.
   */
  async run(backend: Backend, sql: string, values: unknown[] | undefined, over: (answer: Promise<Answer>) => void): Promise<Answer | 'waits'> {
    if (asksForTime.test(sql)) await this.#postgres.setClock(this.#now());
    const answer = (values === undefined || values.length === 0 ? backend.client.query(sql) : backend.client.query({ name: nameOf(sql), text: sql, values })) as unknown as Promise<Answer>;
    const one: Waiting = { backend, answer, ended: false, over };
    answer.then(() => { one.ended = true; }, () => { one.ended = true; });
    if ((await this.#endsOrWaits(one)) === 'ends') return answer;
    this.#waiting.push(one);
    if (!(await this.#closesCircle(backend.pid))) return 'waits';
    await this.cancel(backend);
    throw deadlock();
  }

  /** A statement that waits is given up: its process is gone, or it has to give way. */
  async cancel(backend: Backend): Promise<void> {
    const one = this.#waiting.find((other) => other.backend === backend);
    if (one === undefined) return;
    this.#waiting = this.#waiting.filter((other) => other !== one);
    while (!one.ended) {
      await this.#postgres.driver.query(`select pg_cancel_backend($1)`, [backend.pid]);
      await Promise.race([one.answer.catch(() => undefined), soon(5)]);
    }
  }

  /** After locks were let go of: who can go on does, in the order in which they came. */
  async goOn(): Promise<void> {
    for (let again = true; again;) {
      again = false;
      for (const one of this.#waiting.slice()) {
        if ((await this.#endsOrWaits(one)) === 'waits') continue;
        this.#waiting = this.#waiting.filter((other) => other !== one);
        one.over(one.answer);
        again = true;
      }
    }
  }
}
