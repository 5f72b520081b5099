/** PostgreSQL, and the one way to open a transaction. Brand is set in each; without it row-level security shows nothing. */
import pg from 'pg';

export type Tx = {
  /** Plain SQL with `$1` parameters; resolves to the rows. */
  query<Row extends object = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs after the commit, not at all after a rollback. For waking listeners, never for work that must happen. */
  afterCommit(then: () => void): void;
};

export type Db = {
  /** One transaction that sees and writes rows of this brand alone. */
  inBrand<T>(brand: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction over all brands: the worker, the timers, and finding out which brand a token belongs to. */
  acrossBrands<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** A connection; released with an error it is not used again. */
export type Connection = Pick<pg.PoolClient, 'release'> & { query(sql: string, values?: unknown[]): Promise<{ rows: object[] }> };
/** Where connections come from: a pool of the driver's, or what stands in for one where every statement is watched. */
export type Connections = { connect(): Promise<Connection>; end(): Promise<void> };

const everyBrand = '*';
/** What PostgreSQL says when two transactions met and one must be run again. */
const passing = new Set(['40001', '40P01']);

pg.types.setTypeParser(pg.types.builtins.INT8, Number); // minor units and counters stay far below 2^53
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text); // a day is a day, in no zone

export type DbOptions = { readonly url: string; readonly most?: number; readonly onIdleError?: (error: Error) => void };

export const openDb = (options: DbOptions): Db => {
  let closing = false;
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.most ?? 10,
    application_name: 'signoff',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
  });
  // A backend that dies while idle is replaced at the next use; one that dies as we leave is no news.
  pool.on('error', (error) => { if (!closing) options.onIdleError?.(error); });
  return dbOn({ connect: () => pool.connect(), end: () => {
    closing = true;
    return pool.end();
  } });
};

export const dbOn = (connections: Connections): Db => {
  const once = async <T>(brand: string, work: (tx: Tx) => Promise<T>): Promise<T> => {
    const client = await connections.connect();
    const after: (() => void)[] = [];
    let broken: Error | undefined;
    try {
      // The role has no rights past row-level security, whoever the URL signs in as.
      await client.query(`begin; set local role signoff_desk; set local signoff.brand = ${pg.escapeLiteral(brand)}`);
      const result = await work(txOn(client, after));
      await client.query('commit');
      for (const then of after) then();
      return result;
    } catch (error) {
      await client.query('rollback').catch((lost: Error) => {
        broken = lost;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  };

  const run = async <T>(brand: string, work: (tx: Tx) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(brand, work);
      } catch (error) {
        const code = error instanceof pg.DatabaseError ? error.code : undefined;
        if (code === undefined || !passing.has(code) || attempt === 5) throw error;
      }
    }
  };

  return {
    inBrand: (brand, work) => {
      if (brand === everyBrand || brand === '') throw new Error('a transaction needs the name of one brand');
      return run(brand, work);
    },
    acrossBrands: (work) => run(everyBrand, work),
    close: () => connections.end(),
  };
};

const txOn = (client: Connection, after: (() => void)[]): Tx => ({
  query: async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
    (await client.query(sql, values as unknown[])).rows as Row[],
  afterCommit: (then) => after.push(then),
});
