import type { Kept } from '../policy/laws.ts';
import { keptByLaw } from '../policy/laws.ts';
import type { Pack } from '../policy/pack.ts';
import { loadSteps } from '../store/steps.ts';
import { caseFor, type CaseReader } from './case-access.ts';
import { requestsOf, type DataRequest } from './data-requests.ts';
import type { Desk } from './desk.ts';
import { erasedFromOf } from './erasures.ts';
import { packOf } from './follow.ts';
import type { Subscriber } from './views.ts';

/** What is left of a line that is cancelled. `accountClosed`: nobody signs in any more; else another line lives. */
export type Afterwards = {
  readonly applicationNumber: string;
  readonly endedAt: Date;
  readonly recordsDeletedAt?: Date;
  readonly account?: { readonly closed: boolean; readonly at: Date };
  readonly kept: readonly Kept[];
  /** From when on everything that is personal goes. Absent while they have another line. */
  readonly erasedFrom?: Date;
  readonly advice: Pack['afterwards'];
  readonly questions: Pack['questions'];
  readonly requests: readonly DataRequest[];
};

/** Only once it is over; before that there is nothing to tell. Of whom was erased nothing is found any more. */
export const seeAfterwards = (desk: Desk, who: Subscriber | CaseReader, applicationNumber: string): Promise<Afterwards | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const one = await caseFor(tx, who, applicationNumber);
    if (one?.applicationNumber === undefined || one.endedAt === undefined || one.state !== 'cancelled') return undefined;
    const pack = packOf(desk, one);
    const done = new Map(((await loadSteps(tx, [one.id])).get(one.id) ?? []).flatMap((row) => (row.state === 'done' && row.doneAt !== undefined ? [[row.name, row.doneAt]] : [])));
    const signsIn = await tx.query(`select 1 from sign_in_names where subscriber_id = $1 limit 1`, [one.subscriberId]);
    const erasedFrom = (await erasedFromOf(desk, tx, [one.subscriberId])).get(one.subscriberId);
    const [records, account] = [done.get('erase-records'), done.get('close-account')];
    return {
      applicationNumber: one.applicationNumber,
      endedAt: one.endedAt,
      ...(records === undefined ? {} : { recordsDeletedAt: records }),
      ...(account === undefined ? {} : { account: { closed: signsIn.length === 0, at: account } }),
      kept: keptByLaw(desk.packs.lawsIn(one.region, one.receivedAt ?? one.openedAt), one.endedAt),
      ...(erasedFrom === undefined ? {} : { erasedFrom }),
      advice: pack.afterwards,
      questions: pack.questions,
      requests: await requestsOf(tx, one.subscriberId),
    };
  });
