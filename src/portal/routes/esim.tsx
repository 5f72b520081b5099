import { sayDeleted } from '../../desk/say-deleted.ts';
import { seeOther, show } from '../answer.ts';
import { asReader, readersOnly, signInFirst } from '../case-readers.ts';
import type { PortalDeps } from '../deps.ts';
import { DeleteEsimPage } from '../pages/delete-esim.tsx';
import { notFound, type Routes } from '../routes.ts';

/** What is left of an eSIM in a device: how to delete it, and that it was. */
export const esimRoutes = (routes: Routes, { desk }: PortalDeps): void => {
  routes.get('/esim/delete', ({ visit, reply }) => show(reply, <DeleteEsimPage place={visit.place()} />));

  routes.post('/cases/:number/profile-deleted', async (asked) => {
    const { visit, params, reply } = asked;
    const number = params['number'] ?? '';
    const found = await asReader(desk, visit, async (who) => {
      const said = await sayDeleted(desk, who, number);
      return !said.ok && said.why.kind === 'no-such-case' ? undefined : said;
    });
    if (found === 'nobody') return signInFirst(asked);
    if (!found) return notFound({ visit, reply });
    visit.tellNext(found.view.ok ? 'esim.said-thanks' : 'esim.nothing-to-say');
    return seeOther(reply, visit.to.status(number));
  }, readersOnly(desk));
};
