/** The worker of notices: intends, sends outside any transaction, records. */
import type { Message, MessageChannel, Outcome, SentFact } from '../plan/ports.ts';
import { unreachable } from '../cancellation/result.ts';
import type { Clock } from '../store/clock.ts';
import type { Db, Tx } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';
import { claimNotices, type NoticeRow } from './claim.ts';
import type { Channel } from './contacts.ts';
import { followOn, type FollowTools } from './follow-on.ts';
import { contextOfNotice, noticeContents, type Enqueue } from './queue.ts';
import { lockReceipts, settleByReceipts } from './receipts.ts';
import { render } from './render.ts';
import { templates, type Telling } from './templates.ts';
import type { Voice } from './words.ts';

export type SendTools = {
  readonly db: Db;
  readonly clock: Clock;
  readonly vault: Pick<Vault, 'keyring'>;
  readonly channels: Readonly<Record<Channel, MessageChannel>>;
  readonly voiceOf: (brand: string, packVersion: string | null) => Voice;
  readonly enqueue: Enqueue;
  readonly onUnreachable: FollowTools['onUnreachable'];
  /** A notice that can't be written is a fault of ours; the others go out all the same. */
  readonly onFault: (fault: unknown, noticeId: string) => void;
};

/** Milliseconds. */
const answerWithin = 30_000;
/** Whose turn comes later than this is not sent from this batch: its intent must not outlive its lease. */
const turnWithin = 25_000;
const firstPause = 15_000;
const longestPause = 3_600_000;
const pauseWhenUnsure = 120_000;
/** While there is another contact nobody waits long for this one. */
const giveUpAfter = (hasOther: boolean): number => (hasOther ? 3_600_000 : 48 * 3_600_000);
const atOnce = 16;

type Ready = { readonly row: NoticeRow; readonly message: Message; readonly hasOther: boolean };
type Ended = { readonly id: string; readonly brand: string; readonly channel: Channel; readonly attempts: number; readonly state: 'sent' | 'queued' | 'unknown' | 'failed'; readonly because: string | null; readonly providerId: string | null; readonly again: Date | null; readonly givenUp: boolean };

/** What the queue knows of the notices of a batch. */
export type TheirJobs = {
  /** Those with which processes were lost so often that each is to be tried alone: the least suspicious first. */
  suspects(tx: Tx): Promise<readonly string[]>;
  /** One of those is tried now. */
  suspect(tx: Tx, id: string): Promise<unknown>;
  /** In the transaction that records how they ended. */
  done(tx: Tx, ids: readonly string[]): Promise<void>;
};
const noJobs: TheirJobs = { suspects: async () => [], suspect: async () => undefined, done: async () => undefined };

/**
 * Ids that are finished, or another worker's, are passed over: calling it twice sends once. Those with which a process was lost
 * are tried one by one, after the others: whichever of them it is, it alone comes to its end by it.
 * @throws where their turns did not all come in time: whoever calls gives back what is not done.
 */
export const sendNotices = async (tools: SendTools, ids: readonly string[], jobs: TheirJobs = noJobs, signal?: AbortSignal): Promise<void> => {
  const { suspects, alone } = await sendTogether(tools, ids, jobs);
  const began = performance.now();
  for (const id of [...alone, ...suspects]) {
    if (signal?.aborted || performance.now() - began > turnWithin) throw new Error('notices with which a process was lost wait for their turn');
    if (suspects.includes(id)) await tools.db.ofBatch((tx) => jobs.suspect(tx, id));
    await sendTogether(tools, [id], jobs);
  }
};

/** Resolves to those that were left for a turn of their own. */
const sendTogether = async (tools: SendTools, ids: readonly string[], jobs: TheirJobs): Promise<{ readonly suspects: readonly string[]; readonly alone: readonly string[] }> => {
  const { db, clock, vault, enqueue, onUnreachable } = tools;
  const ready: Ready[] = [];
  const unwritable: Ended[] = [];
  const left = await db.ofBatch(async (tx) => {
    ready.length = 0;
    unwritable.length = 0; // a transaction can run again
    const now = clock.now();
    const suspects = ids.length === 1 ? [] : await jobs.suspects(tx);
    const { toSend, givenUp, waiting, alone } = await claimNotices(tx, ids.filter((id) => !suspects.includes(id)), now);
    const keyring = await vault.keyring(tx, toSend.map((row) => row.key_of));
    for (const row of toSend) {
      const contents = keyring.openJson(row.key_of, contextOfNotice(row.id), row.sealed, noticeContents);
      if (!contents.ok) {
        unwritable.push(ended(row, 'failed', contents.why.kind));
        continue;
      }
      try {
        const values = templates[row.template as Telling['template']].parse(contents.value.values);
        const message = render({ template: row.template, values } as Telling, row.channel, row.language, tools.voiceOf(row.brand, row.pack_version));
        ready.push({ row, message: { ...message, to: contents.value.address }, hasOther: contents.value.otherwise.length > 0 });
      } catch (fault) {
        tools.onFault(fault, row.id);
        unwritable.push({ ...ended(row, 'failed', 'not-written'), givenUp: false }); // the next contact would not get it written either
      }
    }
    await followOn(tx, { vault, now, enqueue, onUnreachable }, givenUp);
    await enqueue(tx, waiting);
    return { suspects, alone };
  });

  const began = performance.now();
  const sent = await eachOf(ready, async ({ row, message, hasOther }) => {
    if (performance.now() - began > turnWithin) return endOf(row, { kind: 'unreachable', says: 'its turn did not come' }, hasOther, clock.now());
    const call = { key: row.intent_key, signal: AbortSignal.timeout(answerWithin) };
    const outcome = await tools.channels[row.channel].send(message, call).catch((fault: unknown): Outcome<never> => {
      tools.onFault(fault, row.id); // a channel never rejects for what a peer does: this is a fault of ours, and nobody knows how far it came
      return { kind: 'unknown', says: 'the channel failed' };
    });
    return endOf(row, outcome, hasOther, clock.now());
  });
  await db.ofBatch(async (tx) => {
    await record(tx, tools, [...sent, ...unwritable]);
    const own = new Set([...left.suspects, ...left.alone]);
    await jobs.done(tx, ids.filter((id) => !own.has(id)));
  });
  return left;
};

const ended = (row: NoticeRow, state: Ended['state'], because: string | null, more: Partial<Ended> = {}): Ended => ({
  id: row.id, brand: row.brand, channel: row.channel, attempts: row.attempts, state, because, providerId: null, again: null, givenUp: state === 'failed', ...more,
});

const endOf = (row: NoticeRow, outcome: Outcome<SentFact>, hasOther: boolean, now: Date): Ended => {
  const later = (milliseconds: number): Date => new Date(now.getTime() + milliseconds);
  switch (outcome.kind) {
    case 'done':
      return ended(row, 'sent', null, { providerId: outcome.fact.providerId });
    case 'refused':
      return ended(row, 'failed', outcome.code);
    case 'unreachable':
      return now.getTime() - row.created_at.getTime() >= giveUpAfter(hasOther)
        ? ended(row, 'failed', 'unreachable')
        : ended(row, 'queued', 'unreachable', { again: later(Math.min(longestPause, firstPause * 2 ** (row.attempts - 1))) });
    case 'unknown':
      return row.unsure === 0
        ? ended(row, 'unknown', 'no-answer', { again: later(pauseWhenUnsure) })
        : ended(row, 'unknown', 'no-answer-twice', { givenUp: true });
    default:
      return unreachable(outcome);
  }
};

/** Only the attempt that is still the last one may say how it ended. */
const record = async (tx: Tx, { clock, vault, enqueue, onUnreachable }: SendTools, all: readonly Ended[]): Promise<void> => {
  const now = clock.now();
  const messageIds = all.flatMap(({ providerId }) => providerId?.split(',') ?? []);
  await lockReceipts(tx, messageIds);
  const recorded = new Set((await tx.query<{ id: string }>(
    `update notices n set state = e.state, because = e.because, provider_id = e.provider_id, unsure = n.unsure + (e.state = 'unknown')::int,
       sent_at = case when e.state = 'sent' then $6::timestamptz end
     from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[]) as e (id, attempts, state, because, provider_id)
     where n.id = e.id and n.state = 'intended' and n.attempts = e.attempts returning n.id`,
    [all.map((one) => one.id), all.map((one) => one.attempts), all.map((one) => one.state), all.map((one) => one.because), all.map((one) => one.providerId), now])).map(({ id }) => id));
  const mine = all.filter(({ id }) => recorded.has(id));
  await settleByReceipts(tx, { vault, now, enqueue, onUnreachable }, messageIds);
  await followOn(tx, { vault, now, enqueue, onUnreachable }, mine.filter((one) => one.givenUp).map(({ id }) => id));
  await enqueue(tx, mine.flatMap(({ id, brand, channel, again }) => (again ? [{ id, brand, channel, at: again }] : [])));
};

/** Some at a time, in order of the list. */
const eachOf = async <Item, End>(items: readonly Item[], work: (item: Item) => Promise<End>): Promise<End[]> => {
  const ends: End[] = [];
  const rest = items.values();
  const lane = async (): Promise<void> => {
    for (const item of rest) ends.push(await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
  return ends;
};
