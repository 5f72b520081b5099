/**
 * Signed-in requests to the WebUI: its session cookie, the CSRF token of that session (`lusca`, on all that is not GET) and the JWT
 * that `/api/auth/session` gives out (on all under `/api/db`). Each of these is looked at before anything is done, so after a
 * 401 or 403 it is safe to sign in anew and to ask once more.
 */
import { neverSent, type Exchange } from '../exchange.ts';
import { httpClient } from '../http-client.ts';
import type { HttpReply } from '../http-exchange.ts';
import { decodeCsrf, decodeSession, maxBody } from './codec.ts';

export type WebUiOptions = { readonly url: string; readonly user: string; readonly password: string; readonly timeoutMs: number };
export type Asked = { readonly method: 'GET' | 'PATCH' | 'DELETE'; readonly path: string; readonly body?: object };
/** `not-let-in`: it does not take our name and password. */
export type NotLetIn = { readonly kind: 'not-let-in'; readonly says: string };
export type WebUi = {
  readonly where: string;
  readonly ask: (asked: Asked, signal: AbortSignal) => Promise<Exchange<HttpReply> | NotLetIn>;
  readonly close: () => Promise<void>;
};

type SignedIn = { readonly kind: 'signed-in'; readonly cookie: string; readonly csrf: string; readonly token: string };

const whenAborted = (signal: AbortSignal): Promise<'aborted'> => new Promise((resolve) => {
  if (signal.aborted) resolve('aborted');
  else signal.addEventListener('abort', () => resolve('aborted'), { once: true });
});

const cookieIn = (reply: HttpReply): string | undefined => reply.headers['set-cookie']?.find((one) => one.startsWith('connect.sid='))?.split(';')[0];

export const openWebUi = (options: WebUiOptions): WebUi => {
  const client = httpClient({ url: options.url, timeoutMs: options.timeoutMs, maxReplyBytes: maxBody });
  const json = { accept: 'application/json' };
  let signedIn: Promise<SignedIn | Exchange<HttpReply> | NotLetIn> | undefined;

  /** Changes nothing that matters, so whatever goes wrong here was never sent. */
  const signIn = async (signal: AbortSignal): Promise<SignedIn | Exchange<HttpReply> | NotLetIn> => {
    const first = await client.ask({ method: 'GET', path: '/api/auth/csrf', headers: json, signal });
    if (first.kind !== 'replied') return neverSent(`not signed in: ${first.says}`);
    const token = decodeCsrf(first.reply.body);
    const cookie = cookieIn(first.reply);
    if (first.reply.status !== 200 || !token.ok || cookie === undefined) return neverSent(`not signed in: HTTP ${first.reply.status}, and no CSRF token of Open5GS's WebUI`);
    const entered = await client.ask({
      method: 'POST', path: '/api/auth/login', signal, body: JSON.stringify({ username: options.user, password: options.password }),
      headers: { ...json, 'content-type': 'application/json', 'x-csrf-token': token.value.csrfToken, cookie },
    });
    if (entered.kind !== 'replied') return neverSent(`not signed in: ${entered.says}`);
    if (entered.reply.status === 401) return { kind: 'not-let-in', says: 'The WebUI does not take our name and password.' };
    if (entered.reply.status !== 302) return neverSent(`not signed in: HTTP ${entered.reply.status}`);
    const mine = cookieIn(entered.reply) ?? cookie;
    const session = await client.ask({ method: 'GET', path: '/api/auth/session', headers: { ...json, cookie: mine }, signal });
    if (session.kind !== 'replied') return neverSent(`not signed in: ${session.says}`);
    const opened = decodeSession(session.reply.body);
    if (!opened.ok || opened.value.authToken === undefined) return neverSent(`not signed in: HTTP ${session.reply.status}, and no token in the session`);
    return { kind: 'signed-in', cookie: mine, csrf: opened.value.csrfToken, token: opened.value.authToken };
  };

  const ask = async (asked: Asked, signal: AbortSignal, again: boolean): Promise<Exchange<HttpReply> | NotLetIn> => {
    // One sign-in for all who need it now; who comes after a failure tries anew.
    const entering = (signedIn ??= signIn(AbortSignal.timeout(options.timeoutMs * 3)));
    const who = await Promise.race([entering, whenAborted(signal)]);
    if (who === 'aborted') return neverSent('the caller gave up waiting'); // others may still wait for the sign-in
    if (who.kind !== 'signed-in') {
      if (signedIn === entering) signedIn = undefined;
      return who;
    }
    const exchange = await client.ask({
      method: asked.method, path: asked.path, signal, ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
      headers: { ...json, authorization: `Bearer ${who.token}`, cookie: who.cookie, ...(asked.method === 'GET' ? {} : { 'x-csrf-token': who.csrf }), ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }) },
    });
    if (exchange.kind !== 'replied' || (exchange.reply.status !== 401 && exchange.reply.status !== 403)) return exchange;
    if (signedIn === entering) signedIn = undefined;
    return again ? ask(asked, signal, false) : exchange;
  };

  return { where: client.where, ask: (asked, signal) => ask(asked, signal, true), close: client.close };
};
