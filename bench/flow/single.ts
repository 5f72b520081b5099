/** One case at a time: from the moment its last approval is given until its certificate stands. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { approve } from '../../src/desk/review-case.ts';
import { addStaff } from '../../src/identity/staff.ts';
import { benchPack } from './pack.ts';
import type { Stand } from './stand.ts';

/** Milliseconds of each of `count`. A worker must run there. */
export const approveSingly = async (stand: Stand, count: number): Promise<number[]> => {
  const { client, signoff: { desk } } = stand;
  const cases = await stand.plant(count);
  // As they stood before anybody decided.
  await client.query(`update cancellations set state = 'reviewing', effective_at = null where id = any($1::uuid[])`, [cases.map(({ caseId }) => caseId)]);
  const reviewer = await addStaff(desk.db, desk.vault, desk.clock, { brand: benchPack.brand, name: '沈青', email: `shen.qing.${randomBytes(4).toString('hex')}@desk.example`, password: randomBytes(18).toString('base64url'), roles: ['reviewer'] });
  if (!reviewer.ok) throw new Error(`no reviewer: ${JSON.stringify(reviewer.why)}`);
  const who = { brand: benchPack.brand, staffId: reviewer.value.staffId };
  const times: number[] = [];
  for (const { caseId, applicationNumber } of cases) {
    const start = performance.now();
    const approved = await approve(desk, who, applicationNumber);
    if (!approved.ok) throw new Error(`not approved: ${JSON.stringify(approved.why)}`);
    while ((await client.query('select from certificates where cancellation_id = $1', [caseId])).rowCount === 0) {
      if (performance.now() - start > 60_000) throw new Error('a single case had no certificate within a minute');
      await sleep(5);
    }
    times.push(performance.now() - start);
    await sleep(100); // what follows the certificate is over before the next
  }
  return times;
};
