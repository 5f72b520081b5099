import { spawnSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { CannotStart } from './cannot-start.ts';

/** The user that PostgreSQL runs as where we are root, because it refuses to run as root. */
export type Account = { readonly uid: number; readonly gid: number };

export const isRoot = (): boolean => process.getuid?.() === 0;

const named = (name: string): Account | undefined => {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const asked = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return asked.status === 0 ? Number(asked.stdout.trim()) : NaN;
  });
  return uid !== undefined && gid !== undefined && uid > 0 && gid >= 0 ? { uid, gid } : undefined;
};

/** `postgres` where there is one, else an account of our own, else `nobody`. */
export const accountForNewCluster = (): Account => {
  const existing = named('postgres') ?? named('signoff');
  if (existing) return existing;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'signoff'], { stdio: 'ignore' });
  const account = named('signoff') ?? named('nobody');
  if (!account) throw new CannotStart('PostgreSQL refuses to run as root, and there is no other user on this machine. Create one named "postgres", or start Signoff as an ordinary user.');
  return account;
};

/** A cluster that exists is run by the user whose files they are. */
export const accountOfCluster = async (data: string): Promise<Account> => {
  const { uid, gid } = await stat(data);
  if (uid === 0) throw new CannotStart(`PostgreSQL refuses to run as root, but ${data} belongs to root. Give it to the user postgres (chown -R postgres: ${data}), then start again.`);
  return { uid, gid };
};

/** Asks the system itself, because modes alone do not tell (ACLs, mounts, a 0700 home above). */
export const canEnter = (account: Account, folder: string): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
