import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { claimNotices } from '../../src/notices/claim.ts';
import type { Contacts } from '../../src/notices/contacts.ts';
import { queueNotices, type NewNotice } from '../../src/notices/queue.ts';
import { recordReceipt } from '../../src/notices/receipts.ts';
import { sendNotices } from '../../src/notices/send.ts';
import { brand, setting, type Setting } from './notices-setting.ts';

/** Milliseconds: a receipt comes when it comes. */
const patience = 60_000;

const mail = { channel: 'mail', address: 'lin@plum.example' } as const;
const phone = { channel: 'sms', address: '+12025550178' } as const;
const values = { application: '7F3K-9Q2M-4TWX-C', ending: '42' };

let desk: Setting;
let subscriberId = '';
beforeEach(async () => {
  desk = await setting();
  subscriberId = await desk.addSubscriber({ email: mail.address, contactPhone: phone.address });
});
afterEach(() => desk.end());

const received = (contacts: Contacts): NewNotice => ({ template: 'received', values, brand, subscriberId, cancellationId: null, language: 'zh-CN', contacts });
const cancelled = (contacts: Contacts): NewNotice => ({
  template: 'cancelled', values: { ...values, since: '2026-12-10T02:00:00.000Z', free: '2027-03-10', esim: null }, brand, subscriberId, cancellationId: null, language: 'zh-CN', contacts,
});

describe('UP7 UP8 telling', () => {
  it('UP8 the end is told by mail and SMS, and the SMS is proven delivered', async () => {
    await desk.queue([cancelled([mail, phone])]);
    await desk.work();
    const { mail: [letter] } = desk.inbox(mail.address);
    expect(letter).toMatchObject({ from: 'care@ultra-purple.example', name: 'ultra紫卡', subject: '注销完成：7F3K-9Q2M-4TWX-C（ultra紫卡）' });
    expect(letter?.text).toContain('线路已于2026年12月10日（周四）注销。');
    expect(letter?.html).toContain('lang="zh-Hans"');
    expect(desk.inbox(phone.address).sms).toMatchObject([{ from: 'ultraPurple', text: expect.stringContaining('线路已于2026年12月10日（周四）注销。') as string }]);
    await vi.waitFor(async () => expect(await desk.rows()).toMatchObject([{ channel: 'mail', state: 'sent' }, { channel: 'sms', state: 'delivered', attempts: 1 }]), patience);
  });

  it('N11 a notice that need not reach every contact goes to the first alone', async () => {
    await desk.queue([received([mail, phone])]);
    await desk.work();
    expect(await desk.rows()).toMatchObject([{ channel: 'mail', state: 'sent', to_masked: 'l•••@p•••.example' }]);
    expect(desk.inbox(phone.address).sms).toEqual([]);
  });

  it('many at once, each once, however often the job runs', async () => {
    const ids = await desk.queue(Array.from({ length: 40 }, () => received([mail])));
    await Promise.all([sendNotices(desk.tools, ids), sendNotices(desk.tools, ids)]);
    await sendNotices(desk.tools, ids);
    expect(desk.inbox(mail.address).mail).toHaveLength(40);
    expect(new Set((await desk.rows()).map((row) => `${row.state}${row.attempts}`))).toEqual(new Set(['sent1']));
  });

  it('the caller’s transaction decides: nothing is told of what did not happen', async () => {
    await expect(desk.db.inBrand(brand, async (tx) => {
      await queueNotices(tx, { keyring: await desk.vault.keyring(tx, [subscriberId]), now: desk.clock.now(), enqueue: desk.enqueue }, [received([mail])]);
      throw new Error('the move failed');
    })).rejects.toThrow();
    expect(await desk.rows()).toEqual([]);
    expect(desk.due).toEqual([]);
  });

  it('address and values lie sealed', async () => {
    await desk.queue([received([mail])]);
    const [row] = await desk.db.acrossBrands((tx) => tx.query<{ whole: string }>('select n::text || encode(sealed, \'escape\') as whole from notices n'));
    for (const secret of [mail.address, 'lin', values.application]) expect(row?.whole).not.toContain(secret);
  });

  it('the jobs are done in the transaction that records', async () => {
    const ids = await desk.queue([received([mail])]);
    const states: string[] = [];
    await sendNotices(desk.tools, ids, { suspects: async () => [], suspect: async () => undefined, done: async (tx, done) => {
      states.push(...(await tx.query<{ state: string }>('select state from notices where id = any($1::uuid[])', [done])).map(({ state }) => state));
    } });
    expect(states).toEqual(['sent']);
  });
});

describe('N11 when a contact can’t be reached', () => {
  it('N11 a refused mail is followed by an SMS at once', async () => {
    await desk.simulator.addFault({ system: 'mail', fault: 'refuse', code: '550' });
    await desk.queue([received([mail, phone])]);
    await desk.work();
    await desk.work();
    await vi.waitFor(async () => expect(await desk.rows()).toMatchObject([
      { channel: 'mail', state: 'failed', because: 'smtp-550' },
      { channel: 'sms', state: 'delivered' },
    ]), patience);
    const [first, second] = await desk.rows();
    expect(second?.follows).toBe(first?.id);
    expect(desk.inbox(phone.address).sms[0]?.text).toContain('已收到尾号 42 的注销申请');
  });

  it('N11 an SMS that the phone never got is followed by the next contact', async () => {
    await desk.simulator.seed({ unreachable: [phone.address] });
    await desk.queue([received([phone, mail])]);
    await desk.work();
    await vi.waitFor(async () => expect((await desk.rows())[0]).toMatchObject({ state: 'failed', because: 'not-delivered' }), patience);
    await desk.work();
    expect(await desk.rows()).toMatchObject([{ channel: 'sms', state: 'failed' }, { channel: 'mail', state: 'sent' }]);
  });

  it('N11 the last contact fails: it is told as failed, never as sent', async () => {
    await desk.simulator.addFault({ system: 'mail', fault: 'refuse', code: '550' });
    await desk.queue([received([mail])]);
    await desk.work();
    expect(await desk.rows()).toMatchObject([{ state: 'failed', because: 'smtp-550', sent_at: null }]);
    expect(desk.due).toEqual([]);
  });

  it('a server that is down is tried again with longer pauses, then the other contact', async () => {
    await desk.simulator.addFault({ system: 'mail', fault: 'down' });
    await desk.queue([received([mail, phone])]);
    await desk.work();
    expect(await desk.rows()).toMatchObject([{ state: 'queued', because: 'unreachable', attempts: 1 }]);
    desk.pass(15);
    await desk.work();
    expect((await desk.rows())[0]).toMatchObject({ state: 'queued', attempts: 2 });
    desk.pass(3600);
    await desk.work();
    await desk.work();
    await vi.waitFor(async () => expect(await desk.rows()).toMatchObject([{ channel: 'mail', state: 'failed', because: 'unreachable' }, { channel: 'sms', state: 'delivered' }]), patience);
  });
});

describe('fault 9: nobody knows whether it was sent', () => {
  it('a lost reply: sent once more after a pause, as the same mail', async () => {
    await desk.simulator.addFault({ system: 'mail', fault: 'drop-reply' });
    await desk.queue([received([mail])]);
    await desk.work();
    expect(await desk.rows()).toMatchObject([{ state: 'unknown', because: 'no-answer', unsure: 1 }]);
    await desk.work();
    expect(desk.inbox(mail.address).mail).toHaveLength(1); // not before the pause is over
    desk.pass(120);
    await desk.work();
    expect(await desk.rows()).toMatchObject([{ state: 'sent', attempts: 2 }]);
    const letters = desk.inbox(mail.address).mail;
    expect(letters).toHaveLength(2);
    expect(new Set(letters.map(({ id }) => id)).size).toBe(1);
  });

  it('a second lost reply: no third attempt, but the next contact', async () => {
    await desk.simulator.addFault({ system: 'mail', fault: 'drop-reply', times: 2 });
    await desk.queue([received([mail, phone])]);
    for (let turn = 0; turn < 4; turn++) {
      await desk.work();
      desk.pass(120);
    }
    await vi.waitFor(async () => expect(await desk.rows()).toMatchObject([{ channel: 'mail', state: 'unknown', because: 'no-answer-twice', attempts: 2 }, { channel: 'sms', state: 'delivered' }]), patience);
    expect(desk.inbox(mail.address).mail).toHaveLength(2);
  });

  it('a worker that died between intent and outcome: left alone while it may live, then sent once more', async () => {
    const [id = ''] = await desk.queue([received([mail])]);
    await desk.db.acrossBrands((tx) => claimNotices(tx, [id], desk.clock.now())); // and here it was killed
    await desk.work();
    expect(await desk.rows()).toMatchObject([{ state: 'intended', attempts: 1 }]);
    expect(desk.inbox(mail.address).mail).toEqual([]);
    desk.pass(60);
    await desk.work();
    expect(await desk.rows()).toMatchObject([{ state: 'sent', attempts: 2, unsure: 1 }]);
    expect(desk.inbox(mail.address).mail).toHaveLength(1);
  });

  it('fault 6: who wakes after its lease may not say how it ended', async () => {
    const [id = ''] = await desk.queue([received([mail])]);
    let woke = (): void => {};
    const asleep = new Promise<void>((resolve) => { woke = resolve; });
    const slow = sendNotices({ ...desk.tools, channels: { ...desk.tools.channels, mail: { send: async (...given) => {
      await asleep;
      await desk.tools.channels.mail.send(...given);
      return { kind: 'refused', code: 'late', says: 'too late to matter' };
    } } } }, [id]);
    await vi.waitFor(async () => expect((await desk.rows())[0]?.state).toBe('intended'), patience);
    desk.pass(60);
    await sendNotices(desk.tools, [id]);
    woke();
    await slow;
    expect(await desk.rows()).toMatchObject([{ state: 'sent', because: null }]);
  });
});

describe('fault 11: receipts', () => {
  const tell = (messageId: string, delivered: boolean) => recordReceipt(desk.tools, { messageId, delivered });
  const sentBy = async (providerId: string): Promise<void> => {
    const ids = await desk.queue([received([phone])]);
    await sendNotices({ ...desk.tools, channels: { ...desk.tools.channels, sms: { send: async () => ({ kind: 'done', fact: { providerId } }) } } }, ids);
  };

  it('before the answer to the message: kept, and counted when it is on record', async () => {
    await tell('early-1', true);
    await tell('early-2', true);
    await sentBy('early-1,early-2');
    expect(await desk.rows()).toMatchObject([{ state: 'delivered' }]);
  });

  it('delivered when every part is; twice and late change nothing; nothing undoes it', async () => {
    await sentBy('a,b');
    await tell('a', true);
    expect((await desk.rows())[0]?.state).toBe('sent');
    await tell('b', true);
    const [row] = await desk.rows();
    expect(row).toMatchObject({ state: 'delivered' });
    for (const delivered of [true, false]) await tell('a', delivered);
    expect(await desk.rows()).toEqual([row]);
  });

  it('of all parts at the same moment: delivered, however they meet', async () => {
    for (let round = 0; round < 20; round++) {
      const ids = ['x', 'y', 'z'].map((part) => `${part}${round}`);
      await sentBy(ids.join(','));
      await Promise.all(ids.map((id) => tell(id, true)));
    }
    expect(new Set((await desk.rows()).map(({ state }) => state))).toEqual(new Set(['delivered']));
  });

  it('for a message that nobody sent: no harm', async () => {
    await tell('nobody', false);
    expect(await desk.rows()).toEqual([]);
  });
});

describe('what is not told', () => {
  it('a code that has run out', async () => {
    await desk.queue([{ template: 'one-time-code', values: { code: '12345678', minutes: 10 }, brand, subscriberId, cancellationId: null, language: 'en', contacts: [mail] }]);
    desk.pass(600);
    await desk.work();
    expect(await desk.rows()).toMatchObject([{ state: 'failed', because: 'expired', attempts: 0 }]);
    expect(desk.inbox(mail.address).mail).toEqual([]);
  });

  it('anything to someone whose key was destroyed', async () => {
    await desk.queue([received([mail, phone])]);
    await desk.db.inBrand(brand, (tx) => desk.vault.destroyKeys(tx, [subscriberId]));
    await desk.work();
    expect(await desk.rows()).toMatchObject([{ state: 'failed', because: 'no-key' }]);
  });

  it('a notice that can’t be written is a fault of its own, and holds up no other', async () => {
    const ids = await desk.queue([received([mail]), received([mail])]);
    await desk.db.acrossBrands((tx) => tx.query(`update notices set template = 'nonsense' where id = $1`, [ids[0]]));
    await desk.work();
    expect((await desk.rows()).map(({ state }) => state).sort()).toEqual(['failed', 'sent']);
    expect(desk.faults).toHaveLength(1);
  });
});
