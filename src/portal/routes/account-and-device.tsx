import { z } from 'zod';
import { seeAccountToConfirm } from '../../desk/confirm-account.ts';
import { saveDraft, seeDraft } from '../../desk/draft.ts';
import type { FieldFault } from '../../desk/views.ts';
import { stagesOf, type StageName } from '../../policy/stages.ts';
import { seeOther, show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { checkQuery, faultsFrom } from '../field-faults.ts';
import { AccountToConfirmPage } from '../pages/account-to-confirm.tsx';
import { DevicePage } from '../pages/device.tsx';
import type { Asked, Routes } from '../routes.ts';
import { afterStage } from '../stage.tsx';
import { ticked, typed } from '../typed.ts';

const confirming = z.object({ account: ticked });
const device = z.object({ deviceModel: typed(), imei: typed(80), eid: typed(80) });

/** The account is confirmed, the device is named: pages that stand only where the pack asks for them. */
export const accountAndDeviceRoutes = (routes: Routes, { desk }: PortalDeps): void => {
  /** Where one goes from a page that has been sent: on, or back to what is wrong with it. */
  const goOn = ({ visit, reply }: Pick<Asked, 'visit' | 'reply'>, lineId: string, stage: StageName, saved: Awaited<ReturnType<typeof saveDraft>>) => {
    if (saved.ok) return seeOther(reply, stagesOf(saved.value.pack).includes(stage) ? afterStage(visit, saved.value, stage) : visit.to.preparation(lineId));
    const codes = saved.why.map(({ field, fault }: FieldFault) => `${field}.${fault}` as const);
    return seeOther(reply, codes.length === 0 ? visit.to.preparation(lineId) : visit.to.stage(lineId, stage) + checkQuery(codes));
  };

  routes.ownGet('/lines/:lineId/cancel/account', async ({ visit, who, params, query, reply }) => {
    const lineId = params['lineId'] ?? '';
    const view = await seeAccountToConfirm(desk, who, lineId);
    return view && stagesOf(view.pack).includes('account') ? show(reply, <AccountToConfirmPage place={visit.place()} view={view} faults={faultsFrom(query, visit.words, '')} />) : seeOther(reply, visit.to.preparation(lineId));
  });

  routes.ownPost('/lines/:lineId/cancel/account', async ({ visit, who, params, form, reply }) => {
    const lineId = params['lineId'] ?? '';
    const confirmed = confirming.parse(form.fields).account.includes('confirmed');
    return goOn({ visit, reply }, lineId, 'account', await saveDraft(desk, who, lineId, { account: confirmed ? 'confirmed' : '' }));
  });

  routes.ownGet('/lines/:lineId/cancel/device', async ({ visit, who, params, query, reply }) => {
    const lineId = params['lineId'] ?? '';
    const draft = await seeDraft(desk, who, lineId);
    return draft && stagesOf(draft.pack).includes('device') ? show(reply, <DevicePage place={visit.place()} draft={draft} faults={faultsFrom(query, visit.words, '')} />) : seeOther(reply, visit.to.preparation(lineId));
  });

  routes.ownPost('/lines/:lineId/cancel/device', async ({ visit, who, params, form, reply }) => {
    const lineId = params['lineId'] ?? '';
    return goOn({ visit, reply }, lineId, 'device', await saveDraft(desk, who, lineId, device.parse(form.fields)));
  });
};
