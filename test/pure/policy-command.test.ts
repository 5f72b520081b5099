import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { calendarCommand, policyCommand } from '../../src/cli/policy-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'signoff-policy-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileWith = (text: string): string => {
  const path = join(folder, `${Math.abs([...text].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) | 0, 7))}.json`);
  writeFileSync(path, text);
  return path;
};

const run = async (command: typeof policyCommand, ...words: string[]) => {
  const said = { out: [] as string[], err: [] as string[], code: 0 };
  const terminal = { out: (line: string) => said.out.push(line), err: (line: string) => said.err.push(line), exit: (code: 1 | 2) => { said.code = code; } };
  await command(terminal).parseAsync(words, { from: 'user' });
  return said;
};

test('policy check finds nothing, and says until when working days are known', async () => {
  expect(await run(policyCommand, 'check')).toEqual({ out: [
    expect.stringMatching(/^\d+ packs?, \d+ jurisdictions, 0 findings\. Working days are known for CN to the end of 2026, DE to the end of 2027, HK to the end of 2026, TW to the end of 2026, GB to the end of 2027, US to the end of 2027\.$/),
  ], err: [], code: 0 });
});

test('policy explain says which rule decides, in the language asked for', async () => {
  const given = fileWith(JSON.stringify({ boundDevices: [{ id: 'phone', name: 'Phone' }] }));
  const { out, code } = await run(policyCommand, 'explain', '--brand', 'ultra-purple', '--given', given, '--language', 'zh-CN');
  expect(code).toBe(0);
  expect(out.slice(0, 2)).toEqual(['ultra-purple@2026-11-01：暂时不能继续（not-yet），依规则“device-bound”；办法：解绑设备', '这张卡还绑定着设备。请全部解绑后再继续。']);
  expect(out[2]).toBe('1. unpaid-bill（暂时不能继续）：不适用：没有未付的账单。');
});

test('policy explain speaks one language at a time: the law, what it changes and why too', async () => {
  for (const language of ['zh-CN', 'zh-TW'] as const) {
    const { out } = await run(policyCommand, 'explain', '--brand', 'us-e-card-verizon', '--region', 'HK', '--on', '2026-11-24', '--language', language);
    const own = out.map((line) => line.replace(/\[[^\]]*\]|（[a-z-]+）|“[a-z-]+”|「[a-z-]+」|us-e-card-verizon@[\d-]+|\([a-z]+@[\d-]+\)|^\d\. [a-z-]+/g, '')); // sources and ids stay as they are
    expect(own.filter((line) => /[a-z]{4,}/.test(line))).toEqual([]);
    expect(out.some((line) => line.startsWith(language === 'zh-CN' ? '- 停用后可以恢复的时间：14天 → 0天。' : '- 停用後可以恢復的時間：14天 → 0天。'))).toBe(true);
  }
});

test('what was asked wrongly is one sentence with what exists, and exit 2', async () => {
  const brand = ['explain', '--brand', 'ultra-purple', '--given'];
  const cases: [typeof policyCommand, string[], RegExp][] = [
    [policyCommand, ['explain', '--brand', 'nobody'], /^There is no brand “nobody”; there are: .*ultra-purple.*\.$/],
    [policyCommand, [...brand, join(folder, 'nowhere.json')], /^There is no file .*nowhere\.json\.$/],
    [policyCommand, [...brand, fileWith('{')], /can't be read as JSON/],
    [policyCommand, [...brand, folder], /can't be read/],
    [policyCommand, [...brand, fileWith('{"owes": 3}')], /does not describe a line: .*owes.*It may hold: credit, unpaid,/],
    [policyCommand, [...brand, fileWith('{"credit": {"minor": 1.5, "currency": "USD"}}')], /does not describe a line: credit\.minor/],
    [policyCommand, [...brand, fileWith('{"credit": {"minor": 15, "currency": "EUR"}}')], /has an amount in EUR, and ultra-purple reckons in USD: nothing here converts\.$/],
    [calendarCommand, ['due', '--region', 'XX', '--from', '2026-09-24', '--days', '3'], /^There is no calendar for “XX”; there are: CN, DE, HK, TW, GB, US\.$/],
    [calendarCommand, ['due', '--region', 'CN', '--from', '2026-02-29', '--days', '3'], /^“2026-02-29” is no time on the clock of CN/],
    [calendarCommand, ['due', '--region', 'CN', '--from', '2026-09-24T25:00', '--days', '3'], /is no time/],
    [calendarCommand, ['due', '--region', 'CN', '--from', '2026-09-24', '--days', '1.5'], /^“1\.5” is no number of working days/],
    [calendarCommand, ['due', '--region', 'CN', '--from', '2026-09-24', '--days', ''], /is no number of working days/],
  ];
  for (const [command, words, sentence] of cases) {
    const { out, err, code } = await run(command, ...words);
    expect({ words, code, out, lines: err.length }).toEqual({ words, code: 2, out: [], lines: 1 });
    expect(err[0]).toMatch(sentence);
  }
});

test('calendar due says the date and why', async () => {
  expect(await run(calendarCommand, 'due', '--region', 'CN', '--from', '2026-09-24T10:00', '--days', '3', '--language', 'en')).toEqual({
    out: ['Wednesday 30 September 2026 18:00, Asia/Shanghai', 'The 3rd working day after Thursday 24 September. Not counted in between: 3 days off for the Mid-Autumn Festival.'],
    err: [],
    code: 0,
  });
});

test('calendar due into a year without a table says so, and exit 1', async () => {
  const { out, err, code } = await run(calendarCommand, 'due', '--region', 'CN', '--from', '2026-12-28', '--days', '7');
  expect([out, code]).toEqual([[], 1]);
  expect(err).toEqual(['No table of working days stands for CN in 2027, so nothing is reckoned into it. Known: 2024, 2025, 2026.']);
});
