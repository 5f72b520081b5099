/** Keys for demo and development, kept as files of the data folder. Production brings its own and never comes here. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { no, ok, type Result } from '../cancellation/result.ts';
import { type CannotReadKey, readOperatorKey } from './operator-key.ts';
import { makeSigningKey, readSigningKey, type SigningKey, signingKeyAsPem } from './signing-key.ts';

/** Finds `operator-key` and `signing-key.pem` in the folder, or makes them, readable by their owner alone. Throws what the file system says. */
export const loadOrMakeKeys = async (folder: string): Promise<Result<{ operatorKey: Buffer; signingKey: SigningKey }, CannotReadKey>> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const operatorPath = join(folder, 'operator-key');
  const signingPath = join(folder, 'signing-key.pem');
  const operatorKey = readOperatorKey(await foundOrMade(operatorPath, () => `${randomBytes(32).toString('hex')}\n`), operatorPath);
  if (!operatorKey.ok) return no(operatorKey.why);
  const signingKey = readSigningKey(await foundOrMade(signingPath, () => signingKeyAsPem(makeSigningKey())), signingPath);
  if (!signingKey.ok) return no(signingKey.why);
  return ok({ operatorKey: operatorKey.value, signingKey: signingKey.value });
};

const codeOf = (fault: unknown): unknown => (fault instanceof Error && 'code' in fault ? fault.code : undefined);

/** The text of a file, readable by its owner alone. Two processes may start at once and one may die half-way: the file appears whole or not at all, and the first one stays. */
export const foundOrMade = async (path: string, make: () => string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (fault) {
    if (codeOf(fault) !== 'ENOENT') throw fault;
  }
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, make(), { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(draft, path);
  } catch (fault) {
    if (codeOf(fault) !== 'EEXIST') throw fault;
  } finally {
    await rm(draft);
  }
  return readFile(path, 'utf8');
};
