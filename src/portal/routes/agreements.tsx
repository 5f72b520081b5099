import { z } from 'zod';
import { allowScript, type Fault } from '../../design/index.ts';
import { checkHand, readAgreement, seeAgreements, seeSignedInDraft, signAgreements, type CannotSign } from '../../desk/agreements.ts';
import { seeDraft } from '../../desk/draft.ts';
import { seeProof } from '../../desk/proof.ts';
import type { Subscriber } from '../../desk/views.ts';
import { proveForCase, requestStepUp } from '../../identity/step-up.ts';
import { offered } from '../../language/index.ts';
import { placeOf } from '../../policy/stages.ts';
import { seeOther, show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { faultsFrom } from '../field-faults.ts';
import { AgreementsPage, SignPage } from '../pages/agreements.tsx';
import { notFound, type Asked, type Routes } from '../routes.ts';
import { padSource } from '../signature-pad.ts';
import { afterStage } from '../stage.tsx';
import { typed } from '../typed.ts';
import type { PortalKey } from '../words.tsx';
import { codeFault, codeMinutes } from './reset.tsx';
import { minutesOf } from './sign-in.tsx';

const choosing = z.object({ channel: z.preprocess((value) => value ?? 'e-mail', z.enum(['e-mail', 'sms'])) });
const signing = z.object({ signature: typed(), code: typed(80), drawn: typed(20_000), language: z.enum(offered).optional().catch(undefined) });

type Here = Pick<Asked, 'visit' | 'params' | 'reply'> & { readonly who: Subscriber };

export const wrongHand: Record<Exclude<CannotSign['kind'], 'not-found' | 'not-proven'>, PortalKey> = {
  'name-missing': 'sign.name-missing', 'name-too-long': 'sign.name-too-long', 'name-differs': 'sign.name-differs', 'drawing-not-readable': 'sign.drawing-not-readable',
};

/** Read, then signed by name and one-time code. A code given for this application a moment ago still counts. */
export const agreementRoutes = (routes: Routes, { desk, tellCode }: PortalDeps): void => {
  const lineOf = ({ params }: Pick<Here, 'params'>): string => params['lineId'] ?? '';
  const sessionOf = ({ visit }: Pick<Here, 'visit'>): string => visit.session?.sessionId ?? '';
  const toReading = (here: Here) => seeOther(here.reply, here.visit.to.stage(lineOf(here), 'agreements'));

  /** Everything that stands on the pages; nothing, where this draft has nothing to sign. */
  const look = async (here: Here) => {
    const [draft, seen, proof] = await Promise.all([seeDraft(desk, here.who, lineOf(here)), seeAgreements(desk, here.who, lineOf(here)), seeProof(desk, here.who, lineOf(here), sessionOf(here))]);
    return draft && seen && proof && seen.length > 0 ? { draft, agreements: seen, proof } : undefined;
  };
  const reading = (here: Here, view: NonNullable<Awaited<ReturnType<typeof look>>>, faults: readonly Fault[], status = 200) =>
    show(here.reply, <AgreementsPage place={here.visit.place()} {...view} next={placeOf(view.draft.pack, 'agreements').next ?? 'check'} faults={faults} />, status);
  const toSign = (here: Here, { agreements, proof }: NonNullable<Awaited<ReturnType<typeof look>>>, faults: readonly Fault[], signature?: string) => {
    allowScript(here.reply, padSource);
    return show(here.reply, (
      <SignPage place={here.visit.place()} lineId={lineOf(here)} agreements={agreements} proven={proof.shown.has('contact-code')} faults={faults} minutes={codeMinutes} {...(signature === undefined ? {} : { signature })} />
    ), faults.length > 0 ? 422 : 200);
  };

  routes.ownGet('/lines/:lineId/cancel/agreements', async (here) => {
    const view = await look(here);
    return view ? reading(here, view, faultsFrom(here.query, here.visit.words, '')) : seeOther(here.reply, here.visit.to.preparation(lineOf(here)));
  });

  routes.ownPost('/lines/:lineId/cancel/agreements', async (here) => {
    const { visit, who, form } = here;
    const view = await look(here);
    if (!view) return seeOther(here.reply, visit.to.preparation(lineOf(here)));
    if (!view.proof.shown.has('contact-code')) {
      const { channel } = choosing.parse(form.fields);
      const asked = await requestStepUp(desk.db, desk.vault, desk.clock, { brand: who.brand, subscriberId: who.subscriberId, caseId: view.draft.caseId, channel, from: visit.from }, tellCode);
      if (!asked.ok) return reading(here, view, [{ id: 'agreements', says: visit.words.say('code.wait', { minutes: minutesOf(asked.why.seconds) }) }], 429);
      visit.jar.set('prove', asked.value.codeId);
    }
    return seeOther(here.reply, visit.to.sign(lineOf(here)));
  });

  routes.ownGet('/lines/:lineId/cancel/agreements/sign', async (here) => {
    const view = await look(here);
    if (!view || (!view.proof.shown.has('contact-code') && here.visit.jar.get('prove') === undefined)) return toReading(here);
    return toSign(here, view, []);
  });

  routes.ownPost('/lines/:lineId/cancel/agreements/sign', async (here) => {
    const { visit, who, form, reply } = here;
    const { say } = visit.words;
    const view = await look(here);
    if (!view) return toReading(here);
    const { signature, code, drawn, language } = signing.parse(form.fields);
    const hand = { name: signature, drawn };
    const proven = view.proof.shown.has('contact-code');
    const checked = await checkHand(desk, who, lineOf(here), hand);
    if (!checked.ok && !(checked.why.kind in wrongHand)) return toReading(here);
    const faults: Fault[] = [
      ...(checked.ok ? [] : [{ id: 'signature', says: say(wrongHand[checked.why.kind as keyof typeof wrongHand]) }]),
      ...(proven || code.trim() !== '' ? [] : [{ id: 'code', says: say('code.missing') }]),
    ];
    if (faults.length > 0) return toSign(here, view, faults, signature); // nothing was tried with the code
    let sessionId = sessionOf(here);
    if (!proven) {
      const codeId = visit.jar.get('prove');
      if (codeId === undefined) return toReading(here);
      const shown = await proveForCase(desk.db, desk.vault, desk.clock, { ...who, sessionId, caseId: view.draft.caseId, codeId, code, from: visit.from });
      if (!shown.ok) return shown.why.kind === 'no-session' ? seeOther(reply, visit.to.signIn) : toSign(here, view, [codeFault(shown.why, visit.words)], signature);
      visit.jar.clear('prove');
      visit.jar.set('session', shown.value.token);
      sessionId = shown.value.sessionId;
    }
    const signed = await signAgreements(desk, who, lineOf(here), sessionId, hand, language ?? visit.words.language);
    return signed.ok ? seeOther(reply, afterStage(visit, view.draft, 'agreements')) : toReading(here); // sent meanwhile, or the ten minutes are over
  });

  const paper = async ({ visit, reply, params }: Here, pdf: Buffer | undefined) => {
    if (pdf === undefined) return notFound({ visit, reply });
    return reply.type('application/pdf').header('content-disposition', `attachment; filename="${(params['agreementId'] ?? '').replace(/[^\w-]/g, '')}.pdf"`).header('cache-control', 'no-store').send(pdf);
  };
  routes.ownGet('/lines/:lineId/cancel/agreements/:agreementId/to-read.pdf', async (here) =>
    paper(here, await readAgreement(desk, here.who, lineOf(here), here.params['agreementId'] ?? '', here.visit.words.language)));
  routes.ownGet('/lines/:lineId/cancel/agreements/:agreementId/signed.pdf', async (here) =>
    paper(here, await seeSignedInDraft(desk, here.who, lineOf(here), here.params['agreementId'] ?? '')));
};
