/** `signoff sim`: many seeds, one of them again, or the planted bugs. Progress on stderr, one last line on stdout. */
import { parseArgs } from 'node:util';
import { hookModules } from './hooks.ts';
import { plants } from './planted.ts';

const { values: given } = parseArgs({ options: { seeds: { type: 'string', default: '100' }, from: { type: 'string', default: '1' }, seed: { type: 'string' }, trace: { type: 'boolean', default: false }, planted: { type: 'boolean', default: false }, plant: { type: 'string' }, digests: { type: 'boolean', default: false } } });
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const plant = given.plant === undefined ? undefined : plants.find(({ name }) => name === given.plant);
hookModules(plant);
const { openStage } = await import('./stage.ts');
const { runSeed } = await import('./run-seed.ts');

const seeds = given.seed !== undefined ? [Number(given.seed)] : Array.from({ length: Number(given.seeds) }, (_, index) => Number(given.from) + index);
const stage = await openStage(process.env['SIGNOFF_SIM_SERVER']);
let [steps, failed] = [0, 0];
try {
  const began = performance.now();
  for (const [index, seed] of seeds.entries()) {
    const result = await runSeed(stage, seed, given.trace);
    steps += result.steps;
    if (given.digests || given.seed !== undefined) say(`seed ${seed}: ${result.steps} steps, trace ${result.digest}, ${result.states.join(' ')}`);
    if (given.trace) say(result.trace.join('\n'));
    if (result.violation !== undefined) {
      failed++;
      if (!given.trace) say(result.trace.slice(-40).join('\n'));
      say(`seed ${seed} broke ${result.violation.invariant}: ${result.violation.message}\nAgain, with everything that happened: npm run sim -- --seed ${seed} --trace`);
      if (failed === 3) break;
    }
    if ((index + 1) % 50 === 0) say(`${index + 1} seeds, ${((index + 1) / (performance.now() - began) * 1000).toFixed(1)} a second`);
  }
} finally {
  await stage.close();
}
console.log(`${seeds.length} seeds, ${steps} steps, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1); // processes that crashed have left timers behind
