/** EC12 What a policy freezes is told to billing at receipt, and taken back however the case ends otherwise. */
import { afterEach, describe, expect, it } from 'vitest';
import { appeal } from '../../src/desk/appeal.ts';
import { resume } from '../../src/desk/resume.ts';
import { approve, refuse } from '../../src/desk/review-case.ts';
import { seeQueue } from '../../src/desk/review-queue.ts';
import { submit } from '../../src/desk/submit.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import { apply, applicantOf, comesTo, effectsOn, fillIn, prepare, reviewerOf, stateOf, stepsOf, type Applicant } from '../apply.ts';
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

  it('EC12 refused by billing, people are called and the review goes on; resumed at the console it is frozen, and the case ends', async () => {
    story = await openStory({ change: (pack) => ({ ...pack, freeze: ['purchases'], steps: ['freeze-line', ...pack.steps] }) });
    applicant = await applicantOf(story, 'B-100142');
    await prepare(story, applicant);
    await fillIn(story, applicant);
    await story.simulator.addFault({ system: 'billing', fault: 'refuse', times: 1 });
    const sent = await submit(story.signoff.desk, applicant.who, applicant.lineId);
    if (!sent.ok) throw new Error(sent.why.kind);
    const number = sent.value.applicationNumber;
    await eventually('an alarm', async () => story.alarms.some((alarm) => (alarm as { step?: string }).step === 'freeze-line') || undefined);
    expect([await stateOf(story, number), told()]).toEqual(['reviewing', []]);
    const desk = story.signoff.desk;
    const waits = await eventually('it waits for people', async () => { const { rows } = await seeQueue(desk, await reviewerOf(story), 'stalled'); return rows.length > 0 ? rows : undefined; });
    expect(waits.map((row) => [row.applicationNumber, row.step])).toEqual([[number, 'freeze-line']]);
    expect((await resume(desk, await reviewerOf(story), number)).ok).toBe(true);
    await isTold('frozen');
    expect((await approve(desk, await reviewerOf(story), number)).ok).toBe(true);
    await story.pass(days(8));
    await comesTo(story, number, 'cancelled');
  });

  it('EC8 EC12 without any waiting time it is taken back as well, where the link is not pressed and the case lapses', async () => {
    const number = await begin((pack) => ({ ...pack, recoverableDays: 0, review: { ...pack.review, reviewers: 0 }, identity: { ...pack.identity, level: 'basic' }, confirmation: { hours: 24 } }));
    await isTold('frozen');
    await story.pass(days(2));
    await comesTo(story, number, 'lapsed');
    await isTold('frozen', 'unfrozen');
  });
});
