import { z } from 'zod';
import { seeCredit } from '../../desk/credit.ts';
import { saveDraft } from '../../desk/draft.ts';
import { stagesOf } from '../../policy/stages.ts';
import { seeOther, show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { checkQuery, faultsFrom } from '../field-faults.ts';
import { CreditPage } from '../pages/credit.tsx';
import type { Routes } from '../routes.ts';
import { afterStage } from '../stage.tsx';
import { typed } from '../typed.ts';

const chosen = z.object({ creditChoice: typed(80) });

/** Where the rest of the credit goes. */
export const creditRoutes = (routes: Routes, { desk }: PortalDeps): void => {
  routes.ownGet('/lines/:lineId/cancel/credit', async ({ visit, who, params, query, reply }) => {
    const lineId = params['lineId'] ?? '';
    const view = await seeCredit(desk, who, lineId);
    if (!view || !stagesOf(view.draft.pack).includes('credit')) return seeOther(reply, visit.to.preparation(lineId));
    // One group of cards for both fields, so what is wrong with either leads there.
    const faults = faultsFrom(query, visit.words, '').map((fault) => ({ ...fault, id: 'creditChoice' }));
    return show(reply, <CreditPage place={visit.place()} view={view} faults={faults} />);
  });

  routes.ownPost('/lines/:lineId/cancel/credit', async ({ visit, who, params, form, reply }) => {
    const lineId = params['lineId'] ?? '';
    const [creditChoice = '', transferTo = ''] = chosen.parse(form.fields).creditChoice.split(' ');
    const saved = await saveDraft(desk, who, lineId, { creditChoice, transferTo });
    if (saved.ok) return seeOther(reply, afterStage(visit, saved.value, 'credit'));
    return seeOther(reply, saved.why.length === 0 ? visit.to.preparation(lineId) : visit.to.stage(lineId, 'credit') + checkQuery(saved.why.map(({ field, fault }) => `${field}.${fault}` as const)));
  });
};
