/** Numbers of lines that end go to rest, and come back when their day has come. */
import type { Cancellation } from '../cancellation/cancellation.ts';
import type { Line } from '../cancellation/line.ts';
import { packOf } from '../desk/follow.ts';
import { restOfCase } from '../desk/number-rest.ts';
import { restDates, type RestDates } from '../numbers/rest.ts';
import type { Tx } from '../store/db.ts';
import { disconnectNumbers, newlyOverdue, returnDue } from '../store/number-tenures.ts';
import { contextOf } from '../vault/contents.ts';
import { purposeHolder, purposeKeyring } from '../vault/operator-purpose.ts';
import type { Execution } from './execution.ts';

/** A case with its line open. */
type Resting = { readonly one: Cancellation; readonly line: Line };

export const restOfHeld = (execution: Pick<Execution, 'packs'>, { one, line }: Resting, now: Date): RestDates =>
  restDates(restOfCase(execution, one, line.kind), now, packOf(execution, one).calendar.zone);

/** From here on the number is the operator's: sealed under the operator's own key, so that it outlives the subscriber's. */
export const quarantineNumbers = async (execution: Execution, tx: Tx, cases: readonly Resting[], now: Date): Promise<void> => {
  const keyring = await purposeKeyring(execution.vault, tx, 'numbers', cases.map(({ one }) => one.brand));
  await disconnectNumbers(tx, now, cases.map((held) => {
    const { one, line } = held;
    const index = execution.vault.blindIndex(one.brand, 'number', line.msisdn);
    const { numbersOf } = packOf(execution, one);
    return {
      caseId: one.id, brand: one.brand, lineId: one.lineId, index, dates: restOfHeld(execution, held, now),
      sealed: keyring.seal(purposeHolder(one.brand, 'numbers'), contextOf.number(index), line.msisdn),
      ...(numbersOf === undefined ? {} : { numbersOf }),
    };
  }));
};

/** Asked every hour: what is due goes back to the pool; what rests longer than it may is told to people, once. */
export const returnNumbers = ({ db, clock, alarm }: Pick<Execution, 'db' | 'clock' | 'alarm'>): Promise<number> =>
  db.acrossBrands(async (tx) => {
    const now = clock.now();
    const returned = await returnDue(tx, now);
    const overdue = await newlyOverdue(tx, now);
    tx.afterCommit(() => { for (const { cancellation_id: caseId, brand } of overdue) alarm({ brand, ...(caseId === null ? {} : { caseId }), why: 'a number rests longer than it may: see signoff numbers list --standing overdue' }); });
    return returned;
  });
