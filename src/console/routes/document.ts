import { seeDocument } from '../../desk/review-case.ts';
import type { ConsoleDeps } from '../deps.ts';
import { maySeeWhole } from '../rights.ts';
import { notFound, type Routes } from '../routes.ts';

/** What a browser may show itself. Both were judged at the upload; still neither gets script, frames or an origin. */
const shown: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'application/pdf': 'pdf' };

export const documentRoutes = (routes: Routes, { desk }: ConsoleDeps): void =>
  routes.getFor('/cases/:number/documents/:id', maySeeWhole, async ({ visit, request, who, params, reply }) => {
    const document = await seeDocument(desk, who, params['number'] ?? '', params['id'] ?? '');
    if (document === undefined) return notFound({ visit, reply });
    const ending = shown[document.contentType];
    // Who looked at whose papers must be answerable; the ids name nobody.
    request.log.info({ staffId: who.staffId, documentId: document.id }, 'a document was opened');
    return reply
      .headers({
        'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
        'content-disposition': ending === undefined ? 'attachment' : `inline; filename="${document.purpose}.${ending}"`,
        'cache-control': 'no-store',
      })
      .type(ending === undefined ? 'application/octet-stream' : document.contentType)
      .send(document.contents);
  });
