import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resume } from '../../src/desk/resume.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import { verifyChain, type Entry } from '../../src/evidence/chain.ts';
import { sha256 } from '../../src/store/journal.ts';
import { applicantOf, applyAndApprove, comesTo, effectsOn, reviewerOf, stateOf, stepsOf, type Applicant } from '../apply.ts';
import { days, eventually, openStory, type Story } from '../harness.ts';

let story: Story;
let applicant: Applicant;
beforeEach(async () => {
  story = await openStory();
  applicant = await applicantOf(story, 'B-100142');
});
afterEach(() => story?.stop());

const barred = (number: string) => eventually('the line is barred', async () => (await stepsOf(story, number)).some((step) => step.name === 'bar-line' && step.state === 'done'));
const journalIsWhole = async () => {
  const entries = await story.rows<Entry>(`select cancellation_id as "cancellationId", brand, entry, at, event, actor, facts, previous, hash from journal order by entry`);
  expect(verifyChain(entries, sha256)).toMatchObject({ ok: true });
};
const once = (effect: string) => expect(effectsOn(story).filter((one) => one === effect), effect).toHaveLength(1);

describe('a carrier that fails', () => {
  it.each([
    ['home-register', 'subscriber.delete', 'remove-subscriber', 'home-register subscriber-removed 001010000000142'],
    ['sm-dp-plus', 'cancelOrder', 'cancel-esim-order', 'sm-dp-plus order-cancelled 89001999900000001426'],
    ['billing', 'stop', 'stop-billing', 'billing stopped B-100142'],
  ] as const)('%s drops its reply to %s: the outcome is unknown, is read back, and nothing is done twice', async (system, operation, step, effect) => {
    const number = await applyAndApprove(story, applicant);
    await barred(number);
    await story.simulator.addFault({ system, operation, fault: 'drop-reply', times: 1 });
    await story.pass(days(7) + 1000);
    await eventually('the pause before the read', async () => (await stepsOf(story, number)).some((row) => row.name === step && row.outcome?.kind === 'unknown'));
    await story.pass(5_000);
    await comesTo(story, number, 'cancelled');
    once(effect);
    expect(await story.rows(`select facts from journal where event = 'step-unknown' and facts ->> 'step' = $1`, [step])).toHaveLength(1);
    await journalIsWhole();
  });

  it('is down: goes on by itself when it is back, and the status stays true meanwhile', async () => {
    const number = await applyAndApprove(story, applicant);
    await barred(number);
    await story.simulator.addFault({ system: 'billing', fault: 'down' });
    await story.pass(days(7) + 1000);
    await eventually('billing was tried', async () => (await stepsOf(story, number)).some((row) => row.name === 'settle-balance' && row.outcome?.kind === 'unreachable'));
    expect(await stateOf(story, number)).toBe('executing');
    await story.simulator.clearFaults();
    await story.pass(60_000);
    await comesTo(story, number, 'cancelled');
    once('billing stopped B-100142');
  });

  it('refuses: the case is parked with an alarm, and goes on when people have mended it', async () => {
    const number = await applyAndApprove(story, applicant);
    await barred(number);
    await story.simulator.addFault({ system: 'home-register', operation: 'subscriber.delete', fault: 'refuse', times: 1 });
    await story.pass(days(7) + 1000);
    await comesTo(story, number, 'stalled');
    expect(story.alarms).toContainEqual(expect.objectContaining({ step: 'remove-subscriber', msg: 'a case needs people' }));
    expect(JSON.stringify(story.alarms)).not.toMatch(/001010000000142|林晓雨|2025550142/);
    expect((await resume(story.signoff.desk, await reviewerOf(story), number)).ok).toBe(true);
    await comesTo(story, number, 'cancelled');
    once('home-register subscriber-removed 001010000000142');
    await journalIsWhole();
  });

  it('answers twice: the second answer changes nothing', async () => {
    const number = await applyAndApprove(story, applicant);
    await barred(number);
    await story.simulator.addFault({ system: 'home-register', fault: 'answer-twice', times: 20 });
    await story.pass(days(7) + 1000);
    await comesTo(story, number, 'cancelled');
    once('home-register subscriber-removed 001010000000142');
  });
});

describe('a change of mind', () => {
  it('UP10 undoes the bar at the register itself, not only in our own rows', async () => {
    const number = await applyAndApprove(story, applicant);
    await barred(number);
    await eventually('our row says so', async () => (await story.rows(`select 1 from lines where id = $1 and status = 'barred'`, [applicant.lineId])).length === 1);
    expect((await withdraw(story.signoff.desk, applicant.who, number)).ok).toBe(true);
    await eventually('the line works again', async () => (await story.rows(`select 1 from lines where id = $1 and status = 'active' and not frozen`, [applicant.lineId])).length === 1);
    expect(effectsOn(story)).toContain('home-register packet-switched-on 001010000000142');
    expect((await stepsOf(story, number)).find((row) => row.name === 'bar-line')).toMatchObject({ phase: 'undo', state: 'done' });
    await story.pass(days(8));
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(await stateOf(story, number)).toBe('withdrawn');
    expect(effectsOn(story).join()).not.toContain('subscriber-removed');
    await journalIsWhole();
  });

  it('comes too late after the point of no return, and is told so', async () => {
    const number = await applyAndApprove(story, applicant);
    await barred(number);
    await story.pass(days(7) + 1000);
    await comesTo(story, number, 'cancelled');
    expect(await withdraw(story.signoff.desk, applicant.who, number)).toEqual({ ok: false, why: { kind: 'wrong-state', move: 'withdraw', state: 'cancelled' } });
  });

  it('against the point of no return: exactly one wins', async () => {
    const number = await applyAndApprove(story, applicant);
    await barred(number);
    const [withdrawn] = await Promise.all([withdraw(story.signoff.desk, applicant.who, number), story.pass(days(7) + 1000)]);
    if (withdrawn.ok) {
      await eventually('the line works again', async () => (await story.rows(`select 1 from lines where id = $1 and status = 'active'`, [applicant.lineId])).length === 1);
      expect(effectsOn(story).join()).not.toContain('subscriber-removed');
    } else {
      await comesTo(story, number, 'cancelled');
      expect(effectsOn(story).join()).not.toContain('packet-switched-on');
    }
  });
});
