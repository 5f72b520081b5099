/** Orders of many lines: one person brings a file, another releases it, it is paused and goes on, and now and then it is stopped. */
import { pause, release, resume, seeOrders, stop } from '../../src/desk/bulk/order.ts';
import { takeFile } from '../../src/desk/bulk/take-file.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import type { Scene } from './commands.ts';
import { at, insist } from './people.ts';
import { owner } from './world.ts';

const hour = 3_600_000;

async function* inPieces(text: string, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < text.length; from += size) yield Buffer.from(text.slice(from, from + size));
}

/** Brings one file for some of the brand's lines; whose application is open already is left out by the dry run. */
export const ordersMany = async (scene: Scene, brand: string): Promise<void> => {
  const { world, invariants } = scene;
  const { random } = world;
  const person = owner(`operator of ${brand}`);
  const [first, second] = scene.reviewers.filter((one) => one.brand === brand);
  const pack = scene.packs.find((one) => one.brand === brand);
  if (first === undefined || second === undefined || pack === undefined) throw new Error('nobody to order');
  await world.sleep(person, random.below(5 * 24 * hour));
  if (scene.quiet) return;
  const lines = scene.lines.filter((line) => line.brand === brand && random.chance(0.6));
  const file = `reference,reason\n${lines.map(({ ref }) => `${ref},${pack.reasons[0]?.id ?? ''}\n`).join('')}nobody,${pack.reasons[0]?.id ?? ''}\n`;
  const taken = await insist(scene, person, 'brings a file', (desk) => takeFile(desk, { brand, person: `staff:${first.staffId}` }, 'bulk', inPieces(file, 1 + random.below(40))));
  if (taken === 'no-answer') return;
  if (!taken.ok) return scene.world.violate('setup', `a file was not taken: ${JSON.stringify(taken.why)}`);
  invariants.orders.add(taken.value.orderId);
};

/** What stands is carried on, until it is over: whoever brought it does not release it. */
export const looksAfterOrders = async (scene: Scene, brand: string, over: () => boolean): Promise<void> => {
  const { world, invariants } = scene;
  const { random } = world;
  const person = owner(`overseer of ${brand}`);
  const [first, second] = scene.reviewers.filter((one) => one.brand === brand);
  if (first === undefined || second === undefined) throw new Error('nobody to look after orders');
  const [bringer, other] = [{ brand, person: `staff:${first.staffId}` as const }, { brand, person: `staff:${second.staffId}` as const }];
  while (!over()) {
    await world.sleep(person, hour + random.below(10 * hour));
    if (invariants.seen.orders.every(({ state }) => state === 'done' || state === 'stopped')) continue;
    const orders = await at(scene, person, 'looks at orders', (desk) => seeOrders(desk, other));
    for (const { orderId, state } of orders === 'no-answer' ? [] : orders) {
      const own = await (state === 'checked' && random.chance(0.2) ? at(scene, person, 'releases their own', (desk) => release(desk, bringer, orderId)) : undefined);
      if (own !== undefined && own !== 'no-answer' && own.ok) world.violate('I3', 'whoever brought an order released it');
      if (state === 'checked') {
        const released = await at(scene, person, 'releases', (desk) => release(desk, other, orderId));
        if (released !== 'no-answer' && !released.ok && released.why.kind === 'nothing-eligible') await at(scene, person, 'puts it away', (desk) => stop(desk, other, orderId));
      }
      else if (state === 'paused') await at(scene, person, 'lets it go on', (desk) => resume(desk, other, orderId));
      else if (state === 'released' && !scene.quiet && random.chance(0.3)) await at(scene, person, 'pauses', (desk) => (random.chance(0.8) ? pause : stop)(desk, other, orderId));
    }
  }
};

/** Somebody whose line was ordered away does not want that. */
export const withdrawsOrdered = async (scene: Scene): Promise<void> => {
  const { world, invariants } = scene;
  const person = owner('ordered subscriber');
  for (let looks = 0; looks < 6 && !scene.quiet; looks++) {
    await world.sleep(person, world.random.below(48 * hour));
    for (const seen of invariants.seen.cases.filter(({ state, channel, number }) => channel === 'bulk' && number !== null && (state === 'scheduled' || state === 'recoverable'))) {
      const one = scene.applicants.find(({ lineId }) => lineId === seen.line);
      if (one === undefined || !world.random.chance(0.4)) continue;
      const answer = await at(scene, person, 'withdraws what was ordered', (desk) => withdraw(desk, one.who, seen.number ?? ''));
      if (answer !== 'no-answer' && answer.ok) invariants.withdrawn.add(seen.number ?? '');
    }
  }
};
