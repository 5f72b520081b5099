/** How anybody asks the desk for something: one request at a web server that may be gone before it answers. */
import type { Desk } from '../../src/desk/desk.ts';
import type { Scene } from './commands.ts';
import { isInjected, type SignoffProcess } from './signoff-process.ts';
import type { Owner } from './world.ts';

/** `process`: who is asked; a web server where not said. */
export const atProcess = async <Answer>(scene: Scene, who: Owner, what: string, process: SignoffProcess | undefined, act: (one: SignoffProcess) => Promise<Answer>): Promise<Answer | 'no-answer'> => {
  if (process === undefined) return 'no-answer';
  try {
    const answer = await Promise.race([act(process), process.died]);
    scene.world.note(`${who.name}: ${what} → ${JSON.stringify(answer)?.slice(0, 90)}`);
    return answer;
  } catch (error) {
    if (!isInjected(error)) scene.world.violate('fault', `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return 'no-answer';
  }
};

export const at = async <Answer>(scene: Scene, who: Owner, what: string, act: (desk: Desk) => Promise<Answer>): Promise<Answer | 'no-answer'> => {
  await scene.world.wait(who, what, () => undefined);
  return atProcess(scene, who, what, scene.web(), ({ desk }) => act(desk));
};

/** Again until there is an answer; a person gives up after a while. */
export const insist = async <Answer>(scene: Scene, who: Owner, what: string, act: (desk: Desk) => Promise<Answer>): Promise<Answer | 'no-answer'> => {
  for (let tries = 0; tries < 12; tries++) {
    const answer = await at(scene, who, what, act);
    if (answer !== 'no-answer') return answer;
    await scene.world.sleep(who, 2000 + scene.world.random.below(30_000));
  }
  return 'no-answer';
};
