import type { FastifyReply, FastifyRequest } from 'fastify';

/** Named apart from the portal's, which come along below its longer path. Seconds; a session's own limits are shorter. */
const cookies = {
  session: { name: 'staff', lasts: 10 * 3600 },
  /** What the form before sign-in belongs to. */
  before: { name: 'staff-before', lasts: 3600 },
  /** A browser that signed in before. */
  device: { name: 'staff-device', lasts: 365 * 86_400 },
  language: { name: 'staff-language', lasts: 365 * 86_400 },
} as const;
export type CookieName = keyof typeof cookies;

export type Jar = {
  get(name: CookieName): string | undefined;
  set(name: CookieName, value: string): void;
  clear(name: CookieName): void;
};

/** One brand's console: neither its portal nor another brand's console gets them. */
export const jarOf = (request: FastifyRequest, reply: FastifyReply, base: string, secure: boolean): Jar => ({
  get: (name) => request.cookies[cookies[name].name] || undefined,
  set: (name, value) => void reply.setCookie(cookies[name].name, value, { path: base, httpOnly: true, sameSite: 'lax', secure, maxAge: cookies[name].lasts }),
  clear: (name) => void reply.clearCookie(cookies[name].name, { path: base, httpOnly: true, sameSite: 'lax', secure }),
});
