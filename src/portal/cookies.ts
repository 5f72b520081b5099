import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * `session`: who is signed in. `visit`: a look at one case. `before`: what a form before sign-in belongs to.
 * `device`: a browser that signed in before. `reset`, `look-up`, `prove`, `question`, `sign`: the code that was asked for. `statement`: the receipt of what was declared without sign-in. `language`. `told`: what to say once.
 */
const lifetimes = { session: 12 * 3600, visit: 3600, before: 3600, device: 365 * 86_400, reset: 1800, 'look-up': 1800, prove: 1800, question: 1800, sign: 1800, statement: 3600, language: 365 * 86_400, told: 60 } as const;
export type CookieName = keyof typeof lifetimes;

export type Jar = {
  get(name: CookieName): string | undefined;
  set(name: CookieName, value: string): void;
  clear(name: CookieName): void;
};

/** One brand's cookies: another brand of the same house never gets them. */
export const jarOf = (request: FastifyRequest, reply: FastifyReply, base: string, secure: boolean): Jar => ({
  get: (name) => request.cookies[name] || undefined,
  set: (name, value) => void reply.setCookie(name, value, { path: base, httpOnly: true, sameSite: 'lax', secure, maxAge: lifetimes[name] }),
  clear: (name) => void reply.clearCookie(name, { path: base, httpOnly: true, sameSite: 'lax', secure }),
});
