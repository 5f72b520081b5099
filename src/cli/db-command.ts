import pg from 'pg';
import { readSettings } from '../settings.ts';
import { CannotStart } from '../store/cannot-start.ts';
import { connectTo } from '../store/connect-to.ts';
import { citusStatements, spreadOf } from '../store/distribution.ts';

/** Prints what spreads the tables of this database over a Citus cluster, and runs none of it. */
export const dbCitus = async (env: NodeJS.ProcessEnv = process.env): Promise<number> => {
  const { databaseUrl } = readSettings(env);
  if (databaseUrl === undefined) throw new CannotStart('Set DATABASE_URL to a database that Signoff has prepared: the statements are made from its catalogue.');
  await connectTo(databaseUrl);
  const client = new pg.Client({ connectionString: databaseUrl, application_name: `signoff ${process.pid}` });
  await client.connect();
  try {
    const all = await spreadOf(client);
    if (all.length === 0) throw new CannotStart('This database holds no tables of Signoff yet. Start Signoff on it once.');
    console.log(['-- For Citus. Read docs/scaling.md first; run as the owner while nothing works on this database.', ...citusStatements(all)].join('\n'));
    return 0;
  } finally {
    await client.end();
  }
};
