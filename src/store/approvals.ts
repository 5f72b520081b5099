/** Who approved what they saw, where two people decide. The caller holds the lock of the case's row. */
import type { Tx } from './db.ts';

export type CaseAtVersion = { readonly id: string; readonly brand: string; readonly version: number };

/** Staff who approved the case as it stands: an approval of what it was before it was added to counts no more. */
export const approversOf = async (tx: Tx, { id, version }: Pick<CaseAtVersion, 'id' | 'version'>): Promise<readonly string[]> =>
  (await tx.query<{ staff_id: string }>(`select staff_id from approvals where cancellation_id = $1 and version = $2 order by at`, [id, version])).map((row) => row.staff_id);

/** False where this person had approved it already. */
export const addApproval = async (tx: Tx, { id, brand, version }: CaseAtVersion, staffId: string, now: Date): Promise<boolean> =>
  (await tx.query(
    `insert into approvals (cancellation_id, version, staff_id, brand, at) values ($1, $2, $3, $4, $5) on conflict do nothing returning 1`,
    [id, version, staffId, brand, now])).length > 0;
