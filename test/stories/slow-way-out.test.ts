/** Row 12 of the faults: a mail server or a message centre that answers at one octet a second. */
import { afterEach, describe, expect, test } from 'vitest';
import { tellCode } from '../../src/notices/tell.ts';
import { applicantOf, applyAndApprove, comesTo } from '../apply.ts';
import { days, eventually, openStory, type Story } from '../harness.ts';
import { dripping, type Dripping } from './dripping.ts';

let story: Story | undefined;
let slow: Dripping | undefined;
afterEach(async () => {
  await slow?.stop();
  await story?.stop();
});

const begin = async (way: 'mail' | 'sms'): Promise<Story> => {
  let port = 0;
  const dripped = await dripping(() => port);
  slow = dripped;
  story = await openStory({ carrier: (straight) => {
    port = straight[way].port;
    return { ...straight, [way]: { ...straight[way], host: '127.0.0.1', port: dripped.port } };
  } });
  return story;
};

/** Fifty messages to somebody else, all of which hang. */
const fifty = async ({ signoff: { desk, tellTools }, data, rows }: Story, channel: 'e-mail' | 'sms'): Promise<void> => {
  const [other] = await rows<{ subscriber_id: string }>(`select subscriber_id from lines where billing_ref = 'B-100178'`);
  await desk.db.inBrand(data.brand, async (tx) => {
    for (let count = 0; count < 50; count += 1)
      await tellCode(tellTools)(tx, { brand: data.brand, purpose: 'call', subscriberId: other?.subscriber_id ?? '', channel, code: '12345678', expiresAt: new Date(desk.clock.now().getTime() + days(30)) });
  });
};
const told = (of: Story, template: string, channel: string) => of.rows<{ state: string }>(`select state from notices where template = $1 and channel = $2`, [template, channel]);

describe('one octet a second', () => {
  test.each([['sms', 'mail'], ['mail', 'sms']] as const)('12 from the %s server: other cases end, and are told by %s', async (hanging, flowing) => {
    const of = await begin(hanging);
    await fifty(of, hanging === 'mail' ? 'e-mail' : 'sms');
    const began = performance.now();
    const number = await applyAndApprove(of, await applicantOf(of, 'B-100142'));
    await of.pass(days(30));
    await comesTo(of, number, 'cancelled');
    await eventually(`it is told by ${flowing}`, async () => (await told(of, 'cancelled', flowing)).some(({ state }) => state === 'sent' || state === 'delivered'));
    // Fifty that hang in the same queue would have held it up for four time-outs of ten seconds.
    expect(performance.now() - began).toBeLessThan(36_000);
    expect((await told(of, 'cancelled', hanging)).map(({ state }) => state)).not.toContain('sent');
    expect((await told(of, 'code-call', hanging === 'mail' ? 'mail' : 'sms')).filter(({ state }) => state === 'sent' || state === 'delivered')).toEqual([]);
  });
});
