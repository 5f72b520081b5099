import { z } from 'zod';
import { allowScript, type Fault } from '../../design/index.ts';
import { checkHandByLink, readByLink, seeSigning, signByLink, type Signing } from '../../desk/signing-link.ts';
import { giveSigningCode } from '../../identity/signing-code.ts';
import { requestStepUp } from '../../identity/step-up.ts';
import { offered } from '../../language/index.ts';
import { seeOther, show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { SignPage } from '../pages/agreements.tsx';
import { SigningPage } from '../pages/signing.tsx';
import { notFound, type Asked, type Routes } from '../routes.ts';
import { padSource } from '../signature-pad.ts';
import { typed } from '../typed.ts';
import { wrongHand } from './agreements.tsx';
import { codeFault, codeMinutes } from './reset.tsx';
import { minutesOf } from './sign-in.tsx';

const shape = /^[\w-]{43}$/;
const signing = z.object({ signature: typed(), code: typed(80), drawn: typed(20_000), language: z.enum(offered).optional().catch(undefined) });

/** For whoever holds the link that an agent had sent: it opens this one page, and the code that signs goes to the contact of record. */
export const signingRoutes = (routes: Routes, { desk, tellCode }: PortalDeps): void => {
  const { db, vault, clock } = desk;
  const tokenOf = ({ params }: Asked): string => params['token'] ?? '';
  const find = (asked: Asked): Promise<Signing | undefined> => (shape.test(tokenOf(asked)) ? seeSigning(desk, asked.visit.pack.brand, tokenOf(asked)) : Promise.resolve(undefined));
  const reading = (asked: Asked, found: Signing, faults: readonly Fault[] = [], status = 200) =>
    show(asked.reply, <SigningPage place={asked.visit.place()} signing={found} address={asked.visit.to.signing(tokenOf(asked))} faults={faults} />, status);
  const naming = (asked: Asked, found: Signing, faults: readonly Fault[], signature?: string) => {
    const read = asked.visit.to.signing(tokenOf(asked));
    allowScript(asked.reply, padSource);
    return show(asked.reply, (
      <SignPage place={asked.visit.place()} lineId="" at={{ read, sign: `${read}/name` }} agreements={found.agreements} proven={false} faults={faults} minutes={codeMinutes} {...(signature === undefined ? {} : { signature })} />
    ), faults.length > 0 ? 422 : 200);
  };

  routes.get('/sign/:token', async (asked) => {
    const found = await find(asked);
    return found ? reading(asked, found) : notFound(asked);
  });

  routes.post('/sign/:token', async (asked) => {
    const found = await find(asked);
    if (found?.stands !== 'open') return found ? reading(asked, found, [], 409) : notFound(asked);
    const { visit, reply } = asked;
    const issued = await requestStepUp(db, vault, clock, { brand: found.who.brand, subscriberId: found.who.subscriberId, caseId: found.caseId, channel: found.channel, from: visit.from }, tellCode);
    if (!issued.ok) return reading(asked, found, [{ id: 'agreements', says: visit.words.say('code.wait', { minutes: minutesOf(issued.why.seconds) }) }], 429);
    visit.jar.set('sign', issued.value.codeId);
    return seeOther(reply, `${visit.to.signing(tokenOf(asked))}/name`);
  });

  routes.get('/sign/:token/name', async (asked) => {
    const found = await find(asked);
    if (found === undefined) return notFound(asked);
    return found.stands === 'open' && asked.visit.jar.get('sign') !== undefined ? naming(asked, found, []) : seeOther(asked.reply, asked.visit.to.signing(tokenOf(asked)));
  });

  routes.post('/sign/:token/name', async (asked) => {
    const found = await find(asked);
    if (found === undefined) return notFound(asked);
    const { visit, form, reply } = asked;
    const { say, language: spoken } = visit.words;
    const codeId = visit.jar.get('sign');
    if (found.stands !== 'open' || codeId === undefined) return seeOther(reply, visit.to.signing(tokenOf(asked)));
    const { signature, code, drawn, language } = signing.parse(form.fields);
    const hand = { name: signature, drawn };
    const checked = await checkHandByLink(desk, found, hand);
    const faults: Fault[] = [
      ...(checked.ok || !(checked.why.kind in wrongHand) ? [] : [{ id: 'signature', says: say(wrongHand[checked.why.kind as keyof typeof wrongHand]) }]),
      ...(code.trim() === '' ? [{ id: 'code', says: say('code.missing') }] : []),
    ];
    if (faults.length > 0) return naming(asked, found, faults, signature); // nothing was tried with the code
    const given = await giveSigningCode(db, vault, clock, { brand: found.who.brand, caseId: found.caseId, codeId, code, from: visit.from });
    if (!given.ok) return naming(asked, found, [codeFault(given.why, visit.words)], signature);
    visit.jar.clear('sign');
    await signByLink(desk, found, tokenOf(asked), clock.now(), hand, language ?? spoken);
    return seeOther(reply, visit.to.signing(tokenOf(asked))); // which says how it stands now
  });

  routes.get('/sign/:token/:agreementId/to-read.pdf', async (asked) => {
    const found = await find(asked);
    const { visit, reply, params } = asked;
    const pdf = found && await readByLink(desk, found, params['agreementId'] ?? '', visit.words.language);
    if (pdf === undefined) return notFound(asked);
    return reply.type('application/pdf').header('content-disposition', `attachment; filename="${(params['agreementId'] ?? '').replace(/[^\w-]/g, '')}.pdf"`).header('cache-control', 'no-store').send(pdf);
  });
};
