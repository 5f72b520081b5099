/** `signoff sim`: many seeds, one of them again, or the planted bugs. Progress on stderr, one last line on stdout; exit status 1 where something failed. */
import { availableParallelism } from 'node:os';
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hookModules } from './hooks.ts';
import { plants } from './planted.ts';

const { values: given } = parseArgs({ options: {
  seeds: { type: 'string' }, from: { type: 'string', default: '1' }, seed: { type: 'string' }, trace: { type: 'boolean', default: false },
  planted: { type: 'boolean', default: false }, plant: { type: 'string', multiple: true, default: [] },
  /** How many processes share the seeds. */
  processes: { type: 'string' }, first: { type: 'string' }, part: { type: 'boolean', default: false },
} });
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);

type Told = { readonly seed: number; readonly steps: number; readonly digest: string; readonly states: readonly string[]; readonly broke?: string; readonly says?: string; readonly trace: readonly string[] };

const children = new Set<ChildProcess>();

/** A process of its own for one part of the seeds, or for one bug; told of each seed as it is over. It can be ended early. */
const inProcess = (server: string, args: readonly string[], tell: (told: Told) => void): { readonly ended: Promise<number | null>; stop(): void } => {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--part', ...args], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, SIGNOFF_SIM_SERVER: server } });
  children.add(child);
  child.once('close', () => children.delete(child));
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (text + chunk.toString()).split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) tell(JSON.parse(line) as Told);
  });
  return { ended: new Promise((resolve) => child.once('close', resolve)), stop: () => void child.kill('SIGTERM') };
};

const show = ({ seed, broke, says, trace }: Told, all: boolean): void => {
  say((all ? trace : trace.slice(-40)).join('\n'));
  if (broke !== undefined) say(`Seed ${seed} broke ${broke}: ${says}\nAgain, with all that happened: npm run sim -- --seed ${seed} --trace`);
};

/** One part: its seeds one after another, each told on stdout. */
const runPart = async (first: number, count: number, plant: string | undefined, whole: boolean, /** A seed before all others. */ before?: number): Promise<void> => {
  hookModules(plants.find(({ name }) => name === plant));
  // What the program does by the clock of the machine has no place here: what of it matters, the world does when it wants.
  globalThis.setInterval = (() => ({ unref: () => undefined })) as unknown as typeof setInterval;
  const { openStage } = await import('./stage.ts');
  const { runSeed } = await import('./run-seed.ts');
  const stage = await openStage(process.env['SIGNOFF_SIM_SERVER']);
  process.once('SIGTERM', () => process.exit(0)); // it was enough
  const seeds = [...(before === undefined ? [] : [before]), ...Array.from({ length: count }, (_, place) => first + place).filter((seed) => seed !== before)];
  for (const seed of seeds) {
    const { violation, trace, ...rest } = await runSeed(stage, seed, whole);
    const told: Told = { ...rest, trace: whole ? trace : violation === undefined ? [] : trace.slice(-60), ...(violation === undefined ? {} : { broke: violation.invariant, says: violation.message }) };
    await new Promise<void>((resolve) => { process.stdout.write(`${JSON.stringify(told)}\n`, () => resolve()); });
  }
  await stage.close();
  process.exit(0); // processes that crashed have left timers behind
};

const withServer = async <Result>(run: (url: string) => Promise<Result>): Promise<Result> => {
  const { ownServer } = await import('./postgres.ts');
  const given = process.env['SIGNOFF_SIM_SERVER'];
  const server = given === undefined ? await ownServer() : { url: given, stop: async () => undefined };
  // Ended from outside, nothing of ours stays behind.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => {
    for (const child of children) child.kill('SIGTERM');
    void server.stop().finally(() => process.exit(1));
  });
  return run(server.url).finally(() => server.stop());
};

const runSeeds = (first: number, count: number, processes: number, whole: boolean): Promise<number> => withServer(async (url) => {
  const began = performance.now();
  let [done, steps, failed] = [0, 0, 0];
  const tell = (told: Told): void => {
    done++;
    steps += told.steps;
    if (told.broke !== undefined) failed++;
    if (told.broke !== undefined || whole) show(told, whole);
    if (whole || count <= 20) say(`seed ${told.seed}: ${told.steps} steps, trace ${told.digest}, ${told.states.join(' ')}`);
    if (done % 50 === 0) say(`${done} of ${count} seeds after ${seconds(began)} s, ${failed} failed`);
  };
  const share = Math.ceil(count / processes);
  const parts = Array.from({ length: Math.ceil(count / share) }, (_, part) => [first + part * share, Math.min(share, count - part * share)] as const);
  const ended = await Promise.all(parts.map(([from, seeds]) => inProcess(url, ['--from', String(from), '--seeds', String(seeds), ...(whole ? ['--trace'] : [])], tell).ended));
  if (done < count) say(`${count - done} seeds were not run: a process ended with ${ended.join(', ')}`);
  console.log(`${done} seeds, ${steps} steps, ${failed} failed`);
  return failed === 0 && done === count ? 0 : 1;
});

/** Each bug in a process of its own, until it is found. */
const runPlanted = (names: readonly string[], most: number, processes: number): Promise<number> => withServer(async (url) => {
  const wanted = plants.filter(({ name }) => names.length === 0 || names.includes(name));
  const missed: string[] = [];
  const next = wanted.values();
  const lane = async (): Promise<void> => {
    for (const plant of next) {
      let found: Told | undefined;
      let tried = 0;
      const run = inProcess(url, ['--plant', plant.name, '--first', String(plant.first), '--seeds', String(most)], (told) => {
        tried++;
        if (told.broke === undefined || found !== undefined) return;
        found = told;
        run.stop();
      });
      await run.ended;
      if (found === undefined) missed.push(plant.name);
      say(found === undefined ? `${plant.name}: NOT FOUND in ${tried} seeds (${plant.says})` : `${plant.name}: found in seed ${found.seed} by ${found.broke}: ${found.says?.split('\n')[0]?.slice(0, 150)}`);
    }
  };
  await Promise.all(Array.from({ length: processes }, lane));
  console.log(`${wanted.length} planted bugs, ${wanted.length - missed.length} found, ${missed.length} not found`);
  return missed.length === 0 ? 0 : 1;
});

const processes = Number(given.processes ?? availableParallelism() + 1);
const [plant] = given.plant;
const unknown = given.plant.find((name) => !plants.some((one) => one.name === name));
if (unknown !== undefined) {
  say(`There is no planted bug "${unknown}". There are: ${plants.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
if (given.part) await runPart(Number(given.from), Number(given.seeds ?? 1), plant, given.trace, given.first === undefined ? undefined : Number(given.first));
else if (given.planted || given.plant.length > 0) process.exitCode = await runPlanted(given.plant, Number(given.seeds ?? 60), processes);
else if (given.seed !== undefined) process.exitCode = await runSeeds(Number(given.seed), 1, 1, given.trace);
else process.exitCode = await runSeeds(Number(given.from), Number(given.seeds ?? 100), processes, given.trace);
