import { z } from 'zod';
import { saveDraft, seeDraft } from '../../desk/draft.ts';
import { stagesOf } from '../../policy/stages.ts';
import { seeOther, show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { checkQuery, faultsFrom } from '../field-faults.ts';
import { OutsideAccountsPage } from '../pages/outside-accounts.tsx';
import type { Routes } from '../routes.ts';
import { afterStage } from '../stage.tsx';
import { ticked } from '../typed.ts';

const attesting = z.object({ outside: ticked });

/** The stage where accounts elsewhere are ticked off; a page only where the policy lists some. */
export const outsideAccountRoutes = (routes: Routes, { desk }: PortalDeps): void => {
  routes.ownGet('/lines/:lineId/cancel/outside-accounts', async ({ visit, who, params, query, reply }) => {
    const lineId = params['lineId'] ?? '';
    const draft = await seeDraft(desk, who, lineId);
    if (!draft || !stagesOf(draft.pack).includes('outside-accounts')) return seeOther(reply, visit.to.preparation(lineId));
    return show(reply, <OutsideAccountsPage place={visit.place()} draft={draft} faults={faultsFrom(query, visit.words, '')} />);
  });

  routes.ownPost('/lines/:lineId/cancel/outside-accounts', async ({ visit, who, params, form, reply }) => {
    const lineId = params['lineId'] ?? '';
    const saved = await saveDraft(desk, who, lineId, attesting.parse(form.fields));
    if (saved.ok) return seeOther(reply, afterStage(visit, saved.value, 'outside-accounts'));
    return seeOther(reply, saved.why.length === 0 ? visit.to.preparation(lineId) : visit.to.stage(lineId, 'outside-accounts') + checkQuery(saved.why.map(({ field, fault }) => `${field}.${fault}` as const)));
  });
};
