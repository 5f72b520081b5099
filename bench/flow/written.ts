/** What a server has written, exactly and at once; the cumulative statistics views lag by seconds. */
import type pg from 'pg';

/** Asks for the bytes of WAL so far. */
export const walIn = (client: pg.Client) => async (): Promise<number> => Number((await client.query<{ bytes: string }>(`select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as bytes`)).rows[0]?.bytes);
/** Asks for the number of transactions so far that wrote something. */
export const commitsIn = (client: pg.Client) => async (): Promise<number> => Number((await client.query<{ next: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as next')).rows[0]?.next);
