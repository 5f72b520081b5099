/** What goes on when a line has ended: somebody switches it on again at the carrier, the nightly look finds it, an agent orders it mended; and cards report. */
import { orderMend, seeFindings } from '../../src/desk/findings.ts';
import type { CardEvent } from '../../src/cancellation/esim-removal.ts';
import type { Scene } from './commands.ts';
import { at, atProcess } from './people.ts';
import { owner } from './world.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** At the carrier somebody undoes what was done, by hand. */
export const undoes = async (scene: Scene): Promise<void> => {
  const { world, carrier, invariants } = scene;
  const person = owner('somebody at the carrier');
  for (let times = 0; times < 3 && !scene.quiet; times++) {
    await world.sleep(person, day + world.random.below(9 * day));
    const ended = invariants.seen.cases.filter(({ state }) => state === 'cancelled');
    if (ended.length === 0 || scene.quiet) continue;
    const one = world.random.pick(ended);
    const line = scene.lines.find(({ id }) => id === one.line);
    if (line !== undefined) carrier.undo(line, world.random.pick(['register', 'billing', 'services'] as const));
  }
};

/** The schedule of pg-boss, and whoever works on what it found. */
export const looksEveryNight = async (scene: Scene, brand: string, over: () => boolean): Promise<void> => {
  const { world } = scene;
  const night = owner(`night of ${brand}`);
  while (!over()) {
    await world.sleep(night, day);
    // Nights on which nothing has ended are left out: they would be most of the steps.
    if (scene.invariants.seen.cases.some((one) => one.brand === brand && one.state === 'cancelled')) await atProcess(scene, night, 'schedules a look', scene.worker(), (one) => one.lookTonight(brand));
  }
};

export const mendsFindings = async (scene: Scene, brand: string, over: () => boolean): Promise<void> => {
  const { world, invariants } = scene;
  const agent = owner(`mender of ${brand}`);
  const who = scene.reviewers.find((one) => one.brand === brand);
  if (who === undefined) throw new Error('nobody to mend');
  while (!over()) {
    await world.sleep(agent, 3 * hour + world.random.below(10 * hour));
    if (invariants.seen.openFindings === 0) continue;
    const found = await at(scene, agent, 'looks at findings', (desk) => seeFindings(desk, who, 'open'));
    for (const one of found === 'no-answer' ? [] : found.rows)
      if (one.mending === 'to-order') await Promise.all(Array.from({ length: world.random.chance(0.2) ? 2 : 1 }, () => at(scene, agent, `orders ${one.what} mended`, (desk) => orderMend(desk, who, one.id))));
  }
};

/** Its card tells what became of a profile: in any order, more than once, and again until somebody says that it is on record. */
export const cardReports = async (scene: Scene, place: number): Promise<void> => {
  const { world, invariants } = scene;
  const { random } = world;
  const line = scene.lines[place];
  if (line === undefined) return;
  const card = owner(`card ${line.ref}`);
  await world.sleep(card, random.below(14 * day));
  const from = world.now - day;
  const story: readonly CardEvent[] = random.chance(0.7) ? ['installed', 'enabled', 'disabled', 'deleted'] : ['installed', 'deleted', 'enabled'];
  const reports = story.map((event, at) => ({ iccid: line.iccid, point: at, event, status: 'Executed-Success' as const, at: new Date(from + at * hour) }));
  const sent = reports.filter(({ event }) => event === 'deleted' || random.chance(0.6)).flatMap((one) => (random.chance(0.3) ? [one, one] : [one]));
  while (sent.length > 0 && !scene.quiet) {
    const [one] = sent.splice(random.below(sent.length), 1);
    if (one === undefined) break;
    for (let tries = 0; tries < 30; tries++) {
      await world.sleep(card, random.below(tries === 0 ? 6 * hour : 60_000));
      const answer = await atProcess(scene, card, `reports ${one.event}`, scene.web(), (process) => process.cardReport(one));
      if (answer === 'no-answer') continue;
      if (answer.kind !== 'on-record') world.violate('setup', `a card's report is a stray: ${JSON.stringify(answer)}`);
      invariants.reported.set(line.id, [...(invariants.reported.get(line.id) ?? []), { event: one.event, at: one.at }]);
      break;
    }
  }
};
