/** An SM-DP+ whose certificate is not what our settings trust: nothing acted, people are called at once, and it goes on when that is mended. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assemble, type Signoff } from '../../src/main.ts';
import { CannotStart } from '../../src/store/cannot-start.ts';
import { readSettings } from '../../src/settings.ts';
import { makeCertificates } from '../../src/simulator/certificates.ts';
import { applicantOf, applyAndApprove, comesTo, stateOf, stepsOf } from '../apply.ts';
import { days, eventually, hours, openStory, type Story } from '../harness.ts';

let story: Story;
let worker: Signoff | undefined;
beforeAll(async () => { story = await openStory({ works: false }); });
afterAll(async () => {
  await worker?.stop();
  await story?.stop();
});

const work = async (ca: string): Promise<void> => {
  await worker?.stop();
  const { carrier } = story.parts;
  worker = await assemble({ ...story.parts, works: true, carrier: { ...carrier, esimPlatform: { ...carrier.esimPlatform, tls: { ...carrier.esimPlatform.tls, ca } } } });
};

test('faults 15: a certificate that is not trusted is unreachable with the exact reason, and an alarm with the first try; nothing is done, and nothing is lost', async () => {
  await work(makeCertificates().ca);
  const number = await applyAndApprove(story, await applicantOf(story, 'B-100142'));
  await story.pass(days(8));
  worker?.desk.jobs.wake();
  const alarm = { step: 'cancel-esim-order', why: expect.stringMatching(/CERT|UNABLE_TO|signature/) };
  await eventually('people are called', async () => story.alarms.some((one) => (one as { step?: string }).step === 'cancel-esim-order'));
  expect(story.alarms).toContainEqual(expect.objectContaining(alarm));
  const step = await eventually('it is on record', async () => (await stepsOf(story, number)).find(({ name, state }) => name === 'cancel-esim-order' && state === 'waiting'));
  expect(step).toMatchObject({ outcome: { kind: 'unreachable', says: alarm.why } });
  expect(await stateOf(story, number)).toBe('executing');
  expect(story.simulator.effects().filter(({ system }) => system === 'sm-dp-plus')).toEqual([]);

  await work(story.simulator.certificates.ca);
  await story.pass(hours(2));
  worker?.desk.jobs.wake();
  await comesTo(story, number, 'cancelled');
  expect(story.simulator.effects().filter(({ system }) => system === 'sm-dp-plus').map(({ effect }) => effect)).toEqual(['order-cancelled']);
});

test('the door of the SM-DP+ is set wholly or not at all, and says what is wrong with it', async () => {
  expect(() => readSettings({ SIGNOFF_ES2PLUS_DOOR_PORT: '4700', SIGNOFF_ES2PLUS_DOOR_CERT: '-----BEGIN' })).toThrow(/SIGNOFF_ES2PLUS_DOOR_KEY, SIGNOFF_ES2PLUS_DOOR_CA are missing/);
  const { ca, door } = story.simulator.certificates;
  const set = { SIGNOFF_ES2PLUS_DOOR_PORT: '4700', SIGNOFF_ES2PLUS_DOOR_CERT: door.cert, SIGNOFF_ES2PLUS_DOOR_KEY: door.key, SIGNOFF_ES2PLUS_DOOR_CA: ca };
  expect(readSettings({ ...set, SIGNOFF_ES2PLUS_DOOR_HOST: '0.0.0.0' }).cardDoor).toEqual({ host: '0.0.0.0', port: 4700, tls: { ca, cert: door.cert, key: door.key } });
  expect(readSettings({}).cardDoor).toBeUndefined();
  const listen = (different: object) => story.signoff.listenToCards({ host: '127.0.0.1', port: 0, tls: { ca, ...door }, ...different });
  await expect(listen({ points: '5=gone' })).rejects.toThrow(/SIGNOFF_ES2PLUS_POINTS is not right at "5=gone"/);
  await expect(listen({ tls: { ca, cert: door.cert, key: story.simulator.certificates.server.key } })).rejects.toThrow(CannotStart);
  const opened = await listen({});
  await expect(listen({ port: opened.port })).rejects.toThrow(/port \d+ \(EADDRINUSE\)/);
  await opened.close();
});
