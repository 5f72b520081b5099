import { seePaperForm } from '../../desk/post.ts';
import { formFactsFrom, formPdf } from '../../papers/form-pdf.ts';
import type { PortalDeps } from '../deps.ts';
import { notFound, type Routes } from '../routes.ts';
import type { LifeKey } from '../words.tsx';

/** The application to print and sign, as far as it is filled in (UR3). */
export const paperRoutes = (routes: Routes, { desk }: PortalDeps): void =>
  routes.ownGet('/lines/:lineId/cancel/paper.pdf', async ({ visit: { words, ...visit }, who, params, reply }) => {
    const found = await seePaperForm(desk, who, params['lineId'] ?? '');
    if (found === undefined) return notFound({ visit: { words, ...visit }, reply });
    const { code, draft: { pack, line, form, keptUntil } } = found;
    const pdf = await formPdf(pack, formFactsFrom(form, (kind) => words.life(`document.${kind}` as LifeKey), { code, msisdn: line.msisdn, keptUntil, at: desk.clock.now() }), words.language);
    return reply.type('application/pdf').header('content-disposition', `attachment; filename="${code}.pdf"`).header('cache-control', 'no-store').send(pdf);
  });
