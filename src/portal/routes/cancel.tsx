import { z } from 'zod';
import { attachIdentity, saveDraft, seeDraft } from '../../desk/draft.ts';
import { seeProof } from '../../desk/proof.ts';
import { preview } from '../../desk/preview.ts';
import { submit } from '../../desk/submit.ts';
import type { Draft, DraftForm, FieldFault, FormField } from '../../desk/views.ts';
import { seeOther, show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { checkQuery, faultsFrom, uploadFault, type FaultCode } from '../field-faults.ts';
import { ApplicationPage } from '../pages/application.tsx';
import { CheckPage } from '../pages/check.tsx';
import { ConsequencesPage } from '../pages/consequences.tsx';
import { documentIsProof } from '../../desk/asked-for.ts';
import { afterStage, backToStage } from '../stage.tsx';
import { notFound, type Routes, type Sent } from '../routes.ts';
import { ticked, typed, type SentFile } from '../typed.ts';
import { proofFaults } from './proof.tsx';

const application = z.object({ reason: typed(80), name: typed(), phone: typed(), email: typed(), endsOn: typed(20) });
const kind = z.object({ documentKind: typed(80) });
const consequences = z.object({ acknowledged: ticked });

const codeOf = ({ field, fault }: FieldFault): FaultCode => `${field}.${fault}`;
/** The form of this draft has the question which document it is. */
const asks = (draft: Draft | undefined): boolean => draft !== undefined && draft.pack.identity.documents.length > 0 && !documentIsProof(draft.pack);
/** A field that is filled in and still not right: what is wrong with it was said when it was sent. */
const openCode = (form: DraftForm) => (field: FormField): FaultCode =>
  (field !== 'document' && field !== 'agreements' && typeof form[field] === 'string' && form[field] !== '' ? `${field}.unknown` : `${field}.missing`);

/**
 * Steps 2 to 4. Everything sent is kept in the draft first, right or wrong; what is wrong is said on the page one is sent
 * back to, so that reloading and going back never ask to send a form again.
 */
export const cancelRoutes = (routes: Routes, { desk, accept }: PortalDeps): void => {
  /** A file that came along: kept, or why not. */
  const keepDocument = async ({ who, params }: Pick<Sent, 'params'> & { who: Parameters<typeof attachIdentity>[1] }, file: SentFile | undefined): Promise<FaultCode[]> => {
    if (!file) return [];
    if (file.tooLarge) return ['document.too-large'];
    const accepted = await accept(file.contents);
    if (!accepted.ok) return [`document.${uploadFault(accepted.why)}`];
    await attachIdentity(desk, who, params['lineId'] ?? '', accepted.value);
    return [];
  };

  routes.ownGet('/lines/:lineId/cancel/application', async ({ visit, who, params, query, reply }) => {
    const lineId = params['lineId'] ?? '';
    const draft = await seeDraft(desk, who, lineId);
    if (!draft) return seeOther(reply, visit.to.preparation(lineId));
    const place = visit.place();
    return show(reply, <ApplicationPage place={place} draft={draft} faults={faultsFrom(query, visit.words, place.uploadMost)} />);
  });

  routes.ownPost('/lines/:lineId/cancel/application', async ({ visit, who, params, form, reply }) => {
    const lineId = params['lineId'] ?? '';
    const saved = await saveDraft(desk, who, lineId, { ...application.parse(form.fields), ...('documentKind' in form.fields || asks(await seeDraft(desk, who, lineId)) ? kind.parse(form.fields) : {}) });
    const codes = saved.ok ? [] : saved.why.map(codeOf);
    codes.push(...await keepDocument({ who, params }, form.files['document']));
    const draft = await seeDraft(desk, who, lineId);
    if (!draft) return seeOther(reply, visit.to.preparation(lineId));
    if (draft.missing.includes('document') && !codes.some((code) => code.startsWith('document.'))) codes.push('document.missing');
    return seeOther(reply, codes.length > 0 ? visit.to.application(lineId) + checkQuery(codes) : afterStage(visit, draft, 'application'));
  });

  routes.ownGet('/lines/:lineId/cancel/consequences', async ({ visit, who, params, query, reply }) => {
    const lineId = params['lineId'] ?? '';
    const [draft, ahead] = await Promise.all([seeDraft(desk, who, lineId), preview(desk, who, lineId)]);
    if (!draft || !ahead) return seeOther(reply, visit.to.preparation(lineId));
    return show(reply, <ConsequencesPage place={visit.place()} draft={draft} preview={ahead} ticked={draft.form.acknowledged ?? []} faults={faultsFrom(query, visit.words, '')} />);
  });

  routes.ownPost('/lines/:lineId/cancel/consequences', async ({ visit, who, params, form, reply }) => {
    const lineId = params['lineId'] ?? '';
    const saved = await saveDraft(desk, who, lineId, consequences.parse(form.fields));
    if (saved.ok) return seeOther(reply, afterStage(visit, saved.value, 'consequences'));
    return seeOther(reply, saved.why.length === 0 ? visit.to.preparation(lineId) : visit.to.consequences(lineId) + checkQuery(saved.why.map(codeOf)));
  });

  /** Back to the step that has what is missing. */
  const stepOf = (visit: Sent['visit'], lineId: string, { missing, form }: Draft): string =>
    backToStage(visit, lineId, missing, openCode(form));

  routes.ownGet('/lines/:lineId/cancel/check', async ({ visit, who, params, query, reply }) => {
    const lineId = params['lineId'] ?? '';
    const [draft, ahead, proof] = await Promise.all([seeDraft(desk, who, lineId), preview(desk, who, lineId), seeProof(desk, who, lineId, visit.session?.sessionId ?? '')]);
    if (!draft || !ahead || !proof) return seeOther(reply, visit.to.preparation(lineId));
    if (draft.missing.length > 0) return seeOther(reply, stepOf(visit, lineId, draft));
    return show(reply, <CheckPage place={visit.place()} draft={draft} preview={ahead} proof={proof} faults={proofFaults(query, visit.words)} />);
  });

  routes.ownPost('/lines/:lineId/cancel/check', async ({ visit, who, params, reply }) => {
    const lineId = params['lineId'] ?? '';
    const sent = await submit(desk, who, lineId, visit.session?.sessionId);
    if (sent.ok) return seeOther(reply, visit.to.receipt(sent.value.applicationNumber));
    switch (sent.why.kind) {
      case 'not-found': return notFound({ visit, reply });
      case 'not-proven': return seeOther(reply, `${visit.to.check(lineId)}?proof=over`);
      case 'incomplete': return seeOther(reply, visit.to.check(lineId)); // which knows the step that has what is missing
      case 'not-eligible': return seeOther(reply, visit.to.preparation(lineId)); // something came up meanwhile: it says what
    }
  });
};
