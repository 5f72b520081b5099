import { z } from 'zod';
import type { Fault } from '../../design/index.ts';
import { openCase, requestCaseCode } from '../../identity/case-access.ts';
import { seeOther, show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { LookUpCodePage, LookUpPage } from '../pages/look-up.tsx';
import type { Routes } from '../routes.ts';
import { typed } from '../typed.ts';
import { codeFault, codeMinutes } from './reset.tsx';
import { minutesOf } from './sign-in.tsx';

const asking = z.object({ number: typed(80), channel: z.preprocess((value) => value ?? 'e-mail', z.enum(['e-mail', 'sms'])) });
const answering = z.object({ code: typed(80) });

/** The status of one case for who did not sign in: the number from the receipt, and a code to a contact of record. */
export const lookUpRoutes = (routes: Routes, { desk: { db, vault, clock }, tellCode, readNumber }: PortalDeps): void => {
  routes.get('/status', ({ visit, reply }) => show(reply, <LookUpPage place={visit.place()} faults={[]} />));

  routes.post('/status', async ({ visit, form: { fields }, reply }) => {
    const { words: { say }, pack } = visit;
    const { number, channel } = asking.parse(fields);
    const again = (says: string, status = 422) => show(reply, <LookUpPage place={visit.place()} number={number} channel={channel} faults={[{ id: 'number', says }]} />, status);
    if (number.trim() === '') return again(say('look-up.number-missing'));
    const read = readNumber(number);
    if (!read.ok) return again(say('look-up.number-wrong'));
    const asked = await requestCaseCode(db, vault, clock, { brand: pack.brand, applicationNumber: read.value, channel, from: visit.from }, tellCode);
    if (!asked.ok) return again(say('code.wait', { minutes: minutesOf(asked.why.seconds) }), 429);
    visit.jar.set('look-up', `${asked.value.codeId}.${read.value}`);
    return seeOther(reply, visit.to.lookUpCode);
  });

  routes.get('/status/code', ({ visit, reply }) =>
    (visit.jar.get('look-up') === undefined ? seeOther(reply, visit.to.lookUp) : show(reply, <LookUpCodePage place={visit.place()} faults={[]} minutes={codeMinutes} />)));

  routes.post('/status/code', async ({ visit, form: { fields }, reply }) => {
    const { words, pack, jar } = visit;
    const [codeId, number] = (jar.get('look-up') ?? '').split('.');
    if (!codeId || !number) return seeOther(reply, visit.to.lookUp);
    const { code } = answering.parse(fields);
    const again = (fault: Fault) => show(reply, <LookUpCodePage place={visit.place()} faults={[fault]} minutes={codeMinutes} />, 422);
    if (code.trim() === '') return again({ id: 'code', says: words.say('code.missing') });
    const opened = await openCase(db, vault, clock, { brand: pack.brand, codeId, code, from: visit.from, replacing: jar.get('visit') });
    if (!opened.ok) return again(codeFault(opened.why, words));
    jar.clear('look-up');
    jar.set('visit', opened.value.token);
    return seeOther(reply, visit.to.status(encodeURIComponent(number)));
  });
};
