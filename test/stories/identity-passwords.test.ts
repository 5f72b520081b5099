import { describe, expect, test } from 'vitest';
import { hashPassword, isOutdated, passwordRuns, verifyPassword } from '../../src/identity/password-hash.ts';
import { type Avoided, checkPassword } from '../../src/identity/password-rules.ts';
import { parseSignInName } from '../../src/identity/sign-in-name.ts';

describe('password rules', () => {
  const avoided: Avoided[] = [
    { what: 'brand', text: 'ultra紫卡上网卡' }, { what: 'brand', text: 'ultra-purple' }, { what: 'phone', text: '+12025550142' }, { what: 'e-mail', text: 'lin.xiaoyu@mail.example' },
  ];

  test.each([
    'seven slow herons', 'wwrkqjpxmdaolzt', '我们昨天在河边看见七只很慢的苍鹭', 'password of my cat Mimi', '2026 我家门前的苍鹭 flies', 'Xk-2025550142 mit neun Reihern', 'é'.repeat(3) + 'cole buissonnière',
    'aB3$'.repeat(1) + 'x7!kQ9@mZ2#pL5', 'the quiet orange bicycle', 'a heron '.padEnd(256, 'qzjvxkwp y3m'),
  ])('%s may be one: no rule asks for kinds of characters', (password) => {
    expect(checkPassword(password, avoided)).toMatchObject({ ok: true });
  });

  test.each<[string, object]>([
    ['', { kind: 'too-short', length: 0, least: 15 }],
    ['Tr0ub4dor&3', { kind: 'too-short', length: 11, least: 15 }],
    ['七只很慢的苍鹭在河边昨天看', { kind: 'too-short', length: 13, least: 15 }],
    ['🐦'.repeat(14), { kind: 'too-short', length: 14, least: 15 }],
    ['ab3 '.repeat(64) + 'x', { kind: 'too-long', length: 257, most: 256 }],
    ['password1234567', { kind: 'common', found: 'password' }],
    ['P-a-s-s-w-o-r-d-2026!!', { kind: 'common', found: 'password' }],
    ['ｐａｓｓｗｏｒｄpassword', { kind: 'common', found: 'password' }],
    ['woaini5201314woaini', { kind: 'common', found: 'woaini520' }],
    ['correct horse battery staple', { kind: 'common', found: 'correcthorsebatterystaple' }],
    ['qwertyuiopasdfghjkl', { kind: 'common', found: 'qwertyuiop' }],
    ['我的密码我的密码我的密码我的密码', { kind: 'common', found: '我的密码' }],
    ['ultra-purple 12345', { kind: 'personal', what: 'brand' }],
    ['ultra紫卡上网卡ultra紫卡上网卡', { kind: 'personal', what: 'brand' }],
    ['+1 202 555 0142 !!!', { kind: 'personal', what: 'phone' }],
    ['0142 my 25550142', { kind: 'personal', what: 'phone' }],
    ['lin.xiaoyu@mail.example', { kind: 'personal', what: 'e-mail' }],
    ['aaaaaaaaaaaaaaaaaaaa', { kind: 'repetitive' }],
    ['!!!!!!!!!!!!!!!!!', { kind: 'repetitive' }],
    ['abcdefghijklmnopq', { kind: 'repetitive' }],
    ['heronheronheronheron', { kind: 'repetitive' }],
  ])('%s is refused, and why is said', (password, why) => {
    expect(checkPassword(password, avoided)).toEqual({ ok: false, why });
  });
});

describe('password hashes', () => {
  test('are argon2id in PHC form at the cost that OWASP asks for, salted', async () => {
    const hash = await hashPassword('seven slow herons');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await hashPassword('seven slow herons')).not.toBe(hash);
    expect(await verifyPassword(hash, 'seven slow herons')).toBe(true);
    expect(await verifyPassword(hash, 'seven slow heronｓ')).toBe(true); // as an input method writes it
    expect(await verifyPassword(hash, 'seven slow heron')).toBe(false);
    expect(isOutdated(hash)).toBe(false);
  });

  test('of elsewhere verify too, and are known to be outdated', async () => {
    // The test vector of the reference implementation: argon2id, v=19, m=65536, t=2, p=1, "password", "somesalt".
    const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await verifyPassword(hash, 'password')).toBe(true);
    expect(await verifyPassword(hash, 'passwore')).toBe(false);
    expect(isOutdated(hash)).toBe(true);
  });

  test('do not hold up the event loop, however many are asked for', async () => {
    const before = passwordRuns();
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 2);
    await Promise.all(Array.from({ length: 8 }, () => hashPassword('seven slow herons')));
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(8);
    expect(passwordRuns() - before).toBe(8);
  });
});

describe('sign-in names', () => {
  test.each([
    ['phone', '+1 (202) 555-0142', undefined, '+12025550142'],
    ['phone', '001 202 555 0142', undefined, '+12025550142'],
    ['phone', '（202）５５５-０１４２', 'US', '+12025550142'],
    ['phone', '07700 900123', 'GB', '+447700900123'],
    ['e-mail', ' Lin.Xiaoyu@Mail.EXAMPLE ', undefined, 'lin.xiaoyu@mail.example'],
    ['user-name', ' Ｈeron_7', undefined, 'heron_7'],
  ] as const)('%s %s is understood', (kind, typed, region, name) => {
    expect(parseSignInName(kind, typed, region)).toEqual({ ok: true, value: name });
  });

  test.each([['phone', '202 555 0142'], ['phone', ''], ['phone', `+${'1'.repeat(400)}`], ['e-mail', 'lin@'], ['e-mail', 'a@b.example\r\nBcc: c@d.example'], ['user-name', ''], ['user-name', 'a b'], ['user-name', 'a\0b']] as const)('%s %j is not one', (kind, typed) => {
    expect(parseSignInName(kind, typed)).toEqual({ ok: false, why: { kind: 'name-not-valid', as: kind } });
  });
});
