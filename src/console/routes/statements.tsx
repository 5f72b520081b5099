import { z } from 'zod';
import { seeOther, show } from '../../design/index.ts';
import { matchByHand, settleStatement, waitingStatements } from '../../desk/match-statement.ts';
import type { ConsoleDeps } from '../deps.ts';
import { StatementsPage } from '../pages/statements.tsx';
import { mayAssist } from '../rights.ts';
import { notFound, type Routes } from '../routes.ts';

const text = (most: number) => z.preprocess((value) => (Array.isArray(value) ? value[0] : value) ?? '', z.string().max(most));

export const statementRoutes = (routes: Routes, { desk }: ConsoleDeps): void => {
  routes.getFor('/statements', mayAssist, async ({ visit, who, query, reply }) => {
    const done = (['matched', 'settled'] as const).find((one) => one === query['done']);
    return show(reply, <StatementsPage place={visit.place()} waiting={await waitingStatements(desk, who)} done={done} faults={[]} />);
  });

  routes.post('/statements/:id', mayAssist, async (sent) => {
    const { visit, who, params, fields, reply } = sent;
    const id = params['id'] ?? '';
    const act = fields['act'];
    if (act === 'settle' || act === 'nowhere') return (await settleStatement(desk, who, id, act === 'settle' ? 'otherwise' : 'nowhere')) ? seeOther(reply, `${visit.to.statements}?done=settled`) : notFound(sent);
    const about = text(80).parse(fields[`about-${id}`]);
    const matched = await matchByHand(desk, who, id, about);
    if (matched.ok) return seeOther(reply, `${visit.to.statements}?done=matched`);
    const { kind } = matched.why;
    if (kind === 'not-found') return notFound(sent);
    const faults = [{ id: `about-${id}`, says: visit.words.say(`statements.fault.${kind}`) }];
    return show(reply, <StatementsPage place={visit.place()} waiting={await waitingStatements(desk, who)} at={id} typed={about} faults={faults} />, kind === 'own-account' ? 403 : 422, false);
  });
};
