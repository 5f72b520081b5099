import { afterEach, describe, expect, it } from 'vitest';
import { resume } from '../../src/desk/resume.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import { assemble } from '../../src/main.ts';
import { applicantOf, applyAndApprove, comesTo, effectsOn, reviewerOf, stepsOf } from '../apply.ts';
import { days, eventually, openStory, type Story, type StoryOptions } from '../harness.ts';

const imsi = '001010000000142';
let story: Story;
afterEach(() => story?.stop());

const begin = async (options?: StoryOptions) => {
  story = await openStory(options);
  return applicantOf(story, 'B-100142');
};
const barred = (number: string) => eventually('the line is barred', async () => (await stepsOf(story, number)).some((step) => step.name === 'bar-line' && step.state === 'done'));
const outcomeOf = async (number: string, name: string) => (await stepsOf(story, number)).find((step) => step.name === name)?.outcome;
/** What happened to this subscriber in the core network, in its order. */
const inTheNetwork = (): string[] => effectsOn(story).filter((one) => /^(nas|home-register) /.test(one) && one.endsWith(imsi)).map((one) => one.split(' ').slice(0, 2).join(' '));

describe('data that flows at this moment', () => {
  it('stops after the bar and before the line is detached, once, also where the answer is lost', async () => {
    const applicant = await begin();
    const number = await applyAndApprove(story, applicant);
    await barred(number);
    await story.simulator.addFault({ system: 'nas', fault: 'drop-reply' });
    await story.pass(days(7) + 1000);
    await comesTo(story, number, 'cancelled');
    expect(inTheNetwork()).toEqual(['home-register packet-switched-off', 'home-register circuit-switched-off', 'home-register serving-node-told', 'nas session-ended', 'home-register subscriber-removed']);
  });

  it('that a gateway will not end parks the case, in the gateway\'s words; mended, it goes on', async () => {
    const applicant = await begin();
    const number = await applyAndApprove(story, applicant);
    await barred(number);
    await story.simulator.addFault({ system: 'nas', fault: 'refuse', code: '504' });
    await story.pass(days(7) + 1000);
    await comesTo(story, number, 'stalled');
    expect(await outcomeOf(number, 'end-sessions')).toMatchObject({ kind: 'refused', code: 'error-cause-504', says: expect.stringContaining('Session Context Not Removable') });
    expect(effectsOn(story).join()).not.toMatch(/session-ended|subscriber-removed/);
    expect((await resume(story.signoff.desk, await reviewerOf(story), number)).ok).toBe(true);
    await comesTo(story, number, 'cancelled');
    expect(inTheNetwork().filter((one) => one === 'nas session-ended')).toHaveLength(1);
  });
});

describe('a set-up whose home register is Open5GS', () => {
  it('bars, has the location cancelled, sees that it is, and deletes; the certificate comes after', async () => {
    const applicant = await begin({ carrier: (straight, { open5gs }) => ({ ...straight, homeRegister: { kind: 'open5gs', ...open5gs } }) });
    await story.simulator.seed({ subscribers: [{ imsi, mme: 'mme-1.epc.example' }] });
    const number = await applyAndApprove(story, applicant);
    await barred(number);
    await story.pass(days(7) + 1000);
    await comesTo(story, number, 'cancelled');
    expect(inTheNetwork()).toEqual([
      'home-register circuit-switched-off', 'home-register packet-switched-off', 'home-register cancel-location-requested', 'home-register serving-node-told',
      'nas session-ended', 'home-register cancel-location-cleared', 'home-register cancel-location-requested', 'home-register subscriber-removed',
    ]);
  });
});

describe('a policy that ends sessions', () => {
  it('does not start where no gateway is named', async () => {
    await begin();
    const { radius: _, ...carrier } = story.parts.carrier;
    await expect(assemble({ ...story.parts, carrier })).rejects.toThrow(/ends data sessions \(end-sessions\).*SIGNOFF_RADIUS_NAS/);
  });
});

describe('a line that was barred by half', () => {
  it.each([
    ['refuse', 'refused'], ['drop-reply', 'unreachable'],
  ] as const)('UP10 withdrawn after its serving node could not be told (%s): it is on again, at the register', async (fault, kind) => {
    const applicant = await begin();
    await story.simulator.addFault({ system: 'home-register', operation: 'network-access-mode', fault, times: 1_000 });
    const number = await applyAndApprove(story, applicant);
    await eventually('the bar was tried', async () => (await outcomeOf(number, 'bar-line'))?.kind === kind);
    expect(inTheNetwork()).toContain('home-register packet-switched-off');
    await story.simulator.clearFaults();
    expect((await withdraw(story.signoff.desk, applicant.who, number)).ok).toBe(true);
    await eventually('the line works again', async () => (await story.rows(`select 1 from lines where id = $1 and status = 'active' and not frozen`, [applicant.lineId])).length === 1);
    await eventually('it is on at the register', async () => inTheNetwork().includes('home-register circuit-switched-on'));
    expect(inTheNetwork()).toContain('home-register packet-switched-on');
  });
});
