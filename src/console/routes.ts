import '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readForm, seeOther, show, type SentForm } from '../design/index.ts';
import type { Reviewer } from '../desk/review-queue.ts';
import { checkCsrf } from '../identity/csrf.ts';
import type { ConsoleDeps } from './deps.ts';
import { FaultPage, type FaultKind } from './pages/fault.tsx';
import type { Staff } from './rights.ts';
import type { Visit } from './visit.ts';

declare module 'fastify' {
  interface FastifyRequest {
    consoleVisit: Visit | null;
  }
}

type Answer = FastifyReply | Promise<FastifyReply>;
/** `params` are those of the path, checked for nothing: the desk does not find what is not the brand's own. */
export type Asked = { readonly visit: Visit; readonly request: FastifyRequest; readonly params: Readonly<Record<string, string>>; readonly query: Readonly<Record<string, unknown>>; readonly reply: FastifyReply };
export type Sent = Asked & { readonly fields: Readonly<Record<string, unknown>> };
/** Who works here, as pages and as the desk know them. */
export type Own = { readonly staff: Staff; readonly who: Reviewer };

/** How a topic hangs its pages in. Only `open…` ones answer without a session; the others send to sign in and come back. */
export type Routes = {
  openGet(path: string, answer: (asked: Asked) => Answer): void;
  openPost(path: string, answer: (sent: Sent) => Answer): void;
  get(path: string, answer: (asked: Asked & Own) => Answer): void;
  /** `may`: whose role allows it. */
  getFor(path: string, may: (staff: Staff) => boolean, answer: (asked: Asked & Own) => Answer): void;
  /** With files, each up to the limit of documents. */
  upload(path: string, may: (staff: Staff) => boolean, answer: (sent: Sent & Own & Pick<SentForm, 'files'>) => Answer): void;
  /** With one file that is read as it comes, however large; the form's token stands before it. */
  stream(path: string, may: (staff: Staff) => boolean, answer: (sent: Sent & Own & { readonly file: AsyncIterable<Buffer> | undefined }) => Answer): void;
  post(path: string, may: (staff: Staff) => boolean, answer: (sent: Sent & Own) => Answer): void;
};

const visitOn = (request: FastifyRequest): Visit => {
  if (request.consoleVisit === null) throw new Error('a page was reached without its brand');
  return request.consoleVisit;
};

export const faultPage = ({ visit, reply }: Pick<Asked, 'visit' | 'reply'>, kind: FaultKind, status: number): FastifyReply =>
  show(reply, FaultPage({ place: visit.place(), kind }), status);
export const notFound = (asked: Pick<Asked, 'visit' | 'reply'>): FastifyReply => faultPage(asked, 'not-found', 404);

/** The page that was wanted, below the console's address: for a form, the page it stood on. */
const wanted = (request: FastifyRequest, { base }: Visit): string => {
  const address = request.method === 'GET' ? request.url : (request.headers.referer ?? '').replace(/^https?:\/\/[^/]+/, '');
  return address.startsWith(`${base}/`) || address.startsWith(`${base}?`) ? address.slice(base.length) : '';
};

const toSignIn = (request: FastifyRequest, reply: FastifyReply, visit: Visit): FastifyReply => {
  const next = wanted(request, visit);
  const query = new URLSearchParams({ ...(next === '' ? {} : { next }), ...(visit.sessionOver ? { why: 'over' } : next === '' ? {} : { why: 'again' }) });
  return seeOther(reply, query.size === 0 ? visit.to.signIn : `${visit.to.signIn}?${query}`);
};

/** A form of ours is short; more is nobody's note. */
const bodyLimit = 64 * 1024;

/** The fields that come before the file, and the file, not yet read. A field that was left empty is a file without a name. */
const untilFile = async (request: FastifyRequest): Promise<{ readonly fields: Record<string, unknown>; readonly file: AsyncIterable<Buffer> | undefined }> => {
  const fields: Record<string, unknown> = {};
  try {
    for await (const part of request.parts({ limits: { files: 1, fields: 5, fieldSize: 10_000, fileSize: Infinity } })) {
      if (part.type === 'file' && part.filename !== '') return { fields, file: part.file };
      if (part.type === 'file') part.file.resume();
      else fields[part.fieldname] = part.value;
    }
  } catch (fault) {
    if ((fault as { statusCode?: number }).statusCode !== undefined) throw fault;
    throw Object.assign(new Error('not a whole form', { cause: fault }), { statusCode: 400 });
  }
  return { fields, file: undefined };
};

export const routesOn = (scope: FastifyInstance, { desk, largest }: ConsoleDeps): Routes => {
  const base = '/:brand/console';
  const asked = (request: FastifyRequest, reply: FastifyReply): Asked =>
    ({ visit: visitOn(request), request, params: request.params as Record<string, string>, query: request.query as Record<string, unknown>, reply });
  const own = ({ pack, staff }: Visit): Own | undefined => staff && { staff, who: { brand: pack.brand, staffId: staff.staffId } };

  /** Answers only a form that was made for this browser, by us. */
  const sent = (request: FastifyRequest, reply: FastifyReply, fields = (request.body ?? {}) as Record<string, unknown>): Sent | undefined => {
    const all = asked(request, reply);
    if (all.visit.owner !== undefined && checkCsrf(desk.vault, all.visit.owner, fields['token'])) return { ...all, fields };
    faultPage(all, 'not-allowed', 403);
    return undefined;
  };

  return {
    openGet: (path, answer) => void scope.get(`${base}${path}`, (request, reply) => answer(asked(request, reply))),
    openPost: (path, answer) => void scope.post(`${base}${path}`, { bodyLimit }, (request, reply) => {
      const all = sent(request, reply);
      return all ? answer(all) : reply;
    }),
    get: (path, answer) => void scope.get(`${base}${path}`, (request, reply) => {
      const mine = own(visitOn(request));
      return mine ? answer({ ...asked(request, reply), ...mine }) : toSignIn(request, reply, visitOn(request));
    }),
    getFor: (path, may, answer) => void scope.get(`${base}${path}`, (request, reply) => {
      const mine = own(visitOn(request));
      if (!mine) return toSignIn(request, reply, visitOn(request));
      return may(mine.staff) ? answer({ ...asked(request, reply), ...mine }) : faultPage(asked(request, reply), 'no-right', 403);
    }),
    upload: (path, may, answer) => void scope.post(`${base}${path}`, async (request, reply) => {
      const mine = own(visitOn(request));
      if (!mine) return toSignIn(request, reply, visitOn(request));
      if (!may(mine.staff)) return faultPage(asked(request, reply), 'no-right', 403);
      const { fields, files } = await readForm(request, largest);
      const all = sent(request, reply, fields);
      return all ? answer({ ...all, ...mine, files }) : reply;
    }),
    stream: (path, may, answer) => void scope.post(`${base}${path}`, async (request, reply) => {
      const mine = own(visitOn(request));
      if (!mine) return toSignIn(request, reply, visitOn(request));
      if (!may(mine.staff)) return faultPage(asked(request, reply), 'no-right', 403);
      const { fields, file } = request.isMultipart() ? await untilFile(request) : { fields: (request.body ?? {}) as Record<string, unknown>, file: undefined };
      const all = sent(request, reply, fields);
      return all ? answer({ ...all, ...mine, file }) : reply;
    }),
    post: (path, may, answer) => void scope.post(`${base}${path}`, { bodyLimit }, (request, reply) => {
      const mine = own(visitOn(request));
      if (!mine) return toSignIn(request, reply, visitOn(request));
      const all = sent(request, reply);
      if (!all) return reply;
      return may(mine.staff) ? answer({ ...all, ...mine }) : faultPage(all, 'no-right', 403);
    }),
  };
};
