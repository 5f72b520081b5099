import { seeOther, show } from '../../design/index.ts';
import { orderMend, seeFindings } from '../../desk/findings.ts';
import type { ConsoleDeps } from '../deps.ts';
import { FindingsPage, kindsOfFindings } from '../pages/findings.tsx';
import { mayResume } from '../rights.ts';
import { notFound, type Routes } from '../routes.ts';

export const findingRoutes = (routes: Routes, { desk }: ConsoleDeps): void => {
  routes.get('/findings', async ({ visit, who, staff, query, reply }) => {
    const what = kindsOfFindings.find((one) => one === query['what']);
    const which = query['show'] === 'mended' ? 'mended' : 'open';
    const findings = await seeFindings(desk, who, which, what);
    // An address alone makes no page say what is not so.
    const ordered = findings.rows.find(({ applicationNumber, mends }) => mends > 0 && applicationNumber === query['ordered'])?.applicationNumber;
    return show(reply, <FindingsPage place={visit.place()} staff={staff} show={which} what={what} findings={findings} ordered={ordered} />);
  });
  routes.get('/findings/:id/mend', ({ visit, reply }) => seeOther(reply, visit.to.findings()));

  routes.post('/findings/:id/mend', mayResume, async (sent) => {
    const { visit, who, staff, params, reply } = sent;
    const result = await orderMend(desk, who, params['id'] ?? '');
    if (result.ok) return seeOther(reply, visit.to.findings({ ordered: result.value.applicationNumber }));
    const { kind } = result.why;
    if (kind === 'not-found') return notFound(sent);
    return show(reply, <FindingsPage place={visit.place()} staff={staff} show="open" findings={await seeFindings(desk, who, 'open')} cannot={kind} />, 409, false);
  });
};
