import { caseFor, type CaseReader } from './case-access.ts';
import type { Desk } from './desk.ts';
import type { Subscriber } from './views.ts';

/** The one that says most: the second, where there is one; beside it the first, which stays valid. */
const newest = `select coalesce(u.statement, f.statement) as jws, case when u.statement is null then null else f.statement end as first
  from cancellations c join certificates f on f.cancellation_id = c.id left join certificate_updates u on u.cancellation_id = c.id`;

/** The signed statement of a cancelled line, for whoever the case belongs to. `first`: as it was issued, where a second one says more. */
export const seeCertificate = (desk: Desk, who: Subscriber | CaseReader, applicationNumber: string): Promise<{ jws: string; first?: string } | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const one = await caseFor(tx, who, applicationNumber);
    if (one === undefined) return undefined;
    return (await tx.query<{ jws: string; first: string | null }>(`${newest} where c.id = $1`, [one.id])).map(({ jws, first }) => ({ jws, ...(first === null ? {} : { first }) }))[0];
  });

/** For the public verify page: whoever holds the printed number may see the statement, which names no person. */
export const certificateByNumber = (desk: Desk, brand: string, applicationNumber: string): Promise<{ jws: string } | undefined> =>
  desk.db.inBrand(brand, async (tx) =>
    (await tx.query<{ jws: string }>(`${newest} where c.application_number = $1`, [applicationNumber]))[0]);
