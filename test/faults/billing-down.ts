/** Row 14: billing is away for a day while a case is carried out: hour by hour, as far as it can, and its subscriber reads what is so. */
import { translator } from '../../src/language/messages.ts';
import { applicantOf, applyAndApprove, comesTo, stateOf, stepsOf } from '../apply.ts';
import { visitor } from '../../src/demo/visitor.ts';
import { brand, days, eventually, hours, openStory, type Story } from '../harness.ts';
import { servePortal } from '../served-portal.ts';
import type { Row } from './row.ts';

const line = 'B-100142';
/** Steps by what the carrier's own ledger says once they are so. Those of billing wait for it, and the rest of the plan for them. */
const atNetwork = { 'cancel-esim-order': 'order-cancelled', 'remove-subscriber': 'subscriber-removed' } as const;
const atBilling = { 'settle-balance': 'settled', 'refund-credit': 'refunded', 'stop-billing': 'stopped' } as const;
const all = Object.entries({ ...atNetwork, ...atBilling });
const life = translator('life', 'zh-CN');

const atRest = (story: Story): Promise<true> => eventually('the worker has tried what is due', async () =>
  (await story.rows(`select 1 from pgboss.job where name in ('advance', 'timer') and (state = 'active' or (state < 'active' and start_after <= pgboss.job_now())) limit 1`)).length === 0, 60);
/** A bill that was paid before is settled at the carrier too, and no step. */
const countsOf = (story: Story): Map<string, number> => new Map([...Map.groupBy(story.simulator.effects().filter(({ key }) => !key.startsWith('bill:')), ({ effect }) => effect)].map(([effect, list]) => [effect, list.length]));

type Served = { readonly story: Story; readonly url: string };
/** The page as it stands, and each step on it with what it says of it. */
const read = async ({ story, url }: Served, number: string): Promise<{ readonly text: string; readonly certificate: boolean; readonly steps: ReadonlyMap<string, string> }> => {
  const who = story.data.subscribers.find(({ lines }) => lines.some(({ billingRef }) => billingRef === line));
  if (who === undefined) throw new Error('nobody has this line');
  const root = `${url}/${brand}`;
  const one = visitor(root, 'zh-CN');
  await one.visit(`${root}/sign-in`);
  await one.submit('/sign-in', { name: who.phone, password: who.password });
  await one.visit(`${root}/cases/${number}`);
  const steps = one.page().root.querySelectorAll('ul.items li').map((item): [string, string] => [item.querySelector('span')?.childNodes[0]?.text.trim() ?? '', item.querySelectorAll('span').at(-1)?.text.trim() ?? '']);
  return { text: one.page().root.querySelector('main')?.text.replace(/\s+/g, ' ').trim() ?? '', certificate: one.page().root.querySelector('section.paper a[download]') !== null, steps: new Map(steps) };
};

const said = (name: string): string => life(`step.${name}` as Parameters<typeof life>[0]);

/** What the page says is what the carrier's ledger says, step by step; nothing is called done that is not, nor kept back that is. */
const isTrue = async (served: Served, number: string, hour: number): Promise<void> => {
  const { text, certificate, steps } = await read(served, number);
  const counts = countsOf(served.story);
  const isOver = (await stateOf(served.story, number)) === 'cancelled';
  const verdict = isOver ? life('state.cancelled') : life('verdict.being-cancelled');
  if (!text.includes(verdict)) throw new Error(`hour ${hour}: the page does not say ${verdict}: ${text.slice(0, 200)}`);
  if (certificate !== isOver) throw new Error(`hour ${hour}: the page ${isOver ? 'lacks' : 'offers'} a certificate`);
  for (const [name, effect] of all) {
    const shown = steps.get(said(name));
    const so = (counts.get(effect) ?? 0) > 0;
    if ((shown === life('step-state.done')) !== so) throw new Error(`hour ${hour}: ${name} is ${so ? '' : 'not '}done, and the page says ${shown}`);
  }
};

export const billingDown: Row = {
  number: '14',
  title: 'the network side is done, and billing is away for 24 hours',
  asserts: 'The case goes forward as far as it can, what the subscriber reads is true in each hour, and the rest is done when billing is back, each thing once.',
  run: async ({ say }) => {
    const story = await openStory();
    const doors = await servePortal(story);
    const served = { story, url: doors.url };
    try {
      const number = await applyAndApprove(story, await applicantOf(story, line));
      await comesTo(story, number, 'recoverable');
      await eventually('the line is barred', async () => (await stepsOf(story, number)).some(({ name, state }) => name === 'bar-line' && state === 'done'));
      await story.simulator.addFault({ system: 'billing', fault: 'down' });
      await story.pass(days(7) + 1000);
      await comesTo(story, number, 'executing');
      let tries = 0;
      for (let hour = 0; hour < 24; hour++) {
        await atRest(story);
        const counts = countsOf(story);
        for (const [name, effect] of Object.entries(atNetwork)) if (counts.get(effect) !== 1) throw new Error(`hour ${hour}: ${name} does not wait for billing, and happened ${counts.get(effect) ?? 0} times`);
        for (const [name, effect] of Object.entries(atBilling)) if (counts.has(effect)) throw new Error(`hour ${hour}: ${name} happened while billing was away`);
        if ((await stateOf(story, number)) !== 'executing') throw new Error(`hour ${hour}: the case is ${await stateOf(story, number)}`);
        await isTrue(served, number, hour);
        const settling = (await stepsOf(story, number)).find(({ name }) => name === 'settle-balance');
        if (hour > 0 && (settling?.attempts ?? 0) <= tries) throw new Error(`hour ${hour}: billing was not asked again`);
        tries = settling?.attempts ?? 0;
        await story.pass(hours(1) + 1000);
      }
      await atRest(story);
      await story.simulator.clearFaults();
      await story.pass(hours(1) + 1000);
      await comesTo(story, number, 'cancelled');
      await atRest(story);
      await isTrue(served, number, 25);
      const counts = countsOf(story);
      for (const [name, effect] of all) if (counts.get(effect) !== 1) throw new Error(`${name} happened ${counts.get(effect) ?? 0} times`);
      say(`billing was asked ${tries} times in 24 hours, and each thing was done once`);
    } finally {
      await doors.close();
      await story.stop();
    }
  },
};
