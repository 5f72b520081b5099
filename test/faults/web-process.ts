/** Row 2: the web process is killed after an application was committed, before the browser heard of it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { answersTo } from '../../src/demo/answers.ts';
import { demoData } from '../../src/demo/data.ts';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { testDatabase } from '../database.ts';
import { brand, eventually } from '../harness.ts';
import type { Row } from './row.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const freePort = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return String(port);
};

type Web = { readonly child: ChildProcess; readonly ended: Promise<NodeJS.Signals | number | null>; readonly said: () => string };
const startWeb = async (env: Readonly<Record<string, string>>): Promise<Web> => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', 'start'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', LANG: 'en_GB.UTF-8', ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) => { child.once('exit', (code, signal) => resolve(signal ?? code)); });
  await eventually('the portal is served', async () => {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended: ${said}`);
    return said.includes('Ctrl-C stops it');
  }, 180);
  return { child, ended, said: () => said };
};

/** Up to the page on which everything stands once more before it is sent. */
const walkToCheck = async (who: Visitor, base: string): Promise<void> => {
  const [subscriber] = demoData(brand, `${brand}.example`).subscribers;
  const [line] = subscriber?.lines ?? [];
  if (subscriber === undefined || line === undefined) throw new Error('the demo has nobody in it');
  await who.visit(`${base}/${brand}/`);
  await who.submit('/sign-in', { name: subscriber.phone, password: subscriber.password });
  await who.visit(who.link(/\/cancel$/));
  await who.submit('/pay-bill');
  await who.submit('/unbind', { device: 'all' });
  await who.submit('/cancel');
  for (let pages = 0; !new URL(who.page().url).pathname.endsWith('/check'); pages++) {
    const form = who.page().root.querySelectorAll('main form').find((one) => (one.getAttribute('action') ?? '').includes('/cancel'));
    if (form === undefined || pages > 8) throw new Error(`the application leads nowhere from ${who.page().url}`);
    await who.submit(new URL(form.getAttribute('action') ?? '', who.page().url).pathname, await answersTo(form, { subscriber, line, note: '', code: async () => { throw new Error('no code is asked for here'); } }));
  }
};

export const webProcess: Row = {
  number: '2',
  title: 'kill -9 of the web process after COMMIT, before the reply',
  asserts: 'The same form sent again gets the same case, and the same body each time.',
  run: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'signoff-web-'));
    const database = await testDatabase();
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const env = { SIGNOFF_FOLDER: folder, DATABASE_URL: database.url, SIGNOFF_PORT: port };
    const client = new pg.Client({ connectionString: database.url });
    let web: Web | undefined;
    try {
      web = await startWeb({ ...env, FAULT_AT: '/cancel/check:reply' });
      const who = visitor(`${base}/${brand}`, 'zh-CN');
      await walkToCheck(who, base);
      const sent = who.page();
      const form = sent.root.querySelectorAll('form').find((one) => new URL(one.getAttribute('action') || sent.url, sent.url).pathname.endsWith('/check'));
      if (form === undefined) throw new Error(`nothing can be sent from ${sent.url}`);
      const body = new URLSearchParams(form.querySelectorAll('input[name]').map((one): [string, string] => [one.getAttribute('name') ?? '', one.getAttribute('value') ?? '']));
      const send = async (): Promise<{ readonly status: number; readonly location: string | null; readonly body: string }> => {
        const answer = await fetch(new URL(form.getAttribute('action') || sent.url, sent.url), { method: 'POST', body, redirect: 'manual', headers: { cookie: who.cookie(sent.url), origin: base, 'sec-fetch-site': 'same-origin', 'accept-language': 'zh-CN' } });
        return { status: answer.status, location: answer.headers.get('location'), body: await answer.text() };
      };
      const heard = await send().then((answer) => JSON.stringify(answer), () => 'nothing');
      if (heard !== 'nothing') throw new Error(`the browser heard ${heard}`);
      if ((await web.ended) !== 'SIGKILL') throw new Error(`the process was not killed: ${web.said()}`);
      await client.connect();
      const cases = async (): Promise<{ application_number: string; state: string }[]> => (await client.query<{ application_number: string; state: string }>(`select application_number, state from cancellations where state <> 'draft'`)).rows;
      const [committed, ...more] = await cases();
      if (committed === undefined || more.length > 0) throw new Error(`${more.length + (committed === undefined ? 0 : 1)} cases were committed before the kill`);

      web = await startWeb(env);
      const answers = [await send(), await send(), ...await Promise.all([send(), send(), send()])];
      const [first] = answers;
      if (first?.status !== 303 || first.location === null || !first.location.includes(committed.application_number)) throw new Error(`the retry got ${JSON.stringify(first)}, and not ${committed.application_number}`);
      if (answers.some((one) => JSON.stringify(one) !== JSON.stringify(first))) throw new Error(`the retries differ: ${JSON.stringify(answers)}`);
      const left = await cases();
      if (left.length !== 1 || left[0]?.application_number !== committed.application_number) throw new Error(`there are ${left.length} cases now`);
      const receipt = await who.visit(new URL(first.location, base).href);
      if (receipt.status !== 200 || !receipt.html.includes(committed.application_number)) throw new Error(`the receipt says ${receipt.status}`);
      web.child.kill('SIGTERM');
      await web.ended;
    } finally {
      web?.child.kill('SIGKILL');
      await web?.ended;
      await client.end().catch(() => undefined);
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
