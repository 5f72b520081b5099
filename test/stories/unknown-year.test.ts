/** P12 Received when no table of working days reaches far enough: taken all the same, no date guessed on any page, people called, and it comes to its end. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calendars } from '../../policies/index.ts';
import cn from '../../policies/calendars/cn.ts';
import { seeQueue } from '../../src/desk/review-queue.ts';
import { reckonUndated } from '../../src/execution/reckon-due.ts';
import { assemble } from '../../src/main.ts';
import { calendarFrom, daysOff } from '../../src/policy/calendar.ts';
import { brand } from '../harness.ts';
import { answersOf, apply, comesTo, decide, inbox, person, reviewer, says, serve, signIn, stateOf, toPreparation, words, type Served } from './up-setting.ts';

const languages = ['zh-CN', 'zh-TW', 'en'] as const;
const people = languages.map((language, place) => person(`6${place}`, { language }));
let served: Served;
beforeAll(async () => { served = await serve({ at: new Date('2026-12-30T02:00:00Z'), also: people }); });
afterAll(() => served?.close());

test.each(languages)('P12 UP6 before it is sent, on the receipt and while it is reviewed, no page names a day by which it is decided, and each says why (%s)', async (language) => {
  const who = people[languages.indexOf(language)];
  if (who === undefined) throw new Error('nobody');
  const say = says(language);
  const one = await signIn(served, who);
  await toPreparation(one);
  await one.submit('/cancel');
  await one.submit('/application', await answersOf(who));
  expect(words(one)).toContain(say('preview.review-unknown'));
  expect(words(one)).toContain(say('preview.from', { earliest: '' }).split(language === 'en' ? '; ' : '；')[1]);
  expect(words(one)).not.toMatch(/最迟(?!哪)|最晚(?!哪)|at the latest (?!once|can)/);
  const number = await apply(one, who);
  expect(words(one)).toContain(say('preview.review-unknown'));
  await one.visit(`${served.root()}/cases/${number}`);
  expect(words(one)).toContain(say('status.says.no-date'));
  expect(await served.story.rows(`select state, due_at from cancellations where application_number = $1`, [number])).toEqual([{ state: 'reviewing', due_at: null }]);
});

test('P12 people are alarmed, see it first in their queue and why it has no date; decided, it comes to its end', async () => {
  expect(served.story.alarms.filter((alarm) => JSON.stringify(alarm).includes('calendar of that year is not known'))).toHaveLength(languages.length);
  const desk = await reviewer(served);
  await desk.visit(`${served.root()}/console`);
  expect(words(desk)).toContain('没有期限');
  const [row] = await served.story.rows<{ number: string }>(`select application_number as number from cancellations where state = 'reviewing' order by application_number limit 1`);
  const number = row?.number ?? '';
  await desk.visit(`${served.root()}/console/cases/${number}`);
  expect(words(desk)).toContain('没有期限');
  await decide(served, number, { move: 'approve' });
  await served.story.pass(7 * 86_400_000 + 1000);
  await comesTo(served, number, 'cancelled');
  expect(await stateOf(served, number)).toBe('cancelled');
  expect(people.flatMap(({ person: { email } }) => inbox(served, email ?? '').mail).map(({ text }) => text).join()).not.toMatch(/undefined|null|Invalid/);
});

test('P12 UP6 a build that has the table: each has the due date that it would have had, one whose clock stood meanwhile what was left; once, on record, on the page and in the queue', async () => {
  const { story } = served;
  const later = await assemble({ ...story.parts, works: false, calendars: [...calendars.filter(({ region }) => region !== 'CN'), calendarFrom({ ...cn, years: [...cn.years, { year: 2027, source: 'invented', periods: [daysOff({ 'zh-CN': '元旦', 'zh-TW': '元旦', en: 'New Year’s Day' }, '2027-01-01')] }] })] });
  try {
    const open = await story.rows<{ number: string; language: string }>(`select c.application_number as number, s.language as language from cancellations c join subscribers s on s.id = c.subscriber_id where c.state = 'reviewing' order by 1`);
    const [running, paused] = open.map(({ number, language }) => ({ number, who: people.find((one) => one.language === language) }));
    if (running?.who === undefined || paused?.who === undefined) throw new Error('nothing is in review');
    await decide(served, paused.number, { move: 'ask', materials: ['clearer-document'], note: '请再拍一次' });
    await story.pass(86_400_000); // a working day, to be given back
    expect(await reckonUndated(story.signoff.execution)).toBe(0); // this build knows as little as before
    expect(await reckonUndated(later.execution)).toBe(2);
    const subscriber = await signIn(served, paused.who);
    await subscriber.visit(`${served.root()}/cases/${paused.number}/supplement`);
    await subscriber.submit('/supplement', { note: '好的' });
    expect(await reckonUndated(later.execution)).toBe(1); // the door of the old build could not carry it past the year's end
    expect(await reckonUndated(later.execution)).toBe(0);

    const dueOf = async (number: string) => (await story.rows<{ due: string; because: object }>(`select to_char(due_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as due, due_because as because from cancellations where application_number = $1`, [number]))[0];
    expect([(await dueOf(running.number))?.due, (await dueOf(paused.number))?.due]).toEqual(['2027-01-11 18:00', '2027-01-13 09:00']); // asking and sending took a moment, which falls to the next morning
    expect(JSON.stringify((await dueOf(running.number))?.because)).toContain('元旦');
    const entries = await story.rows<{ actor: string; facts: { dueAt: string } }>(`select j.actor, j.facts from journal j join cancellations c on c.id = j.cancellation_id where c.application_number = $1 and event = 'due-reckoned'`, [running.number]);
    expect(entries).toEqual([{ actor: 'policy', facts: { dueAt: '2027-01-11T10:00:00.000Z' } }]);

    const { language } = running.who;
    const one = await signIn(served, running.who);
    await one.visit(`${served.root()}/cases/${running.number}`);
    expect(words(one)).not.toContain(says(language)('status.says.no-date'));
    expect(words(one)).toMatch(/1月11日|11 January|January 11/);
    const { rows } = await seeQueue(later.desk, { brand, staffId: '' });
    expect(rows.map(({ applicationNumber, left }) => [applicationNumber, left === undefined])).toEqual([[running.number, false], [paused.number, false]]);
    const desk = await reviewer(served);
    await desk.visit(`${served.root()}/console/cases/${running.number}`);
    expect(words(desk)).toContain('算出审核期限');
    await decide(served, running.number, { move: 'approve' });
  } finally {
    await later.stop();
  }
});
