/** Statements without sign-in: anybody declares, now and then twice or with a contract that there is not, and the desk finds whose line it is. */
import { jurisdictions } from '../../policies/index.ts';
import { matchByHand, settleStatement, waitingStatements } from '../../src/desk/match-statement.ts';
import { declare, seeReceipt } from '../../src/desk/statement.ts';
import { openEntries } from '../../src/policy/laws.ts';
import type { Scene } from './commands.ts';
import { at, insist } from './people.ts';
import { owner } from './world.ts';

const hour = 3_600_000;

export const declares = async (scene: Scene, name: string): Promise<void> => {
  const { world, invariants } = scene;
  const { random } = world;
  const person = owner(name);
  await world.sleep(person, random.below(6 * 24 * hour));
  const entry = openEntries(jurisdictions, ['DE'], new Date(world.now)).find(({ act }) => act === 'cancel');
  if (entry === undefined) throw new Error('no law lets anybody declare');
  if (scene.quiet) return;
  const line = random.pick(scene.lines);
  const contract = random.chance(0.3) ? `mistyped ${line.ref}` : line.ref;
  const said = { brand: line.brand, language: 'en' as const, entry, contents: { name: 'Nobody Knows', contract, email: 'anybody@mail.example' }, form: `form-${random.below(1_000_000)}` };
  for (let times = random.chance(0.3) ? 2 : 1; times > 0; times--) {
    const answer = await insist(scene, person, `declares ${contract}`, (desk) => declare(desk, said));
    if (answer === 'no-answer') continue;
    invariants.declared.add(answer.pass.split('.')[0] ?? '');
    const theirs = await at(scene, person, 'looks for the receipt in another brand', (desk) => seeReceipt(desk, line.brand === 'violet' ? 'amber' : 'violet', answer.pass));
    if (theirs !== 'no-answer' && theirs !== undefined) world.violate('I7', 'a receipt is seen in another brand');
  }
};

/** What no number matched is matched by somebody, or belongs nowhere. */
export const findsWhoseLine = async (scene: Scene, brand: string, over: () => boolean): Promise<void> => {
  const { world } = scene;
  const person = owner(`matcher of ${brand}`);
  const who = scene.reviewers.find((one) => one.brand === brand);
  if (who === undefined) throw new Error('nobody at the desk');
  while (!over()) {
    await world.sleep(person, 12 * hour + world.random.below(24 * hour));
    if (scene.invariants.seen.unmatched === 0) continue;
    const waiting = await at(scene, person, 'looks at statements', (desk) => waitingStatements(desk, who));
    for (const { id, contents: { contract } } of waiting === 'no-answer' ? [] : waiting) {
      if (!contract.startsWith('mistyped ')) continue; // its job is on the way
      const matched = world.random.chance(0.6) ? await at(scene, person, 'matches by hand', (desk) => matchByHand(desk, who, id, contract.replace('mistyped ', ''))) : undefined;
      if (matched === undefined || (matched !== 'no-answer' && !matched.ok)) await at(scene, person, 'settles', (desk) => settleStatement(desk, who, id, 'nowhere'));
    }
  }
};
