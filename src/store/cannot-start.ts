/**
 * Signoff cannot start, and the reason lies outside it: a folder, a port, an address, a machine.
 * `message` is the whole text for the person who started it: what is wrong and what to do, without a secret.
 */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

const codeOf = (fault: unknown): string | undefined =>
  typeof fault === 'object' && fault !== null && 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined;

/** Puts a fault of the file system into words; anything else is passed on unchanged. */
export const inPlainWords = (fault: unknown, path: string): unknown => {
  switch (codeOf(fault)) {
    case 'EACCES':
    case 'EPERM':
      return new CannotStart(`${path} cannot be written by this user. Give this user the folder, or choose another one.`, { cause: fault });
    case 'EROFS':
      return new CannotStart(`${path} is on a read-only file system. Choose a data folder that can be written.`, { cause: fault });
    case 'ENOSPC':
    case 'EDQUOT':
      return new CannotStart(`There is no space left for ${path}. Free some (500 MB will do), then start again.`, { cause: fault });
    case 'ENOENT':
      return new CannotStart(`${path} cannot be made there. Choose another data folder.`, { cause: fault });
    case 'ENOTDIR':
    case 'EEXIST':
      return new CannotStart(`${path} cannot be a folder, because a file of that name is in the way. Move it, or choose another data folder.`, { cause: fault });
    case 'EMFILE':
    case 'ENFILE':
      return new CannotStart('Too many files are open on this machine. Raise the limit (ulimit -n), then start again.', { cause: fault });
    default:
      return fault;
  }
};

/** Runs `act` on the file system; what goes wrong is said in one sentence about `path`. */
export const onDisk = async <Value>(path: string, act: () => Promise<Value>): Promise<Value> => {
  try {
    return await act();
  } catch (fault) {
    throw inPlainWords(fault, path);
  }
};

/** What PostgreSQL wrote before it gave up, in one sentence. */
export const sayWhyPostgresFailed = (output: string, log: string): CannotStart => {
  if (/no space left|disk quota/i.test(output)) return new CannotStart('There is no disk space left for the database. Free some (500 MB will do), then start again.');
  if (/read-only file system/i.test(output)) return new CannotStart('The database folder is on a read-only file system. Choose a data folder that can be written.');
  if (/cannot allocate memory|out of memory/i.test(output)) return new CannotStart('There is not enough memory for the database. Free some (500 MB will do), then start again.');
  if (/permission denied|wrong ownership|invalid permissions/i.test(output)) return new CannotStart(`The database folder belongs to another user or has other permissions than it had. Restore them; ${log} names the file.`);
  if (/incompatible with server/i.test(output)) return new CannotStart(`The database folder was made by another version of PostgreSQL. Start it with the Signoff that made it; ${log} names the versions.`);
  const last = output.split('\n').filter((line) => /FATAL|PANIC|error/i.test(line)).at(-1)?.replace(/^.*?(FATAL|PANIC|error):\s*/i, '') ?? 'it gave no reason';
  return new CannotStart(`PostgreSQL did not start: ${last}. All it wrote stands in ${log}.`);
};
