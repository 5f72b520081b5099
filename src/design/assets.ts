import type { FastifyInstance, FastifyRequest } from 'fastify';
import { guard } from './answer.ts';
import { tokensOf, type BrandColour } from './colours.ts';
import { brandIcon } from './page.tsx';
import type { StyleSheet } from './style.ts';

/**
 * The style sheet under a name that changes with it, and the brand's mark, below `base`. Nobody has to be known for these.
 * `lookOf`: undefined for a brand that there is not.
 */
export const serveAssets = (scope: FastifyInstance, base: string, lookOf: (request: FastifyRequest) => { readonly colour: BrandColour; readonly sheet: StyleSheet } | undefined): void => {
  scope.get(`${base}/:name(^style-[0-9a-f]{16}\\.css$)`, (request, reply) => {
    guard(reply);
    const look = lookOf(request);
    if (!look) return reply.code(404).send();
    const { sheet } = look;
    // A page kept from before an update asks for the old name: it gets the new sheet, and keeps it under no name for long.
    const lasting = (request.params as { name?: string }).name === sheet.name;
    const accepts = request.headers['accept-encoding'] ?? '';
    const coding = /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : undefined;
    void reply.type('text/css; charset=utf-8').header('vary', 'accept-encoding').header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (coding) void reply.header('content-encoding', coding);
    return reply.send(coding === 'br' ? sheet.brotli : coding === 'gzip' ? sheet.gzip : sheet.text);
  });

  scope.get(`${base}/icon.svg`, (request, reply) => {
    guard(reply);
    const look = lookOf(request);
    if (!look) return reply.code(404).send();
    const { brand = '', 'on-brand': ink = '' } = tokensOf(look.colour.light, 'light');
    return reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(brandIcon(brand, ink));
  });
};
