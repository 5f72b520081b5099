import type { FastifyInstance } from 'fastify';
import { serveAssets } from '../../design/index.ts';
import type { PortalDeps } from '../deps.ts';
import { sheetOf } from '../frame.tsx';

export const assets = (scope: FastifyInstance, { desk }: PortalDeps): void =>
  serveAssets(scope, '/:brand', (request) => {
    const pack = desk.packs.inForce((request.params as { brand?: string }).brand ?? '', desk.clock.now());
    return pack.ok ? { colour: pack.value.colour, sheet: sheetOf(pack.value) } : undefined;
  });
