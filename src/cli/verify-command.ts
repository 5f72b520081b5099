import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { readPublishedKeys } from '../certificate/published-keys.ts';
import { verifyFile } from '../certificate/verify-file.ts';
import { factsOf, stepsOf, tell, verdictOf } from '../certificate/words.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Verification } from '../evidence/verification.ts';
import { translator } from '../language/index.ts';
import type { Language } from '../policy/pack.ts';
import { terminalLanguage } from './terminal-language.ts';

/** 0: it is genuine. 1: it is not, and what is wrong was said. 2: it could not be checked. */
type ExitCode = 0 | 1 | 2;
type Said = { readonly code: ExitCode; readonly out: string };

/** `signoff verify FILE`: checks a certificate or its PDF without any network. */
export const verifyCommand = (): Command =>
  new Command('verify')
    .description('check a certificate of cancellation (.jws or .pdf), without any network')
    .argument('<file>', 'the certificate, as it was downloaded')
    .option('--keys <file>', 'the keys that the operator publishes (JWK set)', '.signoff/public-keys.json')
    .option('--json', 'say it as one JSON object')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2)) // 1 is kept for "not genuine"
    .action(async (file: string, options: { keys: string; json?: boolean }) => {
      const { code, out } = await checkFile(file, { ...options, json: options.json ?? false, language: terminalLanguage(process.env) });
      (code === 2 ? process.stderr : process.stdout).write(`${out}\n`);
      process.exitCode = code;
    });

export const checkFile = async (file: string, options: { readonly keys: string; readonly json: boolean; readonly language: Language }): Promise<Said> => {
  const words = translator('certificate', options.language);
  const keys = await read(options.keys);
  if (!keys.ok) return { code: 2, out: `${words('keys.unreadable', { file: options.keys, says: keys.why })}\n${words('keys.where')}` };
  const published = readPublishedKeys(keys.value.toString());
  if (!published.ok) return { code: 2, out: `${words(`keys.${published.why.kind}`, { file: options.keys })}\n${words('keys.where')}` };
  const bytes = await read(file);
  if (!bytes.ok) return { code: 2, out: words('file.unreadable', { file, says: bytes.why }) };
  return said(verifyFile(bytes.value, published.value), options);
};

const read = async (file: string): Promise<Result<Buffer, string>> => {
  try {
    return ok(await readFile(file));
  } catch (fault) {
    return no(fault instanceof Error ? fault.message : String(fault)); // the system's own words name the reason best
  }
};

const said = (verification: Verification, { json, language }: { readonly json: boolean; readonly language: Language }): Said => {
  const code = verification.kind === 'valid' ? 0 : 1;
  if (json) return { code, out: JSON.stringify({ ok: code === 0, ...verification }) };
  const { verdict, says, counts } = tell(verification, language);
  const lines = [`${code === 0 ? '✓' : '✗'} ${verdict}`, ...says.map((text) => `  ${text}`)];
  if (counts === undefined) return { code, out: lines.join('\n') };
  const facts = factsOf(counts, language).map(({ label, value }) => [label, value] as const);
  const steps = stepsOf(counts, language).map(({ name, outcome, at }) => [`${at}  ${outcome}`, name] as const);
  return { code, out: [...lines, '', `  ${verdictOf(counts, language)}`, '', ...table(facts), '', `  ${translator('certificate', language)('steps')}`, ...table(steps)].join('\n') };
};

/** Columns in a terminal, where a Chinese character is two cells wide. */
const table = (rows: readonly (readonly [string, string])[]): string[] => {
  const widest = Math.max(0, ...rows.map(([left]) => cells(left)));
  return rows.map(([left, right]) => `  ${left}${' '.repeat(widest - cells(left) + 2)}${right}`);
};
const cells = (text: string): number => [...text].reduce((sum, character) => sum + (/[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u.test(character) ? 2 : 1), 0);
