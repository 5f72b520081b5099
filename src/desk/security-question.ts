/** The security question of an account: whether any of its policies asks for one, which it is, and where a code for changing it can go. */
import { maskContact } from '../notices/contacts.ts';
import { reachForCode } from '../notices/reach.ts';
import type { Pack } from '../policy/pack.ts';
import { linesOfSubscriber } from '../store/lines.ts';
import type { Tx } from '../store/db.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { Desk } from './desk.ts';
import { policyFor } from './prepare.ts';
import type { Subscriber } from './views.ts';

/** `mail`, `sms`: masked; never a number of their own lines. */
export type CodeContacts = { readonly mail?: string; readonly sms?: string };
export type SecurityQuestion = { readonly set?: { readonly question: string; readonly at: Date } };

export const asksQuestion = (pack: Pick<Pack, 'identity'>): boolean => pack.identity.proofs.some((way) => way.includes('security-question'));

/** Where a code may go: contacts of record that are no number of their own lines. */
export const codeContacts = async (tx: Tx, keyring: Keyring, subscriberId: string): Promise<CodeContacts> => {
  const [mail, sms] = [await reachForCode(tx, keyring, subscriberId, 'mail'), await reachForCode(tx, keyring, subscriberId, 'sms')];
  return {
    ...(mail?.contact?.channel === 'mail' ? { mail: maskContact(mail.contact) } : {}),
    ...(sms?.contact?.channel === 'sms' ? { sms: maskContact(sms.contact) } : {}),
  };
};

export const questionSet = async (tx: Tx, subscriberId: string): Promise<SecurityQuestion> => {
  const [kept] = await tx.query<{ question: string; at: Date }>(`select question, set_at as at from security_answers where subscriber_id = $1`, [subscriberId]);
  return kept === undefined ? {} : { set: kept };
};

/** Undefined where no policy of their lines asks for a question: what nobody asks for is not collected. */
export const seeSecurityQuestion = (desk: Desk, who: Subscriber): Promise<(SecurityQuestion & { readonly contacts: CodeContacts }) | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const rows = (await linesOfSubscriber(tx, who.subscriberId)).filter(({ status }) => status !== 'cancelled');
    let asked = false;
    for (const row of rows) asked ||= asksQuestion((await policyFor(desk, tx, row)).pack);
    if (!asked) return undefined;
    return { ...(await questionSet(tx, who.subscriberId)), contacts: await codeContacts(tx, await desk.vault.keyring(tx, [who.subscriberId]), who.subscriberId) };
  });
