import { caseFor, type CaseReader } from './case-access.ts';
import type { Desk } from './desk.ts';
import type { Subscriber } from './views.ts';

/** The signed statement of a cancelled line, for whoever the case belongs to. */
export const seeCertificate = (desk: Desk, who: Subscriber | CaseReader, applicationNumber: string): Promise<{ jws: string } | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const one = await caseFor(tx, who, applicationNumber);
    if (one === undefined) return undefined;
    return (await tx.query<{ jws: string }>(`select statement as jws from certificates where cancellation_id = $1`, [one.id]))[0];
  });

/** For the public verify page: whoever holds the printed number may see the statement, which names no person. */
export const certificateByNumber = (desk: Desk, brand: string, applicationNumber: string): Promise<{ jws: string } | undefined> =>
  desk.db.inBrand(brand, async (tx) =>
    (await tx.query<{ jws: string }>(
      `select statement as jws from certificates join cancellations c on c.id = cancellation_id where c.application_number = $1`, [applicationNumber]))[0]);
