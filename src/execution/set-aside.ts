/** A job that failed for good calls people, once. */
import { setAsideDead } from '../store/set-aside.ts';
import type { Execution } from './execution.ts';

export const tellSetAside = ({ db, alarm }: Pick<Execution, 'db' | 'alarm'>): Promise<void> =>
  db.acrossBrands(async (tx) => {
    // Before the commit: called twice is better than not at all.
    for (const { brand, queue, caseId, tries } of await setAsideDead(tx))
      alarm({ ...(caseId === null ? {} : { caseId }), ...(brand === '' ? {} : { brand }), why: `a job of ${queue} failed ${tries + 1} times and was set aside: it is ordered again at the console` });
  });
