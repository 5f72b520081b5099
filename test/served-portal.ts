/** The portal of a story behind a real socket: what a browser or a visitor without script talks to. */
import Fastify, { type FastifyBaseLogger } from 'fastify';
import { publishedKeys } from '../src/certificate/published-keys.ts';
import { parseApplicationNumber } from '../src/cancellation/identifiers/application-number.ts';
import { tellCode } from '../src/notices/tell.ts';
import { portal } from '../src/portal/portal.tsx';
import { acceptDocument } from '../src/vault/documents/accept-document.ts';
import { documentLimits } from '../src/vault/documents/limits.ts';
import type { Story } from './harness.ts';

export const servePortal = async ({ signoff, parts }: Story): Promise<{ url: string; close(): Promise<void> }> => {
  const app = Fastify({ loggerInstance: parts.log as FastifyBaseLogger });
  let url = '';
  await portal(app, {
    desk: signoff.desk, tellCode: tellCode(signoff.tellTools), readNumber: parseApplicationNumber, accept: acceptDocument, largest: documentLimits.bytes,
    keys: publishedKeys([parts.signingKey]), key: parts.signingKey, publicUrl: () => url, production: false,
  });
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, close: () => app.close() };
};
