/** P12 Received when no table of working days reaches far enough: taken all the same, no date guessed on any page, people called, and it comes to its end. */
import { afterAll, beforeAll, expect, test } from 'vitest';
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
