import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDebianPackages, needsOfFaults, needsOfTests } from './debian-packages.ts';
import { allPeers, isThere, needOf } from './peers.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tool = (...path: readonly string[]): string => join(root, 'node_modules', ...path);
const say = (text: string): void => { process.stderr.write(`${text}\n`); };

export type Count = { readonly passed: number; readonly failed: number };

/** What vitest writes with `--reporter=json`, as far as it is read here (vitest 5). */
type Report = {
  readonly numPassedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[];
};

/** Runs a tool with the Node that runs us; what it prints is shown. Anything but 0 is a failure, a signal too. */
const succeeds = async (args: readonly string[]): Promise<boolean> => {
  const child: ChildProcess = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals): void => { child.kill(signal); };
  process.on('SIGTERM', forward).on('SIGINT', forward);
  const status = await new Promise<number | null>((resolve) => child.once('error', () => resolve(null)).once('close', resolve));
  process.off('SIGTERM', forward).off('SIGINT', forward);
  return status === 0;
};

const one = (passed: boolean): Count => (passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

const lint = async (): Promise<Count> => {
  say('Lint …');
  return one(await succeeds([tool('oxlint', 'bin', 'oxlint'), '--deny-warnings']));
};

const types = async (): Promise<Count> => {
  say('Types …');
  return one(await succeeds([tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', root]));
};

/**
 * A file that could not be loaded counts as a failed test, and so does a run that fails although each test passed
 * (a leaked error, a crash). A skipped test counts as failed too, unless the caller chose which to run.
 */
export const countTests = (report: Report | undefined, succeeded: boolean, chosen: boolean): Count => {
  if (!report) return { passed: 0, failed: 1 };
  const passed = report.numPassedTests;
  let failed = 0;
  for (const file of report.testResults) {
    const bad = file.assertionResults.filter(({ status }) => status !== 'passed' && !(chosen && status !== 'failed')).length;
    failed += bad === 0 && file.status === 'failed' ? 1 : bad;
  }
  if (failed === 0 && (!succeeded || passed === 0)) failed = 1;
  return { passed, failed };
};

const peersFolder = join('test', 'peers');

const stories = async (argv: readonly string[]): Promise<Count> => {
  say('Tests …');
  const folder = await mkdtemp(join(tmpdir(), 'signoff-report-'));
  try {
    const file = join(folder, 'report.json');
    const succeeded = await succeeds([tool('vitest', 'vitest.mjs'), 'run', '--root', root, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...argv]);
    const report = await readFile(file, 'utf8').then((text) => JSON.parse(text) as Report, () => undefined); // none after a crash
    return countTests(report, succeeded, argv.some((word) => word.startsWith('-t') || word.startsWith('--testNamePattern')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const conclude = (counts: readonly Count[]): number => {
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed > 0 || passed === 0 ? 1 : 0;
};

/** `signoff check`: lint and types. Resolves to the exit status; the last line on stdout is `N passed, N failed`. */
export const runChecks = async (): Promise<number> => conclude([await lint(), await types()]);

/** `signoff test`: lint, types and every test but those of test/peers, whatever fails on the way; `argv` goes to vitest. Resolves to the exit status. */
export const runTests = async (argv: readonly string[]): Promise<number> => {
  await ensureDebianPackages(needsOfTests, say);
  return conclude([await lint(), await types(), await stories(['--project=pure', '--project=stories', ...argv])]);
};

/**
 * `signoff test-peers`: our side of each protocol against programs that we did not write. A peer that is missing is named
 * and counts as failed; its file does not run. Of `argv` the first words choose files, what follows from the first option on goes to vitest.
 * Resolves to the exit status; the last line on stdout is `N cases, N failed`.
 */
export const runPeers = async (argv: readonly string[]): Promise<number> => {
  const firstOption = argv.findIndex((word) => word.startsWith('-'));
  const [words, options] = firstOption < 0 ? [argv, []] : [argv.slice(0, firstOption), argv.slice(firstOption)];
  const isChosen = (file: string): boolean => words.length === 0 || words.some((word) => join(peersFolder, file).includes(word));
  const peers = allPeers().filter(({ file }) => isChosen(file));
  await ensureDebianPackages(peers.map(needOf), say);
  const missing = peers.filter((peer) => !isThere(peer));
  const without = new Set(missing.map(({ file }) => file));
  const left = (await readdir(join(root, peersFolder))).filter((file) => file.endsWith('.test.ts') && isChosen(file) && !without.has(file));
  const ran = left.length === 0 ? { passed: 0, failed: 0 } : await stories(['--project=peers', ...left.map((file) => join(peersFolder, file)), ...options]);
  for (const { file, program, debian } of missing) say(`Missing: ${program} (Debian package ${debian}). ${join(peersFolder, file)} did not run and counts as failed.`);
  const { line, status } = concludePeers(ran, missing.length);
  process.stdout.write(`${line}\n`);
  return status;
};

/** `signoff test-faults [rows…] [--seed N] [--full]`: test/faults. Resolves to the exit status; the last line on stdout is `N cases, N failed`. */
export const runFaults = async (argv: readonly string[]): Promise<number> => {
  if (!argv.includes('--short')) await ensureDebianPackages(needsOfFaults, say);
  return (await succeeds(['--import', 'tsx', join(root, 'test', 'faults', 'main.ts'), ...argv])) ? 0 : 1;
};

/** A peer that is missing is a failed case; a run of nothing is no success. */
export const concludePeers = (ran: Count, missing: number): { readonly line: string; readonly status: 0 | 1 } => {
  const failed = ran.failed + missing;
  return { line: `${ran.passed + failed} cases, ${failed} failed`, status: failed > 0 || ran.passed === 0 ? 1 : 0 };
};
