import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { guard, seeOther, serveAssets, show, statusOfFault } from '../design/index.ts';
import { isFromElsewhere } from '../identity/from-elsewhere.ts';
import { chooseLanguage, tagOf, translator } from '../language/index.ts';
import { jarOf } from './cookies.ts';
import type { ConsoleDeps } from './deps.ts';
import { sheetOf } from './frame.tsx';
import { FaultPage } from './pages/fault.tsx';
import { notFound, routesOn } from './routes.ts';
import { bulkRoutes } from './routes/bulk.tsx';
import { callRoutes } from './routes/calls.tsx';
import { caseRoutes } from './routes/case.tsx';
import { documentRoutes } from './routes/document.ts';
import { deadlineRoutes } from './routes/deadlines.tsx';
import { findingRoutes } from './routes/findings.tsx';
import { queueRoutes } from './routes/queue.tsx';
import { signInRoutes } from './routes/sign-in.tsx';
import { paperRoutes } from './routes/papers.tsx';
import { socialRoutes } from './routes/social.tsx';
import { refundRoutes } from './routes/refunds.tsx';
import { waitingRoutes } from './routes/waiting.tsx';
import { statementRoutes } from './routes/statements.tsx';
import { threadRoutes } from './routes/threads.tsx';
import { visitOf } from './visit.ts';
import type { ConsoleKey } from './words.tsx';

const brandOf = (request: FastifyRequest): string => (request.params as { brand?: string }).brand ?? '';
const languages = Object.keys(tagOf) as (keyof typeof tagOf)[];

/** For a brand that there is not, and for faults before one is known: plain words, nothing of anybody's. */
const plain = (request: FastifyRequest, reply: FastifyReply, status: number, key: ConsoleKey): FastifyReply => {
  const language = chooseLanguage(request.headers['accept-language']);
  return reply.code(status).type('text/plain; charset=utf-8').header('content-language', language).header('cache-control', 'no-store').send(`${translator<ConsoleKey>('console', language)(key)}\n`);
};

/** Everything under `/<brand>/console`, on an app of its own or beside the portal. */
export const consoleDoor = async (app: FastifyInstance, deps: ConsoleDeps): Promise<void> => {
  const { packs, clock } = deps.desk;
  await app.register(async (outer) => {
    await outer.register(cookie);
    await outer.register(formbody);
    await outer.register(multipart, { throwFileSizeLimit: false });
    serveAssets(outer, '/:brand/console', (request) => {
      const pack = packs.inForce(brandOf(request), clock.now());
      return pack.ok ? { colour: pack.value.colour, sheet: sheetOf(pack.value) } : undefined;
    });

    await outer.register(async (scope) => {
      scope.decorateRequest('consoleVisit', null);
      scope.addHook('onRequest', async (request, reply) => {
        guard(reply);
        const pack = packs.inForce(brandOf(request), clock.now());
        if (!pack.ok) return plain(request, reply, 404, 'fault.not-found.title');
        const chosen = languages.find((language) => language === (request.query as { lang?: unknown }).lang);
        if (chosen && request.method === 'GET') {
          jarOf(request, reply, `/${pack.value.brand}/console`, deps.production).set('language', chosen);
          return seeOther(reply, request.url.replace(/([?&])lang=[^&]*&?/, '$1').replace(/[?&]$/, ''));
        }
        request.consoleVisit = await visitOf(deps, pack.value, request, reply);
        if (request.method !== 'GET' && request.method !== 'HEAD' && isFromElsewhere(request)) return show(reply, FaultPage({ place: request.consoleVisit.place(), kind: 'not-allowed' }), 403);
        return undefined;
      });

      scope.setErrorHandler((fault: Error & { statusCode?: number }, request, reply) => {
        const status = statusOfFault(fault);
        if (status === 503) reply.header('retry-after', 60);
        const reference = status < 500 ? undefined : randomBytes(4).toString('hex').toUpperCase();
        // The route, not the address: an address can carry what somebody typed.
        if (reference) request.log.error({ reference, route: request.routeOptions.url, fault: { name: fault.name, message: fault.message, stack: fault.stack } }, 'a page broke');
        if (!request.consoleVisit) return plain(request, reply, status, status === 503 ? 'fault.later.title' : 'fault.broken.title');
        const kind = status === 413 ? 'too-large' : status === 503 ? 'later' : status < 500 ? 'not-understood' : 'broken';
        return show(reply, FaultPage({ place: request.consoleVisit.place(), kind, ...(reference ? { reference } : {}) }), status);
      });

      const routes = routesOn(scope, deps);
      for (const topic of [signInRoutes, queueRoutes, caseRoutes, documentRoutes, callRoutes, threadRoutes, paperRoutes, socialRoutes, statementRoutes, waitingRoutes, refundRoutes, findingRoutes, deadlineRoutes, bulkRoutes]) topic(routes, deps);
      scope.all('/:brand/console/*', (request, reply) => (request.consoleVisit ? notFound({ visit: request.consoleVisit, reply }) : reply));
    });
  });
};
