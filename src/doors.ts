/** The doors on one HTTP server: the API, and of each brand the portal and the console. */
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { parseApplicationNumber } from './cancellation/identifiers/application-number.ts';
import { publishedKeys } from './certificate/published-keys.ts';
import { apiDoor } from './api/api-door.ts';
import { consoleDoor } from './console/console-door.ts';
import { tellChanged, tellCode } from './notices/tell.ts';
import { portal } from './portal/portal.tsx';
import type { Parts, Signoff } from './main.ts';
import { databaseAnswers, openReadiness, type Readiness } from './operation/readiness.ts';
import { acceptDocument } from './vault/documents/accept-document.ts';
import { documentLimits } from './vault/documents/limits.ts';

/**
 * Ready to listen. The console comes first: `/:brand/console/…` is more particular than the portal's own.
 * `before`: gets the server while it has no routes yet, to watch what is hung in or answered. `readiness`: what `/readyz` asks; where
 * it is not said, the database alone.
 */
export const openDoors = async (signoff: Signoff, parts: Pick<Parts, 'signingKey' | 'published' | 'publicUrl' | 'production' | 'log'>, before: (app: FastifyInstance) => void = () => undefined, readiness?: Readiness): Promise<FastifyInstance> => {
  const app = Fastify({
    loggerInstance: parts.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }), // an address may carry what somebody typed
    bodyLimit: 256 * 1024, // files go by the portal's own limit
    requestTimeout: 30_000,
    // Behind a proxy of the same machine the caller's address is in the header; from anywhere else the header is not believed.
    trustProxy: 'loopback',
    forceCloseConnections: 'idle', // a request that is being answered is answered
  });
  before(app);
  await apiDoor(app, { desk: signoff.desk });
  await consoleDoor(app, { desk: signoff.desk, tellCode: tellCode(signoff.tellTools), accept: (contents) => acceptDocument(contents), largest: documentLimits.bytes, production: parts.production });
  await portal(app, {
    desk: signoff.desk,
    tellCode: tellCode(signoff.tellTools),
    tellChanged: (brand, what) => tellChanged(signoff.tellTools, brand, what),
    readNumber: parseApplicationNumber,
    accept: (contents) => acceptDocument(contents),
    largest: documentLimits.bytes,
    keys: parts.published ?? publishedKeys([parts.signingKey]),
    key: parts.signingKey,
    publicUrl: parts.publicUrl,
    production: parts.production,
  });
  const brands = signoff.desk.packs.brands;
  app.get('/', (_, reply) => reply.redirect(`/${brands[0] ?? ''}/`, 303));
  const ready = readiness ?? openReadiness([databaseAnswers(signoff.desk.db)]);
  app.get('/healthz', (_, reply) => reply.type('text/plain').send('ok\n'));
  // What is wrong stands on the port for operation and in the log, not here: anybody may ask.
  app.get('/readyz', async (_, reply) => ((await ready.ask()).ok ? reply.type('text/plain').send('ready\n') : reply.code(503).type('text/plain').send('not ready\n')));
  await app.ready();
  return app;
};
