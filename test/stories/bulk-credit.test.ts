/** EC11 What becomes of credit where nobody is asked: an order of many lines under a policy that lets its subscribers choose, and one that does not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Pack } from '../../src/policy/pack.ts';
import { openStory, type Story } from '../harness.ts';
import { carryOut, dryRun, released } from './bulk-setting.ts';

const [asks, keeps] = ['keeps-unless-chosen', 'keeps-rest'];
const forfeiting = (choices: Pack['settlement']['choices']) => (pack: Pack): Pack => ({
  ...pack, eligibility: pack.eligibility.slice(-1), examples: [], settlement: { ...pack.settlement, credit: 'forfeit', choices, cleanUpFeeMinor: 0 },
});
let story: Story;
beforeAll(async () => { story = await openStory({ works: false, brands: { [asks]: forfeiting(['transfer', 'refund']), [keeps]: forfeiting([]) } }); });
afterAll(() => story?.stop());

const ordered = async (brand: string): Promise<{ what: string; minor: number }[]> => {
  const pack = story.signoff.desk.packs.latest(brand);
  if (!pack.ok) throw new Error('no pack');
  const view = await dryRun(story.signoff, brand, `reference,reason\n${brand}-B-100178,${pack.value.reasons[0]?.id}\n`);
  await released(story.signoff, brand, view.orderId);
  await carryOut(story.signoff, brand, view.orderId);
  const [row] = await story.rows<{ money: { what: string; amount: { minor: number } }[] }>(
    `select c.plan -> 'money' as money from cancellations c join lines l on l.id = c.line_id where l.billing_ref = $1`, [`${brand}-B-100178`]);
  return (row?.money ?? []).map(({ what, amount }) => ({ what, minor: amount.minor }));
};

test('EC11 where the subscriber would choose, it is paid back and never quietly lost; where the policy keeps it and asks nobody, it is kept', async () => {
  expect(await ordered(asks)).toEqual([{ what: 'credit', minor: 1250 }, { what: 'refund', minor: 1250 }]);
  expect(await ordered(keeps)).toEqual([{ what: 'credit', minor: 1250 }, { what: 'forfeit', minor: 1250 }]);
});
