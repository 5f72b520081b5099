import { z } from 'zod';
import { seeOther, show } from '../../design/index.ts';
import { logSocialContact, type CannotLog } from '../../desk/social-contact.ts';
import type { ConsoleDeps } from '../deps.ts';
import { SocialPage } from '../pages/social.tsx';
import { mayAssist } from '../rights.ts';
import type { Routes } from '../routes.ts';

const text = (most: number) => z.preprocess((value) => (Array.isArray(value) ? value[0] : value) ?? '', z.string().max(most));
const contact = z.object({ about: text(80), network: text(80), handle: text(400), said: text(20_000) });
const fieldOf = { 'not-found': 'about', 'own-account': 'about', 'unknown-network': 'network', 'no-handle': 'handle', 'nothing-given': 'said', 'too-long': 'said' } as const satisfies Record<CannotLog['kind'], string>;

export const socialRoutes = (routes: Routes, { desk }: ConsoleDeps): void => {
  routes.getFor('/social', mayAssist, ({ visit, query, reply }) => show(reply, <SocialPage place={visit.place()} done={query['done'] === 'logged'} faults={[]} />));

  routes.post('/social', mayAssist, async ({ visit, who, fields, reply }) => {
    const sent = contact.parse(fields);
    const logged = await logSocialContact(desk, who, sent);
    if (logged.ok) return seeOther(reply, `${visit.to.social}?done=logged`);
    const { kind } = logged.why;
    const fault = { id: fieldOf[kind], says: visit.words.say(kind === 'own-account' ? 'call.find.own-account' : `social.fault.${kind}`) };
    return show(reply, <SocialPage place={visit.place()} sent={sent} done={false} faults={[fault]} />, kind === 'own-account' ? 403 : 422, false);
  });
};
