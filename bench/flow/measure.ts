import { mkdtemp, rm, chmod } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import pino from 'pino';
import { allPacks } from '../../policies/index.ts';
import { assemble } from '../../src/main.ts';
import { loadOrMakeDocumentKey } from '../../src/signature/keys-folder.ts';
import { systemClock } from '../../src/store/clock.ts';
import { migrate } from '../../src/store/migrate.ts';
import { removeCluster } from '../../src/store/postgres-cluster.ts';
import { startServer } from '../../src/store/server.ts';
import { makeSigningKey } from '../../src/vault/signing-key.ts';
import { portsInProcess } from './in-process.ts';
import { plant } from './plant.ts';

const stats = new Map<string, { n: number; ms: number }>();
const orig = pg.Client.prototype.query;
(pg.Client.prototype as any).query = function (this: any, q: any, ...rest: any[]) {
  const text = (typeof q === 'string' ? q : q?.text ?? '?').replace(/\s+/g, ' ').slice(0, 110);
  const t = performance.now();
  const r = (orig as any).call(this, q, ...rest);
  if (r?.then) { const done = () => { const e = stats.get(text) ?? { n: 0, ms: 0 }; e.n++; e.ms += performance.now() - t; stats.set(text, e); }; r.then(done, done); }
  return r;
};
const count = Number(process.argv[2] ?? 2000);
const folder = await mkdtemp(join(tmpdir(), 'signoff-bench-'));
await chmod(folder, 0o711);
const say = (text: string) => console.error(text);
const server = await startServer({ folder, say });
try {
  await migrate(server.url);
  const found = allPacks.find((one) => one.brand === 'ultra-purple');
  if (found === undefined) throw new Error('no pack');
  const pack = { ...found, recoverableDays: 0 };
  const documentKey = await loadOrMakeDocumentKey(join(folder, 'keys'));
  if (!documentKey.ok) throw new Error('no key');
  const parts = {
    databaseUrl: server.url, clock: systemClock, operatorKey: randomBytes(32), signingKey: makeSigningKey(), documentKey: documentKey.value, carrier: {} as never, connected: portsInProcess(),
    production: false, publicUrl: () => 'http://127.0.0.1', log: pino({ level: 'error' }), packs: [pack], works: true,
  };
  const idle = await assemble({ ...parts, works: false });
  const now = new Date();
  const t0 = performance.now();
  await plant({ db: idle.desk.db, vault: idle.desk.vault, jobs: idle.desk.jobs }, pack, count, { at: now, now });
  say(`planted ${count} in ${Math.round(performance.now() - t0)} ms`);
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const cpu0 = process.cpuUsage();
  stats.clear(); const t1 = performance.now();
  const signoff = await assemble(parts);
  let seen = 0;
  for (;;) {
    const { rows: [row] } = await client.query(`select count(*)::int as n from certificates`);
    if (row.n === count) break;
  if (row.n !== seen) { seen = row.n; say(String(seen)); } if (performance.now() - t1 > 40_000) { const { rows: q } = await client.query(`select state, count(*)::int n from cancellations group by 1`); const { rows: s } = await client.query(`select name, state, count(*)::int n, max(outcome::text) from steps group by 1,2 order by 1`); const { rows: b } = await client.query(`select name, state, count(*)::int n, max(output::text) from pgboss.job group by 1,2`); say(JSON.stringify([q, s, b], null, 1)); process.exit(1); }
    await sleep(50);
  }
  const seconds = (performance.now() - t1) / 1000;
  const cpu = process.cpuUsage(cpu0);
  say(`${count} cancelled in ${seconds.toFixed(2)} s: ${(count / seconds).toFixed(0)}/s; node cpu ${(cpu.user / 1e6).toFixed(2)}+${(cpu.system / 1e6).toFixed(2)} s`);
  await sleep(500);
  const { rows } = await client.query(`select state, count(*)::int as n from notices group by 1`);
  say(JSON.stringify(rows));
  console.error([...stats].sort((a, b) => b[1].ms - a[1].ms).slice(0, 40).map(([k, v]) => `${v.ms.toFixed(0).padStart(7)} ms ${String(v.n).padStart(5)} x  ${k}`).join('\n'));
  await signoff.stop();
  await idle.stop();
  await client.end();
} finally {
  await server.stop();
  await removeCluster(folder);
  await rm(folder, { recursive: true, force: true });
}
