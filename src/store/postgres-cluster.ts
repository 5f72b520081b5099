import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, chown, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CannotStart, onDisk, sayWhyPostgresFailed } from './cannot-start.ts';
import { accountForNewCluster, accountOfCluster, canEnter, isRoot, type Account } from './postgres-account.ts';
import { findBinaries, openBase, type Binaries } from './postgres-binaries.ts';

/** Found or made: where the cluster is, who runs it and with what. `home` holds data, password, port and log. */
export type Cluster = { readonly home: string; readonly data: string; readonly account: Account | undefined; readonly binaries: Binaries };

const exists = (path: string): Promise<boolean> => access(path).then(() => true, (fault: NodeJS.ErrnoException) => {
  if (fault.code === 'ENOENT') return false;
  throw fault;
});

/** Level by level: where a file system refuses new folders altogether (/proc), Node's own recursive mkdir never returns. */
const makeFolder = async (folder: string): Promise<void> => {
  const make = (): Promise<void> => mkdir(folder, { mode: isRoot() ? 0o711 : 0o700 });
  await make().catch(async (fault: NodeJS.ErrnoException) => {
    if (fault.code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (fault.code !== 'ENOENT' || dirname(folder) === folder || (await exists(dirname(folder)))) throw fault;
    await makeFolder(dirname(folder));
    await makeFolder(folder);
  });
};

const pointerIn = (folder: string): string => join(folder, 'postgres-is-at');

const readPointer = async (folder: string): Promise<string | undefined> =>
  readFile(pointerIn(folder), 'utf8').then((text) => text.trim(), (fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return undefined;
    throw fault;
  });

/** The home of the cluster of this folder, if there is one yet. */
const findHome = async (folder: string): Promise<string | undefined> => {
  const elsewhere = await readPointer(folder);
  if (!elsewhere) return (await exists(join(folder, 'postgres'))) ? join(folder, 'postgres') : undefined;
  if (await exists(elsewhere)) return elsewhere;
  throw new CannotStart(`The database of this folder was at ${elsewhere} and is not there any more. Put it back, or delete ${pointerIn(folder)} to begin with an empty one.`);
};

const openCluster = async (home: string): Promise<Cluster> => {
  const data = join(home, 'data');
  const account = isRoot() ? await accountOfCluster(data) : undefined;
  if (account && !canEnter(account, data)) {
    throw new CannotStart(`The database in ${data} cannot be reached by the user that owns it (number ${account.uid}). Open the folders above it (chmod o+x), then start again.`);
  }
  const binaries = await findBinaries(account);
  const made = Number((await readFile(join(data, 'PG_VERSION'), 'utf8')).trim());
  if (made !== binaries.major) throw new CannotStart(`The database in ${data} was made by PostgreSQL ${made}, and this Signoff brings ${binaries.major}. Start it with the Signoff that made it, or move the data over with pg_dump.`);
  return { home, data, account, binaries };
};

const initialise = async (staging: string, account: Account | undefined, binaries: Binaries, durable: boolean): Promise<void> => {
  const data = join(staging, 'data');
  const password = join(staging, 'password');
  await mkdir(data, { mode: 0o700, recursive: true });
  await chmod(staging, account ? 0o711 : 0o700);
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (account) for (const path of [data, password]) await chown(path, account.uid, account.gid);
  // The builtin provider orders and compares by code point and needs no locale of the machine: the same everywhere.
  const options = ['-D', data, '-U', 'signoff', `--pwfile=${password}`, '--auth=scram-sha-256', '--encoding=UTF8',
    '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(durable ? [] : ['--no-sync'])];
  const child = spawn(binaries.initdb, options, { ...account, cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { output += text.toString(); });
  const status = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (status === 0) return;
  const log = `${staging}.log`;
  await writeFile(log, output).catch(() => undefined); // the disk may be what failed
  throw sayWhyPostgresFailed(output, log);
};

/** Makes a cluster beside its place and moves it there whole: a start that is killed leaves none, and of two at once one wins. */
const makeCluster = async (folder: string, durable: boolean): Promise<string> => {
  const account = isRoot() ? accountForNewCluster() : undefined;
  const elsewhere = account !== undefined && !canEnter(account, folder);
  const name = randomBytes(8).toString('hex');
  const staging = elsewhere ? join(openBase, name) : join(folder, `postgres.${name}`);
  const binaries = await findBinaries(account);
  if (elsewhere) await mkdir(openBase, { recursive: true }).then(() => chmod(openBase, 0o711));
  try {
    await initialise(staging, account, binaries, durable);
    if (!elsewhere) {
      await rename(staging, join(folder, 'postgres'));
    } else {
      const pointer = `${pointerIn(folder)}.${name}`;
      await writeFile(pointer, `${staging}\n`);
      await link(pointer, pointerIn(folder)).finally(() => rm(pointer));
    }
  } catch (fault) {
    await rm(staging, { recursive: true, force: true });
    if (!['EEXIST', 'ENOTEMPTY'].includes((fault as NodeJS.ErrnoException).code ?? '')) throw fault;
  }
  const home = await findHome(folder);
  if (!home) throw new CannotStart(`The database made in ${folder} has vanished. Start again.`);
  return home;
};

/** The cluster of this data folder; made where there is none. */
export const findOrMakeCluster = async (folder: string, say: (text: string) => void, durable: boolean): Promise<Cluster> =>
  onDisk(folder, async () => {
    await makeFolder(folder);
    const found = await findHome(folder);
    if (found) return openCluster(found);
    say(`Making the database in ${folder} (only this first time; some seconds) …`);
    return openCluster(await makeCluster(folder, durable));
  });

/** Of a folder that was only for a while: the cluster goes, wherever it is. The server must be stopped. */
export const removeCluster = async (folder: string): Promise<void> => {
  const elsewhere = await readPointer(folder);
  await rm(elsewhere ?? join(folder, 'postgres'), { recursive: true, force: true });
  await rm(pointerIn(folder), { force: true });
};
