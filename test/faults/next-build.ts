/** The build that replaces this one, in a folder of its own: the same program with one more migration and one more version of a policy. */
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { versionOf, type Pack } from '../../src/policy/pack.ts';
import { root } from '../worker-process.ts';

/** As migrations widen what is there: a column, a table of a brand, an index. */
const migration = `alter table cancellations add column weather text not null default 'fair';
create table umbrellas (id uuid primary key, brand text not null, cancellation_id uuid not null references cancellations (id));
create index umbrellas_of_a_case on umbrellas (cancellation_id);
`;
export const newestMigration = '9990-next.sql';

/** What the next version of a policy says otherwise: no data sessions are ended any more. */
export const nextVersion = (pack: Pack): Pack => ({ ...pack, validFrom: '2026-11-20', recoverableDays: 0, steps: pack.steps.filter((step) => step !== 'end-sessions') });

/** `pack`: of which brand there is a next version. Resolves to its folder, and how to be rid of it. */
export const makeNextBuild = async (pack: Pack): Promise<{ readonly folder: string; remove(): Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-next-build-'));
  for (const part of ['src', 'policies', 'messages', 'migrations', 'package.json', 'tsconfig.json']) await cp(join(root, part), join(folder, part), { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'migrations', newestMigration), migration);
  const { brand, validFrom } = pack;
  const next = nextVersion(pack);
  await writeFile(join(folder, `policies/brands/${brand}/${next.validFrom}.ts`), `import before from './${validFrom}.ts';
export default { ...before, validFrom: '${next.validFrom}', recoverableDays: ${next.recoverableDays}, steps: before.steps.filter((step) => step !== 'end-sessions') };
`);
  const index = join(folder, 'policies/index.ts');
  const file = (version: string): string => `  ['brands/${brand}/${version}.ts', () => import('./brands/${brand}/${version}.ts')],\n`;
  const listed = file(validFrom);
  const text = await readFile(index, 'utf8');
  if (text.split(listed).length !== 2) throw new Error(`policies/index.ts does not list ${versionOf(pack)} as it did`);
  await writeFile(index, text.replace(listed, () => `${file(next.validFrom)}${listed}`));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
};
