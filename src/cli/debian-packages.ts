import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program or font that some tests need and npm does not bring. */
type Need = { readonly debian: string; readonly tests: string; readonly isThere: () => boolean };

/** The path of the first of these programs on this machine. */
export const findProgram = (...names: readonly string[]): string | undefined => {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/bin', '/usr/bin', '/usr/sbin'];
  for (const name of names) {
    for (const folder of folders) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
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
  'osmo-hlr': { names: ['osmo-hlr'], debian: 'osmo-hlr', tests: 'the tests against a home register that we did not write (test/peers)' },
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

const needs: readonly Need[] = [
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

const install = async (packages: readonly string[], say: (text: string) => void): Promise<string | undefined> => {
  say(`Installing the Debian packages ${packages.join(', ')} (only once) …`);
  const began = performance.now();
  const ticking = setInterval(() => say(`  … ${Math.round((performance.now() - began) / 1000)} s`), 5000);
  try {
    const notUpdated = await aptGet('update'); // one source that is down need not matter
    const failed = await aptGet('install', '-y', '--no-install-recommends', ...packages);
    // Debian starts what it installs; the tests bring up an instance of their own, on ports of their own.
    if (packages.includes('osmo-hlr')) spawnSync('systemctl', ['disable', '--now', 'osmo-hlr'], { stdio: 'ignore' });
    return failed === undefined ? undefined : (notUpdated ?? failed);
  } finally {
    clearInterval(ticking);
  }
};

/** Installs what is missing where this machine lets us, and says which tests will fail for lack of the rest. */
export const ensureDebianPackages = async (say: (text: string) => void): Promise<void> => {
  const missing = (): Need[] => needs.filter((need) => !need.isThere());
  const packages = [...new Set(missing().map((need) => need.debian))];
  if (packages.length === 0) return;
  const why =
    findProgram('apt-get') === undefined ? 'This is no Debian'
    : process.getuid?.() !== 0 ? 'Only root can install Debian packages'
    : await install(packages, say);
  for (const { debian, tests } of missing()) say(`${debian} is missing: ${tests} will fail. (${why ?? 'The package did not bring it'}; install it with: apt-get install ${debian})`);
};
