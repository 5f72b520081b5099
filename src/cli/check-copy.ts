/** What `signoff doctor` looks at in the copy that lists are read from: whether it is one, of this database, and follows. */
import pg from 'pg';
import type { Finding } from './doctor-checks.ts';

const what = 'copy to read from';
const mostSeconds = 15;

const asking = async <Found>(url: string, ask: (client: pg.Client) => Promise<Found>): Promise<Found> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, statement_timeout: 20_000, application_name: `signoff doctor ${process.pid}` });
  client.on('error', () => undefined); // the query under way reports it
  try {
    await client.connect();
    return await ask(client);
  } finally {
    await client.end().catch(() => undefined);
  }
};

type Stands = { readonly copy: boolean; readonly missing: number | null; readonly seconds: number | null };

/** @throws what the connection says; whoever looks says that it can't be looked at */
export const checkCopy = async (url: string, primary: string): Promise<Finding> => {
  const at = await asking(primary, async (client) => (await client.query<{ at: string }>('select pg_current_wal_flush_lsn()::text as at')).rows[0]?.at);
  const stands = await asking(url, async (client) => (await client.query<Stands>(
    `select pg_is_in_recovery() as copy, pg_wal_lsn_diff($1::pg_lsn, pg_last_wal_replay_lsn())::float8 as missing,
       extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::float8 as seconds`, [at])).rows[0]);
  if (stands?.copy !== true) return { what, kind: 'wrong', says: 'SIGNOFF_READ_URL is no hot standby: it takes writes of its own', mend: 'Give the address of a standby that streams from DATABASE_URL, or leave it out: nothing is read there as it is.' };
  if ((stands.missing ?? Number.POSITIVE_INFINITY) > 0 && (stands.seconds ?? Number.POSITIVE_INFINITY) > mostSeconds)
    return { what, kind: 'wrong', says: `it lacks ${stands.missing === null ? 'everything' : `${Math.ceil(stands.missing / 1024)} KiB of the log`}, and follows no more`, mend: 'See pg_stat_replication of the database and the log of the copy. Until it follows, lists are read from the database itself.' };
  return { what, kind: 'ok', says: (stands.missing ?? 0) > 0 ? `follows, ${stands.seconds?.toFixed(1)} s behind` : 'follows, nothing is missing' };
};
