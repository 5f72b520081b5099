import { z } from 'zod';
import { seeOther, show, type Fault } from '../../design/index.ts';
import { endSession } from '../../identity/sessions.ts';
import { staffSignIn } from '../../identity/sign-in.ts';
import type { ConsoleDeps } from '../deps.ts';
import { SignInPage } from '../pages/sign-in.tsx';
import type { Routes } from '../routes.ts';

const text = (most: number) => z.preprocess((value) => value ?? '', z.string().max(most));
const form = z.object({ email: text(400), password: text(2000), next: text(400) });

/** Only a place below the console's own address. */
const nextOf = (given: unknown): string | undefined => (typeof given === 'string' && /^[/?][\w\-./?=&,%]*$/.test(given) && !given.startsWith('//') && given.length < 400 ? given : undefined);
const reasons = { over: 'sign-in.over', again: 'sign-in.again', out: 'sign-in.signed-out' } as const;

export const signInRoutes = (routes: Routes, { desk: { db, vault, clock } }: ConsoleDeps): void => {
  routes.openGet('/sign-in', ({ visit, query, reply }) => {
    if (visit.staff) return seeOther(reply, visit.to.home);
    const { why, next } = query;
    const told = typeof why === 'string' && Object.hasOwn(reasons, why) ? { told: visit.words.say(reasons[why as keyof typeof reasons]) } : {};
    const wanted = nextOf(next);
    return show(reply, <SignInPage place={visit.place()} faults={[]} {...told} {...(wanted ? { next: wanted } : {})} />);
  });

  routes.openPost('/sign-in', async ({ visit, fields, reply }) => {
    const { pack, jar, base, words: { say } } = visit;
    const { email, password, next } = form.parse(fields);
    const wanted = nextOf(next);
    const again = (faults: readonly Fault[], status = 422) => show(reply, <SignInPage place={visit.place()} email={email} faults={faults} {...(wanted ? { next: wanted } : {})} />, status);
    const missing: Fault[] = [
      ...(email.trim() === '' ? [{ id: 'email', says: say('sign-in.email-missing') }] : []),
      ...(password === '' ? [{ id: 'password', says: say('sign-in.password-missing') }] : []),
    ];
    if (missing.length > 0) return again(missing);
    const signedIn = await staffSignIn(db, vault, clock, { brand: pack.brand, email, password, from: visit.from, device: jar.get('device'), replacing: jar.get('session') });
    if (!signedIn.ok) {
      switch (signedIn.why.kind) {
        case 'wait': {
          const { seconds } = signedIn.why;
          return again([{ id: 'email', says: say('sign-in.wait', { minutes: seconds < 60 ? 0 : Math.ceil(seconds / 60), seconds }) }], 429);
        }
        case 'name-not-valid':
          return again([{ id: 'email', says: say('sign-in.email-not-valid') }]);
        case 'wrong-name-or-password':
          return again([{ id: 'email', says: say('sign-in.wrong') }]);
      }
    }
    jar.set('session', signedIn.value.token);
    jar.set('device', signedIn.value.device);
    jar.clear('before');
    return seeOther(reply, `${base}${wanted ?? ''}`);
  });

  routes.openPost('/sign-out', async ({ visit, reply }) => {
    const token = visit.jar.get('session');
    if (token !== undefined) await db.inBrand(visit.pack.brand, (tx) => endSession(tx, token));
    visit.jar.clear('session');
    return seeOther(reply, `${visit.to.signIn}?why=out`);
  });
};
