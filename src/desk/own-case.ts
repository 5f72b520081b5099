import type { Cancellation } from '../cancellation/cancellation.ts';
import { parseEMail } from '../cancellation/identifiers/e-mail.ts';
import type { Tx } from '../store/db.ts';
import { regionsOf } from '../store/lines.ts';
import { contextOf, formContents, opened, personContents, staffContents } from '../vault/contents.ts';
import type { Desk } from './desk.ts';
import type { Reviewer } from './review-queue.ts';

const plain = (address: string | null | undefined): string | undefined => {
  const parsed = parseEMail(address ?? '');
  return parsed.ok ? parsed.value.toLowerCase() : undefined;
};

/** The address of somebody's staff account. */
const addressOf = async (desk: Pick<Desk, 'vault'>, tx: Tx, who: Reviewer): Promise<string | undefined> => {
  const [staff] = await tx.query<{ sealed: Buffer }>(`select sealed from staff where id = $1`, [who.staffId]);
  if (staff === undefined) throw new Error('a reviewer without an account');
  const keyring = await desk.vault.keyring(tx, [who.staffId]);
  return plain(opened(keyring.openJson(who.staffId, contextOf.staff, staff.sealed, staffContents)).email);
};

/** Is this account that of whoever stands at the desk? By the address that they sign in with here or there, or that is on record. */
export const isOwnAccount = async (desk: Pick<Desk, 'vault'>, tx: Tx, who: Reviewer, subscriberId: string): Promise<boolean> => {
  const mine = await addressOf(desk, tx, who);
  if (mine === undefined) return false;
  const signsIn = await tx.query(`select 1 from sign_in_names where subscriber_id = $1 and kind = 'e-mail' and index = $2`,
    [subscriberId, desk.vault.blindIndex(who.brand, 'e-mail', mine)]);
  if (signsIn.length > 0) return true;
  const person = (await regionsOf(tx, [subscriberId])).get(subscriberId);
  if (person === undefined) return false;
  const keyring = await desk.vault.keyring(tx, [subscriberId]);
  return plain(opened(keyring.openJson(subscriberId, contextOf.person(subscriberId), person.sealed, personContents)).email) === mine;
};

/**
 * Is the reviewer this very subscriber? By the address of their staff account: that under which the subscriber is registered,
 * which the form gives, or with which the subscriber signs in.
 */
export const isOwnCase = async (desk: Pick<Desk, 'vault'>, tx: Tx, who: Reviewer, one: Cancellation): Promise<boolean> => {
  if (await isOwnAccount(desk, tx, who, one.subscriberId)) return true;
  const mine = await addressOf(desk, tx, who);
  const [form] = await tx.query<{ sealed_form: Buffer | null }>(`select sealed_form from cancellations where id = $1`, [one.id]);
  if (mine === undefined || !form?.sealed_form) return false;
  const keyring = await desk.vault.keyring(tx, [one.subscriberId]);
  return plain(opened(keyring.openJson(one.subscriberId, contextOf.form(one.id), form.sealed_form, formContents)).email) === mine;
};
