/** UP2, UP3, UP11, UP12 before anything is sent: what is open on this line, what stands in the way, what it costs. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Visitor } from '../../src/demo/visitor.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { brand } from '../harness.ts';
import { acknowledgements, answersOf, comesTo, decide, hasForm, headline, pathOf, person, says, serve, signIn, solveAll, toPreparation, words, type Served } from './up-setting.ts';

const bills = [{ amountMinor: 690, dueOn: '2026-11-30' }, { amountMinor: 1_210, dueOn: '2026-12-02' }];
const clear = person('60');
const owing = person('61', { line: { bills, creditMinor: 420 } });
const bound = person('62', { line: { devices: [{ name: '书房的平板' }, { name: '车载路由' }] } });
const disputed = person('63', { line: { bills: bills.slice(0, 1), devices: [{ name: '旧手机' }] } });
const inTaiwan = person('64', { region: 'TW', language: 'zh-TW' });
const inHongKong = person('65', { region: 'HK', language: 'en' });
const inFrance = person('66', { region: 'FR', language: 'en' });
const unlucky = person('67', { line: { bills: bills.slice(0, 1) } });

/** A brand that lets a line go with bills and devices on it, for its fee. */
const lenient = 'ultra-lenient';
const asIs = (pack: Pack): Pack => ({ ...pack, eligibility: pack.eligibility.slice(-1), preparation: pack.preparation.map((item) => ({ ...item, required: false })), examples: [] });

const say = says('zh-CN');
let served: Served;
let pack: Pack;
beforeAll(async () => {
  served = await serve({ also: [clear, owing, bound, disputed, inTaiwan, inHongKong, inFrance, unlucky], brands: { [lenient]: asIs } });
  const found = served.story.signoff.desk.packs.latest(brand);
  if (!found.ok) throw new Error('no pack');
  pack = found.value;
});
afterAll(() => served?.close());

/** Each item of the page by its title: what it says, and the words of its buttons. */
const itemsOf = (one: Visitor): Record<string, { says: string; buttons: string[] }> =>
  Object.fromEntries(one.page().root.querySelectorAll('.row').filter((row) => row.querySelector('h3')).map((row) => [
    row.querySelector('h3')?.text.trim() ?? '',
    { says: row.text.replace(/\s+/g, ' '), buttons: row.querySelectorAll('button').map((button) => button.childNodes[0]?.text.trim() ?? '') },
  ]));
/** The amounts of the page's money card, by what they are. */
const moneyOn = (one: Visitor): Record<string, string> => {
  const titles = (['zh-CN', 'zh-TW', 'en'] as const).map((language) => says(language)('money.title'));
  const card = one.page().root.querySelectorAll('section.card').find((section) => titles.includes(section.querySelector('h2')?.text ?? ''));
  return Object.fromEntries(card?.querySelectorAll('dl.answers > div').map((row) => [row.querySelector('dt')?.text ?? '', row.querySelector('dd')?.text ?? '']) ?? [['no money card', '']]);
};
const titleOf = (id: string, language: 'zh-CN' | 'zh-TW' | 'en' = 'zh-CN'): string => pack.preparation.find((item) => item.id === id)?.title[language] ?? '';

describe('UP2 the preparation page', () => {
  test('UP2 shows this subscriber’s own open items: bills with amount and day, devices by name, credit, and how much data there is', async () => {
    const [first] = served.story.data.subscribers;
    if (first === undefined) throw new Error('nobody');
    const one = await signIn(served, first);
    await toPreparation(one);
    expect(headline(one)).toBe(say('preparation.left', { count: 2 }));
    const items = itemsOf(one);
    expect(Object.keys(items).toSorted()).toEqual(pack.preparation.map((item) => item.title['zh-CN']).toSorted());
    expect(items[titleOf('settle-bills')]?.says).toContain('US$6.90');
    expect(items[titleOf('settle-bills')]?.says).toContain('11月30日');
    for (const device of ['iPhone 15', 'iPad', 'Pixel 8']) expect(items[titleOf('unbind-devices')]?.says).toContain(device);
    expect(items[titleOf('use-up-credit')]?.says).toContain('US$4.20');
    expect(items[titleOf('take-data')]?.says).toContain(say('preparation.stored', { contacts: 4, messages: 3, calls: 2 }));
    expect(items[titleOf('stop-using')]?.says).toContain(pack.preparation.find(({ id }) => id === 'stop-using')?.says['zh-CN']);
    expect(words(one)).toContain('+1 202 555 0142');
  });

  test('UP2 shows another subscriber what is theirs: nothing open, nobody else’s devices or bills', async () => {
    const one = await signIn(served, clear);
    await toPreparation(one);
    expect(headline(one)).toBe(say('preparation.ready'));
    expect(words(one)).not.toMatch(/US\$|iPhone|书房|旧手机/);
    expect(hasForm(one, '/pay-bill') || hasForm(one, '/unbind')).toBe(false);
    expect(hasForm(one, '/cancel')).toBe(true);
  });
});

describe('UP3 注销条件', () => {
  test('UP3 arrears stop it: the page names the bills, offers to pay each right there, and goes on when both are paid', async () => {
    const one = await signIn(served, owing);
    const preparation = await toPreparation(one);
    expect(words(one)).toContain(pack.eligibility.find(({ id }) => id === 'unpaid-bill')?.because['zh-CN']);
    expect(itemsOf(one)[titleOf('settle-bills')]?.buttons).toEqual([say('preparation.pay'), say('preparation.pay')]);
    expect(hasForm(one, '/cancel')).toBe(false);
    await one.submit('/pay-bill');
    expect([one.page().url, words(one)]).toEqual([preparation, expect.stringContaining(say('preparation.paid'))]);
    expect(itemsOf(one)[titleOf('settle-bills')]?.says).not.toContain('US$6.90');
    expect(hasForm(one, '/cancel')).toBe(false);
    await one.submit('/pay-bill');
    expect(words(one)).toContain(say('preparation.answer.eligible'));
    expect(hasForm(one, '/cancel')).toBe(true);
    expect(served.story.simulator.effects().filter(({ subject }) => subject === 'B-100161').map(({ detail }) => detail?.['collectMinor'])).toEqual([690, 1_210]);
  });

  test('UP3 a payment that fails says so; one whose answer was lost is made once, however often it is pressed', async () => {
    const one = await signIn(served, unlucky);
    await toPreparation(one);
    await served.story.simulator.addFault({ system: 'billing', operation: 'settle', fault: 'refuse', code: 'card-declined' });
    await one.submit('/pay-bill');
    expect(words(one)).toContain(say('preparation.declined'));
    await served.story.simulator.addFault({ system: 'billing', operation: 'settle', fault: 'drop-reply' });
    await one.submit('/pay-bill');
    expect(words(one)).toContain(say('preparation.try-later'));
    await one.submit('/pay-bill');
    expect(words(one)).toContain(say('preparation.paid'));
    expect(served.story.simulator.effects().filter(({ subject, effect }) => subject === 'B-100167' && effect === 'settled')).toHaveLength(1);
  });

  test('UP3 a card bound to devices is not let go: each can be unbound there, or all at once', async () => {
    const one = await signIn(served, bound);
    await toPreparation(one);
    expect(words(one)).toContain(pack.eligibility.find(({ id }) => id === 'device-bound')?.because['zh-CN']);
    expect(itemsOf(one)[titleOf('unbind-devices')]?.buttons).toEqual([say('preparation.unbind'), say('preparation.unbind'), say('preparation.unbind-all')]);
    const left = async () => Number((await served.story.rows<{ n: number }>(`select count(*)::int as n from devices d join lines l on l.id = d.line_id where l.billing_ref = 'B-100162' and bound`))[0]?.n);
    await one.submit('/unbind');
    expect([await left(), itemsOf(one)[titleOf('unbind-devices')]?.buttons]).toEqual([1, [say('preparation.unbind')]]);
    await one.submit('/unbind');
    expect([await left(), hasForm(one, '/cancel')]).toEqual([0, true]);
  });

  test('UP3 everything that fails is named at once, an anomaly too, with the way to a person; nothing goes on past it', async () => {
    await served.story.rows(`update lines set anomaly = 'ownership-dispute' where billing_ref = 'B-100163'`);
    const one = await signIn(served, disputed);
    const preparation = await toPreparation(one);
    for (const { because } of pack.eligibility.slice(0, -1)) expect(words(one)).toContain(because['zh-CN']);
    expect(one.page().root.querySelectorAll('main a').map((link) => [link.getAttribute('href'), link.text])).toContainEqual([`/${brand}/help`, say('preparation.support')]);
    await solveAll(one);
    expect(words(one)).toContain(pack.eligibility.find(({ id }) => id === 'anomaly-open')?.because['zh-CN']);
    expect(words(one)).not.toContain(pack.eligibility[0]?.because['zh-CN']);
    // Who sends the form all the same, or types the address of the next step, is led back to what is open.
    const token = one.page().root.querySelector('input[name=token]')?.getAttribute('value') ?? ''; // of the sign-out in the foot
    const forced = await fetch(preparation, { method: 'POST', redirect: 'manual', headers: { cookie: one.cookie(preparation) }, body: new URLSearchParams({ token }) });
    expect([forced.status, forced.headers.get('location')]).toEqual([303, new URL(preparation).pathname]);
    for (const step of ['/application', '/consequences', '/check']) {
      await one.visit(preparation + step);
      expect(one.page().url).toBe(preparation);
    }
    expect(await served.story.rows(`select 1 from cancellations c join lines l on l.id = c.line_id where l.billing_ref = 'B-100163'`)).toEqual([]);
  });

  test('UP3 the policy of the region is readable, and differs where it does: CN, TW, HK, elsewhere', async () => {
    const noteOf = async (who: typeof clear): Promise<string> => {
      const one = await signIn(served, who);
      await toPreparation(one);
      const note = (pack.regionNotes[who.region] ?? pack.regionNotes['*'])?.[who.language] ?? '';
      expect(words(one)).toContain(`${says(who.language)('preparation.region')} ${note}`);
      return note;
    };
    const notes = [await noteOf(clear), await noteOf(inTaiwan), await noteOf(inHongKong), await noteOf(inFrance)];
    expect(new Set(notes).size).toBe(4);
  });

  test('UP3 the policy of the region is applied: Hong Kong has one day of review and no waiting period, Taiwan the brand’s own', async () => {
    const preview = async (who: typeof clear): Promise<string> => {
      const one = await signIn(served, who);
      await toPreparation(one);
      await one.submit('/cancel');
      await one.submit('/application', await answersOf(who));
      expect(pathOf(one)).toMatch(/\/consequences$/);
      return words(one);
    };
    const hongKong = await preview(inHongKong);
    const sayEn = says('en');
    expect(hongKong).toContain(sayEn('preview.review-any-day', { days: 1 }));
    expect(hongKong).toContain('The first calendar day after Tuesday 24 November.');
    expect(hongKong).not.toContain(sayEn('preview.recoverable', { days: 7 }));
    const taiwan = await preview(inTaiwan);
    const sayTw = says('zh-TW');
    expect(taiwan).toContain(sayTw('preview.review', { least: 3, most: 7 }));
    expect(taiwan).toContain(sayTw('preview.recoverable', { days: 7 }));
  });
});

describe('UP11 the data', () => {
  test('UP11 call records, SMS and contacts can be downloaded before, as one file that any program reads; the page remembers it', async () => {
    const [first] = served.story.data.subscribers;
    if (first === undefined) throw new Error('nobody');
    const one = await signIn(served, first);
    await toPreparation(one);
    expect(itemsOf(one)[titleOf('take-data')]?.buttons).toEqual([say('preparation.take')]);
    const data = JSON.parse((await one.submit('/data')).html) as Record<string, unknown[]>;
    const [line] = first.lines;
    expect(data['contacts']).toHaveLength(line?.contacts.length ?? -1);
    for (const contact of line?.contacts ?? []) expect(data['contacts']).toContainEqual(contact);
    for (const message of line?.messages ?? []) expect(data['messages']).toContainEqual(message);
    for (const record of line?.calls ?? []) expect(data['calls']).toContainEqual(record);
    await toPreparation(one);
    expect(itemsOf(one)[titleOf('take-data')]).toMatchObject({ says: expect.stringMatching(/您于.*下载过/), buttons: [say('preparation.take-again')] });
  });
});

describe('UP12 the price', () => {
  test('UP12 cancelling is free, and said to be, before anything is sent', async () => {
    const one = await signIn(served, owing);
    await toPreparation(one);
    await one.submit('/cancel');
    await one.submit('/application', await answersOf(owing));
    for (const step of ['/consequences', '/check']) {
      expect(pathOf(one)).toContain(step);
      expect(words(one)).toContain(say('money.free'));
      expect(moneyOn(one)).toEqual({ [say('money.credit')]: 'US$4.20', [say('money.refund')]: 'US$4.20' });
      if (step === '/consequences') await one.submit('/consequences', { acknowledged: acknowledgements(one) });
    }
  });

  test('UP9 UP12 a clean-up fee exists only where something is unsettled: shown before, the same amount is what is collected, and nothing is left open', async () => {
    const [first, second] = served.story.dataOf(lenient).subscribers;
    if (first === undefined || second === undefined) throw new Error('nobody');
    const free = await signIn(served, second, lenient);
    await toPreparation(free);
    await free.submit('/cancel');
    await free.submit('/application', await answersOf(second));
    expect(words(free)).toContain(says('zh-TW')('money.free'));
    expect(moneyOn(free)).toEqual({});

    const one = await signIn(served, first, lenient);
    await toPreparation(one);
    await one.submit('/cancel');
    await one.submit('/application', await answersOf(first));
    const money = { [say('money.unpaid')]: 'US$6.90', [say('money.clean-up-fee')]: 'US$3.00', [say('money.credit')]: 'US$4.20', [say('money.collect')]: 'US$5.70' };
    expect(moneyOn(one)).toEqual(money);
    expect(words(one)).not.toContain(say('money.free'));
    await one.submit('/consequences', { acknowledged: acknowledgements(one) });
    expect(moneyOn(one)).toEqual(money);
    await one.submit('/check');
    const number = pathOf(one).split('/')[2] ?? '';

    await decide(served, number, { move: 'approve' }, 0, lenient);
    await served.story.pass(8 * 86_400_000);
    await comesTo(served, number, 'cancelled');
    const ref = `${lenient}-B-100142`;
    expect(served.story.simulator.effects().filter(({ subject, effect }) => subject === ref && effect === 'settled').map(({ detail }) => detail))
      .toEqual([expect.objectContaining({ collectMinor: 570, offsetMinor: 420, refundMinor: 0, forfeitMinor: 0 })]);
    const { billing } = served.story.parts.carrier;
    const billed: unknown = await (await fetch(`${billing.url}/v1/lines/${ref}`, { headers: { authorization: `Bearer ${billing.token}` } })).json();
    expect(billed).toMatchObject({ status: 'stopped', owedMinor: 0, creditMinor: 0 });
    const [open] = await served.story.rows(
      `select credit_minor::int as credit, (select count(*)::int from bills where line_id = l.id and paid_at is null) as bills, (select count(*)::int from devices where line_id = l.id and bound) as devices from lines l where billing_ref = $1`, [ref]);
    expect(open).toEqual({ credit: 0, bills: 0, devices: 0 });
    const later = await signIn(served, first, lenient); // another card of the account goes on
    await later.visit(`${served.root(lenient)}/cases/${number}`);
    expect(moneyOn(later)).toEqual(money);
  });
});

test('nothing broke on the way', () => expect(served.story.alarms).toEqual([]));
