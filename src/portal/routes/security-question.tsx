import { z } from 'zod';
import { seeSecurityQuestion } from '../../desk/security-question.ts';
import { answerLeast, checkQuestion, setQuestion, type CannotSetQuestion } from '../../identity/set-question.ts';
import { requestStepUp } from '../../identity/step-up.ts';
import type { Fault } from '../../design/index.ts';
import { seeOther, show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { SecurityQuestionPage, SetQuestionPage } from '../pages/security-question.tsx';
import { notFound, type Routes } from '../routes.ts';
import { typed } from '../typed.ts';
import type { Words } from '../words.tsx';
import { codeFault, codeMinutes } from './reset.tsx';
import { minutesOf } from './sign-in.tsx';

const asking = z.object({ channel: z.preprocess((value) => value ?? 'e-mail', z.enum(['e-mail', 'sms'])) });
const setting = z.object({ code: typed(80), question: typed(80), answer: typed(400) });

const faultOf = (why: CannotSetQuestion, words: Words): Fault => {
  const { say } = words;
  switch (why.kind) {
    case 'no-such-question': return { id: 'question', says: say('security-question.which-missing') };
    case 'answer-missing': return { id: 'answer', says: say('proof-question.missing') };
    case 'answer-short': return { id: 'answer', says: say('security-question.short', { least: why.least }) };
    case 'answer-long': return { id: 'answer', says: say('security-question.long', { most: why.most }) };
    default: return codeFault(why, words);
  }
};

/** Set or changed on the word of a code, whatever the session has shown before; never a proof by itself (UU4, EC2). */
export const securityQuestionRoutes = (routes: Routes, { desk, tellCode, tellChanged }: PortalDeps): void => {
  const { db, vault, clock } = desk;

  routes.ownGet('/account/question', async ({ visit, who, reply }) => {
    const view = await seeSecurityQuestion(desk, who);
    return view ? show(reply, <SecurityQuestionPage place={visit.place()} set={view.set} contacts={view.contacts} faults={[]} />) : notFound({ visit, reply });
  });

  routes.ownPost('/account/question', async ({ visit, who, form, reply }) => {
    const view = await seeSecurityQuestion(desk, who);
    if (view === undefined) return notFound({ visit, reply });
    const again = (says: string, status: number) => show(reply, <SecurityQuestionPage place={visit.place()} set={view.set} contacts={view.contacts} faults={[{ id: 'channel-first', says }]} />, status);
    if (view.contacts.mail === undefined && view.contacts.sms === undefined) return again(visit.words.say('security-question.no-contact'), 422);
    const { channel } = asking.parse(form.fields);
    const asked = await requestStepUp(db, vault, clock, { brand: who.brand, subscriberId: who.subscriberId, channel, from: visit.from }, tellCode);
    if (!asked.ok) return again(visit.words.say('code.wait', { minutes: minutesOf(asked.why.seconds) }), 429);
    visit.jar.set('question', asked.value.codeId);
    return seeOther(reply, visit.to.setQuestion);
  });

  routes.ownGet('/account/question/set', async ({ visit, who, reply }) => {
    if ((await seeSecurityQuestion(desk, who)) === undefined) return notFound({ visit, reply });
    if (visit.jar.get('question') === undefined) return seeOther(reply, visit.to.securityQuestion);
    return show(reply, <SetQuestionPage place={visit.place()} minutes={codeMinutes} least={answerLeast} faults={[]} />);
  });

  routes.ownPost('/account/question/set', async ({ visit, who, form, reply }) => {
    if ((await seeSecurityQuestion(desk, who)) === undefined) return notFound({ visit, reply });
    const codeId = visit.jar.get('question');
    if (codeId === undefined) return seeOther(reply, visit.to.securityQuestion);
    const { code, question, answer } = setting.parse(form.fields);
    const checked = checkQuestion({ question, answer });
    const faults: Fault[] = [
      ...(code.trim() === '' ? [{ id: 'code', says: visit.words.say('code.missing') }] : []),
      ...(checked.ok ? [] : [faultOf(checked.why, visit.words)]),
    ];
    const again = (all: readonly Fault[]) => show(reply, <SetQuestionPage place={visit.place()} minutes={codeMinutes} least={answerLeast} chosen={question} faults={all} />, 422);
    if (faults.length > 0) return again(faults); // nothing was tried with the code
    const set = await setQuestion(db, vault, clock, { brand: who.brand, subscriberId: who.subscriberId, codeId, code, question, answer, from: visit.from }, tellChanged(who.brand, 'question-changed'));
    if (!set.ok) return again([faultOf(set.why, visit.words)]);
    visit.jar.clear('question');
    visit.tellNext('security-question.done');
    return seeOther(reply, visit.to.account);
  });
};
