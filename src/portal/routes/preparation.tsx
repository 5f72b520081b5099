import { z } from 'zod';
import { openDraft } from '../../desk/draft.ts';
import { payBill, seePreparation, takeData, unbindDevices } from '../../desk/prepare.ts';
import { isOpen } from '../../cancellation/life-cycle.ts';
import { seeOther, show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { PreparationPage } from '../pages/preparation.tsx';
import { notFound, type Routes } from '../routes.ts';
import { afterStage } from '../stage.tsx';
import { typed } from '../typed.ts';

const paying = z.object({ bill: typed(80) });
const unbinding = z.object({ device: typed(80) });

/** Step 1: what is open on this line, and the buttons that settle it. Going on from here opens the draft. */
export const preparationRoutes = (routes: Routes, { desk }: PortalDeps): void => {
  routes.ownGet('/lines/:lineId/cancel', async ({ visit, who, params, reply }) => {
    const view = await seePreparation(desk, who, params['lineId'] ?? '');
    if (!view) return notFound({ visit, reply });
    const running = view.line.case;
    if (running?.applicationNumber && isOpen(running.state) && running.todo !== 'prove') return seeOther(reply, visit.to.status(running.applicationNumber));
    if (view.line.status === 'cancelled') return seeOther(reply, visit.to.line(view.line.lineId)); // nothing of it can be prepared any more
    return show(reply, <PreparationPage place={visit.place()} view={view} told={visit.told()} />);
  });

  routes.ownPost('/lines/:lineId/cancel', async ({ visit, who, params, reply }) => {
    const lineId = params['lineId'] ?? '';
    const opened = await openDraft(desk, who, lineId);
    if (opened.ok) return seeOther(reply, afterStage(visit, opened.value, 'preparation'));
    switch (opened.why.kind) {
      case 'not-found': return notFound({ visit, reply });
      case 'case-open': return seeOther(reply, visit.to.status(opened.why.applicationNumber));
      case 'not-eligible': return seeOther(reply, visit.to.preparation(lineId)); // which says why
    }
  });

  routes.ownPost('/lines/:lineId/pay-bill', async ({ visit, who, params, form, reply }) => {
    const paid = await payBill(desk, who, paying.parse(form.fields).bill);
    if (!paid.ok && paid.why.kind === 'not-found') return notFound({ visit, reply });
    visit.tellNext(paid.ok ? 'preparation.paid' : paid.why.kind === 'declined' ? 'preparation.declined' : 'preparation.try-later');
    return seeOther(reply, visit.to.preparation(params['lineId'] ?? ''));
  });

  routes.ownPost('/lines/:lineId/unbind', async ({ visit, who, params, form, reply }) => {
    const { device } = unbinding.parse(form.fields);
    if (!(await unbindDevices(desk, who, params['lineId'] ?? '', device === 'all' ? 'all' : [device]))) return notFound({ visit, reply });
    visit.tellNext('preparation.unbound');
    return seeOther(reply, visit.to.preparation(params['lineId'] ?? ''));
  });

  routes.ownPost('/lines/:lineId/data', async ({ visit, who, params, reply }) => {
    const data = await takeData(desk, who, params['lineId'] ?? '');
    if (!data) return notFound({ visit, reply });
    return reply.type(data.contentType).header('content-disposition', `attachment; filename="${data.fileName}"`).header('cache-control', 'no-store').send(data.contents);
  });
};
