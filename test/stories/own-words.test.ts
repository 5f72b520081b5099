/** What a brand says and asks in its own words: the fields of its application, and its notices. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acknowledgements, hasForm, mailOn, pathOf, person, serve, signIn, solveAll, stateOf, toPreparation, words, answersOf, says, type Served } from './up-setting.ts';

const who = person('84', { person: { name: '林小八四', email: 'lin.84@mail.example', contactPhone: null } });
const label = { 'zh-CN': '回国后的手机号', 'zh-TW': '回國後的手機號碼', en: 'Your number at home' };
const hint = { 'zh-CN': '上网卡停用后，我们打这个号码', 'zh-TW': '上網卡停用後，我們撥這個號碼', en: 'We call it once the card is off' };
const same = (text: string) => ({ 'zh-CN': text, 'zh-TW': text, en: text });
const say = says('zh-CN');

let served: Served;
beforeAll(async () => {
  served = await serve({
    also: [who],
    change: (pack) => ({
      ...pack, identity: { ...pack.identity, level: 'basic', documents: [] },
      form: [{ field: 'phone', optional: false, label, hint }, { field: 'name', optional: true }],
      notices: { received: { subject: same('行程卡 {application}'), text: same('编号 {application}，尾号 {ending}。\n\n祝旅途愉快。') } },
    }),
  });
});
afterAll(() => served?.close());

describe('UP5 the form that the pack describes', () => {
  let number = '';
  test('UP5 EC6 asks for its fields in its order and words, marks what is optional, keeps nothing that it does not ask for', async () => {
    const one = await signIn(served, who);
    await toPreparation(one);
    await solveAll(one);
    await one.submit('/cancel');
    const typed = one.page().root.querySelectorAll('form input').map((field) => field.getAttribute('name')).filter((name) => name === 'name' || name === 'phone' || name === 'email' || name === 'endsOn');
    expect(typed).toEqual(['phone', 'name']);
    for (const said of [label['zh-CN'], hint['zh-CN']]) expect(words(one)).toContain(said);
    const labelOf = (name: string): string => one.page().root.querySelector(`label[for=${name}]`)?.text ?? '';
    expect([labelOf('phone').includes(say('application.optional')), labelOf('name').includes(say('application.optional'))]).toEqual([false, true]);
    const { reason } = await answersOf(who);
    await one.submit('/application', { reason, name: '', phone: '' });
    expect([one.page().root.querySelector('#phone-fault')?.text, one.page().root.querySelector('#name-fault')?.text]).toEqual([say('field.phone.missing'), undefined]);
    await one.submit('/application', { reason, name: '', phone: '+447700900841', email: 'planted@mail.example', endsOn: '2026-12-24' });
    await one.submit('/consequences', { acknowledged: acknowledgements(one) });
    expect(pathOf(one)).toMatch(/\/check$/);
    expect(words(one)).toContain(label['zh-CN']);
    for (const gone of ['planted@mail.example', say('application.email'), say('ends.title')]) expect(words(one)).not.toContain(gone);
    expect(hasForm(one, '/check')).toBe(true);
    await one.submit('/check');
    number = /\/cases\/([0-9A-Z-]+)\/receipt/.exec(pathOf(one))?.[1] ?? '';
    expect(await stateOf(served, number)).toBe('reviewing');
  });

  test('UP7 EC3 a notice in the brand’s own words still says first whether the line is cancelled, and leads to no other address', async () => {
    const mail = await mailOn(served, 'lin.84@mail.example', new RegExp(`行程卡 ${number}`));
    expect(mail.text).toMatch(new RegExp(`^线路还没有注销.*\\n\\n编号 ${number}，尾号 84。\\n\\n祝旅途愉快。`));
    expect(mail.text).toContain('care@ultra-purple.example');
  });
});
