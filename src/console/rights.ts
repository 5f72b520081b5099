import type { Role } from '../identity/sessions.ts';

/** Who works at the console now. */
export type Staff = { readonly staffId: string; readonly name: string; readonly roles: readonly Role[] };

export const mayDecide = ({ roles }: Pick<Staff, 'roles'>): boolean => roles.includes('reviewer');
/** Acts for a subscriber who calls, writes or sends paper; decides nothing. */
export const mayAssist = ({ roles }: Pick<Staff, 'roles'>): boolean => roles.includes('agent');
/** What was handed in with a case: an agent alone sees how it stands, and no more. */
export const maySeeWhole = ({ roles }: Pick<Staff, 'roles'>): boolean => roles.includes('reviewer') || roles.includes('auditor');
/** What is stuck is mended outside, by whoever deals with it; pressing on decides nothing. */
export const mayResume = ({ roles }: Pick<Staff, 'roles'>): boolean => roles.includes('reviewer') || roles.includes('agent');
