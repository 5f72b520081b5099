import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { chooseLanguage, offered, translator } from '../language/index.ts';
import { guard, seeOther, show, statusOfFault } from './answer.ts';
import { jarOf } from './cookies.ts';
import type { PortalDeps } from './deps.ts';
import { isFromElsewhere } from './our-forms.ts';
import { FaultPage } from './pages/fault.tsx';
import { notFound, routesOn } from './routes.ts';
import { accountAndDeviceRoutes } from './routes/account-and-device.tsx';
import { agreementRoutes } from './routes/agreements.tsx';
import { assets } from './routes/assets.ts';
import { caseRoutes } from './routes/cases.tsx';
import { cancelRoutes } from './routes/cancel.tsx';
import { esimRoutes } from './routes/esim.tsx';
import { creditRoutes } from './routes/credit.tsx';
import { confirmRoutes } from './routes/confirm.tsx';
import { findRoutes } from './routes/find.tsx';
import { homeRoutes } from './routes/home.tsx';
import { lookUpRoutes } from './routes/look-up.tsx';
import { letterRoutes } from './routes/letters.tsx';
import { messageRoutes } from './routes/messages.tsx';
import { openRoutes } from './routes/open.tsx';
import { outsideAccountRoutes } from './routes/outside-accounts.tsx';
import { paperRoutes } from './routes/paper.tsx';
import { preparationRoutes } from './routes/preparation.tsx';
import { signingRoutes } from './routes/signing.tsx';
import { securityQuestionRoutes } from './routes/security-question.tsx';
import { proofRoutes } from './routes/proof.tsx';
import { recordRoutes } from './routes/record.tsx';
import { resetRoutes } from './routes/reset.tsx';
import { signInRoutes } from './routes/sign-in.tsx';
import { statementRoutes } from './routes/statement.tsx';
import { visitOf } from './visit.ts';
import type { PortalKey } from './words.tsx';

/** For a brand that there is not, and for faults before one is known: plain words, nothing of anybody's. */
const plain = (request: FastifyRequest, reply: FastifyReply, status: number, key: PortalKey): FastifyReply => {
  const language = chooseLanguage(request.headers['accept-language']);
  return reply.code(status).type('text/plain; charset=utf-8').header('content-language', language).send(`${translator<PortalKey>('portal', language)(key)}\n`);
};

/** Everything under `/<brand>/`. */
export const portal = async (app: FastifyInstance, deps: PortalDeps): Promise<void> => {
  await app.register(async (outer) => {
    await outer.register(cookie);
    await outer.register(formbody);
    await outer.register(multipart, { throwFileSizeLimit: false });
    assets(outer, deps);

    await outer.register(async (scope) => {
      scope.decorateRequest('visit', null);
      scope.addHook('onRequest', async (request, reply) => {
        guard(reply);
        const brand = (request.params as { brand?: string }).brand ?? '';
        const pack = deps.desk.packs.inForce(brand, deps.desk.clock.now());
        if (!pack.ok) return plain(request, reply, 404, 'fault.no-brand.title');
        const chosen = offered.find((language) => language === (request.query as { lang?: unknown }).lang);
        if (chosen && request.method === 'GET') {
          jarOf(request, reply, `/${brand}`, deps.production).set('language', chosen);
          return seeOther(reply, request.url.replace(/([?&])lang=[^&]*&?/, '$1').replace(/[?&]$/, ''));
        }
        request.visit = await visitOf(deps, pack.value, request, reply);
        if (request.method !== 'GET' && request.method !== 'HEAD' && isFromElsewhere(request)) return show(reply, FaultPage({ place: request.visit.place(), kind: 'not-allowed' }), 403);
        return undefined;
      });

      scope.setErrorHandler((fault: Error & { statusCode?: number }, request, reply) => {
        const status = statusOfFault(fault);
        if (status === 503) reply.header('retry-after', 60);
        const reference = status < 500 ? undefined : randomBytes(4).toString('hex').toUpperCase();
        // The route, not the address: an address can carry what somebody typed.
        if (reference) request.log.error({ reference, route: request.routeOptions.url, fault: { name: fault.name, message: fault.message, stack: fault.stack } }, 'a page broke');
        if (!request.visit) return plain(request, reply, status, 'fault.broken.title');
        const kind = status === 413 ? 'too-large' : status === 429 ? 'too-often' : status < 500 ? 'not-understood' : 'broken';
        return show(reply, FaultPage({ place: request.visit.place(), kind, ...(reference ? { reference } : {}) }), status);
      });

      const routes = routesOn(scope, deps);
      for (const topic of [openRoutes, statementRoutes, signInRoutes, resetRoutes, lookUpRoutes, homeRoutes, findRoutes, preparationRoutes, cancelRoutes, accountAndDeviceRoutes, proofRoutes, confirmRoutes, securityQuestionRoutes, signingRoutes, creditRoutes, outsideAccountRoutes, agreementRoutes, caseRoutes, esimRoutes, recordRoutes, messageRoutes, letterRoutes, paperRoutes]) topic(routes, deps);
      scope.get('/:brand', (request, reply) => seeOther(reply, `/${(request.params as { brand: string }).brand}/`));
      scope.all('/:brand/*', (request, reply) => (request.visit ? notFound({ visit: request.visit, reply }) : reply));
    });
  });
};
