import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeAccounts } from '../../src/identity/accounts.ts';
import { passwordRuns } from '../../src/identity/password-hash.ts';
import { caseOf, endSession, endSessionsOf, staffOf, startSession, subscriberOf } from '../../src/identity/sessions.ts';
import { signIn, staffSignIn } from '../../src/identity/sign-in.ts';
import { addStaff, changeRoles, staffMembers } from '../../src/identity/staff.ts';
import { sweepIdentity } from '../../src/identity/sweep.ts';
import { password, setting, type Setting } from './identity-setting.ts';

let desk: Setting;
let numbers = 100;
beforeAll(async () => {
  desk = await setting();
});
afterAll(() => desk.end());

/** Every test has a number and a source of its own, so that throttles don't meet. */
const someone = async (brand = 'violet') => {
  numbers += 1;
  const name = `+120255501${String(numbers).slice(-2)}`;
  return { name, from: `2001:db8:${numbers}::1`, subscriberId: await desk.subscriber(brand, { kind: 'phone', name }) };
};
type Asked = Parameters<typeof signIn>[3];
const trySignIn = (asked: Partial<Asked> & { name: string; from: string }) => signIn(desk.db, desk.vault, desk.clock, { brand: 'violet', kind: 'phone', password, ...asked });
const signedIn = async (asked: Partial<Asked> & { name: string; from: string }) => {
  const answer = await trySignIn(asked);
  if (!answer.ok) throw new Error(answer.why.kind);
  return answer.value;
};
const wrong = { ok: false, why: { kind: 'wrong-name-or-password' } };
const who = (token: string | undefined, brand = 'violet') => subscriberOf(desk.db, brand, token, desk.clock.now());

describe('sign-in', () => {
  test('UP1 phone number and password open a session', async () => {
    const { name, from, subscriberId } = await someone();
    const session = await signedIn({ name: ` ${name.replace('+1', '+1 ')} `, from });
    expect(session.subscriberId).toBe(subscriberId);
    expect(await who(session.token)).toMatchObject({ ok: true, value: { subscriberId, brand: 'violet', sessionId: session.sessionId } });
    expect(session.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  test('UR1 of a name of which only the index was kept, the name itself is sealed with the next sign-in, and not by a wrong password', async () => {
    const { name, from, subscriberId } = await someone();
    const sealed = async () => (await desk.db.inBrand('violet', (tx) => tx.query<{ sealed: Buffer | null; index: Buffer }>('select sealed, index from sign_in_names where subscriber_id = $1', [subscriberId])))[0];
    await desk.db.inBrand('violet', (tx) => tx.query('update sign_in_names set sealed = null where subscriber_id = $1', [subscriberId]));
    await trySignIn({ name, from, password: 'eight slow herons' });
    expect((await sealed())?.sealed).toBeNull();
    await signedIn({ name, from });
    const { sealed: kept, index } = (await sealed()) ?? {};
    const keyring = await desk.db.inBrand('violet', (tx) => desk.vault.keyring(tx, [subscriberId]));
    expect(keyring.open(subscriberId, `sign-in-name:phone:${index?.toString('hex')}`, kept ?? Buffer.alloc(0))).toEqual({ ok: true, value: Buffer.from(name) });
  });

  test('an unknown name and a wrong password read the same and cost the same hashing', async () => {
    const { name, from } = await someone();
    const runsOf = async (asked: Partial<Asked> & { name: string }) => {
      const before = passwordRuns();
      return { answer: await trySignIn({ from, ...asked }), runs: passwordRuns() - before };
    };
    const known = await runsOf({ name, password: 'eight slow herons' });
    expect(known).toEqual({ answer: wrong, runs: 1 });
    expect(await runsOf({ name: '+12025550100' })).toEqual(known);
    expect(await runsOf({ name: 'nobody@mail.example', kind: 'e-mail' })).toEqual(known);
    expect(await runsOf({ name, password: 'x'.repeat(100_000) })).toEqual(known);
    expect(await runsOf({ name, brand: 'amber' })).toEqual(known);
  });

  test('another brand knows neither the person nor the session', async () => {
    const { name, from } = await someone();
    const { token } = await signedIn({ name, from });
    expect(await trySignIn({ name, from, brand: 'amber' })).toEqual(wrong);
    expect(await who(token, 'amber')).toEqual({ ok: false, why: { kind: 'no-session' } });
    expect((await who(token)).ok).toBe(true);
  });

  test('the same number at two brands is two people', async () => {
    const one = await someone();
    const other = await desk.subscriber('amber', { kind: 'phone', name: one.name });
    expect((await signedIn({ ...one, brand: 'amber' })).subscriberId).toBe(other);
    expect((await signedIn(one)).subscriberId).toBe(one.subscriberId);
  });

  test('neither token nor name stands in the database', async () => {
    const { name, from } = await someone();
    const { token, device } = await signedIn({ name, from });
    const dump = await desk.db.acrossBrands(async (tx) => {
      const tables = ['sessions', 'known_devices', 'sign_in_names', 'passwords', 'attempts'];
      const rows: unknown[] = [];
      for (const table of tables) rows.push(...(await tx.query(`select t::text as row from ${table} t`)));
      return JSON.stringify(rows);
    });
    for (const secret of [token, Buffer.from(token, 'base64url').toString('hex'), device, name, name.slice(1), from, Buffer.from(name).toString('hex')]) expect(dump).not.toContain(secret);
  });

  test('a hash made at an older cost is made anew, once', async () => {
    const { name, from, subscriberId } = await someone();
    const old = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    await desk.db.inBrand('violet', (tx) => tx.query('update passwords set hash = $2 where subscriber_id = $1', [subscriberId, old]));
    await signedIn({ name, from, password: 'password' });
    const [row] = await desk.db.inBrand('violet', (tx) => tx.query<{ hash: string }>('select hash from passwords where subscriber_id = $1', [subscriberId]));
    expect(row?.hash).toMatch(/m=19456,t=2,p=1/);
    await signedIn({ name, from, password: 'password' });
  });

  test('UP8 after the account is closed nobody signs in, and every session is dead', async () => {
    const { name, from, subscriberId } = await someone();
    const { token } = await signedIn({ name, from });
    await desk.db.inBrand('violet', (tx) => closeAccounts(tx, [subscriberId]));
    expect(await who(token)).toEqual({ ok: false, why: { kind: 'no-session' } });
    expect(await trySignIn({ name, from })).toEqual(wrong);
  });

  test('UP8 a sign-in under way while the account is closed leaves no session', async () => {
    const { name, from, subscriberId } = await someone();
    const [answer] = await Promise.all([trySignIn({ name, from }), desk.db.inBrand('violet', (tx) => closeAccounts(tx, [subscriberId]))]);
    if (answer.ok) expect((await who(answer.value.token)).ok).toBe(false);
    expect(await desk.db.inBrand('violet', (tx) => tx.query('select 1 from sessions where subscriber_id = $1', [subscriberId]))).toEqual([]);
  });
});

describe('sessions', () => {
  test('a token that was planted before sign-in never becomes a session', async () => {
    const { name, from } = await someone();
    const planted = 'A'.repeat(43);
    const { token } = await signedIn({ name, from, replacing: planted });
    expect(token).not.toBe(planted);
    expect(await who(planted)).toEqual({ ok: false, why: { kind: 'no-session' } });
  });

  test('signing in again ends the session that the browser came with, and no other', async () => {
    const { name, from } = await someone();
    const [first, elsewhere] = [await signedIn({ name, from }), await signedIn({ name, from })];
    const second = await signedIn({ name, from, replacing: first.token });
    expect((await who(first.token)).ok).toBe(false);
    expect((await who(second.token)).ok).toBe(true);
    expect((await who(elsewhere.token)).ok).toBe(true);
  });

  test('UP1 after sign-out the cookie is dead', async () => {
    const { name, from } = await someone();
    const { token } = await signedIn({ name, from });
    await desk.db.inBrand('violet', (tx) => endSession(tx, token));
    expect(await who(token)).toEqual({ ok: false, why: { kind: 'no-session' } });
    for (const other of [undefined, '', 'x', 'A'.repeat(43), `${token}=`, 'a\0b']) expect(await who(other)).toEqual({ ok: false, why: { kind: 'no-session' } });
  });

  test('half an hour without a request ends one; requests keep it up, but not past twelve hours', async () => {
    const { name, from } = await someone();
    const idle = await signedIn({ name, from });
    desk.pass(30 * 60);
    expect(await who(idle.token)).toEqual({ ok: false, why: { kind: 'session-over' } });
    const busy = await signedIn({ name, from });
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      desk.pass(20 * 60);
      expect((await who(busy.token)).ok).toBe(true);
    }
    desk.pass(20 * 60);
    expect(await who(busy.token)).toEqual({ ok: false, why: { kind: 'session-over' } });
  });

  test('each kind opens its own door alone', async () => {
    const { subscriberId, name, from } = await someone();
    const cancellationId = await desk.caseOf('violet', subscriberId, 'KIND-TEST');
    const { token } = await signedIn({ name, from });
    const look = await desk.db.inBrand('violet', (tx) => startSession(tx, desk.clock.now(), { brand: 'violet', kind: 'case', ownerId: cancellationId }));
    expect((await caseOf(desk.db, 'violet', token, desk.clock.now())).ok).toBe(false);
    expect((await staffOf(desk.db, 'violet', token, desk.clock.now())).ok).toBe(false);
    expect((await who(look.token)).ok).toBe(false);
    expect(await caseOf(desk.db, 'violet', look.token, desk.clock.now())).toMatchObject({ ok: true, value: { cancellationId } });
    await desk.db.inBrand('violet', (tx) => endSessionsOf(tx, 'subscriber', [subscriberId]));
    expect((await caseOf(desk.db, 'violet', look.token, desk.clock.now())).ok).toBe(false);
  });

  test('what is over is swept away', async () => {
    const { name, from } = await someone();
    await signedIn({ name, from });
    desk.pass(200 * 24 * 3600);
    expect(await desk.db.acrossBrands((tx) => sweepIdentity(tx, desk.clock.now()))).toBeGreaterThan(2);
    for (const table of ['sessions', 'attempts', 'known_devices']) expect(await desk.db.acrossBrands((tx) => tx.query(`select 1 from ${table}`))).toEqual([]);
  });
});

describe('guessing', () => {
  const wrongly = (asked: Partial<Asked> & { name: string; from: string }) => trySignIn({ password: 'eight slow herons', ...asked });

  test('slows down, from any number of sources, and says for how long', async () => {
    const { name } = await someone();
    const answers = [];
    for (let tries = 0; tries < 7; tries += 1) answers.push(await wrongly({ name, from: `198.51.100.${tries}` }));
    expect(answers.map((answer) => (answer.ok ? 'in' : answer.why.kind))).toEqual([...Array(6).fill('wrong-name-or-password'), 'wait']);
    expect(answers[6]).toEqual({ ok: false, why: { kind: 'wait', seconds: 2 } });
    desk.pass(2);
    expect(await wrongly({ name, from: '198.51.100.8' })).toEqual(wrong);
    expect(await wrongly({ name, from: '198.51.100.9' })).toMatchObject({ ok: false, why: { kind: 'wait', seconds: 4 } });
  });

  test('a hundred at once are counted as a hundred', async () => {
    const { name } = await someone();
    const before = passwordRuns();
    const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => wrongly({ name, from: `203.0.113.${index}` })));
    expect(answers.filter((answer) => !answer.ok && answer.why.kind === 'wrong-name-or-password')).toHaveLength(6);
    expect(passwordRuns() - before).toBe(6);
  });

  test('a name that nobody has is throttled just the same', async () => {
    const answers = [];
    for (let tries = 0; tries < 7; tries += 1) answers.push(await wrongly({ name: '+12025550199', from: `198.51.100.${100 + tries}` }));
    expect(answers.map((answer) => (answer.ok ? 'in' : answer.why.kind))).toEqual([...Array(6).fill('wrong-name-or-password'), 'wait']);
  });

  test('the wait never grows past a quarter of an hour, and nobody is locked out for good', async () => {
    const { name } = await someone();
    let longest = 0;
    for (let tries = 0; tries < 40; tries += 1) {
      const answer = await wrongly({ name, from: `192.0.2.${tries}` });
      if (answer.ok || answer.why.kind !== 'wait') continue;
      longest = Math.max(longest, answer.why.seconds);
      desk.pass(answer.why.seconds);
    }
    expect(longest).toBe(900);
    desk.pass(900);
    expect((await trySignIn({ name, from: '192.0.2.250' })).ok).toBe(true);
  });

  test('the owner gets in from a browser that was there before, while strangers guess', async () => {
    const { name, from, subscriberId } = await someone();
    const { device } = await signedIn({ name, from });
    for (let tries = 0; tries < 10; tries += 1) await wrongly({ name, from });
    expect(await trySignIn({ name, from })).toMatchObject({ ok: false, why: { kind: 'wait' } });
    expect(await trySignIn({ name, from, device: 'A'.repeat(43) })).toMatchObject({ ok: false, why: { kind: 'wait' } });
    const back = await signedIn({ name, from, device });
    expect(back).toMatchObject({ subscriberId, device });
    for (let tries = 0; tries < 11; tries += 1) await wrongly({ name, from, device });
    expect(await trySignIn({ name, from, device })).toMatchObject({ ok: false, why: { kind: 'wait' } }); // a stolen cookie is no way round
  });

  test("another person's browser does not help with this name", async () => {
    const [mine, theirs] = [await someone(), await someone()];
    const { device } = await signedIn(mine);
    for (let tries = 0; tries < 6; tries += 1) await wrongly({ ...theirs, device });
    expect(await trySignIn({ ...theirs, device })).toMatchObject({ ok: false, why: { kind: 'wait' } });
  });

  test('one source over many names is slowed down; who signs in there is not counted', async () => {
    const from = '198.51.100.200';
    const { name } = await someone();
    for (let tries = 0; tries < 30; tries += 1) await signedIn({ name, from });
    const kinds: string[] = [];
    for (let tries = 0; tries < 52; tries += 1) {
      const answer = await wrongly({ name: `+44770090${1000 + tries}`, from });
      kinds.push(answer.ok ? 'in' : answer.why.kind);
    }
    expect(kinds).toEqual([...Array(51).fill('wrong-name-or-password'), 'wait']);
    // All of a /64 is one source; an IPv4 address written as IPv6 is itself.
    expect(await wrongly({ name: '+447700902000', from: `::ffff:${from}` })).toMatchObject({ ok: false, why: { kind: 'wait' } });
  });
});

describe('staff', () => {
  const email = 'Rui.Chen@desk.example';
  const secret = 'nine patient cranes';
  const at = { from: '192.0.2.77' };
  const added = (over: Partial<Parameters<typeof addStaff>[3]> = {}) => addStaff(desk.db, desk.vault, desk.clock, { brand: 'violet', name: '陈睿', email, password: secret, roles: ['reviewer'], ...over });
  const come = (over: Partial<Parameters<typeof staffSignIn>[3]> = {}) => staffSignIn(desk.db, desk.vault, desk.clock, { brand: 'violet', email, password: secret, ...at, ...over });

  test('have accounts, sessions and roles of their own, within one brand', async () => {
    const member = await added();
    if (!member.ok) throw new Error(member.why.kind);
    const { staffId } = member.value;
    expect(await added()).toEqual({ ok: false, why: { kind: 'already-there' } });
    expect(await added({ email: 'new@desk.example', password: 'short' })).toMatchObject({ ok: false, why: { kind: 'too-short' } });
    expect(await come({ password: 'ten patient cranes' })).toEqual(wrong);
    expect(await come({ brand: 'amber' })).toEqual(wrong);
    expect(await trySignIn({ kind: 'e-mail', name: email, password: secret, ...at })).toEqual(wrong);
    const session = await come({ email: 'rui.chen@desk.example' });
    if (!session.ok) throw new Error(session.why.kind);
    const found = await staffOf(desk.db, 'violet', session.value.token, desk.clock.now());
    expect(found).toMatchObject({ ok: true, value: { staffId, roles: ['reviewer'], brand: 'violet' } });
    expect((await who(session.value.token)).ok).toBe(false);
    expect((await staffOf(desk.db, 'amber', session.value.token, desk.clock.now())).ok).toBe(false);
    const members = await desk.db.inBrand('violet', (tx) => staffMembers(tx, desk.vault, [staffId]));
    expect(members.get(staffId)).toEqual({ staffId, name: '陈睿', email: 'rui.chen@desk.example', roles: ['reviewer'] });
  });

  test('a change of roles ends their sessions', async () => {
    const session = await come();
    if (!session.ok) throw new Error(session.why.kind);
    const { staffId, token } = session.value;
    expect(await changeRoles(desk.db, { brand: 'amber', staffId, roles: ['auditor'] })).toEqual({ ok: false, why: { kind: 'no-such-staff' } });
    expect((await changeRoles(desk.db, { brand: 'violet', staffId, roles: ['auditor'] })).ok).toBe(true);
    expect(await staffOf(desk.db, 'violet', token, desk.clock.now())).toEqual({ ok: false, why: { kind: 'no-session' } });
    const again = await come();
    expect(again.ok && (await staffOf(desk.db, 'violet', again.value.token, desk.clock.now()))).toMatchObject({ ok: true, value: { roles: ['auditor'] } });
  });
});
