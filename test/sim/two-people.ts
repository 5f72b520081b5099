/** What no read can settle: one looks at the carrier and says what happened, another looks too and agrees, or does not. */
import { decideOnResolution, proposeResolution } from '../../src/desk/resolve-step.ts';
import { openResolutions } from '../../src/store/resolutions.ts';
import type { Scene } from './commands.ts';
import { at } from './people.ts';
import type { SeenCase, SeenStep } from './state-of-things.ts';
import { owner } from './world.ts';

/** Those of which a look at the carrier's own books says it. */
const canBeSeen = new Set(['settle-balance', 'refund-credit', 'stop-billing', 'remove-subscriber', 'end-linked-services', 'cancel-esim-order']);
export const isForTwo = ({ name, undo, state, key }: SeenStep): boolean => canBeSeen.has(name) && !undo && key !== null && (state === 'stalled' || state === 'refused');

export const settleByTwo = async (scene: Scene, seen: SeenCase, { name, key }: SeenStep): Promise<void> => {
  const { world, carrier } = scene;
  const person = owner('two people');
  const [one, other] = scene.reviewers.filter(({ brand }) => brand === seen.brand);
  const line = scene.lines.find(({ id }) => id === seen.line);
  if (one === undefined || other === undefined || line === undefined || key === null) return;
  const truth = (): 'happened' | 'did-not-happen' => (carrier.saw(name, key, line) ? 'happened' : 'did-not-happen');
  const verdict = truth();
  await at(scene, person, `proposes ${name} ${verdict}`, (desk) => proposeResolution(desk, one, seen.number ?? '', { step: name, verdict, evidence: 'as the carrier has it' }));
  await world.sleep(person, 60_000 + world.random.below(3_600_000));
  const open = await at(scene, person, 'looks what waits for a second', (desk) => desk.db.inBrand(seen.brand, (tx) => openResolutions(tx, seen.id)));
  for (const { id, step, verdict: said } of open === 'no-answer' ? [] : open) {
    const alone = world.random.chance(0.2) ? await at(scene, person, 'agrees with themselves', (desk) => decideOnResolution(desk, one, seen.number ?? '', id, true)) : 'no-answer';
    if (alone !== 'no-answer' && alone.ok) world.violate('I3', 'one person alone settled a step');
    // Looked at once more: what was on its way then may have arrived since.
    const agrees = step === name && said === truth() && world.random.chance(0.9);
    if (agrees) carrier.lookedAt(key);
    await at(scene, person, agrees ? 'agrees' : 'does not agree', (desk) => decideOnResolution(desk, other, seen.number ?? '', id, agrees));
  }
};
