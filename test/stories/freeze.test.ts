/** EC12 What a policy freezes is told to billing at receipt, and taken back however the case ends otherwise. */
import { afterEach, describe, expect, it } from 'vitest';
import { appeal } from '../../src/desk/appeal.ts';
import { approve, refuse } from '../../src/desk/review-case.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import { apply, applicantOf, comesTo, effectsOn, reviewerOf, stateOf, stepsOf, type Applicant } from '../apply.ts';
import { days, eventually, openStory, type Story, type StoryOptions } from '../harness.ts';

let story: Story;
let applicant: Applicant;
afterEach(() => story?.stop());

const begin = async (change: NonNullable<StoryOptions['change']> = (pack) => pack): Promise<string> => {
  story = await openStory({ change: (pack) => change({ ...pack, freeze: ['purchases'], steps: ['freeze-line', ...pack.steps] }) });
  applicant = await applicantOf(story, 'B-100142');
  return apply(story, applicant);
};
const told = (): string[] => effectsOn(story).filter((one) => /billing (un)?frozen B-100142$/.test(one)).map((one) => one.split(' ')[1] ?? '');
const isTold = (...wanted: string[]): Promise<true> => eventually(`billing was told ${wanted.join(', ')}, not ${told().join(', ')}`, async () => told().join() === wanted.join() || undefined);
const done = async (number: string): Promise<string[]> => (await stepsOf(story, number)).filter(({ state }) => state === 'done').map(({ name }) => name);

describe('EC12 frozen from receipt on', () => {
  it('EC12 in review, with nothing else of the plan; approved, it is told no second time, and the case ends', async () => {
    const number = await begin();
    await isTold('frozen');
    await eventually('it is on record', async () => (await done(number)).join() === 'freeze-line' || undefined);
    expect(await stateOf(story, number)).toBe('reviewing');
    expect(story.simulator.effects().find(({ effect }) => effect === 'frozen')?.detail).toEqual({ charges: false, purchases: true });
    expect(effectsOn(story).filter((one) => one.startsWith('home-register'))).toEqual([]);
    expect(await story.rows(`select status from lines where id = $1`, [applicant.lineId])).toEqual([{ status: 'active' }]);
    expect((await approve(story.signoff.desk, await reviewerOf(story), number)).ok).toBe(true);
    await story.pass(days(8));
    await comesTo(story, number, 'cancelled');
    expect(told()).toEqual(['frozen']);
  });

  it('P2 withdrawn, it is taken back: the freeze too', async () => {
    const number = await begin();
    await isTold('frozen');
    expect((await withdraw(story.signoff.desk, applicant.who, number)).ok).toBe(true);
    await isTold('frozen', 'unfrozen');
  });

  it('UU12 refused, it is taken back; an appeal freezes it again, under the key of the first time', async () => {
    const number = await begin();
    await isTold('frozen');
    const { desk } = story.signoff;
    const pack = desk.packs.latest('ultra-purple');
    expect((await refuse(desk, await reviewerOf(story), number, pack.ok ? pack.value.refusals[0]?.id ?? '' : '')).ok).toBe(true);
    await isTold('frozen', 'unfrozen');
    expect((await appeal(desk, applicant.who, number, '我就是本人。')).ok).toBe(true);
    await isTold('frozen', 'unfrozen', 'frozen');
    expect((await withdraw(desk, applicant.who, number)).ok).toBe(true);
    await isTold('frozen', 'unfrozen', 'frozen', 'unfrozen');
  });

  it('EC8 EC12 without any waiting time it is taken back as well, where the link is not pressed and the case lapses', async () => {
    const number = await begin((pack) => ({ ...pack, recoverableDays: 0, review: { ...pack.review, reviewers: 0 }, identity: { ...pack.identity, level: 'basic' }, confirmation: { hours: 24 } }));
    await isTold('frozen');
    await story.pass(days(2));
    await comesTo(story, number, 'lapsed');
    await isTold('frozen', 'unfrozen');
  });
});
