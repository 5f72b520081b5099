import type { Desk } from './desk.ts';

/** A version that cases stand on and this build does not have. */
export type MissingPolicy = { readonly version: string; readonly cases: number };

/** Every case counts, ended ones too: its page and its certificate are read under the policy it was received under. */
export const missingPolicies = (desk: Pick<Desk, 'db' | 'packs'>): Promise<readonly MissingPolicy[]> =>
  desk.db.acrossBrands(async (tx) => {
    const pinned = await tx.query<MissingPolicy>(`select pack_version as version, count(*)::int as cases from cancellations group by pack_version order by pack_version`);
    return pinned.filter(({ version }) => !desk.packs.byVersion(version).ok);
  });
