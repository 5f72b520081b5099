import { z } from 'zod';
import type { Fault } from '../../design/index.ts';
import { saveDraft } from '../../desk/draft.ts';
import { proveByDocument, seeProof, type ProofView } from '../../desk/proof.ts';
import type { Subscriber } from '../../desk/views.ts';
import type { Proof } from '../../policy/pack.ts';
import { answerQuestion } from '../../identity/security-questions.ts';
import { proveForCase, requestStepUp } from '../../identity/step-up.ts';
import { seeOther, show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { uploadFault, uploadWords } from '../field-faults.ts';
import { ProofCodePage, ProofDocumentPage, ProofQuestionPage } from '../pages/proof.tsx';
import type { Asked, Routes, Sent } from '../routes.ts';
import { typed } from '../typed.ts';
import { codeFault, codeMinutes } from './reset.tsx';
import { minutesOf } from './sign-in.tsx';

const choosing = z.object({ way: typed(2), channel: z.preprocess((value) => value ?? 'e-mail', z.enum(['e-mail', 'sms'])) });
const coding = z.object({ way: typed(2), code: typed(80) });
const showing = z.object({ way: typed(2), documentKind: typed(80) });
const answering = z.object({ way: typed(2), answer: typed(400) });
const chosen = z.object({ way: typed(2) });

type Here = Pick<Asked, 'visit' | 'params' | 'reply'> & { readonly who: Subscriber };

/** Who sends an application shows once more who they are: choose, show, and back to the last look. Each page can be sent twice. */
export const proofRoutes = (routes: Routes, { desk, tellCode, accept }: PortalDeps): void => {
  const lineOf = ({ params }: Pick<Here, 'params'>): string => params['lineId'] ?? '';
  const sessionOf = ({ visit }: Pick<Here, 'visit'>): string => visit.session?.sessionId ?? '';
  const look = (here: Here): Promise<ProofView | undefined> => seeProof(desk, here.who, lineOf(here), sessionOf(here));
  const toCheck = (here: Here, query = '') => seeOther(here.reply, here.visit.to.check(lineOf(here)) + query);

  /** The page for what is still to be shown on this way; the last look, where nothing is. */
  const onward = (here: Here, view: ProofView, way: string, shown: ReadonlySet<Proof>) => {
    const { to } = here.visit;
    const lineId = lineOf(here);
    const left = view.ways[Number(way)]?.filter((proof) => !shown.has(proof)) ?? [];
    if (left.includes('contact-code')) return toCheck(here); // a code is asked for there
    if (left.includes('document')) return seeOther(here.reply, `${to.proofDocument(lineId)}?way=${way}`);
    return left.includes('security-question') ? seeOther(here.reply, `${to.proofQuestion(lineId)}?way=${way}`) : toCheck(here);
  };

  routes.ownGet('/lines/:lineId/cancel/proof', (here) => toCheck(here));

  routes.ownPost('/lines/:lineId/cancel/proof', async (here) => {
    const { visit, who, form, reply } = here;
    const view = await look(here);
    if (!view) return seeOther(reply, visit.to.preparation(lineOf(here)));
    const { way, channel } = choosing.parse(form.fields);
    const wanted = view.ways[Number(way)];
    if (way === '' || wanted === undefined) return toCheck(here, '?proof=choose');
    if (!wanted.includes('contact-code') || view.shown.has('contact-code')) return onward(here, view, way, view.shown);
    const asked = await requestStepUp(desk.db, desk.vault, desk.clock, { brand: who.brand, subscriberId: who.subscriberId, caseId: view.caseId, channel, from: visit.from }, tellCode);
    if (!asked.ok) return toCheck(here, `?proof=wait&minutes=${minutesOf(asked.why.seconds)}`);
    visit.jar.set('prove', asked.value.codeId);
    return seeOther(reply, `${visit.to.proofCode(lineOf(here))}?way=${way}`);
  });

  const wayIn = (query: unknown): string => chosen.catch({ way: '0' }).parse(query).way.replace(/\D/g, '');

  routes.ownGet('/lines/:lineId/cancel/proof/code', async (here) => {
    const { visit, query, reply } = here;
    const view = await look(here);
    if (!view || view.shown.has('contact-code') || visit.jar.get('prove') === undefined) return toCheck(here);
    return show(reply, <ProofCodePage place={visit.place()} lineId={lineOf(here)} way={wayIn(query)} faults={[]} minutes={codeMinutes} />);
  });

  routes.ownPost('/lines/:lineId/cancel/proof/code', async (here) => {
    const { visit, who, form, reply } = here;
    const view = await look(here);
    const codeId = visit.jar.get('prove');
    if (!view || codeId === undefined) return toCheck(here);
    const { way, code } = coding.parse(form.fields);
    const again = (fault: Fault) => show(reply, <ProofCodePage place={visit.place()} lineId={lineOf(here)} way={way} faults={[fault]} minutes={codeMinutes} />, 422);
    if (code.trim() === '') return again({ id: 'code', says: visit.words.say('code.missing') });
    const { brand, subscriberId } = who;
    const proven = await proveForCase(desk.db, desk.vault, desk.clock, { brand, subscriberId, sessionId: sessionOf(here), caseId: view.caseId, codeId, code, from: visit.from });
    if (!proven.ok) {
      const { why } = proven;
      return why.kind === 'no-session' ? seeOther(reply, visit.to.signIn) : again(codeFault(why, visit.words));
    }
    visit.jar.clear('prove');
    visit.jar.set('session', proven.value.token);
    return onward(here, view, way, new Set<Proof>([...view.shown, 'contact-code']));
  });

  routes.ownGet('/lines/:lineId/cancel/proof/document', async (here) => {
    const { visit, query, reply } = here;
    const view = await look(here);
    if (!view || view.documents.length === 0) return toCheck(here);
    return show(reply, <ProofDocumentPage place={visit.place()} lineId={lineOf(here)} way={wayIn(query)} faults={[]} documents={view.documents} />);
  });

  routes.ownPost('/lines/:lineId/cancel/proof/document', async (here) => {
    const { visit, who, form, reply } = here;
    const { say } = visit.words;
    const view = await look(here);
    if (!view || view.documents.length === 0) return toCheck(here);
    const { way, documentKind } = showing.parse(form.fields);
    const place = visit.place();
    const faults: Fault[] = [];
    if (!view.documents.includes(documentKind)) faults.push({ id: 'documentKind', says: say(documentKind === '' ? 'field.documentKind.missing' : 'field.documentKind.unknown') });
    const accepted = await taken(form.files['document'], say, place.uploadMost);
    if ('says' in accepted) faults.push({ id: 'document', says: accepted.says });
    if (faults.length > 0 || 'says' in accepted)
      return show(reply, <ProofDocumentPage place={place} lineId={lineOf(here)} way={way} faults={faults} documents={view.documents} chosen={documentKind} />, 422);
    await saveDraft(desk, who, lineOf(here), { documentKind });
    if (!(await proveByDocument(desk, who, lineOf(here), sessionOf(here), accepted.document))) return toCheck(here);
    return onward(here, view, way, new Set<Proof>([...view.shown, 'document']));
  });

  const taken = async (file: Sent['form']['files'][string] | undefined, say: Here['visit']['words']['say'], most: string) => {
    if (!file) return { says: say('field.document.missing') };
    if (file.tooLarge) return { says: say('upload.too-large', { most }) };
    const accepted = await accept(file.contents);
    return accepted.ok ? { document: accepted.value } : { says: say(uploadWords[uploadFault(accepted.why)], { most }) };
  };

  routes.ownGet('/lines/:lineId/cancel/proof/question', async (here) => {
    const { visit, query, reply } = here;
    const view = await look(here);
    if (view?.question === undefined) return toCheck(here);
    return show(reply, <ProofQuestionPage place={visit.place()} lineId={lineOf(here)} way={wayIn(query)} faults={[]} question={view.question} />);
  });

  routes.ownPost('/lines/:lineId/cancel/proof/question', async (here) => {
    const { visit, who, form, reply } = here;
    const { say } = visit.words;
    const view = await look(here);
    const question = view?.question;
    if (!view || question === undefined) return toCheck(here);
    const { way, answer } = answering.parse(form.fields);
    const again = (says: string) => show(reply, <ProofQuestionPage place={visit.place()} lineId={lineOf(here)} way={way} faults={[{ id: 'answer', says }]} question={question} />, 422);
    if (answer.trim() === '') return again(say('proof-question.missing'));
    const { brand, subscriberId } = who;
    const answered = await answerQuestion(desk.db, desk.vault, desk.clock, { brand, subscriberId, sessionId: sessionOf(here), caseId: view.caseId, answer, from: visit.from });
    if (!answered.ok) return again(answered.why.kind === 'wait' ? say('code.wait', { minutes: minutesOf(answered.why.seconds) }) : say('proof-question.wrong'));
    return onward(here, view, way, new Set<Proof>([...view.shown, 'security-question']));
  });
};

/** What went wrong with choosing, as it travels in an address. */
export const proofFaults = (query: unknown, { say }: Here['visit']['words']): Fault[] => {
  const { proof, minutes } = z.object({ proof: z.enum(['choose', 'wait', 'over']), minutes: z.coerce.number().int().min(1).max(60).catch(1) }).partial({ proof: true }).catch({ minutes: 1 }).parse(query);
  switch (proof) {
    case 'choose': return [{ id: 'way', says: say('proof.choose') }];
    case 'wait': return [{ id: 'way', says: say('code.wait', { minutes }) }];
    case 'over': return [{ id: 'way', says: say('proof.over') }];
    case undefined: return [];
  }
};
