/** UP6, UP7: the review as its subscriber lives it: the date and its reason, what is asked for, a pause, a refusal, a change of mind. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationNumber } from '../../src/cancellation/identifiers/application-number.ts';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import type { Language, Pack } from '../../src/policy/pack.ts';
import { brand, days, hours } from '../harness.ts';
import { allTold, apply, come, comesTo, decide, eventually, headline, inbox, mailOn, pathOf, person, photo, reviewer, says, serve, signIn, stateOf, toPreparation, words, type Served } from './up-setting.ts';

const say = says('zh-CN');
const languages: readonly Language[] = ['zh-CN', 'zh-TW', 'en'];
const waiter = person('50');
const supplier = person('51', { line: { billingRef: 'B-100151' } });
const silent = person('52');
const refusedOne = person('53');
const regretful = person('54');
const barredOne = person('55');
const late = person('56');
const stranger = person('57');

let served: Served;
let pack: Pack;
const numbers = new Map<typeof waiter, string>();
const numberOf = (who: typeof waiter): string => numbers.get(who) ?? 'none';

beforeAll(async () => {
  served = await serve({ also: [waiter, supplier, silent, refusedOne, regretful, barredOne, late, stranger] });
  const found = served.story.signoff.desk.packs.latest(brand);
  if (!found.ok) throw new Error('no pack');
  pack = found.value;
  for (const who of [waiter, supplier, silent, refusedOne, regretful, barredOne]) numbers.set(who, await apply(await signIn(served, who), who));
});
afterAll(() => served?.close());

/** Signed in anew, as one is on another day, and before the case. */
const atCase = async (who: typeof waiter, language: Language = 'zh-CN'): Promise<Visitor> => {
  const one = await signIn(served, { ...who, language });
  await one.visit(`${served.root()}/cases/${numberOf(who)}`);
  return one;
};
const dueOf = async (who: typeof waiter): Promise<Date | undefined> =>
  (await served.story.rows<{ due_at: Date }>('select due_at from cancellations where application_number = $1', [numberOf(who)]))[0]?.due_at;
/** To this instant, never back. */
const passTo = async (instant: string): Promise<void> => {
  const ahead = Date.parse(instant) - served.story.clock.now().getTime();
  if (ahead < 0) throw new Error(`it is past ${instant}`);
  await served.story.pass(ahead);
};

describe('UP6 state, date, and why', () => {
  const dates: Record<Language, string> = { 'zh-CN': '12月3日（周四）', 'zh-TW': '12月3日（週四）', en: 'Thursday 3 December' };
  const reasons: Record<Language, string> = {
    'zh-CN': '自11月24日（周二）次日起第7个工作日。其间周末2天不计入。',
    'zh-TW': '自11月24日（週二）次日起第7個工作天。其間週末2天不計入。',
    en: 'The 7th working day after Tuesday 24 November. Not counted in between: 2 weekend days.',
  };

  test('UP6 review takes three to seven working days: the date is the end of the seventh, and every page says it with its reason, in three languages', async () => {
    expect(pack.review.workingDays).toEqual({ least: 3, most: 7 });
    expect((await dueOf(waiter))?.toISOString()).toBe('2026-12-03T10:00:00.000Z'); // 18:00 in Shanghai
    for (const language of languages) {
      const one = await atCase(waiter, language);
      expect(headline(one)).toContain({ 'zh-CN': '尚未注销', 'zh-TW': '尚未註銷', en: 'Not cancelled yet' }[language]);
      expect(words(one)).toContain(reasons[language]);
      expect(words(one)).toContain(dates[language]);
      await one.visit(`${served.root()}/cases/${numberOf(waiter)}/receipt`);
      expect(words(one)).toContain(reasons[language]);
      expect(words(one)).toContain(numberOf(waiter));
      await one.visit(`${served.root()}/`);
      expect(words(one)).toContain(dates[language]);
    }
  });

  test('UP6 the receipt came by mail at once, with the number, and says that the line is not cancelled', async () => {
    const mail = await mailOn(served, waiter.person.email ?? '', new RegExp(`已收到注销申请 ${numberOf(waiter)}`));
    expect(mail.text).toContain('线路还没有注销');
    expect(new URL(/https?:\/\/\S+/.exec(mail.text)?.[0] ?? 'http://none').pathname).toContain(`/cases/${numberOf(waiter)}`);
  });

  test('UP6 at any time, also without signing in: the number as it is read aloud, and a code by mail or by SMS', async () => {
    for (const [channel, to] of [['e-mail', waiter.person.email], ['sms', waiter.person.contactPhone]] as const) {
      const sent = served.story.simulator.effects().filter(({ subject }) => subject === to).length;
      const one = await come(served, '/sign-in', 'zh-CN');
      await one.visit(one.link(/\/status$/));
      await one.submit('/status', { number: ` ${numberOf(waiter).toLowerCase().replaceAll('-', ' ')} `, channel });
      expect(words(one)).toContain(say('look-up-code.sent', { minutes: 10 }));
      await eventually(`a code to ${to}`, async () => served.story.simulator.effects().filter(({ subject }) => subject === to).length > sent);
      const { mail, sms } = inbox(served, to ?? '');
      await one.submit('/status/code', { code: /\b\d{8}\b/.exec((channel === 'sms' ? sms : mail).at(-1)?.text ?? '')?.[0] ?? '' });
      expect(pathOf(one)).toBe(`/cases/${numberOf(waiter)}`);
      expect(words(one)).toContain(reasons['zh-CN']);
      // It shows this one case and does nothing: no account, no withdrawal, no other case.
      expect(one.page().root.querySelectorAll('main form, form[action$="/sign-out"]')).toEqual([]);
      for (const [path, leadsTo] of [['/', '/sign-in'], [`/cases/${numberOf(waiter)}/withdraw`, '/sign-in']] as const) {
        await one.visit(served.root() + path);
        expect(pathOf(one)).toBe(leadsTo);
      }
      await one.visit(`${served.root()}/cases/${numberOf(silent)}`);
      expect(one.page().status).toBe(404);
    }
    expect(inbox(served, waiter.phone).sms).toEqual([]); // never to the number that is being cancelled
  });

  test('UP6 a number that nobody has gets the same answer; a slip in one is seen at once', async () => {
    const asked = async (number: string) => {
      const one = await come(served, '/status');
      await one.submit('/status', { number });
      return [one.page().status, words(one)];
    };
    const nobodys = applicationNumber(Buffer.from('0011223344556677', 'hex'));
    expect(await asked(nobodys)).toEqual(await asked(numberOf(silent)));
    const slipped = nobodys.replace(/.(?=-.$)/, (letter) => (letter === '7' ? '8' : '7'));
    expect(await asked(slipped)).toEqual([422, expect.stringContaining(say('look-up.number-wrong'))]);
  });
});

describe('UP7 a problem in review', () => {
  test('UP7 is told by mail: what is missing and why, until when, and that the clock is paused; the link leads to where it is sent', async () => {
    await passTo('2026-11-25T02:00:00Z'); // Wednesday, ten in the morning in Shanghai
    await decide(served, numberOf(supplier), { move: 'ask', materials: ['clearer-document', 'proof-of-purchase'], note: '右下角反光，看不清有效期。' });
    const mail = await mailOn(served, supplier.person.email ?? '', /请补充材料/);
    for (const { id, says } of pack.materials) expect(mail.text.includes(says['zh-CN'])).toBe(['clearer-document', 'proof-of-purchase'].includes(id));
    for (const part of ['右下角反光，看不清有效期。', '12月9日', '审核计时暂停', '线路还没有注销']) expect(mail.text).toContain(part);
    const link = new URL(/https?:\/\/\S+/.exec(mail.text.slice(mail.text.indexOf('补充材料')))?.[0] ?? '');
    const one = visitor(served.root(), 'zh-CN');
    await one.visit(`${served.origin}${link.pathname}`);
    await one.submit('/sign-in', { name: supplier.phone, password: supplier.password });
    expect(pathOf(one)).toMatch(new RegExp(`^/cases/${numberOf(supplier)}(/supplement)?$`));
    expect(words(one)).toContain('右下角反光，看不清有效期。');
  });

  test('UP7 the first page says that something waits for the subscriber; the case that the clock is paused', async () => {
    const one = await signIn(served, supplier);
    expect(words(one)).toContain(say('home.todo.supply'));
    await one.visit(one.link(/\/cases\/[^/]+$/));
    expect(words(one)).toContain(say('status.says.waiting'));
  });

  test('UP7 what is wrong with the addition is said at the field; then it arrives, and the due date has moved by exactly the working time of the pause', async () => {
    const before = await dueOf(supplier);
    await passTo('2026-11-27T07:00:00Z'); // Friday, three in the afternoon: three days of nine to six, less seven hours
    const one = await atCase(supplier);
    await one.visit(one.link(/\/supplement$/));
    const wrong = async (filled: Parameters<Visitor['submit']>[1], field: string, text: string) => {
      await one.submit('/supplement', filled);
      expect([one.page().status, one.page().root.querySelector(`#${field}-fault`)?.text, one.page().root.querySelector(`#${field}`)?.getAttribute('aria-describedby')])
        .toEqual([422, text, expect.stringContaining(`${field}-fault`)]);
    };
    await wrong({ note: '  ' }, 'document', say('supplement.missing'));
    await wrong({ note: '好'.repeat(2001) }, 'note', say('supplement.too-long'));
    await wrong({ note: '请看新照片', document: { name: 'a.gif', type: 'image/gif', contents: new TextEncoder().encode('GIF89a') } }, 'document', say('upload.type-not-accepted'));
    expect(one.page().root.querySelector('#note')?.text).toBe('请看新照片');
    await one.submit('/supplement', { note: '请看新照片', document: await photo('again.jpg') });
    expect(words(one)).toContain(say('status.supplied'));

    // Wednesday 10:00 to Friday 15:00 is 8 + 9 + 6 working hours; the due date, Thursday 3 December 18:00, moves by as many: Friday 9, Monday 9, Tuesday 5.
    const toTheMinute = (at: Date | undefined) => new Date(Math.round((at?.getTime() ?? 0) / 60_000) * 60_000).toISOString(); // asking and sending took milliseconds
    expect([toTheMinute(before), toTheMinute(await dueOf(supplier))]).toEqual(['2026-12-03T10:00:00.000Z', '2026-12-08T06:00:00.000Z']);
    const why: Record<Language, RegExp> = { // seven hours and 59 minutes: the reviewer asked a moment after ten
      'zh-CN': /等待补充材料期间（11月25日至11月27日）不计时。余下的6个工作日(8小时|7小时59分钟)从11月27日（周五）15:00起继续计算。/,
      'zh-TW': /等待補件期間（11月25日至11月27日）不計時。剩下的6個工作天(8小時|7小時59分鐘)從11月27日（週五）15:00起繼續計算。/,
      en: /25 November to 27 November\) does not count. The 6 working days(, 7 hours and 59 minutes| and 8 hours) that were left go on from Friday 27 November, 15:00./,
    };
    for (const language of languages) expect(words(await atCase(supplier, language))).toMatch(why[language]);
    expect((await mailOn(served, supplier.person.email ?? '', /已收到补充材料/)).text).toContain('12月8日');
  });

  test('UP7 the reviewer has it before them, and the review goes on', async () => {
    const desk = await reviewer(served);
    await desk.visit(`${served.root()}/console/cases/${numberOf(supplier)}`);
    expect(words(desk)).toContain('请看新照片');
    expect(desk.page().root.querySelectorAll('img').filter((image) => image.getAttribute('src')?.includes('/documents/'))).toHaveLength(2);
    await decide(served, numberOf(supplier), { move: 'approve' });
    await comesTo(served, numberOf(supplier), 'recoverable');
  });

  test('UP7 where the mail does not arrive, an SMS does, to the contact phone', async () => {
    await allTold(served);
    await served.story.simulator.addFault({ system: 'mail', operation: 'send', fault: 'refuse', code: '550' });
    await decide(served, numberOf(silent), { move: 'ask', materials: ['valid-document'], note: '证件已过期。' });
    const sms = await eventually('an SMS', async () => inbox(served, silent.person.contactPhone ?? '').sms.find(({ text }) => text.includes(numberOf(silent))));
    expect(sms.text).toContain('需要补充');
    expect(sms.text).toContain('线路还没有注销');
    expect(inbox(served, silent.phone).sms).toEqual([]);
  });

  test('UP7 whoever never answers was told until when, and is told when it has lapsed; everything is as before, and one can apply again', async () => {
    await served.story.pass(days(14) + hours(1));
    await comesTo(served, numberOf(silent), 'lapsed');
    const mail = await mailOn(served, silent.person.email ?? '', /申请已失效/);
    expect(mail.text).toContain('线路没有注销，照常使用');
    const one = await atCase(silent);
    expect(headline(one)).toContain('没有注销');
    await toPreparation(one);
    await one.submit('/cancel');
    expect(pathOf(one)).toMatch(/\/application$/);
    expect(await served.story.rows(`select 1 from lines where billing_ref = 'B-100152' and status = 'active' and not frozen`)).toHaveLength(1);
  });
});

describe('a refusal', () => {
  test('UP7 says why and what to do about it, on the page and by mail, from the brand’s list', async () => {
    await decide(served, numberOf(refusedOne), { move: 'refuse', because: 'details-differ' });
    const refusal = pack.refusals.find(({ id }) => id === 'details-differ');
    const mail = await mailOn(served, refusedOne.person.email ?? '', /审核未通过/);
    for (const part of [refusal?.says['zh-CN'], refusal?.remedy['zh-CN'], '线路没有注销，照常使用', '复核']) expect(mail.text).toContain(part);
    for (const language of languages) {
      const one = await atCase(refusedOne, language);
      for (const part of [refusal?.says[language], refusal?.remedy[language]]) expect(words(one)).toContain(part);
    }
  });

  test('UP7 is looked at again on appeal, with the subscriber’s own words, by another reviewer, and with a clock of its own', async () => {
    const one = await atCase(refusedOne);
    await one.submit('/appeal', { text: '  ' });
    expect(words(one)).toContain(say('status.appeal-missing'));
    await one.submit('/appeal', { text: '我去年改过名，派出所证明在此。' });
    expect(words(one)).toContain(say('status.appealed'));
    expect(words(one)).toContain('我去年改过名');
    const again = await atCase(refusedOne);
    expect(again.page().root.querySelectorAll('form').some((form) => form.getAttribute('action')?.endsWith('/appeal'))).toBe(false);
    expect(await dueOf(refusedOne)).toSatisfy((due: Date) => due > served.story.clock.now());

    const same = await reviewer(served, 0);
    await same.visit(`${served.root()}/console/cases/${numberOf(refusedOne)}`);
    expect(words(same)).toContain('我去年改过名');
    expect(same.page().root.querySelectorAll('form').some((form) => form.getAttribute('action')?.endsWith('/approve'))).toBe(false);
    await decide(served, numberOf(refusedOne), { move: 'approve' }, 1);
    await comesTo(served, numberOf(refusedOne), 'recoverable');
  });
});

describe('a change of mind', () => {
  test('UP10 UP12 withdrawing is free and restores everything, in review and after the line was switched off', async () => {
    await decide(served, numberOf(barredOne), { move: 'approve' });
    await comesTo(served, numberOf(barredOne), 'recoverable');
    await eventually('the line is off the air', async () => served.story.simulator.effects().some(({ effect, subject }) => effect === 'packet-switched-off' && subject === '001010000000155'));
    for (const who of [regretful, barredOne]) {
      const one = await atCase(who);
      await one.visit(one.link(/\/withdraw$/));
      for (const key of ['withdraw.restores-line', 'withdraw.restores-charges', 'withdraw.restores-money', 'withdraw.again'] as const) expect(words(one)).toContain(say(key));
      const question = one.page();
      await one.submit('/withdraw');
      expect(words(one)).toContain(say('status.withdrawn'));
      expect(headline(one)).toContain('没有注销');
      // Again by the back button: it is withdrawn, and that is what was wanted.
      await one.visit(question.url);
      expect(pathOf(one)).toBe(`/cases/${numberOf(who)}`);
      expect((await mailOn(served, who.person.email ?? '', /已撤回/)).text).toContain('不收任何费用');
      await eventually('the line is as before', async () => (await served.story.rows(`select 1 from lines l join cancellations c on c.line_id = l.id where application_number = $1 and l.status = 'active' and not frozen`, [numberOf(who)])).length === 1);
    }
    const effects = served.story.simulator.effects().filter(({ subject }) => subject === '001010000000155').map(({ effect }) => effect);
    expect(effects.filter((effect) => effect === 'packet-switched-on')).toHaveLength(1);
    expect(served.story.simulator.effects().filter(({ system, subject }) => system === 'billing' && ['B-100154', 'B-100155'].includes(subject))).toEqual([]);
    await served.story.pass(days(8));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await stateOf(served, numberOf(barredOne))).toBe('withdrawn');
  });
});

test('UP6 a date that would be guessed is not named: the calendar of next year is not out yet, and the page says what is known', async () => {
  await passTo('2026-12-29T02:00:00Z');
  const number = await apply(await signIn(served, late), late);
  numbers.set(late, number);
  expect(await dueOf(late)).toBeNull();
  const one = await atCase(late);
  expect(words(one)).toContain(say('status.says.no-date'));
  expect(words(one)).not.toMatch(/最迟|undefined|Invalid/);
  const desk = await reviewer(served);
  await desk.visit(`${served.root()}/console`);
  expect(desk.page().root.querySelector('tbody tr')?.text).toContain(number); // first of all: nobody watches its clock
  await decide(served, number, { move: 'approve' });
});

test('nothing broke on the way; the one alarm is that of the year without a calendar', () =>
  expect(served.story.alarms).toEqual([expect.objectContaining({ msg: 'a case needs people', why: 'no due date: the calendar of that year is not known' })]));
