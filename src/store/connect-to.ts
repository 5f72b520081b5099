import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { CannotStart } from './cannot-start.ts';
import type { Server } from './server.ts';

const shape = 'postgres://user:password@host:5432/database';

const parse = (url: string): URL => {
  try {
    const parsed = new URL(url);
    if (['postgres:', 'postgresql:'].includes(parsed.protocol) && parsed.pathname.length > 1) return parsed;
  } catch {
    // said below: the cause would repeat the address, and with it the password
  }
  throw new CannotStart(`DATABASE_URL is not the address of a PostgreSQL database. It looks like this: ${shape}`);
};

const explain = (fault: unknown, address: URL): CannotStart => {
  const at = address.host || decodeURIComponent(address.searchParams.get('host') ?? 'this machine');
  const database = decodeURIComponent(address.pathname.slice(1));
  const { code, message } = fault as { code?: string; message: string };
  const say = (text: string): CannotStart => new CannotStart(`${text} (DATABASE_URL)`);
  if (/password must be a (non-empty )?string|no password supplied/.test(message)) return say(`PostgreSQL at ${at} asks for a password and there is none in the address. Write it as ${shape}`);
  if (/timeout|timed out/i.test(message)) return say(`PostgreSQL at ${at} does not answer. Is the address right, and does a firewall let it through?`);
  if (/does not support SSL/.test(message)) return say(`PostgreSQL at ${at} does not speak TLS. Leave out "sslmode", or switch TLS on there.`);
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return say(`No machine is known as ${address.hostname}. Correct the address.`);
    case 'ECONNREFUSED':
    case 'ENOENT':
      return say(`No PostgreSQL answers at ${at}. Start it, or correct the address.`);
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return say(`The machine ${at} cannot be reached. Correct the address, or mend the network.`);
    case '28P01':
    case '28000':
      return say(`PostgreSQL at ${at} does not let the user ${decodeURIComponent(address.username)} in with this password. Correct user or password.`);
    case '3D000':
      return say(`There is no database "${database}" at ${at}. Create it (create database "${database}" encoding 'UTF8';), or correct the name.`);
    case '42501':
      return say(`The user ${decodeURIComponent(address.username)} may not open the database "${database}" at ${at}. Grant connect on it.`);
    case '53300':
      return say(`PostgreSQL at ${at} has no connection left. Raise its max_connections, or stop what uses them.`);
    case '57P03':
      return say(`PostgreSQL at ${at} is not ready to be used. Wait until it is, then start again.`);
    default:
      // Whatever it says, the password is not repeated.
      return say(`PostgreSQL at ${at} cannot be used: ${address.password ? message.replaceAll(decodeURIComponent(address.password), '***') : message}.`);
  }
};

/** A server may be starting at this moment (both after a reboot); it gets 30 s. */
const open = async (url: string, address: URL): Promise<pg.Client> => {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: `signoff ${process.pid}` });
    client.on('error', () => undefined); // the query under way reports it
    try {
      await client.connect();
      return client;
    } catch (fault) {
      await client.end().catch(() => undefined);
      if ((fault as { code?: string }).code !== '57P03' || tries === 30) throw explain(fault, address);
      await sleep(1000);
    }
  }
};

/**
 * Makes sure that a PostgreSQL given by its address can serve: reachable, version 15 or later, UTF-8.
 * @throws CannotStart with one plain sentence that does not contain the password.
 */
export const connectTo = async (url: string): Promise<Server> => {
  const address = parse(url);
  const client = await open(url, address);
  try {
    const { rows } = await client.query<{ version: number; text: string; encoding: string; standby: boolean }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_version') as text,
              current_setting('server_encoding') as encoding, pg_is_in_recovery() as standby`);
    const found = rows[0];
    if (!found || found.version < 150_000) throw new CannotStart(`PostgreSQL at ${address.host} is version ${found?.text}. Signoff needs 15 or later. (DATABASE_URL)`);
    if (found.encoding !== 'UTF8') throw new CannotStart(`The database at ${address.host} stores text as ${found.encoding}, which cannot hold Chinese. Create one with encoding 'UTF8'. (DATABASE_URL)`);
    if (found.standby) throw new CannotStart(`PostgreSQL at ${address.host} is a read-only copy. Give the address of the primary. (DATABASE_URL)`);
    return { url, stop: async () => undefined };
  } finally {
    await client.end().catch(() => undefined);
  }
};
