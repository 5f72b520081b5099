import type { FastifyInstance } from 'fastify';
import { brandIcon, tokensOf } from '../../design/index.ts';
import { guard } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { sheetOf } from '../frame.tsx';

/** The style sheet under a name that changes with it, and the brand's mark. Nobody has to be known for these. */
export const assets = (scope: FastifyInstance, deps: PortalDeps): void => {
  scope.get<{ Params: { brand: string; name: string } }>('/:brand/:name(^style-[0-9a-f]{16}\\.css$)', (request, reply) => {
    guard(reply);
    const pack = deps.desk.packs.inForce(request.params.brand, deps.desk.clock.now());
    if (!pack.ok) return reply.code(404).send();
    const sheet = sheetOf(pack.value);
    // A page kept from before an update asks for the old name: it gets the new sheet, and keeps it under no name for long.
    const lasting = request.params.name === sheet.name;
    const accepts = request.headers['accept-encoding'] ?? '';
    const coding = /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : undefined;
    void reply.type('text/css; charset=utf-8').header('vary', 'accept-encoding').header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (coding) void reply.header('content-encoding', coding);
    return reply.send(coding === 'br' ? sheet.brotli : coding === 'gzip' ? sheet.gzip : sheet.text);
  });

  scope.get<{ Params: { brand: string } }>('/:brand/icon.svg', (request, reply) => {
    guard(reply);
    const pack = deps.desk.packs.inForce(request.params.brand, deps.desk.clock.now());
    if (!pack.ok) return reply.code(404).send();
    const { brand = '', 'on-brand': ink = '' } = tokensOf(pack.value.colour.light, 'light');
    return reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(brandIcon(brand, ink));
  });
};
