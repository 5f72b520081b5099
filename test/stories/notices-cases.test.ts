import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Telling } from '../../src/desk/desk.ts';
import { tellCases, tellCode } from '../../src/notices/tell.ts';
import { languages } from '../../src/policy/pack.ts';
import { noticeTemplates } from '../../src/policy/what-follows.ts';
import type { Desk } from '../../src/desk/desk.ts';
import type { TellCode } from '../../src/identity/one-time-codes.ts';
import { appendJournal } from '../../src/store/journal.ts';
import { contextOf } from '../../src/vault/contents.ts';
import { brand, setting, type Setting } from './notices-setting.ts';

let desk: Setting;
const unreached: string[] = [];
let tell: Desk['tell'];
let code: TellCode;
beforeAll(async () => {
  desk = await setting();
  const tools = { vault: desk.vault, clock: desk.clock, packs: desk.packs, enqueue: desk.enqueue, onUnreachable: (caseId: string, template: string) => unreached.push(`${caseId} ${template}`) };
  tell = tellCases(tools);
  code = tellCode(tools);
});
afterAll(() => desk.end());

const pack = () => {
  const found = desk.packs.latest(brand);
  if (!found.ok) throw new Error(found.why.kind);
  return found.value;
};

let numbers = 140;
/** A case that has everything that any notice tells. */
const aCase = async (person: { email: string | null; contactPhone: string | null }, form: { email?: string; phone?: string }, language = 'zh-CN') => {
  const subscriberId = await desk.addSubscriber(person, language);
  const [lineId, caseId] = [randomUUID(), randomUUID()];
  const msisdn = `+1202555${String((numbers += 1)).padStart(4, '0')}`;
  const application = `7F3K-9Q2M-4TWX-${numbers % 100}`;
  await desk.db.inBrand(brand, async (tx) => {
    const keyring = await desk.vault.keyring(tx, [subscriberId]);
    const now = desk.clock.now();
    const later = new Date('2026-12-10T02:00:00Z');
    await tx.query(
      `insert into lines (id, brand, subscriber_id, kind, carrier, billing_ref, in_home_register, sealed, msisdn_index, currency) values ($1, $2, $3, 'data-card', 'test', $4, true, $5, $6, 'USD')`,
      [lineId, brand, subscriberId, lineId, keyring.sealJson(subscriberId, contextOf.line(lineId), { msisdn, salt: '00' }), randomBytes(32)]);
    await tx.query(
      `insert into cancellations (id, brand, subscriber_id, line_id, application_number, state, region, pack_version, channel, opened_at, changed_at, sealed_form, asked, waiting_since, refused_because, effective_at, ended_at, due_at)
       values ($1, $2, $3, $4, $5, 'reviewing', 'CN', $6, 'web', $7, $7, $8, $9, $7, $10, $11, $11, $11)`,
      [caseId, brand, subscriberId, lineId, application, `${brand}@${pack().validFrom}`, now, keyring.sealJson(subscriberId, contextOf.form(caseId), form),
        JSON.stringify({ materials: [pack().materials[0]?.id] }), pack().refusals[0]?.id, later]);
    await tx.query(`insert into confirmations (cancellation_id, round, brand, opens_at, until) values ($1, 1, $2, $3, $4)`, [caseId, brand, now, later]);
    const noteId = randomUUID();
    await tx.query(`insert into case_messages (id, brand, cancellation_id, author, sealed, at) values ($1, $2, $3, 'reviewer', $4, $5)`, [noteId, brand, caseId, keyring.seal(subscriberId, contextOf.message(noteId), '照片反光。'), now]);
    await tx.query(`update number_tenures set cancellation_id = $2, disconnected_at = assigned_at, free_from = '2027-03-10', free_at = '2027-03-10' where line_id = $1`, [lineId, caseId]);
    await tx.query(
      `insert into steps (cancellation_id, name, brand, ordinal, after, phase, state, done_at, outcome) values ($1, 'cancel-esim-order', $2, 0, '{}', 'final', 'done', $3, '{"kind":"done","fact":"already-on-device"}')`, [caseId, brand, now]);
  });
  return { subscriberId, caseId, application, msisdn };
};

const about = (template: Telling['template'], { subscriberId, caseId }: { subscriberId: string; caseId: string }): Telling => ({ brand, template, subscriberId, caseId });

describe('UP7 UP8 what happens to a case is told', () => {
  it('UP7 what is missing, and why, in the subscriber’s language', async () => {
    for (const language of languages) {
      const address = `lin-${language.toLowerCase()}@plum.example`;
      const one = await aCase({ email: address, contactPhone: null }, {}, language);
      await desk.db.inBrand(brand, (tx) => tell(tx, [about('asked', one)]));
      await desk.work();
      const [letter] = desk.inbox(address).mail;
      expect(letter?.text).toContain(pack().materials[0]?.says[language]);
      expect(letter?.text).toContain('照片反光。');
      expect(letter?.text).toContain(one.application);
    }
  });

  it('UP8 the end: since when, the eSIM’s own copy, the number’s rest, the certificate', async () => {
    const one = await aCase({ email: 'wang@plum.example', contactPhone: '+12025550178' }, {});
    await desk.db.inBrand(brand, (tx) => tell(tx, [about('cancelled', one)]));
    await desk.work();
    const [letter] = desk.inbox('wang@plum.example').mail;
    for (const said of ['线路已于2026年12月10日（周四）注销。', '设备里可能还留着一份，只有您能在设备的设置里删除', '2027年3月10日（周三）', `https://ultra-purple.example/cases/${one.application}`]) expect(letter?.text).toContain(said);
    expect(desk.inbox('+12025550178').sms[0]?.text).toContain(`尾号 ${one.msisdn.slice(-2)}`);
  });

  it('every template can be told of a case that has got so far', async () => {
    const one = await aCase({ email: 'every@plum.example', contactPhone: null }, {});
    await desk.db.inBrand(brand, (tx) => appendJournal(tx, [{ cancellationId: one.caseId, brand, at: desk.clock.now(), event: 'profile-deleted', actor: 'card', facts: { reportedAt: desk.clock.now().toISOString() } }]));
    await desk.db.inBrand(brand, (tx) => tell(tx, noticeTemplates.map((template) => about(template, one))));
    await desk.work();
    expect(desk.inbox('every@plum.example').mail).toHaveLength(noticeTemplates.length);
    expect(desk.faults).toEqual([]);
  });

  it('N11 never to the number that is being cancelled: the form’s other contact is used', async () => {
    const one = await aCase({ email: null, contactPhone: null }, { phone: '+1 202 555 0199' });
    await desk.db.inBrand(brand, (tx) => tell(tx, [about('received', one)]));
    await desk.work();
    expect(desk.inbox('+12025550199').sms).toHaveLength(1);
  });

  it('N11 nobody to tell: an alarm, and the case goes on', async () => {
    const lost = await aCase({ email: 'not an address', contactPhone: null }, {});
    await desk.db.inBrand(brand, async (tx) => {
      const { msisdn, subscriberId, caseId } = lost;
      const form = (await desk.vault.keyring(tx, [subscriberId])).sealJson(subscriberId, contextOf.form(caseId), { phone: msisdn });
      await tx.query('update cancellations set sealed_form = $2 where id = $1', [caseId, form]);
      await tell(tx, [about('received', lost)]);
    });
    expect(unreached).toEqual([`${lost.caseId} received`]);
    expect(desk.inbox(lost.msisdn).sms).toEqual([]);
  });
});

describe('UP1 a code', () => {
  const expiresAt = (): Date => new Date(desk.clock.now().getTime() + 600_000);

  it('UP1 goes to the contact of record that was asked for, and says what it does not do', async () => {
    const one = await aCase({ email: 'code@plum.example', contactPhone: '+12025550177' }, {});
    await desk.db.inBrand(brand, async (tx) => {
      await code(tx, { brand, purpose: 'reset', subscriberId: one.subscriberId, channel: 'e-mail', code: '11112222', codeId: randomUUID(), expiresAt: expiresAt() });
      await code(tx, { brand, purpose: 'status', subscriberId: one.subscriberId, cancellationId: one.caseId, channel: 'sms', code: '33334444', codeId: randomUUID(), expiresAt: expiresAt() });
    });
    await desk.work();
    expect(desk.inbox('code@plum.example').mail).toMatchObject([{ subject: expect.stringContaining('重设密码') as string, text: expect.stringContaining('11112222') as string }]);
    expect(desk.inbox('+12025550177').sms[0]?.text).toBe('【ultra紫卡】验证码 33334444，10 分钟内有效，不要告诉任何人。输入验证码本身不会注销线路。');
  });

  it('never to a number of one of their own lines, which a SIM swap may have given away', async () => {
    const one = await aCase({ email: 'swap@plum.example', contactPhone: null }, {});
    await desk.db.inBrand(brand, async (tx) => {
      const sealed = (await desk.vault.keyring(tx, [one.subscriberId])).sealJson(one.subscriberId, contextOf.person(one.subscriberId), { name: '林小雨', email: 'swap@plum.example', contactPhone: one.msisdn });
      await tx.query('update subscribers set sealed = $2 where id = $1', [one.subscriberId, sealed]);
      await code(tx, { brand, purpose: 'reset', subscriberId: one.subscriberId, channel: 'sms', code: '55556666', codeId: randomUUID(), expiresAt: expiresAt() });
    });
    await desk.work();
    expect(desk.inbox(one.msisdn).sms).toEqual([]);
    expect(desk.inbox('swap@plum.example').mail).toHaveLength(1);
  });
});
