/** UU2, UU3, EC3, EC5: the account with all that is tied to it; the way to cancel under any wording; an address that is not ours. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Visitor } from '../../src/demo/visitor.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { brand } from '../harness.ts';
import { apply, come, headline, pathOf, person, says, serve, signIn, words, type Served } from './up-setting.ts';

const owner = {
  ...person('71', { line: { devices: [{ name: '书房的平板' }, { name: '车载路由' }], services: [{ id: 'cloud', provider: 'cloud-200' }], bills: [] } }),
  paysWith: [{ label: 'Visa', last4: '4242' }, { label: '微信支付' }],
};
const bare = person('72');
const single = person('73');
const say = says('zh-CN');

let served: Served;
let pack: Pack;
const find = (one: Visitor, asked: string) => one.visit(`${served.root()}/find?q=${encodeURIComponent(asked)}`);
beforeAll(async () => {
  served = await serve({ also: [owner, bare, single] });
  const found = served.story.signoff.desk.packs.latest(brand);
  if (!found.ok) throw new Error('no pack');
  pack = found.value;
});
afterAll(() => served?.close());

describe('UU2 the account', () => {
  test('UU2 shows what is tied to it: number, devices, services, payment method, sign-in names masked, contact', async () => {
    const one = await signIn(served, owner);
    await one.visit(one.link(/\/account$/));
    expect(headline(one)).toBe(`${say('account.title')} / ${say('account.settings')}`);
    const said = words(one);
    for (const shown of ['+1 202 555 0171', '书房的平板', '车载路由', 'cloud', 'Visa，尾号 4242', '微信支付', '林小71', 'lin.71@mail.example']) expect(said.replaceAll(' ', ' ')).toContain(shown);
    const signIns = one.page().root.querySelectorAll('section.card').find((card) => card.querySelector('h2')?.text === say('account.signs-in'))?.text ?? '';
    expect(signIns).toContain('•');
    expect(signIns).not.toContain('0171');
    // What it was is kept for its owner alone: sealed under their own key, and gone with it.
    const rows = await served.story.rows<{ sealed: string }>(`select encode(sealed, 'escape') as sealed from sign_in_names`);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.filter(({ sealed }) => sealed === null || sealed.includes('2025550171'))).toEqual([]);
  });

  test('UU2 who keeps no payment method and binds nothing is told so; another’s account is never in it; nobody else sees any', async () => {
    const one = await signIn(served, bare);
    await one.visit(`${served.root()}/account`);
    expect(words(one)).toContain(say('account.no-payment'));
    for (const theirs of ['4242', '书房的平板', 'lin.71@mail.example', '林小71']) expect(words(one)).not.toContain(theirs);
    const stranger = await come(served, '/account');
    expect(pathOf(stranger)).toBe('/sign-in');
  });

  test('UU2 what is stored of a payment method can’t be read in the database', async () => {
    const rows = await served.story.rows<{ text: string }>(`select encode(sealed, 'escape') as text from payment_methods`);
    expect(rows.length).toBe(2);
    expect(rows.some((row) => row.text.includes('4242') || row.text.includes('Visa'))).toBe(false);
  });
});

describe('UU3 EC5 the way to cancel', () => {
  test('UU3 is two clicks from the first page at most, under each of its usual names', async () => {
    const one = await signIn(served, single);
    const direct = one.link(/\/lines\/[^/]+\/cancel$/);
    await one.visit(one.link(/\/account$/));
    const entry = one.page().root.querySelectorAll('a').find((link) => link.getAttribute('href') === new URL(direct, one.page().url).pathname);
    for (const name of pack.entryNames) expect(entry?.text).toContain(name['zh-CN']);
    await one.visit(direct);
    expect(pathOf(one)).toMatch(/\/cancel$/);
  });

  test.each(['关闭账户', '終止服務', '注销', 'Cancel my plan', 'ＣＬＯＳＥ', 'cancle', '退订', '解約'])('UU3 EC5 “%s” leads straight to it', async (asked) => {
    const one = await signIn(served, single);
    expect(one.page().root.querySelector('form[role=search] input[name=q]')).not.toBeNull();
    await find(one, asked);
    expect(pathOf(one)).toMatch(/^\/lines\/[^/]+\/cancel$/);
  });

  test('UU3 EC5 with several lines it asks which; without sign-in it comes back after it', async () => {
    const [several] = served.story.data.subscribers;
    if (several === undefined) throw new Error('nobody');
    const one = await signIn(served, several);
    await find(one, '注销');
    expect(headline(one)).toBe(say('find.title'));
    expect(one.page().root.querySelectorAll('main a').filter((link) => /\/lines\/[^/]+\/cancel$/.test(link.getAttribute('href') ?? ''))).toHaveLength(several.lines.length);
    const stranger = await come(served, `/find?q=${encodeURIComponent('怎么关闭账户')}`);
    expect(pathOf(stranger)).toBe('/sign-in');
    await stranger.submit('/sign-in', { name: single.phone, password: single.password });
    expect(pathOf(stranger)).toMatch(/^\/lines\/[^/]+\/cancel$/);
  });

  test('EC5 words that nobody knows lead to support, which says what was asked, as text', async () => {
    const one = await signIn(served, bare);
    await find(one, '<b>漫游</b>');
    expect(words(one)).toContain(say('find.unknown', { asked: '<b>漫游</b>' }));
    expect(one.page().html).not.toContain('<b>漫游');
    expect(headline(one)).toBe(say('help.title'));
    const stranger = await come(served, '/find?q=bill');
    expect(headline(stranger)).toBe(say('help.title'));
  });

  test('UU3 a line whose cancellation runs leads to how it goes', async () => {
    const one = await signIn(served, single);
    const number = await apply(one, single);
    await find(one, 'cancel');
    expect(pathOf(one)).toBe(`/cases/${number}`);
    await one.visit(`${served.root()}/account`);
    expect(one.link(/\/cases\//)).toContain(number);
  });
});

describe('EC3 an address that somebody wonders about', () => {
  const ask = async (address: string) => {
    const one = await come(served, '/safety');
    await one.submit('/safety', { address });
    return one;
  };
  test('EC3 the official ones are called ours, and it says that senders can be forged', async () => {
    for (const address of [pack.addresses.site, `https://${pack.addresses.site}/cases/1`, pack.addresses.mail, pack.addresses.phone, pack.smsSender]) expect(words(await ask(address))).toContain(say('safety.is-official'));
  });
  test('EC3 a lookalike is warned about with the real one beside it, and is no link', async () => {
    const fake = `http://${pack.addresses.site}.account-check.test/login`;
    const one = await ask(fake);
    expect(words(one)).toContain(say('safety.is-look-alike'));
    expect(words(one)).toContain(say('safety.trick.extra-domain'));
    expect(words(one)).toContain(pack.addresses.site);
    expect(one.page().root.querySelectorAll('a').some((link) => (link.getAttribute('href') ?? '').includes('account-check'))).toBe(false);
  });
  test('EC3 an unknown one is not called ours, an empty one is asked for again; nothing is kept', async () => {
    expect(words(await ask('lion-bank.test'))).toContain(say('safety.is-unknown'));
    const empty = await ask('  ');
    expect(empty.page().status).toBe(422);
    expect(words(empty)).toContain(say('safety.ask-missing'));
    expect(served.story.logged.join('\n')).not.toContain('lion-bank');
  });
});
