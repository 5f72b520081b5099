import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationNumber } from '../../src/cancellation/identifiers/application-number.ts';
import { closeAccounts } from '../../src/identity/accounts.ts';
import { openCase, requestCaseCode } from '../../src/identity/case-access.ts';
import { checkCsrf, csrfToken } from '../../src/identity/csrf.ts';
import { issueCode, useCode } from '../../src/identity/one-time-codes.ts';
import { completeReset, requestReset } from '../../src/identity/reset.ts';
import { caseOf, newToken, subscriberOf } from '../../src/identity/sessions.ts';
import { signIn } from '../../src/identity/sign-in.ts';
import { proveSession, requestStepUp } from '../../src/identity/step-up.ts';
import { password, setting, type Setting } from './identity-setting.ts';

let desk: Setting;
let numbers = 100;
beforeAll(async () => {
  desk = await setting();
});
afterAll(() => desk.end());

const someone = async (brand = 'violet') => {
  numbers += 1;
  const name = `+120255501${String(numbers).slice(-2)}`;
  return { name, from: `2001:db8:${numbers}::1`, subscriberId: await desk.subscriber(brand, { kind: 'phone', name }) };
};
const newPassword = 'eleven grey cranes';
const forget = (asked: { name: string; from: string; brand?: string }) =>
  requestReset(desk.db, desk.vault, desk.clock, { brand: 'violet', kind: 'phone', channel: 'e-mail', ...asked }, desk.tell);
const complete = (asked: { codeId: string; code: string; from: string; password?: string; brand?: string }) =>
  completeReset(desk.db, desk.vault, desk.clock, { brand: 'violet', password: newPassword, ...asked });
const come = (asked: { name: string; from: string; password: string; device?: string }) => signIn(desk.db, desk.vault, desk.clock, { brand: 'violet', kind: 'phone', ...asked });
/** A code that is wrong for sure. */
const notThe = (code: string): string => String((Number(code) + 1) % 10 ** 8).padStart(8, '0');
const codeFor = async (person: { name: string; from: string }) => {
  const asked = await forget(person);
  const told = desk.told.at(-1);
  if (!asked.ok || told === undefined) throw new Error('no code was told');
  return { codeId: asked.value.codeId, code: told.code, from: person.from };
};
const over = { ok: false, why: { kind: 'code-over' } };

describe('a forgotten password', () => {
  test('UP1 a code to a contact of record and a new password open the account again', async () => {
    const person = await someone();
    const before = await come({ ...person, password });
    const asked = await forget(person);
    const told = desk.told.at(-1);
    expect(told).toMatchObject({ brand: 'violet', purpose: 'reset', subscriberId: person.subscriberId, channel: 'e-mail', code: expect.stringMatching(/^\d{8}$/) });
    expect(asked).toEqual({ ok: true, value: { codeId: told?.codeId, expiresAt: new Date(desk.clock.now().getTime() + 600_000) } });
    const code = told?.code ?? '';
    const changes: string[] = [];
    const answer = await completeReset(desk.db, desk.vault, desk.clock, { brand: 'violet', codeId: told?.codeId ?? '', code: ` ${code.slice(0, 4)} ${code.slice(4)} `, password: newPassword, from: person.from }, async (_, id) => {
      changes.push(id);
    });
    expect(answer).toMatchObject({ ok: true, value: { subscriberId: person.subscriberId } });
    expect(changes).toEqual([person.subscriberId]);
    expect(before.ok && (await subscriberOf(desk.db, 'violet', before.value.token, desk.clock.now())).ok).toBe(false); // every session ended
    expect(await come({ ...person, password })).toEqual({ ok: false, why: { kind: 'wrong-name-or-password' } });
    expect((await come({ ...person, password: newPassword })).ok).toBe(true);
  });

  test('the answer does not say whether anybody has the name', async () => {
    const person = await someone();
    const count = desk.told.length;
    const [known, unknown] = [await forget(person), await forget({ ...person, name: '+12025550100' })];
    expect(desk.told).toHaveLength(count + 1);
    if (!known.ok || !unknown.ok) throw new Error('refused');
    expect(Object.keys(unknown.value)).toEqual(Object.keys(known.value));
    expect(unknown.value.expiresAt).toEqual(known.value.expiresAt);
    const wrongCode = (codeId: string) => complete({ codeId, code: notThe(desk.told.at(-1)?.code ?? ''), from: person.from });
    for (const left of [4, 3, 2, 1]) {
      expect(await wrongCode(known.value.codeId)).toEqual({ ok: false, why: { kind: 'wrong-code', triesLeft: left } });
      expect(await wrongCode(unknown.value.codeId)).toEqual({ ok: false, why: { kind: 'wrong-code', triesLeft: left } });
    }
    expect(await wrongCode(known.value.codeId)).toEqual(over);
    expect(await wrongCode(unknown.value.codeId)).toEqual(over);
  });

  test('a code opens once', async () => {
    const code = await codeFor(await someone());
    expect((await complete(code)).ok).toBe(true);
    expect(await complete({ ...code, password: 'twelve brown geese' })).toEqual(over);
  });

  test('of a right code used twice at once, one wins', async () => {
    const code = await codeFor(await someone());
    const answers = await Promise.all([complete(code), complete(code), complete(code)]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });

  test('ten minutes later it is over', async () => {
    const code = await codeFor(await someone());
    desk.pass(600);
    expect(await complete(code)).toEqual(over);
  });

  test('a new one replaces the old, also when both are asked for at once', async () => {
    const person = await someone();
    const old = await codeFor(person);
    const young = await codeFor(person);
    expect(await complete(old)).toEqual(over);
    expect((await complete(young)).ok).toBe(true);
    const other = await someone();
    await Promise.all([forget(other), forget({ ...other, from: '192.0.2.9' })]);
    const live = await desk.db.inBrand('violet', (tx) => tx.query('select 1 from one_time_codes where subject = $1 and used_at is null', [other.subscriberId]));
    expect(live).toHaveLength(1);
  });

  test('a hundred racing for the last try are five in all', async () => {
    const person = await someone();
    const code = await codeFor(person);
    const guesses = Array.from({ length: 100 }, (_, index) => ({ ...code, code: notThe(code.code), from: `203.0.113.${index}` }));
    const answers = await Promise.all(guesses.map(complete));
    expect(answers.filter((answer) => !answer.ok && answer.why.kind === 'wrong-code')).toHaveLength(4); // the fifth is told that it is over
    const [row] = await desk.db.inBrand('violet', (tx) => tx.query<{ tries: number }>('select tries from one_time_codes where id = $1', [code.codeId]));
    expect(row?.tries).toBe(5);
    expect(await complete(code)).toEqual(over); // even the right one
  });

  test('a code of one brand, one purpose or one id opens nothing else', async () => {
    const [mine, theirs] = [await codeFor(await someone()), await codeFor(await someone())];
    expect(await complete({ ...mine, brand: 'amber' })).toEqual(over);
    expect(await openCase(desk.db, desk.vault, desk.clock, { brand: 'violet', ...mine })).toEqual(over);
    expect(await complete({ ...theirs, code: mine.code })).toMatchObject({ ok: false, why: { kind: 'wrong-code' } });
    expect(await complete({ ...mine, codeId: randomUUID() })).toEqual(over);
    expect(await complete({ ...mine, codeId: "' or true --" })).toEqual(over);
    expect((await complete(mine)).ok).toBe(true);
  });

  test('UP1 a weak password and a slip of the keyboard cost no try', async () => {
    const code = await codeFor(await someone());
    expect(await complete({ ...code, password: 'short' })).toMatchObject({ ok: false, why: { kind: 'too-short' } });
    expect(await complete({ ...code, code: '1234567' })).toEqual({ ok: false, why: { kind: 'not-a-code', digits: 8 } });
    expect((await complete({ ...code, code: [...code.code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('') })).ok).toBe(true);
  });

  test('who is kept out by guessing strangers comes in through a code', async () => {
    const person = await someone();
    for (let tries = 0; tries < 8; tries += 1) await come({ name: person.name, from: `198.51.100.${tries}`, password: 'eight slow herons' });
    expect(await come({ ...person, password })).toMatchObject({ ok: false, why: { kind: 'wait' } });
    const reset = await complete(await codeFor(person));
    if (!reset.ok) throw new Error(reset.why.kind);
    for (let tries = 0; tries < 8; tries += 1) await come({ name: person.name, from: `198.51.100.${10 + tries}`, password: 'eight slow herons' });
    expect((await come({ ...person, password: newPassword, device: reset.value.device })).ok).toBe(true);
  });

  test('a stranger can neither flood the owner with codes nor use up theirs', async () => {
    const person = await someone();
    const count = desk.told.length;
    const answers = [];
    for (let tries = 0; tries < 6; tries += 1) answers.push(await forget({ name: person.name, from: '192.0.2.66' }));
    expect(answers.map((answer) => answer.ok)).toEqual([true, true, true, true, false, false]);
    expect(answers[5]).toMatchObject({ ok: false, why: { kind: 'wait', seconds: 2 } });
    expect(desk.told).toHaveLength(count + 4);
    expect((await forget(person)).ok).toBe(true);
  });

  test('guessing over many codes from one source is slowed down', async () => {
    const from = '192.0.2.200';
    const kinds: string[] = [];
    for (let tries = 0; tries < 22; tries += 1) {
      const { codeId } = await desk.db.inBrand('violet', (tx) => issueCode(tx, desk.vault, desk.clock.now(), { brand: 'violet', purpose: 'reset', subject: null }));
      const answer = await useCode(desk.db, desk.vault, desk.clock, { brand: 'violet', purpose: 'reset', codeId, code: '12345678', from });
      kinds.push(answer.ok ? 'in' : answer.why.kind);
    }
    expect(kinds.slice(-2)).toEqual(['wrong-code', 'wait']);
  });

  test('a closed account has nothing to reset', async () => {
    const person = await someone();
    const code = await codeFor(person);
    await desk.db.inBrand('violet', (tx) => closeAccounts(tx, [person.subscriberId]));
    expect(await complete(code)).toEqual(over);
    const count = desk.told.length;
    expect((await forget(person)).ok).toBe(true);
    expect(desk.told).toHaveLength(count);
  });

  test('the code stands nowhere in the database', async () => {
    const { codeId, code } = await codeFor(await someone());
    const [row] = await desk.db.inBrand('violet', (tx) => tx.query<{ row: string }>('select t::text as row from one_time_codes t where id = $1', [codeId]));
    expect(row?.row).not.toContain(code);
    expect(row?.row).not.toContain(Buffer.from(code).toString('hex'));
  });
});

describe('status without sign-in', () => {
  const number = applicationNumber(Buffer.from('heron-01'));
  const unknown = applicationNumber(Buffer.from('heron-02'));
  const ask = (asked: { applicationNumber: typeof number; from: string }) => requestCaseCode(desk.db, desk.vault, desk.clock, { brand: 'violet', channel: 'e-mail', ...asked }, desk.tell);
  const open = (asked: { codeId: string; code: string; from: string }) => openCase(desk.db, desk.vault, desk.clock, { brand: 'violet', ...asked });

  test('UP6 an application number and a code show that case, and that alone, for a short while', async () => {
    const { subscriberId, from } = await someone();
    const cancellationId = await desk.caseOf('violet', subscriberId, number);
    const asked = await ask({ applicationNumber: number, from });
    const told = desk.told.at(-1);
    expect(told).toMatchObject({ purpose: 'status', subscriberId, cancellationId });
    if (!asked.ok || !told) throw new Error('refused');
    const opened = await open({ codeId: asked.value.codeId, code: told.code, from });
    if (!opened.ok) throw new Error(opened.why.kind);
    expect(await caseOf(desk.db, 'violet', opened.value.token, desk.clock.now())).toMatchObject({ ok: true, value: { cancellationId } });
    expect((await caseOf(desk.db, 'amber', opened.value.token, desk.clock.now())).ok).toBe(false);
    expect((await subscriberOf(desk.db, 'violet', opened.value.token, desk.clock.now())).ok).toBe(false);
    expect(await open({ codeId: asked.value.codeId, code: told.code, from })).toEqual(over);
    desk.pass(15 * 60);
    expect(await caseOf(desk.db, 'violet', opened.value.token, desk.clock.now())).toEqual({ ok: false, why: { kind: 'session-over' } });
  });

  test('a number that nobody has, and one of another brand, are answered the same', async () => {
    const { subscriberId, from } = await someone('amber');
    const foreign = applicationNumber(Buffer.from('heron-03'));
    await desk.caseOf('amber', subscriberId, foreign);
    const count = desk.told.length;
    for (const applicationNumber of [unknown, foreign]) {
      const asked = await ask({ applicationNumber, from });
      if (!asked.ok) throw new Error(asked.why.kind);
      expect(await open({ codeId: asked.value.codeId, code: '00000000', from })).toEqual({ ok: false, why: { kind: 'wrong-code', triesLeft: 4 } });
    }
    expect(desk.told).toHaveLength(count);
  });
});

describe('a second proof in a session', () => {
  const session = async () => {
    const person = await someone();
    const signedIn = await come({ ...person, password });
    if (!signedIn.ok) throw new Error(signedIn.why.kind);
    return { ...person, token: signedIn.value.token };
  };
  const ask = async ({ subscriberId, from }: { subscriberId: string; from: string }) => {
    const asked = await requestStepUp(desk.db, desk.vault, desk.clock, { brand: 'violet', subscriberId, channel: 'sms', from }, desk.tell);
    const told = desk.told.at(-1);
    if (!asked.ok || !told) throw new Error('refused');
    return { codeId: asked.value.codeId, code: told.code, from };
  };
  const prove = (asked: { token: string; codeId: string; code: string; from: string }) => proveSession(desk.db, desk.vault, desk.clock, { brand: 'violet', ...asked });

  test('raises it under a new token; the old one is dead', async () => {
    const mine = await session();
    expect((await subscriberOf(desk.db, 'violet', mine.token, desk.clock.now())).ok).toBe(true);
    const proven = await prove({ token: mine.token, ...(await ask(mine)) });
    if (!proven.ok) throw new Error(proven.why.kind);
    expect(await subscriberOf(desk.db, 'violet', proven.value.token, desk.clock.now())).toMatchObject({ ok: true, value: { subscriberId: mine.subscriberId, provenAt: desk.clock.now() } });
    expect((await subscriberOf(desk.db, 'violet', mine.token, desk.clock.now())).ok).toBe(false);
  });

  test("another person's code proves nothing here and is not used up", async () => {
    const [mine, theirs] = [await session(), await session()];
    const code = await ask(theirs);
    expect(await prove({ token: mine.token, ...code })).toEqual(over);
    expect((await prove({ token: theirs.token, ...code })).ok).toBe(true);
    expect(await prove({ token: newToken(), ...code })).toEqual({ ok: false, why: { kind: 'no-session' } });
  });
});

describe('forms', () => {
  test('a form token belongs to one session of one brand and can’t be made elsewhere', () => {
    const owner = { brand: 'violet', sessionId: randomUUID() };
    const token = csrfToken(desk.vault, owner);
    expect(checkCsrf(desk.vault, owner, token)).toBe(true);
    expect(csrfToken(desk.vault, owner)).not.toBe(token);
    for (const other of [{ ...owner, sessionId: randomUUID() }, { ...owner, brand: 'amber' }, { brand: 'violet', before: owner.sessionId }]) expect(checkCsrf(desk.vault, other, token)).toBe(false);
    for (const forged of [undefined, null, '', 'x', ['x'], `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, 'A'.repeat(64)]) expect(checkCsrf(desk.vault, owner, forged)).toBe(false);
    const before = { brand: 'violet', before: newToken() };
    expect(checkCsrf(desk.vault, before, csrfToken(desk.vault, before))).toBe(true);
  });
});
