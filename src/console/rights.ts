import type { Role } from '../identity/sessions.ts';

/** Who works at the console now. */
export type Staff = { readonly staffId: string; readonly name: string; readonly roles: readonly Role[] };

export const mayDecide = ({ roles }: Pick<Staff, 'roles'>): boolean => roles.includes('reviewer');
/** What is stuck is mended outside, by whoever deals with it; pressing on decides nothing. */
export const mayResume = ({ roles }: Pick<Staff, 'roles'>): boolean => roles.includes('reviewer') || roles.includes('agent');
