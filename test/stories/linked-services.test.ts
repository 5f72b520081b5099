/** ST7, UU9, UR9: what is sold along with a line ends with it; accounts elsewhere are ticked off one by one before. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Visitor } from '../../src/demo/visitor.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { days, eventually } from '../harness.ts';
import { acknowledgements, answersOf, comesTo, decide, says, serve, signIn, solveAll, toPreparation, pathOf, words, type Served } from './up-setting.ts';

const linked = 'ultra-linked';
const text = (zh: string, tw: string, en: string) => ({ 'zh-CN': zh, 'zh-TW': tw, en });
const linkedServices = [
  { id: 'cloud', label: text('云存储 200 GB', '雲端儲存 200 GB', 'Cloud storage, 200 GB'), provider: 'cloud-200' },
  { id: 'music', label: text('音乐会员', '音樂會員', 'Music membership'), provider: 'music' },
];
const outsideAccounts = [
  { id: 'bank', label: text('银行', '銀行', 'Bank'), says: text('在银行应用里换成别的号码。', '在銀行 App 裡換成別的門號。', 'Change the number in your bank’s app.') },
  { id: 'pay', label: text('支付工具', '支付工具', 'Payment tool'), says: text('在安全设置里改绑。', '在安全設定裡改綁。', 'Change it under security settings.') },
  { id: 'social', label: text('社交账号', '社群帳號', 'Social account'), says: text('在账号设置里改绑。', '在帳號設定裡改綁。', 'Change it under account settings.') },
];
const withLinks = (pack: Pack): Pack => ({ ...pack, linkedServices, outsideAccounts, steps: [...pack.steps, 'end-linked-services'] });

const say = says('zh-CN');
let served: Served;
let one: Visitor;
let number: string;
const ref = `${linked}-B-100142`;
const other = `${linked}-B-100178`;

const withService = async (lineRef: string, ids: readonly string[]): Promise<void> => {
  for (const id of ids) await served.story.rows(`insert into line_services (line_id, service, brand, since) select id, $2, brand, now() from lines where billing_ref = $1`, [lineRef, id]);
};
const seed = (lineRef: string, services: string[], owedMinor: number, creditMinor: number) => served.story.simulator.seed({ lines: [{ ref: lineRef, currency: 'USD', owedMinor, creditMinor, services }] });
const ended = (): string[] => served.story.simulator.effects().filter(({ system }) => system === 'linked-services').map(({ subject, detail }) => `${subject} ${String(detail?.['service'])}`);

beforeAll(async () => {
  served = await serve({ brands: { [linked]: withLinks } });
  await withService(ref, ['cloud', 'music']);
  await seed(ref, ['cloud-200', 'music'], 690, 420);
});
afterAll(() => served?.close());

const stepOf = async (application: string) => (await served.story.rows<{ state: string; outcome: { kind: string } | null }>(
  `select s.state, s.outcome from steps s join cancellations c on c.id = s.cancellation_id where c.application_number = $1 and s.name = 'end-linked-services'`, [application]))[0];

const applyFor = async (): Promise<void> => {
  const [who] = served.story.dataOf(linked).subscribers;
  if (who === undefined) throw new Error('nobody');
  one = await signIn(served, who, linked);
  await toPreparation(one);
  await solveAll(one);
  await one.submit('/cancel');
  await one.submit('/application', await answersOf(who));
};

describe('UU9 UR9 accounts elsewhere', () => {
  test('UU9 UR9 each is listed for itself with how it is unbound; with one left out nothing goes on, and what was ticked stays ticked', async () => {
    await applyFor();
    expect(pathOf(one)).toMatch(/\/cancel\/outside-accounts$/);
    for (const { label, says: how } of outsideAccounts) {
      expect(words(one)).toContain(label['zh-CN']);
      expect(words(one)).toContain(how['zh-CN']);
    }
    await one.submit('/outside-accounts', { outside: ['bank', 'pay'] });
    expect(pathOf(one)).toMatch(/\/cancel\/outside-accounts$/);
    expect(words(one)).toContain(say('field.outside.missing'));
    const ticked = one.page().root.querySelectorAll('input[name=outside]').filter((box) => box.hasAttribute('checked')).map((box) => box.getAttribute('value'));
    expect(ticked).toEqual(['bank', 'pay']);
    // Nor by going round the page.
    const lineId = /\/lines\/([^/]+)\//.exec(pathOf(one))?.[1] ?? '';
    await one.visit(`${served.root(linked)}/lines/${lineId}/cancel/check`);
    expect(pathOf(one)).toMatch(/\/cancel\/outside-accounts$/);
    expect(words(one)).toContain(say('field.outside.missing'));
    await one.submit('/outside-accounts', { outside: ['bank', 'pay', 'social', 'made-up'] });
    expect(pathOf(one)).toMatch(/\/cancel\/consequences$/);
  });

  test('UU9 a brand that lists none has no such page', async () => {
    const [who] = served.story.data.subscribers;
    if (who === undefined) throw new Error('nobody');
    const plain = await signIn(served, who);
    await toPreparation(plain);
    await plain.visit(`${plain.page().url}/outside-accounts`);
    expect(pathOf(plain)).toMatch(/\/cancel$/);
  });
});

describe('ST7 services that come with the line', () => {
  test('ST7 each stands on the preview with the days between which it ends; what was attested stands on the check page, the receipt and the status', async () => {
    for (const { label } of linkedServices) expect(words(one)).toContain(label['zh-CN']);
    expect(words(one)).toContain(say('services.says'));
    expect(words(one)).toMatch(/随线路注销一起停止：12月\d+日/);
    await one.submit('/consequences', { acknowledged: acknowledgements(one) });
    const attested = new RegExp(`${say('outside.attested')}.*银行.*支付工具.*社交账号`);
    expect(words(one)).toMatch(attested);
    await one.submit('/check');
    expect(words(one)).toMatch(attested);
    number = /^\/cases\/([0-9A-Z-]+)\/receipt$/.exec(pathOf(one))?.[1] ?? '';
    await one.visit(`${served.root(linked)}/cases/${number}`);
    expect(words(one)).toMatch(attested);
    expect(words(one)).toContain(`云存储 200 GB${say('services.ends-later')}`);
  });

  test('ST7 until the point of no return they run and can be kept; then they end once each, although a reply is lost, and before the certificate', async () => {
    await decide(served, number, { move: 'approve' }, 0, linked);
    await comesTo(served, number, 'recoverable');
    await one.visit(`${served.root(linked)}/cases/${number}`);
    expect(words(one)).toMatch(/云存储 200 GB随线路注销一起停止：12月\d+日/);
    expect(ended()).toEqual([]);
    await served.story.simulator.addFault({ system: 'linked-services', operation: 'end', fault: 'drop-reply' });
    await served.story.pass(days(8));
    await eventually('the pause before the read', async () => (await stepOf(number))?.outcome?.kind === 'unknown');
    await served.story.pass(5_000);
    await comesTo(served, number, 'cancelled');
    expect(ended().toSorted()).toEqual([`${ref} cloud-200`, `${ref} music`]);
    const [who] = served.story.dataOf(linked).subscribers;
    if (who === undefined) throw new Error('nobody');
    one = await signIn(served, who, linked);
    await one.visit(`${served.root(linked)}/cases/${number}`);
    expect(words(one)).toMatch(/云存储 200 GB已停止：12月\d+日/);
    const rows = await served.story.rows<{ ended_at: Date | null }>(`select ended_at from line_services s join lines l on l.id = s.line_id where l.billing_ref = $1`, [ref]);
    expect(rows.every(({ ended_at }) => ended_at !== null)).toBe(true);
    const [journal] = await served.story.rows<{ n: number }>(`select count(*)::int as n from journal j join cancellations c on c.id = j.cancellation_id where c.application_number = $1 and facts ->> 'step' = 'end-linked-services'`, [number]);
    expect(journal?.n).toBeGreaterThan(0);
  });

  test('ST7 a service that still runs at the end is no silence: the case waits for people instead of a certificate', async () => {
    await withService(other, ['music']);
    await seed(other, ['music'], 0, 1250);
    const [who] = served.story.dataOf(linked).subscribers;
    if (who === undefined) throw new Error('nobody');
    one = await signIn(served, who, linked);
    await toPreparation(one);
    await solveAll(one);
    await one.submit('/cancel');
    await one.submit('/application', await answersOf(who));
    await one.submit('/outside-accounts', { outside: outsideAccounts.map(({ id }) => id) });
    await one.submit('/consequences', { acknowledged: acknowledgements(one) });
    await one.submit('/check');
    const second = /^\/cases\/([0-9A-Z-]+)\/receipt$/.exec(pathOf(one))?.[1] ?? '';
    await decide(served, second, { move: 'approve' }, 0, linked);
    await comesTo(served, second, 'recoverable');
    await served.story.simulator.addFault({ system: 'linked-services', operation: 'end', fault: 'refuse', code: 'not-allowed' });
    await served.story.pass(days(8));
    await comesTo(served, second, 'stalled');
    expect(await stepOf(second)).toMatchObject({ state: 'refused', outcome: { code: 'not-allowed' } });
  });
});
