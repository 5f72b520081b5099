import { seeOther, show } from '../../design/index.ts';
import { seeWaiting, sendAgain } from '../../desk/confirm-again.ts';
import { maySendAgain } from '../../identity/send-again.ts';
import type { ConsoleDeps } from '../deps.ts';
import { WaitingPage } from '../pages/waiting.tsx';
import { mayResume } from '../rights.ts';
import { notFound, type Routes } from '../routes.ts';

/** A case that waits for its subscriber to confirm by mail. */
export const waitingRoutes = (routes: Routes, { desk }: ConsoleDeps): void => {
  routes.getFor('/cases/:number/waiting', mayResume, async (asked) => {
    const waiting = await seeWaiting(desk, asked.who, asked.params['number'] ?? '');
    return waiting ? show(asked.reply, <WaitingPage place={asked.visit.place()} waiting={waiting} faults={[]} />) : notFound(asked);
  });

  routes.post('/cases/:number/waiting', mayResume, async (sent) => {
    const { visit, who, params, reply } = sent;
    const number = params['number'] ?? '';
    const waiting = await seeWaiting(desk, who, number);
    if (waiting === undefined) return notFound(sent);
    const { say } = visit.words;
    const cannot = (says: string, status: number) => show(reply, <WaitingPage place={visit.place()} waiting={waiting} faults={[{ id: 'again', says }]} />, status, false);
    if (!waiting.open) return cannot(say('waiting.not-open'), 409);
    const may = await maySendAgain(desk.db, desk.vault, desk.clock, { brand: who.brand, what: waiting.caseId });
    if (!may.ok) return cannot(say('waiting.wait', { minutes: Math.ceil(may.why.seconds / 60) }), 429);
    return (await sendAgain(desk, who, number)).ok ? seeOther(reply, visit.to.waiting(waiting.applicationNumber)) : cannot(say('waiting.not-open'), 409);
  });
};
