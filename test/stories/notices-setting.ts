import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allPacks, jurisdictions } from '../../policies/index.ts';
import { smppSms } from '../../src/connectors/smpp/sms-channel.ts';
import { smtpMail } from '../../src/connectors/smtp/mail-channel.ts';
import { queueNotices, type Enqueue, type NewNotice } from '../../src/notices/queue.ts';
import { recordReceipt } from '../../src/notices/receipts.ts';
import { sendNotices, type SendTools } from '../../src/notices/send.ts';
import { voicesOf } from '../../src/notices/voices.ts';
import { packsOf } from '../../src/policy/packs.ts';
import { inboxOf } from '../../src/simulator/inbox.ts';
import { startSimulator } from '../../src/simulator/start.ts';
import { openDb } from '../../src/store/db.ts';
import { contextOf } from '../../src/vault/contents.ts';
import { openVault } from '../../src/vault/vault.ts';
import { testDatabase } from '../database.ts';

export const brand = 'ultra-purple';
export type NoticeState = { id: string; template: string; channel: string; state: string; because: string | null; attempts: number; unsure: number; to_masked: string; follows: string | null; sent_at: Date | null; delivered_at: Date | null };

/** A desk that tells, over the production connectors, to a carrier on loopback; its clock stands until it is moved. */
export const setting = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-notices-'));
  const database = await testDatabase();
  const db = openDb({ url: database.url });
  const vault = openVault({ operatorKey: randomBytes(32) });
  let at = Date.parse('2026-11-24T06:02:00Z');
  const clock = { now: () => new Date(at) };
  const packs = packsOf(allPacks, jurisdictions);
  const simulator = await startSimulator({ folder, now: clock.now });
  const due: { id: string; at: Date }[] = [];
  const enqueue: Enqueue = async (tx, notices) => tx.afterCommit(() => due.push(...notices.map(({ id, at }) => ({ id, at: at ?? clock.now() }))));
  const faults: unknown[] = [];
  const unreached: string[] = [];
  const onUnreachable = (caseId: string, template: string): void => void unreached.push(`${caseId} ${template}`);
  const receipts: string[] = [];
  const mail = smtpMail({ ...simulator.endpoints.smtp, timeoutMs: 1_500 });
  const sms = smppSms({
    ...simulator.endpoints.smpp, timeoutMs: 1_500,
    onReceipt: async ({ messageId, state }) => {
      await recordReceipt({ db, clock, vault, enqueue, onUnreachable }, { messageId, delivered: state === 'delivered' });
      receipts.push(messageId);
    },
  });
  const tools: SendTools = {
    db, clock, vault, enqueue, onUnreachable, channels: { mail, sms },
    voiceOf: voicesOf(packs, clock, (name) => `https://${name}.example`),
    onFault: (fault) => faults.push(fault),
  };

  const addSubscriber = (contents: { email: string | null; contactPhone: string | null }, language = 'zh-CN'): Promise<string> =>
    db.inBrand(brand, async (tx) => {
      const id = randomUUID();
      await vault.newKeys(tx, brand, [id]);
      const sealed = (await vault.keyring(tx, [id])).sealJson(id, contextOf.person(id), { name: '林小雨', ...contents });
      await tx.query('insert into subscribers (id, brand, language, region, sealed, created_at) values ($1, $2, $3, $4, $5, $6)', [id, brand, language, 'CN', sealed, clock.now()]);
      return id;
    });

  return {
    db, vault, clock, packs, simulator, enqueue, tools, due, faults, unreached, receipts, addSubscriber,
    pass: (seconds: number): void => {
      at += seconds * 1000;
    },
    queue: (items: readonly NewNotice[]): Promise<readonly string[]> =>
      db.inBrand(brand, async (tx) => queueNotices(tx, { keyring: await vault.keyring(tx, items.map((item) => item.subscriberId)), now: clock.now(), enqueue }, items)),
    /** Runs the jobs whose time has come, as the worker does. */
    work: async (): Promise<void> => {
      const ids = due.filter((job) => job.at <= clock.now()).map(({ id }) => id);
      due.splice(0, due.length, ...due.filter((job) => job.at > clock.now()));
      if (ids.length > 0) await sendNotices(tools, ids);
    },
    rows: (): Promise<NoticeState[]> => db.acrossBrands((tx) => tx.query<NoticeState>('select id, template, channel, state, because, attempts, unsure, to_masked, follows, sent_at, delivered_at from notices order by created_at, follows nulls first, channel')),
    inbox: (to: string) => inboxOf(simulator.effects(), to),
    end: async (): Promise<void> => {
      await Promise.all([mail.close(), sms.close()]);
      await simulator.stop();
      await db.close();
      await database.drop();
      await rm(folder, { recursive: true });
    },
  };
};
export type Setting = Awaited<ReturnType<typeof setting>>;
