/** N11: who was not reached by one contact is told by the next, and what is known of its arrival stands in the case. */
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { translator } from '../../src/language/index.ts';
import { eventually } from '../harness.ts';
import { apply, person, reviewer, says, serve, signIn, words, type Served } from './up-setting.ts';

let served: Served;
const [reached, lost] = [person('61'), person('62', { person: { name: '林小62', email: 'lin.62@mail.example', contactPhone: null } })];
beforeAll(async () => { served = await serve({ also: [reached, lost] }); });
afterAll(() => served?.close());

const told = async (number: string, channel: string, state: string) => eventually(`the ${channel} is ${state}`, async () =>
  (await served.story.rows(`select 1 from notices n join cancellations c on c.id = n.cancellation_id where application_number = $1 and n.template = 'received' and n.channel = $2 and n.state = $3`, [number, channel, state])).length === 1);

test('N11 a mail that is refused is followed by an SMS; page, console and record say which arrived, when, and by what the centre knows it', async () => {
  await served.story.simulator.addFault({ system: 'mail', fault: 'refuse', code: '550' });
  const one = await signIn(served, reached);
  const number = await apply(one, reached);
  await told(number, 'mail', 'failed');
  await told(number, 'sms', 'delivered');

  await one.visit(`${served.root()}/cases/${number}`);
  for (const word of ['status.notice.is.failed', 'status.notice.is.delivered'] as const) expect(words(one)).toContain(says('zh-CN')(word));
  const desk = await reviewer(served);
  await desk.visit(`${served.root()}/console/cases/${number}`);
  const speak = translator<'case.notice.is.failed' | 'case.notice.is.delivered' | 'case.notice.instead'>('console', 'zh-CN');
  for (const word of ['case.notice.is.failed', 'case.notice.is.delivered', 'case.notice.instead'] as const) expect(words(desk)).toContain(speak(word));

  const { contents } = await one.download(one.link(/record\.zip$/));
  const files = unzipSync(new Uint8Array(contents));
  const proofs = JSON.parse(strFromU8(files['notices.json'] ?? new Uint8Array())) as { template: string; providerId: string | null }[];
  const sent = served.story.simulator.effects().find(({ effect, subject }) => effect.startsWith('sms-') && subject === reached.person.contactPhone);
  expect(proofs.filter(({ template }) => template === 'received')).toMatchObject([
    { channel: 'mail', state: 'failed', because: 'smtp-550', sentAt: null, deliveredAt: null, instead: false },
    { channel: 'sms', state: 'delivered', because: null, sentAt: expect.any(String), deliveredAt: expect.any(String), instead: true },
  ]);
  expect(proofs.find(({ template, providerId }) => template === 'received' && providerId !== null)?.providerId).toContain(sent?.detail?.['messageId']);
  expect(served.story.alarms).toEqual([]);
});

test('N11 where no contact is left people are called, once', async () => {
  await served.story.simulator.addFault({ system: 'mail', fault: 'refuse', code: '550' });
  const number = await apply(await signIn(served, lost), lost);
  await told(number, 'mail', 'failed');
  await eventually('people are called', async () => served.story.alarms.length > 0);
  const [one] = await served.story.rows<{ id: string }>(`select id from cancellations where application_number = $1`, [number]);
  expect(served.story.alarms).toMatchObject([{ caseId: one?.id, template: 'received', msg: 'nobody can be told' }]);
});
