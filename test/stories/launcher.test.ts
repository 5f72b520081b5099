import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let checkout: string;
let elsewhere: string;

const main = `
const [command] = process.argv.slice(2);
if (command === 'where') console.log(process.cwd());
if (command === 'node') console.log(process.versions.node.split('.')[0]);
if (command === 'status') process.exit(Number(process.argv[3]));
if (command === 'stay') {
  process.on('SIGTERM', () => { console.log('stopping'); process.exit(0); });
  setInterval(() => undefined, 1000);
  console.log('ready');
}
`;

/** A checkout whose packages are installed: ours, by a link. */
beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'signoff-launcher-'));
  elsewhere = await mkdtemp(join(tmpdir(), 'signoff-elsewhere-'));
  for (const file of ['signoff', 'package.json', 'package-lock.json', 'tsconfig.json']) await copyFile(file, join(checkout, file));
  await utimes(join(checkout, 'package-lock.json'), 0, 0);
  await symlink(resolve('node_modules'), join(checkout, 'node_modules'));
  await mkdir(join(checkout, 'src'));
  await writeFile(join(checkout, 'src/main.ts'), main);
});

afterEach(async () => {
  await chmod(checkout, 0o755);
  await rm(checkout, { recursive: true });
  await rm(elsewhere, { recursive: true });
});

const signoff = (args: string[], env: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [join(checkout, 'signoff'), ...args], { encoding: 'utf8', cwd: elsewhere, env: { ...process.env, npm_execpath: '', ...env } });

/** Without packages, an empty npm cache and a registry that nobody serves. */
const withoutNetwork = async (): Promise<NodeJS.ProcessEnv> => {
  await rm(join(checkout, 'node_modules'));
  return { npm_config_registry: 'http://127.0.0.1:1/', npm_config_cache: join(elsewhere, 'cache') };
};

describe('the launcher', () => {
  test('runs the command in the folder of the caller, on Node 24 or later, and adds nothing to stdout', () => {
    expect(signoff(['where'])).toMatchObject({ stdout: `${elsewhere}\n`, stderr: '', status: 0 });
    expect(Number(signoff(['node']).stdout)).toBeGreaterThanOrEqual(24);
  });

  test('passes the exit status on', () => {
    expect(signoff(['status', '7']).status).toBe(7);
  });

  test('passes a signal on and waits for an orderly end', async () => {
    const child = spawn(process.execPath, [join(checkout, 'signoff'), 'stay'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (text: Buffer) => { said += text.toString(); });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(said).toBe('ready\nstopping\n');
  });

  test('a registry that cannot be reached: one sentence, after saying what is under way', async () => {
    const { stdout, stderr, status } = signoff(['where'], await withoutNetwork());
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
    expect(stderr.split('\n').filter((line) => !/…/.test(line.slice(0, 5))).join('\n')).toMatch(/^Installing packages .*…\nThe npm registry cannot be reached\. [^\n]+\n$/);
  });

  test('no npm on this machine: one sentence', async () => {
    const { stderr, status } = signoff(['where'], { ...(await withoutNetwork()), PATH: elsewhere });
    expect(stderr).toMatch(/\nnpm is not installed on this machine\. [^\n]+\n$/);
    expect(status).toBe(1);
  });

  test('a checkout that this user may not write: one sentence', async () => {
    await rm(join(checkout, 'node_modules'));
    await chmod(checkout, 0o555);
    // Nothing is closed to root, so another user has to try, with a Node that they can reach.
    const isRoot = process.getuid?.() === 0;
    await chmod(elsewhere, 0o755);
    if (isRoot) await copyFile(process.execPath, join(elsewhere, 'node'));
    const { stderr, status } = spawnSync(isRoot ? join(elsewhere, 'node') : process.execPath, [join(checkout, 'signoff'), 'where'],
      { encoding: 'utf8', cwd: elsewhere, ...(isRoot ? { uid: 65534, gid: 65534 } : {}) });
    expect(stderr).toBe(`${checkout} cannot be written by this user, and packages have to be installed there. Give this user the folder, or clone into one of their own.\n`);
    expect(status).toBe(1);
  });
});
