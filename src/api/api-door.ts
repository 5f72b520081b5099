/** What programs may ask. Every route with its path, its scope and its form. */
import type { FastifyInstance } from 'fastify';
import { bulkRoutes } from './bulk.ts';
import { hang, type ApiDeps, type ApiRoute } from './frame.ts';
import { numberRecycling } from './number-recycling.ts';

const routes: readonly ApiRoute[] = [numberRecycling, ...bulkRoutes];

export const apiDoor = async (app: FastifyInstance, deps: ApiDeps): Promise<void> => {
  for (const route of routes) await hang(app, deps, route);
};
