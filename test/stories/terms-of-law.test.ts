/** What the law wants done by a day or known by a person, beside reviews: data requests, the monthly US file, switching in the United Kingdom, California. From Tuesday, 24 November 2026. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { disconnectReport, filesOwed, reportMade, watchDisconnectFiles } from '../../src/desk/disconnect-report.ts';
import { watchDataRequests } from '../../src/execution/watch-deadlines.ts';
import { readFigures } from '../../src/operation/figures.ts';
import { brand, days, hours } from '../harness.ts';
import { apply, mailOn, person, says, serve, signIn, toPreparation, words, type Served } from './up-setting.ts';

const [german, mainland, briton, californian, nowhere] = [person('64', { region: 'DE' }), person('65'), person('66', { region: 'GB', language: 'en' }), person('67', { region: 'US-CA', language: 'en' }), person('68', { region: 'JP' })];
const say = says('zh-CN');
let served: Served;
beforeAll(async () => {
  served = await serve({ also: [german, mainland, briton, californian, nowhere], change: (pack) => ({ ...pack, numbersOf: 'US' }) });
});
afterAll(() => served?.close());

const atDesk = async (): Promise<Visitor> => {
  const staff = served.story.dataOf(brand).staff[0];
  const one = visitor(`${served.root()}/console`, 'zh-CN');
  await one.visit(`${served.root()}/console/sign-in`);
  await one.submit('/sign-in', { email: staff?.email ?? '', password: staff?.password ?? '' });
  await one.visit(`${served.root()}/console/deadlines`);
  return one;
};
const post = (one: Visitor, page: string, to: string, fields: Record<string, string>) => fetch(`${served.root()}${to}`, {
  method: 'POST', redirect: 'manual', headers: { cookie: one.cookie(`${served.root()}${page}`), origin: served.origin },
  body: new URLSearchParams({ token: one.page().root.querySelector('input[name=token]')?.getAttribute('value') ?? '', ...fields }),
});
const ask = async (who: typeof german, kind: 'copy' | 'erase'): Promise<Visitor> => {
  const one = await signIn(served, who);
  await one.visit(`${served.root()}/account`);
  await post(one, '/account', '/account/data-requests', { kind });
  await one.visit(`${served.root()}/account`);
  return one;
};
const alarmsOf = async (look: () => Promise<unknown>): Promise<string[]> => {
  const before = served.story.alarms.length;
  await look();
  return served.story.alarms.slice(before).map((alarm) => {
    const { level: _, time: __, pid: ___, hostname: ____, msg: _____, ...said } = JSON.parse(JSON.stringify(alarm)) as Record<string, unknown>;
    return JSON.stringify(said);
  });
};
const dataAlarms = () => alarmsOf(() => watchDataRequests(served.story.signoff.execution));
const fileAlarms = () => alarmsOf(() => watchDisconnectFiles(served.story.signoff.desk));

describe('N3 a request for one’s data', () => {
  it('N3 is due by the law of the place, a month to the day in the Union, said on the account and by mail; asked twice it is one, and it cancels nothing', async () => {
    const one = await ask(german, 'copy');
    for (const said of [say('data.kind.copy'), '最迟12月25日（周五）07:00答复']) expect(words(one)).toContain(said); // then the 24th is over in Brussels
    expect((await mailOn(served, german.person.email ?? '', /已收到您的请求/)).text).toMatch(/要求取得一份自己的资料。我们最迟2026年12月25日（周五）07:00答复/);
    const twice = await post(one, '/account', '/account/data-requests', { kind: 'copy' });
    expect([twice.status, await served.story.rows(`select kind, law from data_requests`)]).toEqual([303, [{ kind: 'copy', law: 'eu@2026-06-19' }]]);
    expect(words(await ask(mainland, 'erase'))).toContain('最迟12月25日（周五）00:00答复'); // thirty days, the last of them whole
    expect(words(await ask(nowhere, 'copy'))).toContain(say('data.no-term'));
    expect((await post(one, '/account', '/account/data-requests', { kind: 'everything' })).status).toBe(303);
    expect(await served.story.rows(`select 1 from data_requests`)).toHaveLength(3);
    expect(await served.story.rows(`select 1 from cancellations`)).toEqual([]);
  });

  it('N3 stands at the desk with its day, is put off once with the reason, answered, and told each time', async () => {
    const desk = await atDesk();
    expect(words(desk)).toMatch(new RegExp(`${german.person.name}.*12月25日`));
    const rows = await served.story.rows<{ id: string; law: string | null }>(`select id, law from data_requests`);
    const idOf = (law: string): string => rows.find((row) => (row.law ?? 'none').startsWith(law))?.id ?? '';
    const press = async (law: string, act: 'answer' | 'extend') => (await post(desk, '/console/deadlines', `/console/data-requests/${idOf(law)}`, { act, because: 'many' })).status;
    expect([await press('eu', 'extend'), await press('eu', 'extend'), await press('cn', 'extend')]).toEqual([303, 409, 409]); // once, and where a law lets it
    expect((await mailOn(served, german.person.email ?? '', /您的请求需要更久/)).text).toMatch(/因为要求有好几项，需要更久：我们最迟2027年2月25日（周四）07:00答复/);
    expect([await press('none', 'answer'), await press('none', 'answer')]).toEqual([303, 404]);
    expect((await mailOn(served, nowhere.person.email ?? '', /您的请求已答复/)).text).toContain('我们已经答复');
  });

  it('N3 people are called three days before it is due, once, and once more when it was missed; figures and console count it, nothing personal', async () => {
    await served.story.pass(Date.parse('2026-12-21T15:00:00Z') - served.story.clock.now().getTime()); // an hour before the mainland's third day
    expect(await dataAlarms()).toEqual([]);
    await served.story.pass(hours(2));
    expect(await dataAlarms()).toEqual([JSON.stringify({ brand, why: 'a request for data has to be answered by 2026-12-24T16:00:00.000Z: it stands in the console under deadlines' })]);
    expect(await dataAlarms()).toEqual([]);
    await served.story.pass(days(3));
    expect([(await dataAlarms()).length, (await dataAlarms()).length]).toEqual([1, 0]);
    const { dataRequests } = await readFigures(served.story.signoff.desk.db, served.story.clock);
    expect(dataRequests.toSorted((one, other) => (one.standing < other.standing ? -1 : 1))).toEqual([{ brand, standing: 'open', count: 1 }, { brand, standing: 'overdue', count: 1 }]);
    expect(words(await atDesk())).toContain('已过期');
  });
});

describe('N4 the monthly file of disconnected numbers', () => {
  it('N4 nothing is owed before a number was disconnected; then people are called before the 15th and when it was missed, and console and figures name the month', async () => {
    const { story } = served;
    const { desk } = story.signoff;
    expect([await fileAlarms(), await filesOwed(desk)]).toEqual([[], []]);
    await story.rows(`insert into number_tenures (brand, number_index, turn, kind, assigned_at, disconnected_at, free_from, free_at, numbers_of) values ($1, '\\x01', 1, 'esim', '2026-01-01', '2026-12-20T12:00:00Z', '2027-03-01', '2027-03-01', 'US')`, [brand]);
    expect([await fileAlarms(), await filesOwed(desk)]).toEqual([[], []]); // December is not over
    await story.pass(Date.parse('2027-01-13T05:30:00Z') - story.clock.now().getTime()); // the 15th is over in New York on 16 January, 05:00 UTC
    expect(await fileAlarms()).toEqual([JSON.stringify({ why: 'the numbers disconnected in 2026-12 have to be reported by 2027-01-16T05:00:00.000Z: signoff numbers rnd --month 2026-12' })]);
    expect(await fileAlarms()).toEqual([]);
    expect(words(await atDesk())).toMatch(/2026-12 停用的号码.*signoff numbers rnd --month 2026-12/);
    await story.pass(days(3));
    expect([(await fileAlarms()).length, (await fileAlarms()).length]).toEqual([1, 0]);
    expect((await readFigures(desk.db, story.clock)).files).toEqual([{ register: 'rnd', standing: 'overdue', count: 1 }]);
    expect(words(await atDesk())).toContain('还没有生成');
  });

  it('N4 made, nobody is reminded of it; a month without any number is owed a word too', async () => {
    const { story } = served;
    const { desk } = story.signoff;
    const make = async (month: string) => {
      const report = await disconnectReport(desk, 'rnd', { month, company: 'ULTRA1' });
      if (!report.ok) throw new Error(report.why.kind);
      await reportMade(desk, 'rnd', report.value);
    };
    await make('2026-12');
    expect([await filesOwed(desk), (await readFigures(desk.db, story.clock)).files, await fileAlarms()]).toEqual([[], [], []]);
    await story.pass(Date.parse('2027-02-14T12:00:00Z') - story.clock.now().getTime());
    expect([(await fileAlarms()).length, (await filesOwed(desk)).map(({ month }) => month)]).toEqual([1, ['2027-01']]);
    await make('2027-01');
    expect(await filesOwed(desk)).toEqual([]);
  });
});

describe('N3 what the law of the place lets them know before they cancel', () => {
  it('N3 N6 in the United Kingdom: PAC, STAC and INFO with their numbers on the preparation page and with the case; elsewhere none of it', async () => {
    const one = await signIn(served, briton);
    await toPreparation(one);
    const asks = ['Only changing operators? You need not cancel', 'text PAC to 65075', 'text STAC to 75075', 'text INFO to 85075', 'Answered within 60 seconds. A code is good for 30 days; the switch is done within one working day'];
    for (const said of asks) expect(words(one)).toContain(said);
    await one.visit(`${served.root()}/`);
    const number = await apply(one, briton);
    await one.visit(`${served.root()}/cases/${number}`);
    for (const said of asks) expect(words(one)).toContain(said);
    await one.submit('/withdraw').catch(() => one.visit(`${served.root()}/cases/${number}/withdraw`).then(() => one.submit('/withdraw')));
    await one.visit(`${served.root()}/cases/${number}`);
    expect(words(one)).not.toContain('65075');
    const other = await signIn(served, german);
    await toPreparation(other);
    expect(words(other)).not.toContain('65075');
  });

  it('N3 in California no offer stands between them and the button that cancels, and that is said', async () => {
    const one = await signIn(served, californian);
    await toPreparation(one);
    for (const said of ['No offer stands in between', '§ 17602']) expect(words(one)).toContain(said);
  });
});
