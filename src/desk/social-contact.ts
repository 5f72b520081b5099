/** A contact on an official account elsewhere, logged to its case or line (UU12). It moves nothing: nobody there is proven to be anybody. */
import { no, ok, type Result } from '../cancellation/result.ts';
import { parseApplicationNumber } from '../cancellation/identifiers/application-number.ts';
import { parseMsisdn } from '../cancellation/identifiers/msisdn.ts';
import { casesOfLines, findByNumber } from '../store/cancellations.ts';
import type { Tx } from '../store/db.ts';
import { loadLines } from '../store/lines.ts';
import { messageMost } from './conversation.ts';
import type { Desk } from './desk.ts';
import { insertSocialContact } from './messages.ts';
import { isOwnAccount } from './own-case.ts';
import type { Reviewer } from './review-queue.ts';

export type SocialContact = { readonly about: string; readonly network: string; readonly handle: string; readonly said: string };
/** `unknown-network`: none of the pack's official accounts. */
export type CannotLog = { readonly kind: 'not-found' | 'own-account' | 'unknown-network' | 'no-handle' | 'nothing-given' | 'too-long' };

const handleMost = 80;

/** By application number, or by the line's own number. */
export const lineAbout = async (desk: Desk, tx: Tx, brand: string, about: string): Promise<string | undefined> => {
  const number = parseApplicationNumber(about);
  const one = number.ok ? await findByNumber(tx, number.value) : undefined;
  if (one !== undefined) return one.brand === brand ? one.lineId : undefined;
  const msisdn = parseMsisdn(about);
  if (!msisdn.ok) return undefined;
  return (await tx.query<{ id: string }>(`select id from lines where brand = $1 and msisdn_index = $2`, [brand, desk.vault.blindIndex(brand, 'number', msisdn.value)]))[0]?.id;
};

/** Resolves to the line in whose thread it stands from now on. */
export const logSocialContact = (desk: Desk, who: Reviewer, { about, network, handle: typed, said }: SocialContact): Promise<Result<{ readonly lineId: string }, CannotLog>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const pack = desk.packs.inForce(who.brand, desk.clock.now());
    if (!pack.ok || !pack.value.social.some(({ id }) => id === network)) return no({ kind: 'unknown-network' });
    const [handle, text] = [typed.trim(), said.trim()];
    if (handle === '') return no({ kind: 'no-handle' });
    if (text === '') return no({ kind: 'nothing-given' });
    if ([...handle].length > handleMost || [...text].length > messageMost) return no({ kind: 'too-long' });
    const lineId = await lineAbout(desk, tx, who.brand, about);
    const [row] = lineId === undefined ? [] : await loadLines(tx, [lineId]);
    if (row === undefined) return no({ kind: 'not-found' });
    if (await isOwnAccount(desk, tx, who, row.subscriber_id)) return no({ kind: 'own-account' });
    const keyring = await desk.vault.keyring(tx, [row.subscriber_id]);
    const [one] = await casesOfLines(tx, [row.id]);
    await insertSocialContact(tx, keyring, row.subscriber_id, {
      brand: who.brand, lineId: row.id, caseId: one?.applicationNumber === undefined ? null : one.id, text, staffId: who.staffId, at: desk.clock.now(),
      network, handle, handleMark: desk.vault.mark('social handle', who.brand, network, handle.toLowerCase()),
    });
    return ok({ lineId: row.id });
  });
