import type { FastifyRequest } from 'fastify';

/**
 * Whether a browser says that another site sent this. Judged before the body is read; a browser that says nothing
 * is judged by the form's token alone.
 */
export const isFromElsewhere = ({ headers, host }: Pick<FastifyRequest, 'headers' | 'host'>): boolean => {
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
