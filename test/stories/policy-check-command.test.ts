/** `signoff policy check` as it is run, on a checkout whose policies were edited badly: file, line and mend of each, never a stack. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const checkout = mkdtempSync(join(tmpdir(), 'signoff-policies-'));
beforeAll(() => {
  for (const part of ['src', 'policies', 'messages', 'migrations', 'package.json', 'tsconfig.json']) cpSync(part, join(checkout, part), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(checkout, 'node_modules'));
});
afterAll(() => rmSync(checkout, { recursive: true }));

type Ended = { readonly code: number; readonly out: string; readonly err: string };
const signoff = (...words: string[]): Promise<Ended> => new Promise((resolve) => {
  execFile(process.execPath, ['--import', 'tsx', 'src/main.ts', ...words], { cwd: checkout, timeout: 60_000, env: { ...process.env, LANG: 'en_GB.UTF-8', SIGNOFF_FOLDER: join(checkout, '.signoff') } },
    (fault, out, err) => resolve({ code: fault === null ? 0 : typeof fault.code === 'number' ? fault.code : -1, out, err }));
});
const edit = (file: string, from: string, to: string): void => {
  const path = join(checkout, 'policies', file);
  const text = readFileSync(path, 'utf8');
  expect(text, `${file}: ${from}`).toContain(from);
  writeFileSync(path, text.replace(from, to));
};
const lineWith = (file: string, words: string): number => readFileSync(join(checkout, 'policies', file), 'utf8').split('\n').findIndex((line) => line.includes(words)) + 1;

test('UP12 a pack that `policy new` printed, filled in and listed, has no finding; then each slip that is made in it has one, all in one run, beside those in a law and a calendar', async () => {
  const file = 'brands/sea-line/2026-12-01.ts';
  mkdirSync(join(checkout, 'policies/brands/sea-line'));
  writeFileSync(join(checkout, 'policies', file), (await signoff('policy', 'new', 'sea-line', '--from', '2026-12-01')).out);
  expect((await signoff('policy', 'check')).out).toMatch(/^policies\/brands\/sea-line\/2026-12-01\.ts:\d+: it is never read\. To mend it: list it in policies\/index\.ts\.\n/);
  edit('index.ts', ']);\nexport const calendarTables', `  ['${file}', () => import('./${file}') as never],\n]);\nexport const calendarTables`);
  expect(await signoff('policy', 'check')).toMatchObject({ code: 0, out: expect.stringMatching(/^9 packs, 8 jurisdictions, 0 findings\./) });

  edit(file, "currency: 'CNY'", "currency: 'XBT'");
  edit(file, ", en: 'I no longer need the service'", '');
  edit(file, "'bar-line', 'end-sessions'", "'bar-lin', 'end-sessions'");
  edit(file, 'draftDays: 14,', 'draftDay: 14,');
  edit('jurisdictions/hk.ts', "zone: 'Asia/Hong_Kong'", "zone: 7");
  edit('calendars/us.ts', "'2026-01-01'", "'2026-13-01'");
  const { code, out, err } = await signoff('policy', 'check');
  expect([code, err]).toEqual([1, '']);
  const said = out.trim().split('\n');
  const at = (words: string): string => `policies/${file}:${lineWith(file, words)} `;
  expect(said).toContain(`${at("'no-longer-needed'")}(reasons.0.label.en): the en text is missing. To mend it: write it; nothing is ever shown in another language instead.`);
  expect(said).toContain(`${at("currency: 'XBT'")}(currency): “XBT” is no currency that amounts can be reckoned in. To mend it: use one of USD, CNY, HKD, TWD, EUR, GBP, JPY (ISO 4217).`);
  expect(said.find((line) => line.startsWith(at('bar-lin')))).toMatch(/\(steps\.0\): “bar-lin” is not known here\. To mend it: did you mean bar-line\? use one of /);
  expect(said).toContain(`${at('draftDay:')}(draftDay): there is no word “draftDay” here. To mend it: mend its spelling, or take it out.`);
  expect(said.some((line) => line.endsWith('(draftDays): it is missing. To mend it: add it: a number.'))).toBe(true);
  expect(said).toContain(`policies/jurisdictions/hk.ts:${lineWith('jurisdictions/hk.ts', 'zone: 7')} (zone): “7” is not a text in quotes. To mend it: write a text in quotes.`);
  expect(said.find((line) => line.includes('calendars/us.ts'))).toMatch(/^policies\/calendars\/us\.ts:\d+ \(years\.\d+\.periods\.\d+\): 2026-13-01 is no day\. To mend it: write YYYY-MM-DD\.$/);
  expect(said, out).toHaveLength(8);
  expect(said.at(-1)).toMatch(/^9 packs, 8 jurisdictions, 7 findings\./);
});

test('nothing starts on what can’t be read, and no command passes over it: it is one sentence that names the file', async () => {
  const sentence = /policies\/jurisdictions\/hk\.ts and policies\/brands\/sea-line\/2026-12-01\.ts and policies\/calendars\/us\.ts can't be read\. Run: signoff policy check\./;
  for (const words of [['ledger', 'check'], ['policy', 'diff', 'sea-line', 'esim'], ['calendar', 'due', '--region', 'US', '--from', '2026-11-24', '--days', '1']]) {
    const { code, err } = await signoff(...words);
    expect([words.join(' '), code > 0, err]).toEqual([words.join(' '), true, expect.stringMatching(sentence)]);
    expect(err).not.toMatch(/\n\s+at /);
  }
});

test('UP12 what is no TypeScript, lacks what it takes from elsewhere, or is not there: one sentence with file and line and what to do, on every command; the others are still looked at', async () => {
  for (const [file, from, to] of [
    ['brands/station/2026-11-01.ts', 'draftDays: terms.draftDays,', 'draftDays: terms.draftDays;'],
    ['brands/us-e-card/2026-11-01/brand.ts', 'export const brand', 'export const brandOf'], // three policies take it
    ['jurisdictions/de.ts', 'export default {', 'nobody.knows;\nexport default {'],
    ['index.ts', "import('./brands/esim/2026-11-01.ts')", "import('./brands/esim/2026-12-01.ts' as './brands/esim/2026-11-01.ts')"],
  ] as const) edit(file, from, to);
  const { code, out, err } = await signoff('policy', 'check');
  expect([code, err]).toEqual([1, '']);
  const said = out.split('\n').filter((line) => line.includes("can't be read: "));
  expect(said.toSorted()).toEqual([
    expect.stringMatching(/^policies\/brands\/esim\/2026-11-01\.ts: it can't be read: there is no file policies\/brands\/esim\/2026-12-01\.ts\. To mend it: /),
    `policies/brands/station/2026-11-01.ts:${lineWith('brands/station/2026-11-01.ts', 'draftDays: terms.draftDays;')}: it can't be read: Expected "}" but found ";". To mend it: mend it there, then check again; nothing else of it was looked at.`,
    expect.stringMatching(/^policies\/brands\/us-e-card[\w/-]*\.ts:\d+: it can't be read: The requested module '\.\S*brand\.ts' does not provide an export named 'brand'\. /),
    expect.stringMatching(new RegExp(`^policies/jurisdictions/de\\.ts:${lineWith('jurisdictions/de.ts', 'nobody.knows')}: it can't be read: nobody is not defined\\. `)),
  ]);
  expect(out).toContain('policies/calendars/us.ts:'); // of the test before
  for (const words of [['ledger', 'check'], ['policy', 'explain', '--brand', 'station']]) {
    const ended = await signoff(...words);
    expect([ended.code > 0, ended.err]).toEqual([true, expect.stringMatching(/policies\/brands\/station\/2026-11-01\.ts:\d+ can't be read \(Expected "}" but found ";"\): mend it there, then try again\./)]);
    expect(ended.err).not.toMatch(/\n\s+at /);
  }
});
