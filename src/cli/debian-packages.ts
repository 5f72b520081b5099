import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program or font that some tests need and npm does not bring. */
export type Need = { readonly debian: string; readonly tests: string; readonly isThere: () => boolean; /** A daemon that comes with it and that nobody here wants. */ readonly daemon?: string };

/** The path of the first of these programs on this machine; one that begins with `/` is looked for there alone. */
export const findProgram = (...names: readonly string[]): string | undefined => {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/bin', '/usr/bin', '/usr/sbin'];
  for (const name of names) {
    for (const path of name.startsWith('/') ? [name] : folders.map((folder) => join(folder, name))) {
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // not here
      }
    }
  }
  return undefined;
};

const programs = {
  chromium: { names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'], debian: 'chromium', tests: 'the stories in a browser (test/browser)' },
  pdftotext: { names: ['pdftotext'], debian: 'poppler-utils', tests: 'the stories that read a certificate as PDF' },
  pdftoppm: { names: ['pdftoppm'], debian: 'poppler-utils', tests: 'the stories that look at a certificate as PDF' },
  pdfsig: { names: ['pdfsig'], debian: 'poppler-utils', tests: 'the stories that check the signature of an agreement' },
  certutil: { names: ['certutil'], debian: 'libnss3-tools', tests: 'the story that has an authority trusted by pdfsig' },
  openssl: { names: ['openssl'], debian: 'openssl', tests: 'the stories that follow the signature of an agreement to its authority' },
} as const;
export type Program = keyof typeof programs;

/**
 * For a test that cannot run without it.
 * @throws Error that says which package brings it: a test that cannot run fails, it is never skipped.
 */
export const requireProgram = (program: Program): string => {
  const { names, debian } = programs[program];
  const path = findProgram(...names);
  if (!path) throw new Error(`${program} is not on this machine. Install it (on Debian: apt-get install ${debian}), then run the tests again.`);
  return path;
};

const hasChineseFont = (): boolean =>
  existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') ||
  (spawnSync('fc-list', [':lang=zh-cn', 'file'], { encoding: 'utf8' }).stdout ?? '').trim() !== '' ||
  process.platform === 'darwin';

const fakeTimes = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`);

/** For processes under a clock of their own. @throws as `requireProgram` does. */
export const requireFakeTime = (): string => {
  const path = fakeTimes.find((one) => existsSync(one));
  if (path === undefined) throw new Error('libfaketime is not on this machine. Install it (on Debian: apt-get install libfaketime), then run the row again.');
  return path;
};

/** Of test/faults, beside what its short runs need. */
export const needsOfFaults: readonly Need[] = [{ debian: 'libfaketime', tests: 'the processes of fault 21 whose clock is set', isThere: () => fakeTimes.some((one) => existsSync(one)) }];

/** Of everything but test/peers. */
export const needsOfTests: readonly Need[] = [
  ...Object.values(programs).map(({ names, debian, tests }) => ({ debian, tests, isThere: () => findProgram(...names) !== undefined })),
  { debian: 'fonts-noto-cjk', tests: 'the stories that look at Chinese pages', isThere: hasChineseFont },
];

/** Runs apt-get quietly; resolves to what it said where it failed. */
const aptGet = async (...args: readonly string[]): Promise<string | undefined> => {
  const child = spawn('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { said += text.toString(); });
  const status = await new Promise<unknown>((resolve) => child.once('error', resolve).once('close', resolve));
  return status === 0 ? undefined : (said.split('\n').filter((line) => line.startsWith('E:')).at(-1) ?? String(status));
};

/**
 * Debian starts what it installs unless this script says no (invoke-rc.d(8)); the tests bring up instances of their own,
 * on ports of their own. A machine that has such a script keeps its own.
 */
const startingNothing = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  const script = '/usr/sbin/policy-rc.d';
  try {
    writeFileSync(script, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' });
  } catch {
    return work(); // one is there
  }
  const takeAway = (): void => rmSync(script, { force: true });
  const stopped = (signal: NodeJS.Signals): void => {
    takeAway();
    process.kill(process.pid, signal);
  };
  process.once('SIGINT', stopped).once('SIGTERM', stopped);
  try {
    return await work();
  } finally {
    process.off('SIGINT', stopped).off('SIGTERM', stopped);
    takeAway();
  }
};

const install = async (missing: readonly Need[], say: (text: string) => void): Promise<string | undefined> => {
  const packages = [...new Set(missing.map((need) => need.debian))];
  say(`Installing the Debian packages ${packages.join(', ')} (only once) …`);
  const began = performance.now();
  const ticking = setInterval(() => say(`  … ${Math.round((performance.now() - began) / 1000)} s`), 5000);
  try {
    const notUpdated = await aptGet('update'); // one source that is down need not matter
    let failed = await startingNothing(() => aptGet('install', '-y', '--no-install-recommends', ...packages));
    // One that cannot be had must not keep the others away.
    if (failed !== undefined && packages.length > 1) failed = await startingNothing(async () => {
      let last: string | undefined;
      for (const one of packages) last = (await aptGet('install', '-y', '--no-install-recommends', one)) ?? last;
      return last;
    });
    for (const { daemon } of missing) if (daemon !== undefined) spawnSync('systemctl', ['disable', '--now', daemon], { stdio: 'ignore' });
    return failed === undefined ? undefined : (notUpdated ?? failed);
  } finally {
    clearInterval(ticking);
  }
};

/** Installs what is missing where this machine lets us, and says which tests will fail for lack of the rest. */
export const ensureDebianPackages = async (needs: readonly Need[], say: (text: string) => void): Promise<void> => {
  const missing = (): Need[] => needs.filter((need) => !need.isThere());
  if (missing().length === 0) return;
  const why =
    findProgram('apt-get') === undefined ? 'This is no Debian'
    : process.getuid?.() !== 0 ? 'Only root can install Debian packages'
    : await install(missing(), say);
  for (const { debian, tests } of missing()) say(`${debian} is missing: ${tests} will fail. (${why ?? 'The package did not bring it'}; install it with: apt-get install ${debian})`);
};
