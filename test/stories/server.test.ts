import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { connectTo } from '../../src/store/connect-to.ts';
import { startServer, type Server } from '../../src/store/server.ts';

let folder: string;
const children: ChildProcess[] = [];
const servers: Server[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signoff-server-'));
  await chmod(folder, 0o711); // as root, PostgreSQL runs as another user
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) await server.stop();
  const left = await postmaster().catch(() => 0);
  if (left) process.kill(left, 'SIGQUIT');
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

const start = async (in_ = folder): Promise<Server> => {
  const server = await startServer({ folder: in_, say: () => undefined });
  servers.push(server);
  return server;
};

const postmaster = async (): Promise<number> => Number((await readFile(join(folder, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0]);

/** Another process that owns the folder until it is killed or asked to end. */
const startElsewhere = async (): Promise<{ child: ChildProcess; url: string }> => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/stories/own-a-server.ts', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [url] = (await once(child.stdout!, 'data')) as [Buffer];
  return { child, url: url.toString().trim() };
};

const ask = async <Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client.query<Row>(sql).then(({ rows }) => rows).finally(() => client.end());
};

const keep = 'create table kept (word text); insert into kept values (\'注销\')';

describe('the server of our own', () => {
  test('keeps data, address and password over a clean stop, and lets nobody read the password', async () => {
    const first = await start();
    await ask(first.url, keep);
    await first.stop();
    await expect(readFile(join(folder, 'postgres/data/postmaster.pid'))).rejects.toThrow(/ENOENT/);
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'select word from kept')).toEqual([{ word: '注销' }]);
    expect((await stat(join(folder, 'postgres/password'))).mode & 0o777).toBe(0o600);
    expect(await ask(second.url, `select current_setting('fsync') as fsync, current_setting('server_version_num')::int >= 180000 as new`)).toEqual([{ fsync: 'on', new: true }]);
  });

  test('a second Signoff on the same folder is told in one sentence, and the first goes on', async () => {
    const { child, url } = await startElsewhere();
    await expect(start()).rejects.toThrow(`Signoff is already running on ${folder} (process ${child.pid}). Stop that one first, or give this one a data folder of its own.`);
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('two first starts at the same moment: one wins, one is told, nothing is left over', async () => {
    const outcomes = await Promise.allSettled([start(), start()]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(String(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))[0])).toMatch(/already running/);
    expect(await readdir(folder)).toEqual(['postgres']);
  });

  test('after kill -9 of Signoff the next start takes over the orphaned PostgreSQL', async () => {
    const { child, url } = await startElsewhere();
    await ask(url, keep);
    const before = await postmaster();
    child.kill('SIGKILL');
    const server = await start();
    expect(await postmaster()).toBe(before);
    expect(await ask(server.url, 'select word from kept')).toEqual([{ word: '注销' }]);
    await server.stop();
    await expect(postmaster()).rejects.toThrow(/ENOENT/);
  });

  test('after kill -9 of both the next start recovers what was committed', async () => {
    const { child, url } = await startElsewhere();
    await ask(url, keep);
    const before = await postmaster();
    child.kill('SIGKILL');
    process.kill(before, 'SIGKILL');
    const server = await start();
    expect(await postmaster()).not.toBe(before);
    expect(await ask(server.url, 'select word from kept')).toEqual([{ word: '注销' }]);
  });

  test('a process number that another program got meanwhile does not stop the start', async () => {
    await (await start()).stop();
    const file = join(folder, 'postgres/data/postmaster.pid');
    await writeFile(file, `${process.pid}\n${join(folder, 'postgres/data')}\n1\n1\n`, { mode: 0o600 });
    const server = await start();
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a port that is busy now is replaced', async () => {
    const first = await start();
    await first.stop();
    const busy = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
    await once(busy, 'listening');
    const second = await start();
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    busy.close();
  });

  test('a start that was killed while the database was made begins anew', async () => {
    await mkdir(join(folder, 'postgres.0123456789abcdef/data'), { recursive: true });
    expect(await ask((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a file where the folder should be, and a folder that cannot be made: one sentence', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(start(join(folder, 'file'))).rejects.toThrow(/is in the way/);
    await expect(start('/proc/signoff/data')).rejects.toThrow('/proc/signoff/data cannot be made there. Choose another data folder.');
  });

  test('a folder that only its owner may enter serves too, as root by a pointer to an open place', async () => {
    await chmod(folder, 0o700);
    const first = await start();
    await ask(first.url, keep);
    await first.stop();
    const second = await start();
    expect(await ask(second.url, 'select word from kept')).toEqual([{ word: '注销' }]);
    await second.stop();
    if (process.getuid?.() !== 0) return expect(await readdir(folder)).toEqual(['postgres']);
    const home = (await readFile(join(folder, 'postgres-is-at'), 'utf8')).trim();
    expect((await stat(join(home, 'data'))).mode & 0o777).toBe(0o700);
    await rm(home, { recursive: true });
    await expect(start()).rejects.toThrow(`The database of this folder was at ${home} and is not there any more. Put it back, or delete ${join(folder, 'postgres-is-at')} to begin with an empty one.`);
  });

  test('a folder that may not be written: one sentence', async () => {
    // Closed to root too.
    await expect(start('/sys/signoff')).rejects.toThrow('/sys/signoff cannot be written by this user. Give this user the folder, or choose another one.');
  });
});

describe('DATABASE_URL', () => {
  const changed = (change: (url: URL) => void): string => {
    const url = new URL(inject('serverUrl'));
    change(url);
    return url.href;
  };

  test('one that serves is taken as it is, and left running', async () => {
    const server = await connectTo(inject('serverUrl'));
    expect(server.url).toBe(inject('serverUrl'));
    await server.stop();
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  const wrong: [string, () => string, RegExp][] = [
    ['not an address', () => 'sécret!', /not the address of a PostgreSQL database/],
    ['another protocol', () => 'mysql://root:secret@localhost/signoff', /not the address/],
    ['no such machine', () => changed((url) => { url.hostname = 'nowhere.invalid'; }), /No machine is known as nowhere\.invalid/],
    ['nothing at the port', () => changed((url) => { url.port = '1'; }), /No PostgreSQL answers at 127\.0\.0\.1:1/],
    ['wrong password', () => changed((url) => { url.password = 'sesame'; }), /does not let the user signoff in/],
    ['no password', () => changed((url) => { url.password = ''; }), /asks for a password/],
    ['no such database', () => changed((url) => { url.pathname = '/nothing'; }), /There is no database "nothing"/],
    ['no TLS there', () => changed((url) => { url.search = '?sslmode=verify-full'; }), /does not speak TLS/],
  ];
  for (const [title, url, sentence] of wrong) {
    test(`${title}: one sentence, without the password`, async () => {
      const fault = await connectTo(url()).catch((thrown: unknown) => thrown as Error);
      expect(fault).toMatchObject({ name: 'CannotStart', message: expect.stringMatching(sentence) });
      expect((fault as Error).message).not.toMatch(/\n|secret|sesame/);
      expect((fault as Error).message).not.toContain(new URL(inject('serverUrl')).password);
    });
  }

  test('an older PostgreSQL is refused by its version', async () => {
    await expect(connectTo(await answeringAs('14.9', 140_009))).rejects.toThrow(/is version 14\.9\. Signoff needs 15 or later/);
  });
});

/** Speaks just enough of the PostgreSQL protocol (version 3) to let a client in and to answer one query with one row. */
const answeringAs = async (text: string, version: number): Promise<string> => {
  const message = (type: string, body: Buffer): Buffer => Buffer.concat([Buffer.from(type), size(body.length + 4), body]);
  const size = (value: number): Buffer => { const out = Buffer.alloc(4); out.writeInt32BE(value); return out; };
  const short = (value: number): Buffer => { const out = Buffer.alloc(2); out.writeInt16BE(value); return out; };
  const ready = message('Z', Buffer.from('I'));
  const values: [string, number, string][] = [['version', 23, String(version)], ['text', 25, text], ['encoding', 25, 'UTF8'], ['standby', 16, 'f']];
  const columns = values.map(([name, type]) => Buffer.concat([Buffer.from(`${name}\0`), size(0), short(0), size(type), short(-1), size(-1), short(0)]));
  const cells = values.map(([, , value]) => Buffer.concat([size(value.length), Buffer.from(value)]));
  const server = createServer((socket) => {
    let letIn = false;
    socket.on('error', () => undefined).on('data', (data) => {
      if (!letIn) socket.write(Buffer.concat([message('R', size(0)), ready]));
      else if (data[0] === 'Q'.charCodeAt(0)) socket.write(Buffer.concat([message('T', Buffer.concat([short(4), ...columns])), message('D', Buffer.concat([short(4), ...cells])), message('C', Buffer.from('SELECT 1\0')), ready]));
      letIn = true;
    });
  }).listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return `postgres://signoff:secret@127.0.0.1:${(server.address() as { port: number }).port}/signoff`;
};
