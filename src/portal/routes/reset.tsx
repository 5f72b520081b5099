import { z } from 'zod';
import type { Fault } from '../../design/index.ts';
import type { CannotUseCode } from '../../identity/one-time-codes.ts';
import { passwordLeast, passwordMost, type PasswordRefusal } from '../../identity/password-rules.ts';
import { completeReset, requestReset } from '../../identity/reset.ts';
import { seeOther, show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { ResetCodePage, ResetPage } from '../pages/reset.tsx';
import type { Routes } from '../routes.ts';
import { typed } from '../typed.ts';
import type { Words } from '../words.tsx';
import { kindOf, minutesOf, nameLabel } from './sign-in.tsx';

const asking = z.object({ name: typed(), channel: z.preprocess((value) => value ?? 'e-mail', z.enum(['e-mail', 'sms'])) });
const answering = z.object({ code: typed(80), password: typed(2000) });

/** How long a code is good, for saying so. */
export const codeMinutes = 10;

export const codeFault = (why: CannotUseCode, { say }: Words): Fault => {
  switch (why.kind) {
    case 'not-a-code': return { id: 'code', says: say('code.not-a-code', { digits: why.digits }) };
    case 'wrong-code': return { id: 'code', says: say('code.wrong', { left: why.triesLeft }) };
    case 'code-over': return { id: 'code', says: say('code.over') };
    case 'wait': return { id: 'code', says: say('code.wait', { minutes: minutesOf(why.seconds) }) };
  }
};

const passwordFault = (why: PasswordRefusal, { say }: Words): Fault => {
  const id = 'password';
  switch (why.kind) {
    case 'too-short': return { id, says: say('password.too-short', { least: why.least }) };
    case 'too-long': return { id, says: say('password.too-long', { most: why.most }) };
    case 'personal': return { id, says: say(`password.personal.${why.what}`) };
    case 'common': return { id, says: say('password.common', { found: why.found }) };
    case 'repetitive': return { id, says: say('password.repetitive') };
  }
};
const passwordKinds = ['too-short', 'too-long', 'personal', 'common', 'repetitive'] as const;
const isPasswordRefusal = (why: PasswordRefusal | CannotUseCode): why is PasswordRefusal => (passwordKinds as readonly string[]).includes(why.kind);

export const resetRoutes = (routes: Routes, { desk: { db, vault, clock }, tellCode, tellChanged }: PortalDeps): void => {
  routes.get('/reset', ({ visit, reply }) => show(reply, <ResetPage place={visit.place()} faults={[]} />));

  routes.post('/reset', async ({ visit, form: { fields }, reply }) => {
    const { pack, words: { say } } = visit;
    const { name, channel } = asking.parse(fields);
    const again = (says: string, status = 422) => show(reply, <ResetPage place={visit.place()} name={name} channel={channel} faults={[{ id: 'name', says }]} />, status);
    if (name.trim() === '') return again(say('sign-in.name-missing', { by: nameLabel(pack, say) }));
    const kind = kindOf(pack, name);
    const asked = await requestReset(db, vault, clock, { brand: pack.brand, kind, name, channel, from: visit.from }, tellCode);
    if (!asked.ok) return asked.why.kind === 'wait'
      ? again(say('code.wait', { minutes: minutesOf(asked.why.seconds) }), 429)
      : again(say(`name.not-valid.${asked.why.as}`));
    visit.jar.set('reset', asked.value.codeId);
    return seeOther(reply, visit.to.resetCode);
  });

  const codePage = (faults: readonly Fault[], { place }: { place(): Parameters<typeof ResetCodePage>[0]['place'] }) =>
    <ResetCodePage place={place()} faults={faults} minutes={codeMinutes} leastLength={passwordLeast} />;

  routes.get('/reset/code', ({ visit, reply }) =>
    (visit.jar.get('reset') === undefined ? seeOther(reply, visit.to.reset) : show(reply, codePage([], visit))));

  routes.post('/reset/code', async ({ visit, form: { fields }, reply }) => {
    const { pack, words, jar } = visit;
    const { code, password } = answering.parse(fields);
    const codeId = jar.get('reset');
    if (codeId === undefined) return seeOther(reply, visit.to.reset);
    const missing: Fault[] = [
      ...(code.trim() === '' ? [{ id: 'code', says: words.say('code.missing') }] : []),
      ...(password === '' ? [{ id: 'password', says: words.say('password.missing') }] : []),
    ];
    if (missing.length > 0) return show(reply, codePage(missing, visit), 422);
    const avoided = [pack.brand, ...Object.values(pack.name)].map((text) => ({ what: 'brand' as const, text }));
    const done = await completeReset(db, vault, clock, { brand: pack.brand, codeId, code, password: password.slice(0, passwordMost + 1), avoided, from: visit.from }, tellChanged(pack.brand, 'password-changed'));
    if (!done.ok) return show(reply, codePage([isPasswordRefusal(done.why) ? passwordFault(done.why, words) : codeFault(done.why, words)], visit), 422);
    jar.clear('reset');
    jar.clear('session');
    jar.set('device', done.value.device);
    visit.tellNext('reset-code.done');
    return seeOther(reply, visit.to.signIn);
  });
};
