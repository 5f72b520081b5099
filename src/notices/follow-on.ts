/** A contact that was not reached is followed by the next one. */
import { languages } from '../policy/pack.ts';
import type { Tx } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';
import { contextOfNotice, insertNotices, noticeContents, type Enqueue, type NoticeToInsert } from './queue.ts';

type Row = { id: string; brand: string; subscriber_id: string; cancellation_id: string | null; template: string; language: (typeof languages)[number]; sealed: Buffer };

export type FollowTools = {
  readonly vault: Pick<Vault, 'keyring'>; readonly now: Date; readonly enqueue: Enqueue;
  /** No contact of theirs was reached, and none is left: for an alarm, when the transaction has committed. */
  readonly onUnreachable: (caseId: string, template: string) => void;
};

/** What was sent to who made a statement has no other contact to go on to. For notices that have just been given up, in the same transaction. Resolves to how many follow. */
export const followOn = async (tx: Tx, tools: FollowTools, givenUp: readonly string[]): Promise<number> => {
  if (givenUp.length === 0) return 0;
  const rows = await tx.query<Row>('select id, brand, subscriber_id, cancellation_id, template, language, sealed from notices where id = any($1::uuid[]) and subscriber_id is not null order by id', [givenUp]);
  const keyring = await tools.vault.keyring(tx, rows.map((row) => row.subscriber_id));
  const last: string[] = [];
  const next = rows.flatMap((row): NoticeToInsert[] => {
    const contents = keyring.openJson(row.subscriber_id, contextOfNotice(row.id), row.sealed, noticeContents);
    const [to, ...otherwise] = contents.ok ? contents.value.otherwise : []; // a destroyed key: nobody is left to tell
    // A code that did not arrive is asked for again by whoever waits for it.
    if (contents.ok && !to && row.cancellation_id !== null && !('code' in contents.value.values)) last.push(row.id);
    return contents.ok && to
      ? [{ brand: row.brand, subscriberId: row.subscriber_id, cancellationId: row.cancellation_id, template: row.template, language: row.language, values: contents.value.values, to, otherwise, follows: row.id, expiresAt: null }]
      : [];
  });
  const unreached = await reachedNobody(tx, last);
  tx.afterCommit(() => unreached.forEach(({ caseId, template }) => tools.onUnreachable(caseId, template)));
  return (await insertNotices(tx, { keyring, now: tools.now, enqueue: tools.enqueue }, next)).length;
};

/** Of those that were a case's last hope: what arrived at none of its contacts, nor may still arrive. */
const reachedNobody = async (tx: Tx, ids: readonly string[]): Promise<readonly { caseId: string; template: string }[]> =>
  ids.length === 0 ? [] : tx.query<{ caseId: string; template: string }>(
    `select distinct n.cancellation_id as "caseId", n.template from notices n
     where n.id = any($1::uuid[]) and not exists (
       select 1 from notices o where o.cancellation_id = n.cancellation_id and o.template = n.template
         and (o.state in ('queued', 'intended', 'sent', 'delivered') or o.state = 'unknown' and o.unsure < 2))`, [ids]);
