import { confirmByLink, seeLink } from '../../desk/confirm.ts';
import { seeWaiting, sendAgain } from '../../desk/confirm-again.ts';
import { maySendAgain } from '../../identity/send-again.ts';
import { seeOther, show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { ConfirmPage } from '../pages/confirm.tsx';
import { notFound, type Routes } from '../routes.ts';

const shape = /^[\w-]{43}$/;

/** For whoever holds the mail, signed in or not: the link is the proof, as long as it lasts and for its one case. */
export const confirmRoutes = (routes: Routes, { desk }: PortalDeps): void => {
  routes.get('/confirm/:token', async ({ visit, params, reply }) => {
    const token = params['token'] ?? '';
    const link = shape.test(token) ? await seeLink(desk, visit.pack.brand, token) : undefined;
    return link ? show(reply, <ConfirmPage place={visit.place()} link={link} address={visit.to.confirm(token)} />) : notFound({ visit, reply });
  });

  routes.post('/confirm/:token', async ({ visit, params, reply }) => {
    const token = params['token'] ?? '';
    const done = shape.test(token) ? await confirmByLink(desk, visit.pack.brand, token) : undefined;
    if (done === undefined || (!done.ok && done.why.kind === 'not-found')) return notFound({ visit, reply });
    return seeOther(reply, visit.to.confirm(token)); // which says how it stands now
  });

  routes.ownPost('/cases/:number/confirm-again', async ({ visit, who, params, reply }) => {
    const number = params['number'] ?? '';
    const waiting = await seeWaiting(desk, who, number);
    if (waiting === undefined) return notFound({ visit, reply });
    const may = waiting.open ? await maySendAgain(desk.db, desk.vault, desk.clock, { brand: who.brand, what: waiting.caseId }) : undefined;
    const sent = may?.ok ? await sendAgain(desk, who, number) : undefined;
    visit.tellNext(sent?.ok ? 'status.confirm-sent' : may !== undefined && !may.ok ? 'status.confirm-wait' : 'status.confirm-not-open');
    return seeOther(reply, visit.to.status(waiting.applicationNumber));
  });
};
