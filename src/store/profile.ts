/** Databases that pg-boss knows, each with what it lacks. */
export const profiles = ['postgres', 'citus', 'yugabytedb', 'cockroachdb'] as const;
export type Profile = (typeof profiles)[number];
