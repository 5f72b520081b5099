import type { Cancellation } from '../cancellation/cancellation.ts';
import { parseApplicationNumber } from '../cancellation/identifiers/application-number.ts';
import { findByNumber, loadForMove } from '../store/cancellations.ts';
import type { Tx } from '../store/db.ts';
import type { Desk } from './desk.ts';
import type { Subscriber } from './views.ts';

/** Somebody who proved with a one-time code that a case is theirs, without signing in. */
export type CaseReader = { readonly brand: string; readonly caseId: string };

/** The case of this number, whosever it is: read while it is being found out who asks. Only `caseFor` may hand it on. */
export type Named = { readonly one: Cancellation };
export const caseNamed = async (tx: Tx, typed: string): Promise<Named | undefined> => {
  const number = parseApplicationNumber(typed);
  const one = number.ok ? await findByNumber(tx, number.value) : undefined;
  return one === undefined ? undefined : { one };
};
export type Reader = (Subscriber | CaseReader) & { readonly named?: Named | undefined };

/** The case, if it is theirs. Anybody else's is not there. */
export const caseFor = async (tx: Tx, who: Reader, typed: string): Promise<Cancellation | undefined> => {
  const found = (who.named ?? await caseNamed(tx, typed))?.one;
  if (found === undefined || found.brand !== who.brand) return undefined;
  return ('caseId' in who ? found.id === who.caseId : found.subscriberId === who.subscriberId) ? found : undefined;
};

/** The same, locked for a move. */
export const caseForMove = async (tx: Tx, who: Subscriber | CaseReader, typed: string): Promise<Cancellation | undefined> => {
  const found = await caseFor(tx, who, typed);
  return found === undefined ? undefined : (await loadForMove(tx, [found.id]))[0];
};

/** For the one-time code of the status page. Says nothing of the case but whose it is. */
export const findCase = (desk: Pick<Desk, 'db'>, brand: string, typed: string): Promise<{ caseId: string; subscriberId: string } | undefined> =>
  desk.db.inBrand(brand, async (tx) => {
    const number = parseApplicationNumber(typed);
    const found = number.ok ? await findByNumber(tx, number.value) : undefined;
    return found === undefined ? undefined : { caseId: found.id, subscriberId: found.subscriberId };
  });
