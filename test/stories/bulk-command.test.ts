/** P6 The same from the terminal: who acts has signed in, and two people are two. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bulkOn, type BulkAct, type BulkWords } from '../../src/cli/bulk-command.ts';
import { addStaff } from '../../src/identity/staff.ts';
import { brand, openStory, type Story } from '../harness.ts';
import { carryOut, plantLines, referenceOf } from './bulk-setting.ts';

let story: Story;
let folder: string;
const people = { first: { email: 'one@ultra-purple.example', password: 'four-winds-paper-kite' }, second: { email: 'two@ultra-purple.example', password: 'nine-lamps-by-the-weir' }, agent: { email: 'agent3@ultra-purple.example', password: 'seven-geese-on-a-gate' } };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signoff-bulk-'));
  story = await openStory({ works: false, change: (pack) => ({ ...pack, reasonRequired: false }) });
  await plantLines(story.signoff, brand, 30);
  const { db, vault, clock } = story.signoff.desk;
  for (const [name, who] of Object.entries(people)) await addStaff(db, vault, clock, { brand, name, roles: [name === 'agent' ? 'agent' : 'reviewer'], ...who });
});
afterAll(async () => {
  await story?.stop();
  await rm(folder, { recursive: true, force: true });
});

const run = async (act: BulkAct, named: string, words: Partial<BulkWords> & { readonly by?: keyof typeof people } = {}) => {
  const [out, said]: [string[], string[]] = [[], []];
  const { by, ...rest } = words;
  const status = await bulkOn(
    { desk: story.signoff.desk, tools: story.signoff.execution, print: (line) => out.push(line), say: (text) => said.push(text), password: async () => (by === undefined ? 'wrong' : people[by].password) },
    act, named, { brand, ...(by === undefined ? {} : { as: people[by].email }), ...rest }).catch((fault: Error) => { said.push(fault.message); return 1; });
  return { status, out: out.join('\n'), said: said.join('\n') };
};
const fileOf = async (text: string): Promise<string> => {
  const file = join(folder, 'lines.csv');
  await writeFile(file, text);
  return file;
};
const idIn = (text: string): string => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(text)?.[0] ?? '';

describe('P6 signoff bulk', () => {
  test('a dry run names each line that is wrong, and leaves nothing that could be released', async () => {
    const file = await fileOf(`reference,reason\n${referenceOf(0)},\nnobody,\n=1,\n`);
    const looked = await run('cancel', file, { dryRun: true, by: 'first' });
    expect(looked.out).toContain(`${file}:3: There is no such line`);
    expect(looked.out).toContain(`${file}:4: A cell is a formula`);
    expect(looked.out).toMatch(/3 lines, 1 can be cancelled; 0 opened/);
    expect(looked.said).toContain('100 % checked');
    expect((await run('release', idIn(looked.out), { by: 'second' })).said).toBe('It is stopped, so there is nothing to release.');
  });

  test('--go waits for another reviewer; then it runs, and its result is a file', async () => {
    const gone = await run('cancel', await fileOf(`reference,reason\n${Array.from({ length: 5 }, (_, n) => `${referenceOf(n)},`).join('\n')}\n`), { go: true, by: 'first' });
    const id = idIn(gone.out);
    expect(gone.said).toContain(`signoff bulk release ${id}`);
    expect(await run('release', id, { by: 'first' })).toMatchObject({ status: 1, said: 'You brought the file; another reviewer releases it.' });
    expect((await run('release', id, { by: 'second' })).out).toContain(`${id}  released`);
    await carryOut(story.signoff, brand, id);
    expect((await run('status', id)).out).toMatch(/5 opened, 0 left out when their turn came, 0 to come\n +5 {2}cases scheduled/);
    expect((await run('status', '')).out).toMatch(new RegExp(`${id} {2}done +5 lines +5 opened .* first`));
    await run('result', id, { out: join(folder, 'result.csv') });
    expect((await readFile(join(folder, 'result.csv'), 'utf8')).trim().split('\r\n')).toHaveLength(6);
    expect((await run('pause', id, { by: 'second' })).said).toBe('It is done, so there is nothing to pause.');
  });

  test('what a person can mend is one sentence', async () => {
    const file = await fileOf('number;reason\n');
    expect((await run('cancel', file, { go: true, by: 'first' })).said).toMatch(/lines\.csv: Its columns are apart by semicolons\. Use commas\.$/);
    expect((await run('cancel', file, { by: 'first' })).said).toContain('--dry-run');
    expect((await run('cancel', join(folder, 'none.csv'), { go: true, by: 'first' })).said).toContain('can\'t be read (ENOENT)');
    expect((await run('cancel', file, { go: true })).said).toContain('--as');
    expect((await run('cancel', file, { go: true, as: people.first.email })).said).toBe('E-mail or password is wrong.');
    expect((await run('cancel', file, { go: true, by: 'agent' })).said).toBe('Only reviewers act on orders of many lines.');
    expect((await run('status', 'none')).said).toBe(`${brand} has no order none.`);
    expect((await run('release', 'none', { by: 'first' })).said).toBe('There is no order none.');
    expect((await run('status', '', { brand: 'nobody' })).said).toContain('There is no brand nobody');
  });
});
