/** PostgreSQL, and the one way to open a transaction. Brand is set in each; without it row-level security shows nothing. */
import pg from 'pg';
import { volley, type Statement } from './volley.ts';

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
  /** The same for a batch of a worker, which reaches every row by its key: by index, whatever PostgreSQL has learnt of its tables so far, and planned once a connection. */
  ofBatch<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * For pages: reads alone, of this brand alone. What `work` asks for in one go travels together, there and back once, in a
   * transaction of its own that can write nothing. So what is asked for later may be younger, as between any two statements.
   */
  look<T>(brand: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One statement, there and back once, that does not wait for the disk: for what may be lost in a power cut. */
  jot(brand: string, sql: string, values: readonly unknown[]): Promise<void>;
  close(): Promise<void>;
};

/** A connection; released with an error it is not used again. */
export type Connection = Pick<pg.PoolClient, 'release'> & { query(sql: string, values?: unknown[]): Promise<{ rows: object[] }> };
/** Where connections come from: a pool of the driver's, or what stands in for one where every statement is watched. */
export type Connections = { connect(): Promise<Connection>; end(): Promise<void>;
  /** Where statements can travel together; the rows of each. Absent: one by one, in a transaction like any other. */
  together?(statements: readonly Statement[]): Promise<object[][]>;
};

const everyBrand = '*';
/** What PostgreSQL says when two transactions met and one must be run again. */
const passing = new Set(['40001', '40P01']);
const uniqueViolation = '23505';
const isPassing = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && (passing.has(error.code ?? '') || (error.code === uniqueViolation && error.constraint === 'journal_pkey')); // somebody else appended first

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
    // A link that swallows replies: the server has given up long before.
    query_timeout: 70_000,
    keepAlive: true,
  });
  // One that is lost between two statements has nobody else to tell, and would take the whole process with it; the next statement reports it.
  pool.on('connect', (client) => client.on('error', () => undefined));
  // A backend that dies while idle is replaced at the next use; one that dies as we leave is no news.
  pool.on('error', (error) => { if (!closing) options.onIdleError?.(error); });
  return dbOn({
    connect: async () => preparing(await pool.connect()),
    together: async (statements) => {
      const client = await pool.connect();
      try {
        const rows = await volley(client, statements);
        client.release();
        return rows;
      } catch (error) {
        client.release(error as Error); // nobody knows what is prepared on it
        throw error;
      }
    },
    end: () => {
      closing = true;
      return pool.end();
    },
  });
};

/** Each text is parsed once a connection. Past so many, as no code of ours has, they are sent as they are. */
const mostNames = 1000;
const names = new Map<string, string>();
const nameOf = (sql: string): string | undefined => {
  const known = names.get(sql);
  if (known !== undefined || names.size >= mostNames) return known;
  const name = `s${names.size}`;
  names.set(sql, name);
  return name;
};
const preparing = (client: pg.PoolClient): Connection => ({
  query: (sql, values = []) => {
    const name = values.length === 0 ? undefined : nameOf(sql);
    return name === undefined ? client.query(sql, values) : client.query({ name, text: sql, values });
  },
  release: (error) => client.release(error),
});

export const dbOn = (connections: Connections): Db => {
  const once = async <T>(brand: string, work: (tx: Tx) => Promise<T>, more: string): Promise<T> => {
    const client = await connections.connect();
    const after: (() => void)[] = [];
    const { tx, end } = txOn(client, after);
    let broken: Error | undefined;
    try {
      // The role has no rights past row-level security, whoever the URL signs in as.
      await client.query(`begin; set local role signoff_desk; set local signoff.brand = ${pg.escapeLiteral(brand)}${more}`);
      const result = await work(tx);
      end();
      await client.query('commit');
      for (const then of after) then();
      return result;
    } catch (error) {
      end();
      await client.query('rollback').catch((lost: Error) => {
        broken = lost;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  };

  const run = async <T>(brand: string, work: (tx: Tx) => Promise<T>, more = ''): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(brand, work, more);
      } catch (error) {
        if (!isPassing(error) || attempt === 5) throw error;
      }
    }
  };

  const ofOne = (brand: string): string => {
    if (brand === everyBrand || brand === '') throw new Error('a transaction needs the name of one brand');
    return brand;
  };
  const { together } = connections;
  return {
    inBrand: (brand, work) => run(ofOne(brand), work),
    acrossBrands: (work) => run(everyBrand, work),
    ofBatch: (work) => run(everyBrand, work, byKey),
    look: (brand, work) => (together === undefined ? run(ofOne(brand), work) : work(lookingOn(together, ofOne(brand)))),
    jot: async (brand, sql, values) => {
      if (together === undefined) await run(ofOne(brand), (tx) => tx.query(sql, values));
      else await together([{ sql: setting.jot, values: [ofOne(brand)] }, { sql, values }]);
    },
    close: () => connections.end(),
  };
};

/** Tables that grew by thousands of rows since PostgreSQL last looked at them would be read from end to end for each batch. */
const byKey = '; set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off; set local jit = off';

/**
 * As `begin` does it for a transaction, before whatever else is in a volley. A page looks up by keys: one plan for all of them, made
 * once a connection and by index however small the table is at that moment, since planning takes longer than looking up.
 */
const setting = {
  look: `select set_config('role', 'signoff_desk', true), set_config('signoff.brand', $1, true), set_config('transaction_read_only', 'on', true),
    set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)`,
  jot: `select set_config('role', 'signoff_desk', true), set_config('signoff.brand', $1, true), set_config('synchronous_commit', 'off', true)`,
} as const;

type Asked = Statement & { readonly resolve: (rows: object[]) => void; readonly reject: (error: unknown) => void };

const lookingOn = (together: NonNullable<Connections['together']>, brand: string): Tx => {
  let asked: Asked[] = [];
  const send = async (): Promise<void> => {
    const all = asked;
    asked = [];
    try {
      const [, ...rows] = await together([{ sql: setting.look, values: [brand] }, ...all]);
      all.forEach(({ resolve }, place) => resolve(rows[place] ?? []));
    } catch (error) {
      for (const { reject } of all) reject(error);
    }
  };
  return {
    query: <Row extends object>(sql: string, values: readonly unknown[] = []) => new Promise<Row[]>((resolve, reject) => {
      // Whatever is asked for before anything else happens goes along.
      if (asked.length === 0) process.nextTick(() => void send());
      asked.push({ sql, values, resolve: resolve as Asked['resolve'], reject });
    }),
    afterCommit: () => { throw new Error('who only looks commits nothing'); },
  };
};

/** Asked for at once, they still go one after another; after one that failed, or after the end, none goes: it would run outside of any transaction. */
const txOn = (client: Connection, after: (() => void)[]): { readonly tx: Tx; end(): void } => {
  let before: Promise<unknown> = Promise.resolve();
  let over = false;
  return {
    tx: {
      query: <Row extends object>(sql: string, values: readonly unknown[] = []) => {
        const mine = before.then(() => {
          if (over) throw new Error('a statement came after the end of its transaction');
          return client.query(sql, values as unknown[]);
        });
        before = mine;
        return mine.then(({ rows }) => rows as Row[]);
      },
      afterCommit: (then) => after.push(then),
    },
    end: () => { over = true; },
  };
};
