/** One connection that changes one row a commit, as `pgbench` does: what the disk and the server allow one who takes things singly. */
import pg from 'pg';
import { serve } from '../child.ts';

const rows = 1000;
let client: pg.Client;
serve({
  start: async (databaseUrl: string) => {
    client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query('create table counters (id int primary key, n int not null default 0)');
    await client.query(`insert into counters select generate_series(1, ${rows})`);
  },
  rate: async (count: number) => {
    const start = performance.now();
    for (let done = 0; done < count; done++) await client.query({ name: 'add', text: 'update counters set n = n + 1 where id = $1', values: [(done % rows) + 1] });
    return (count * 1000) / (performance.now() - start);
  },
}, async () => client.end());
