/** The security question is set by its owner, on the word of a code; it stands beside other proofs and never for them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DemoSubscriber } from '../../src/demo/data.ts';
import type { Visitor } from '../../src/demo/visitor.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { eventually, hasForm, headline, inbox, mailOn, pathOf, person, says, serve, signIn, toCheck, words, type Served } from './up-setting.ts';

const plain = 'plain-card';
const say = says('zh-CN');
const people = { first: person('81'), guessed: person('82'), bare: person('83', { person: { name: '林小八', email: null, contactPhone: '+12025550183' } }) };
const asking = (pack: Pack): Pack => ({ ...pack, identity: { ...pack.identity, proofs: [['contact-code', 'security-question']] } });
const only = (pack: Pack): Pack => ({ ...pack, identity: { ...pack.identity, proofs: [['contact-code']] } });

let served: Served;
beforeAll(async () => {
  served = await serve({ change: asking, also: Object.values(people), brands: { [plain]: only } });
});
afterAll(() => served?.close());

const codes = (who: DemoSubscriber): string[] => inbox(served, who.person.email ?? '').mail.flatMap(({ text }) => /\b\d{8}\b/.exec(text)?.[0] ?? []);
const ask = async (one: Visitor, who: DemoSubscriber): Promise<string> => {
  const before = codes(who).length;
  await one.visit(`${served.root()}/account/question`);
  await one.submit('/account/question', { channel: 'e-mail' });
  expect(pathOf(one)).toBe('/account/question/set');
  return eventually('a code', async () => codes(who)[before]);
};
const kept = async (who: DemoSubscriber) =>
  (await served.story.rows<{ question: string; hash: string }>(`select question, hash from security_answers a join lines l on l.subscriber_id = a.subscriber_id where l.billing_ref = $1`, [who.lines[0]?.billingRef]))[0];

test('UU4 EC2 set from the account, on the word of a code; each slip is said at its field and costs no code; its owner hears of it everywhere', async () => {
  const who = people.first;
  const one = await signIn(served, who);
  await one.visit(`${served.root()}/account`);
  expect(words(one)).toContain(say('security-question.none'));
  await one.visit(one.link(/\/account\/question$/));
  // Without a code there is no form to set it in.
  await one.visit(`${served.root()}/account/question/set`);
  expect([pathOf(one), hasForm(one, '/set')]).toEqual(['/account/question', false]);

  const code = await ask(one, who);
  for (const [filled, fault] of [
    [{ code: '', question: '', answer: '' }, [say('code.missing'), say('security-question.which-missing')]],
    [{ code, question: 'mothers-name', answer: '年糕' }, [say('security-question.which-missing')]],
    [{ code, question: 'first-pet', answer: ' 。' }, [say('security-question.short', { least: 2 })]],
    [{ code, question: 'first-pet', answer: '年'.repeat(101) }, [say('security-question.long', { most: 100 })]],
  ] as const) {
    await one.submit('/set', filled);
    expect(one.page().status).toBe(422);
    for (const says of fault) expect(words(one)).toContain(says);
    expect(one.page().root.querySelector('input[name=answer]')?.getAttribute('value') ?? '').toBe('');
  }
  await one.submit('/set', { code: code.replace(/./g, (digit) => String((Number(digit) + 1) % 10)), question: 'first-pet', answer: '年糕' });
  expect(words(one)).toContain(say('code.wrong', { left: 4 }));
  expect(await kept(who)).toBeUndefined();

  await one.submit('/set', { code, question: 'first-pet', answer: ' 年 糕 ' });
  expect([pathOf(one), words(one).includes(say('security-question.done')), words(one).includes(say('question.first-pet'))]).toEqual(['/account', true, true]);
  expect(await kept(who)).toMatchObject({ question: 'first-pet', hash: expect.stringMatching(/^\$argon2id\$/) });
  expect((await mailOn(served, who.person.email ?? '', /安全问题已更改/)).text).toContain('本身不会注销线路');
  await eventually('by SMS too', async () => inbox(served, who.person.contactPhone ?? '').sms.some(({ text }) => text.includes('安全问题')) || undefined);
  expect(served.story.logged.join()).not.toContain('年糕');

  // Changed: the old answer is worth nothing, and a used code neither.
  await one.visit(`${served.root()}/account/question`);
  const second = await ask(one, who);
  await one.submit('/set', { code, question: 'first-job', answer: '灯塔' });
  expect(one.page().status).toBe(422);
  await one.submit('/set', { code: second, question: 'first-job', answer: '灯塔' });
  expect((await kept(who))?.question).toBe('first-job');
});

test('UU4 never usable alone: at cancelling the code comes first, and the question after it', async () => {
  const who = people.first;
  const one = await signIn(served, who);
  await toCheck(one, who);
  expect(hasForm(one, '/check')).toBe(false);
  const before = codes(who).length;
  await one.visit(one.page().url.replace(/\/check.*/, '/proof/question'));
  if (hasForm(one, '/question')) await one.submit('/question', { answer: '灯塔' });
  await one.visit(one.page().url.replace(/\/cancel\/.*/, '/cancel/check'));
  expect([hasForm(one, '/check'), hasForm(one, '/proof')]).toEqual([false, true]);
  await one.submit('/proof');
  await one.submit('/code', { code: await eventually('a code', async () => codes(who)[before]) });
  if (pathOf(one).endsWith('/question')) await one.submit('/question', { answer: '灯塔' });
  expect(hasForm(one, '/check')).toBe(true);
});

test('EC2 who needs a question and has none is led to where it is set; who has no contact for a code, to support', async () => {
  const who = people.guessed;
  const one = await signIn(served, who);
  await toCheck(one, who);
  await one.visit(one.link(/\/account\/question$/));
  expect(headline(one)).toBe(say('security-question.title'));
  const bare = await signIn(served, people.bare);
  await bare.visit(`${served.root()}/account/question`);
  expect([hasForm(bare, '/question'), words(bare).includes(say('security-question.no-contact'))]).toEqual([false, true]);
});

test('UU4 guessing codes to set one is slowed down, and where no policy asks for a question none is collected', async () => {
  const who = people.guessed;
  const one = await signIn(served, who);
  await ask(one, who);
  for (let tried = 0; tried < 12 && !words(one).includes(say('code.wait', { minutes: 1 })); tried++) await one.submit('/set', { code: String(10_000_000 + tried), question: 'first-pet', answer: '年糕' });
  expect(words(one)).toContain(say('code.wait', { minutes: 1 }));
  expect(await kept(who)).toBeUndefined();

  const other = served.story.dataOf(plain).subscribers[0];
  if (other === undefined) throw new Error('nobody');
  const there = await signIn(served, other, plain);
  await there.visit(`${served.root(plain)}/account`);
  expect(words(there)).not.toContain(say('security-question.title'));
  await there.visit(`${served.root(plain)}/account/question`);
  expect(there.page().status).toBe(404);
});
