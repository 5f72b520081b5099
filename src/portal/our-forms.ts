import { checkCsrf } from '../identity/csrf.ts';
export { isFromElsewhere } from '../identity/from-elsewhere.ts';
import type { PortalDeps } from './deps.ts';
import type { Visit } from './visit.ts';

/** Whether the form was made for this browser, by us. */
export const isOurs = (deps: PortalDeps, visit: Visit, token: unknown): boolean =>
  visit.owner !== undefined && checkCsrf(deps.desk.vault, visit.owner, token);
