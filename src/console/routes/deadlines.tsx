import { seeOther, show } from '../../design/index.ts';
import { dataRequestAnswered, dataRequestsAtDesk, putOffDataRequest, type CannotActOnRequest } from '../../desk/data-requests.ts';
import { filesOwed } from '../../desk/disconnect-report.ts';
import type { ConsoleDeps } from '../deps.ts';
import { erasuresHeld } from '../../desk/erasures.ts';
import { DeadlinesPage } from '../pages/deadlines.tsx';
import { mayResume } from '../rights.ts';
import { notFound, type Asked, type Own, type Routes } from '../routes.ts';

/** What the law wants done by a day, beside reviews: who asked for their data, and the register's monthly file. */
export const deadlineRoutes = (routes: Routes, { desk }: ConsoleDeps): void => {
  const page = async ({ visit, who, reply }: Asked & Own, status: number, told: { readonly done?: 'answered' | 'extended' | undefined; readonly cannot?: CannotActOnRequest['kind'] }) =>
    show(reply, <DeadlinesPage place={visit.place()} requests={await dataRequestsAtDesk(desk, who)} held={await erasuresHeld(desk, who)} files={await filesOwed(desk)} now={desk.clock.now()} {...told} />, status, status === 200);

  routes.getFor('/deadlines', mayResume, (asked) => page(asked, 200, { done: (['answered', 'extended'] as const).find((one) => one === asked.query['done']) }));

  routes.post('/data-requests/:id', mayResume, async (sent) => {
    const { visit, who, params, fields, reply } = sent;
    const id = params['id'] ?? '';
    const extend = fields['act'] === 'extend';
    const acted = extend ? await putOffDataRequest(desk, who, id, fields['because'] === 'many' ? 'many' : 'complex') : await dataRequestAnswered(desk, who, id);
    if (acted.ok) return seeOther(reply, visit.to.deadlines({ done: extend ? 'extended' : 'answered' }));
    if (acted.why.kind === 'not-found') return notFound(sent);
    return page(sent, acted.why.kind === 'own-account' ? 403 : 409, { cannot: acted.why.kind });
  });
};
