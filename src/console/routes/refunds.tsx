import { z } from 'zod';
import { seeOther, show } from '../../design/index.ts';
import { failedRefunds, mendRefund } from '../../desk/mend-refund.ts';
import type { ConsoleDeps } from '../deps.ts';
import { RefundsPage } from '../pages/refunds.tsx';
import { mayAssist } from '../rights.ts';
import { notFound, type Routes } from '../routes.ts';

const text = (most: number) => z.preprocess((value) => (Array.isArray(value) ? value[0] : value) ?? '', z.string().max(most));
const number = /^[0-9A-Z]{4}(-[0-9A-Z]{1,4}){3}$/;

export const refundRoutes = (routes: Routes, { desk }: ConsoleDeps): void => {
  routes.getFor('/refunds', mayAssist, async ({ visit, who, query, reply }) => {
    const { done } = query;
    return show(reply, <RefundsPage place={visit.place()} failed={await failedRefunds(desk, who)} done={typeof done === 'string' && number.test(done) ? done : undefined} faults={[]} />);
  });

  routes.post('/refunds/:id', mayAssist, async (sent) => {
    const { visit, who, params, fields, reply } = sent;
    const id = params['id'] ?? '';
    const typed = text(200).parse(fields[`elsewhere-${id}`]);
    const mended = await mendRefund(desk, who, id, fields['act'] === 'elsewhere' ? typed : undefined);
    if (mended.ok) return seeOther(reply, `${visit.to.refunds}?done=${encodeURIComponent(mended.value)}`);
    const { kind } = mended.why;
    if (kind === 'not-found') return notFound(sent);
    const faults = [{ id: `elsewhere-${id}`, says: visit.words.say(`refunds.fault.${kind}`) }];
    const status = kind === 'own-account' ? 403 : kind === 'not-failed' ? 409 : 422;
    return show(reply, <RefundsPage place={visit.place()} failed={await failedRefunds(desk, who)} at={id} typed={typed} faults={faults} />, status, false);
  });
};
