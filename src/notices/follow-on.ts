/** A contact that was not reached is followed by the next one. */
import { languages } from '../policy/pack.ts';
import type { Tx } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';
import { contextOfNotice, insertNotices, noticeContents, type Enqueue, type NoticeToInsert } from './queue.ts';

type Row = { id: string; brand: string; subscriber_id: string; cancellation_id: string | null; template: string; language: (typeof languages)[number]; sealed: Buffer };

/** What was sent to who made a statement has no other contact to go on to. For notices that have just been given up, in the same transaction. Resolves to how many follow. */
export const followOn = async (tx: Tx, tools: { readonly vault: Pick<Vault, 'keyring'>; readonly now: Date; readonly enqueue: Enqueue }, givenUp: readonly string[]): Promise<number> => {
  if (givenUp.length === 0) return 0;
  const rows = await tx.query<Row>('select id, brand, subscriber_id, cancellation_id, template, language, sealed from notices where id = any($1::uuid[]) and subscriber_id is not null order by id', [givenUp]);
  const keyring = await tools.vault.keyring(tx, rows.map((row) => row.subscriber_id));
  const next = rows.flatMap((row): NoticeToInsert[] => {
    const contents = keyring.openJson(row.subscriber_id, contextOfNotice(row.id), row.sealed, noticeContents);
    const [to, ...otherwise] = contents.ok ? contents.value.otherwise : []; // a destroyed key: nobody is left to tell
    return contents.ok && to
      ? [{ brand: row.brand, subscriberId: row.subscriber_id, cancellationId: row.cancellation_id, template: row.template, language: row.language, values: contents.value.values, to, otherwise, follows: row.id, expiresAt: null }]
      : [];
  });
  return (await insertNotices(tx, { keyring, now: tools.now, enqueue: tools.enqueue }, next)).length;
};
