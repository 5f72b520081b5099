import type { FastifyRequest } from 'fastify';
import { checkCsrf } from '../identity/csrf.ts';
import type { PortalDeps } from './deps.ts';
import type { Visit } from './visit.ts';

/**
 * Whether a browser says that another site sent this. Judged before the body is read; a browser that says nothing
 * is judged by the token alone.
 */
export const isFromElsewhere = ({ headers, host }: FastifyRequest): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const { origin } = headers;
  if (origin === undefined) return false;
  try {
    return new URL(origin).host !== host;
  } catch {
    return true; // `null`: a sandboxed frame or a redirect from elsewhere
  }
};

/** Whether the form was made for this browser, by us. */
export const isOurs = (deps: PortalDeps, visit: Visit, token: unknown): boolean =>
  visit.owner !== undefined && checkCsrf(deps.desk.vault, visit.owner, token);
