/** The way of every request at this door: who asks, whether they may, what they sent; then the route, and its answer or a problem. */
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Result } from '../cancellation/result.ts';
import type { Desk } from '../desk/desk.ts';
import { statusOfFault } from '../design/index.ts';
import { apiClientOf, countRequest, type ApiClient, type ApiScope } from '../identity/api-clients.ts';
import type { Made } from '../identity/repeated-requests.ts';
import { answerOnce } from './repeated.ts';
import { bodyOf, problems, tooMany, type ApiProblem, type ProblemForm } from './problems.ts';

export type ApiDeps = { readonly desk: Desk };
export type ApiAsked<Body> = { readonly desk: Desk; readonly client: ApiClient; readonly body: Body; readonly params: Readonly<Record<string, string>>;
  readonly made?: Made };
export type ApiRoute<Schema extends z.ZodType = z.ZodType> = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly scope: ApiScope;
  readonly form: ProblemForm;
  /** What else is sent is left aside, as CAMARA has it. Of a GET nothing is read. */
  readonly body: Schema;
  /** Media types of a body that is read as it comes; `body` then sees the stream. */
  readonly streamed?: readonly string[];
  /** Of what comes back as a stream; JSON where not said. */
  readonly answers?: string;
  /** Of what went well; 200 where not said. */
  readonly status?: 200 | 202;
  /** Bytes; 16 kB where not said. */
  readonly bodyLimit?: number;
  readonly answer: (asked: ApiAsked<z.output<Schema>>) => Promise<Result<object, ApiProblem>>;
  /** Of a streamed route that makes something, which may name itself by an Idempotency-Key: what there is to say of what was made. */
  readonly again?: (asked: ApiAsked<unknown>, made: string) => Promise<Result<object, ApiProblem>>;
};

/** Keeps the body's type within the route. */
export const apiRoute = <Schema extends z.ZodType>(route: ApiRoute<Schema>): ApiRoute => route as unknown as ApiRoute;

/** CAMARA Commonalities, XCorrelator. */
const correlator = /^[\w\-:;./<>{}]{0,256}$/;

const refuse = (reply: FastifyReply, problem: ApiProblem, form: ProblemForm): FastifyReply => {
  const { type, body } = bodyOf(problem, form);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter);
  return reply.code(problem.status).type(type).send(JSON.stringify(body));
};

/** Who asks and may, or why not. Only a client that is known is told that it lacks the scope. */
const admit = async ({ desk }: ApiDeps, request: FastifyRequest, scope: ApiScope): Promise<ApiClient | ApiProblem> => {
  const [, token = ''] = /^Bearer ([\w-]{20,200})$/i.exec(request.headers.authorization ?? '') ?? [];
  const client = token === '' ? undefined : await apiClientOf(desk.db, token);
  if (client === undefined) return problems.notOurs;
  const counted = await countRequest(desk.db, desk.vault, desk.clock, client);
  if (!counted.ok) return tooMany(counted.why.seconds);
  return client.scopes.includes(scope) ? client : problems.noScope;
};

/** Faults of Fastify's own reading; anything else is ours. */
const faultIn = (fault: Error & { readonly statusCode?: number }): ApiProblem => {
  if (fault.statusCode === 413) return problems.tooLong;
  if (fault.statusCode === 415) return problems.notJson;
  return fault.statusCode !== undefined && fault.statusCode < 500 ? problems.body : statusOfFault(fault) === 503 ? problems.later : problems.broken;
};

/** Hangs one route in, on a scope of its own, so that its faults are told in its form. */
export const hang = async (app: FastifyInstance, deps: ApiDeps, route: ApiRoute): Promise<void> => {
  await app.register(async (scope) => {
    const clients = new WeakMap<FastifyRequest, ApiClient>();
    for (const type of route.streamed ?? []) scope.addContentTypeParser(type, (_, payload, done) => done(null, payload));
    if (route.streamed !== undefined) scope.removeContentTypeParser(['application/json', 'text/plain']);
    scope.setErrorHandler((fault: Error & { statusCode?: number }, request, reply) => {
      const problem = faultIn(fault);
      if (problem.status >= 500) request.log.error({ reference: randomBytes(4).toString('hex').toUpperCase(), route: route.url, fault: { name: fault.name, message: fault.message, stack: fault.stack } }, 'a route of the API broke');
      return refuse(reply, problem, route.form);
    });
    // Before the body is read: who may not ask has none of it looked at.
    scope.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
      const sent = request.headers['x-correlator'];
      if (typeof sent === 'string' && !correlator.test(sent)) return refuse(reply, problems.correlator, route.form);
      if (typeof sent === 'string') reply.header('x-correlator', sent);
      const admitted = await admit(deps, request, route.scope);
      if ('code' in admitted) return refuse(reply, admitted, route.form);
      clients.set(request, admitted);
      return undefined;
    });
    scope.route({
      method: route.method, url: route.url, bodyLimit: route.bodyLimit ?? 16 * 1024, exposeHeadRoute: false,
      handler: async (request, reply) => {
        const client = clients.get(request);
        if (client === undefined) throw new Error('a route was reached by nobody');
        const body = route.body.safeParse(route.method === 'GET' ? {} : request.body);
        if (!body.success) {
          // Paths only: a value may be somebody's number.
          const where = [...new Set(body.error.issues.map(({ path }) => path.join('.') || 'the body'))].join(', ');
          return refuse(reply, { status: 400, code: 'INVALID_ARGUMENT', message: `Not as the interface has it: ${where}.` }, route.form);
        }
        const asked = { desk: deps.desk, client, body: body.data, params: request.params as Record<string, string> };
        const { again } = route;
        const header = request.headers['idempotency-key'];
        const answer = again === undefined || typeof header !== 'string' || !(body.data instanceof Readable) ? await route.answer(asked) : await answerOnce({
          desk: deps.desk, client, url: route.url, header, body: body.data,
          first: (sent, made) => route.answer({ ...asked, body: sent, made }), again: (made) => again(asked, made),
        });
        if (!answer.ok) return refuse(reply, answer.why, route.form);
        reply.code(route.status ?? 200);
        return route.answers === undefined ? reply.type('application/json').send(JSON.stringify(answer.value)) : reply.type(route.answers).send(answer.value as Readable);
      },
    });
  });
};
