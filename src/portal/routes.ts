import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Subscriber } from '../desk/views.ts';
import { seeOther, show } from './answer.ts';
import type { PortalDeps } from './deps.ts';
import { isOurs } from './our-forms.ts';
import { FaultPage } from './pages/fault.tsx';
import { readForm, type SentForm } from './typed.ts';
import type { Visit } from './visit.ts';

declare module 'fastify' {
  interface FastifyRequest {
    visit: Visit | null;
  }
  interface FastifyContextConfig {
    /** The address names a case, and the page shows it. */
    namesCase?: boolean;
  }
}

type Answer = FastifyReply | Promise<FastifyReply>;
/** `params` are those of the path, checked for nothing: the desk does not find what is not somebody's own. */
export type Asked = { readonly visit: Visit; readonly params: Readonly<Record<string, string>>; readonly query: unknown; readonly reply: FastifyReply };
export type Sent = Asked & { readonly form: SentForm };
type Own = { readonly who: Subscriber };

/** How a topic hangs its pages in. `own…`: only for who is signed in; all others are sent to sign in and come back. */
export type Routes = {
  get(path: string, answer: (asked: Asked) => Answer, of?: FastifyContextConfig): void;
  /** `first`: answers before the form is looked at, where there is nobody whose form it could be, and says whether it did. */
  post(path: string, answer: (sent: Sent) => Answer, first?: (asked: Asked) => Promise<boolean>): void;
  ownGet(path: string, answer: (asked: Asked & Own) => Answer): void;
  ownPost(path: string, answer: (sent: Sent & Own) => Answer): void;
};

const visitOn = (request: FastifyRequest): Visit => {
  if (request.visit === null) throw new Error('a page was reached without its brand');
  return request.visit;
};

const ownerOf = ({ pack, session }: Visit): Subscriber | undefined => session && { brand: pack.brand, subscriberId: session.subscriberId };

/** The page that was wanted, below the brand's address: for a form, the page it stood on. */
const wanted = (request: FastifyRequest, { base }: Visit): string => {
  const address = request.method === 'GET' ? request.url : (request.headers.referer ?? '').replace(/^https?:\/\/[^/]+/, '');
  return address.startsWith(`${base}/`) ? address.slice(base.length) : '/';
};

export const toSignIn = (request: FastifyRequest, reply: FastifyReply, visit: Visit): FastifyReply => {
  if (visit.sessionOver) visit.tellNext('sign-in.again');
  const next = wanted(request, visit);
  return seeOther(reply, next === '/' ? visit.to.signIn : `${visit.to.signIn}?next=${encodeURIComponent(next)}`);
};

export const routesOn = (scope: FastifyInstance, deps: PortalDeps): Routes => {
  const asked = (request: FastifyRequest, reply: FastifyReply): Asked =>
    ({ visit: visitOn(request), params: request.params as Record<string, string>, query: request.query, reply });

  /** Reads the form only when it can be ours at all, answers only when it is. */
  const sent = async (request: FastifyRequest, reply: FastifyReply): Promise<Sent | undefined> => {
    const form = await readForm(request, deps.largest);
    const all = asked(request, reply);
    if (isOurs(deps, all.visit, form.fields['token'])) return { ...all, form };
    show(reply, FaultPage({ place: all.visit.place(), kind: 'not-allowed' }), 403);
    return undefined;
  };

  return {
    get: (path, answer, of = {}) => void scope.get(`/:brand${path}`, { config: of }, (request, reply) => answer(asked(request, reply))),
    post: (path, answer, first) => void scope.post(`/:brand${path}`, async (request, reply) => {
      if (await first?.(asked(request, reply))) return reply;
      const all = await sent(request, reply);
      return all ? answer(all) : reply;
    }),
    ownGet: (path, answer) => void scope.get(`/:brand${path}`, (request, reply) => {
      const who = ownerOf(visitOn(request));
      return who ? answer({ ...asked(request, reply), who }) : toSignIn(request, reply, visitOn(request));
    }),
    ownPost: (path, answer) => void scope.post(`/:brand${path}`, async (request, reply) => {
      const who = ownerOf(visitOn(request));
      if (!who) return toSignIn(request, reply, visitOn(request));
      const all = await sent(request, reply);
      return all ? answer({ ...all, who }) : reply;
    }),
  };
};

export const notFound = ({ visit, reply }: Pick<Asked, 'visit' | 'reply'>): FastifyReply => show(reply, FaultPage({ place: visit.place(), kind: 'not-found' }), 404);
