/**
 * Several statements as one message and one answer: each prepared once a connection, all in the one transaction that
 * PostgreSQL opens for whatever comes before a Sync (protocol, "Pipelining"). After a statement that fails it skips the rest and
 * keeps nothing.
 */
import type pg from 'pg';
import Result from 'pg/lib/result.js';
import utils from 'pg/lib/utils.js';

export type Statement = { readonly sql: string; readonly values: readonly unknown[] };
type Fields = Parameters<Result['addFields']>[0];
type Prepared = { readonly name: string; parsed: boolean; /** Knows its columns; nothing where it gives back no rows. */ reader: Result | undefined; described: boolean };

/** The driver's connection, as far as a custom query speaks to it. */
type Wire = {
  readonly stream: { cork(): void; uncork(): void; write(bytes: Buffer): void };
  parse(statement: { readonly name: string; readonly text: string }): void;
  bind(given: { readonly statement: string; readonly values: readonly unknown[]; readonly valueMapper: (value: unknown) => unknown }): void;
  describe(portal: { readonly type: 'P'; readonly name: string }): void;
  execute(portal: { readonly rows?: number }): void;
  sync(): void;
};

const prepared = new WeakMap<object, Map<string, Prepared>>();
const preparedOn = (client: object): Map<string, Prepared> => {
  const known = prepared.get(client) ?? new Map<string, Prepared>();
  prepared.set(client, known);
  return known;
};

/** Resolves to the rows of each statement. Rejected with the first error; the client must not be used again then. */
export const volley = (client: pg.PoolClient, statements: readonly Statement[]): Promise<object[][]> =>
  new Promise((resolve, reject) => {
    client.query(new Volley(client, statements, (error, rows) => (error === null ? resolve(rows) : reject(error))) as unknown as pg.Submittable);
  });

class Volley {
  /** The driver puts one of its own in front of it, where it counts the time. */
  callback: (error: Error | null, rows: object[][]) => void;
  readonly #statements: readonly { readonly given: Statement; readonly prepared: Prepared }[];
  readonly #answers: object[][] = [];
  #rows: object[] = [];
  #failed = false;

  constructor(client: object, statements: readonly Statement[], callback: Volley['callback']) {
    const known = preparedOn(client);
    this.#statements = statements.map((given) => {
      const found = known.get(given.sql) ?? { name: `v${known.size}`, parsed: false, described: false, reader: undefined };
      known.set(given.sql, found);
      return { given, prepared: found };
    });
    this.callback = callback;
  }

  submit(connection: Wire): Error | null {
    // Some thirty small messages: put together they are one to write.
    const messages: Buffer[] = [];
    const wire = Object.create(connection, { _send: { value: (message: Buffer) => messages.push(message) > 0 } }) as Wire;
    connection.stream.cork();
    try {
      for (const { given: { sql, values }, prepared: one } of this.#statements) {
        if (!one.parsed) wire.parse({ name: one.name, text: sql });
        one.parsed = true;
        wire.bind({ statement: one.name, values, valueMapper: utils.prepareValue });
        // What it gives back is asked once: PostgreSQL refuses a prepared statement whose columns have changed.
        if (!one.described) wire.describe({ type: 'P', name: '' });
        wire.execute({});
      }
      wire.sync();
      connection.stream.write(Buffer.concat(messages));
      return null;
    } catch (fault) {
      return fault as Error; // a value that can't be sent: nothing was, and the connection is given up
    } finally {
      connection.stream.uncork();
    }
  }

  get #now(): Prepared | undefined {
    return this.#statements[this.#answers.length]?.prepared;
  }

  handleRowDescription({ fields }: { readonly fields: Fields }): void {
    const now = this.#now;
    if (now === undefined) return;
    now.reader = new Result();
    now.reader.addFields(fields);
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const reader = this.#now?.reader;
    if (reader === undefined) this.handleError(new Error('a row came that nothing was said of'));
    else this.#rows.push(reader.parseRow(fields));
  }

  handleCommandComplete(): void {
    const now = this.#now;
    if (now !== undefined) now.described = true;
    this.#answers.push(this.#rows);
    this.#rows = [];
  }

  handleReadyForQuery(): void {
    if (!this.#failed) this.callback(null, this.#answers);
  }

  handleError(error: Error): void {
    if (this.#failed) return;
    this.#failed = true;
    this.callback(error, []);
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete();
  }

  handlePortalSuspended(): void {
    this.handleError(new Error('a portal was suspended that no limit was set on'));
  }

  handleCopyInResponse(): void {
    this.handleError(new Error('nothing is copied in a volley'));
  }

  handleCopyData(): void {}
}
