import { z } from 'zod';
import { largestFile, verifyFile } from '../../certificate/verify-file.ts';
import { factsOf, tell } from '../../certificate/words.ts';
import { certificateByNumber } from '../../desk/certificate.ts';
import { supportOf } from '../../desk/conversation.ts';
import { judgeAddress } from '../../policy/look-alike.ts';
import type { Language } from '../../policy/pack.ts';
import { show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { HelpPage, QuestionsPage, SafetyPage } from '../pages/help.tsx';
import { VerifyPage, type Checked } from '../pages/verify.tsx';
import type { Routes } from '../routes.ts';
import { typed } from '../typed.ts';

const asking = z.object({ address: typed(2000) });
const checking = z.object({ text: typed(200_000) });

/** Pages for everyone: help, and the check of a certificate. */
export const openRoutes = (routes: Routes, { desk, keys, readNumber, largest }: PortalDeps): void => {
  routes.get('/help', ({ visit, reply }) => show(reply, <HelpPage place={visit.place()} support={supportOf(desk, visit.pack)} />));
  routes.get('/questions', ({ visit, reply }) => show(reply, <QuestionsPage place={visit.place()} />));
  routes.get('/safety', ({ visit, reply }) => show(reply, <SafetyPage place={visit.place()} />));

  routes.post('/safety', ({ visit, form: { fields }, reply }) => {
    const { address } = asking.parse(fields);
    const judged = judgeAddress(address, visit.pack);
    const missing = judged.kind === 'nothing' ? [{ id: 'address', says: visit.words.say('safety.ask-missing') }] : [];
    return show(reply, <SafetyPage place={visit.place()} asked={address.trim()} judged={judged} faults={missing} />, missing.length > 0 ? 422 : 200);
  });

  const check = (bytes: Buffer, language: Language): Checked => {
    const verification = verifyFile(bytes, keys);
    const { verdict, says, counts } = tell(verification, language);
    return { good: verification.kind === 'valid', verdict, says, facts: counts ? factsOf(counts, language) : [] };
  };

  routes.get('/verify', async ({ visit, query, reply }) => {
    const number = (query as { n?: unknown }).n;
    if (typeof number !== 'string' || number === '') return show(reply, <VerifyPage place={visit.place()} faults={[]} />);
    const read = readNumber(number.slice(0, 80));
    const found = read.ok ? await certificateByNumber(desk, visit.pack.brand, read.value) : undefined;
    return show(reply, <VerifyPage place={visit.place()} number={number.slice(0, 40)} byNumber faults={[]} {...(found ? { checked: check(Buffer.from(found.jws), visit.words.language) } : {})} />, found ? 200 : 404);
  });

  routes.post('/verify', ({ visit, form, reply }) => {
    const { say, language } = visit.words;
    const file = form.files['certificate'];
    const { text } = checking.parse(form.fields);
    const again = (id: string, says: string) => show(reply, <VerifyPage place={visit.place()} faults={[{ id, says }]} />, 422);
    if (file?.tooLarge) return again('certificate', say('upload.too-large', { most: `${Math.round(Math.min(largest, largestFile) / 1024 / 1024)} MB` }));
    if (!file && text.trim() === '') return again('certificate', say('verify.missing'));
    return show(reply, <VerifyPage place={visit.place()} checked={check(file?.contents ?? Buffer.from(text), language)} faults={[]} />);
  });

  routes.get('/certificate-keys.json', ({ reply }) => reply.type('application/jwk-set+json').header('cache-control', 'public, max-age=3600').send(JSON.stringify(keys, null, 2)));
};
