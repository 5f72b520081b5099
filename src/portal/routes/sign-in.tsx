import { z } from 'zod';
import type { Fault } from '../../design/index.ts';
import { endSession } from '../../identity/sessions.ts';
import { signIn } from '../../identity/sign-in.ts';
import type { SignInNameKind } from '../../identity/sign-in-name.ts';
import type { Pack } from '../../policy/pack.ts';
import { seeOther, show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { SignInPage } from '../pages/sign-in.tsx';
import type { Asked, Routes } from '../routes.ts';
import { typed } from '../typed.ts';

const form = z.object({ name: typed(), password: typed(2000), next: typed(400) });

/** What somebody means by what they typed, where a brand lets them sign in with more than one thing. */
export const kindOf = ({ signIn: allowed }: Pack, name: string): SignInNameKind => {
  const looks: SignInNameKind = name.includes('@') ? 'e-mail' : /^[+(\d０-９]/.test(name.trim()) ? 'phone' : 'user-name';
  return allowed.find((kind) => kind === looks) ?? allowed[0] ?? 'phone';
};

export const nameLabel = (pack: Pack, say: (key: `sign-in.by.${SignInNameKind}`) => string): string => pack.signIn.map((kind) => say(`sign-in.by.${kind}`)).join(' / ');

/** Only a place below the brand's own address. */
const nextOf = (text: unknown): string | undefined => (typeof text === 'string' && /^\/[\w\-./?=&,%]*$/.test(text) && text.length < 400 ? text : undefined);

export const minutesOf = (seconds: number): number => Math.max(1, Math.ceil(seconds / 60));

export const signInRoutes = (routes: Routes, { desk: { db, vault, clock } }: PortalDeps): void => {
  routes.get('/sign-in', ({ visit, query, reply }) => {
    if (visit.session) return seeOther(reply, visit.to.home);
    return show(reply, <SignInPage place={visit.place()} faults={[]} told={visit.told()} next={nextOf((query as { next?: unknown }).next)} />);
  });

  routes.post('/sign-in', async ({ visit, form: { fields }, reply }) => {
    const { pack, jar, words: { say }, base } = visit;
    const { name, password, next } = form.parse(fields);
    const again = (faults: readonly Fault[], status = 422) => show(reply, <SignInPage place={visit.place()} name={name} next={nextOf(next)} faults={faults} />, status);
    const missing: Fault[] = [
      ...(name.trim() === '' ? [{ id: 'name', says: say('sign-in.name-missing', { by: nameLabel(pack, say) }) }] : []),
      ...(password === '' ? [{ id: 'password', says: say('sign-in.password-missing') }] : []),
    ];
    if (missing.length > 0) return again(missing);
    const signedIn = await signIn(db, vault, clock, { brand: pack.brand, kind: kindOf(pack, name), name, password, from: visit.from, device: jar.get('device'), replacing: jar.get('session') });
    if (!signedIn.ok) {
      if (signedIn.why.kind === 'wait') return again([{ id: 'name', says: say('sign-in.too-often', { minutes: minutesOf(signedIn.why.seconds) }) }], 429);
      return again([{ id: 'name', says: say('sign-in.wrong') }]);
    }
    jar.set('session', signedIn.value.token);
    jar.set('device', signedIn.value.device);
    jar.clear('before');
    jar.clear('visit');
    return seeOther(reply, `${base}${nextOf(next) ?? '/'}`);
  });

  routes.post('/sign-out', ({ visit, reply }) => signOut(visit, reply));

  const signOut = async (visit: Asked['visit'], reply: Asked['reply']) => {
    const token = visit.jar.get('session');
    if (token !== undefined) await db.inBrand(visit.pack.brand, (tx) => endSession(tx, token));
    visit.jar.clear('session');
    visit.tellNext('sign-in.signed-out');
    return seeOther(reply, visit.to.signIn);
  };
};
