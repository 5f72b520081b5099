import { seeAccount } from '../../desk/account.ts';
import { supportOf } from '../../desk/conversation.ts';
import { askForData, dataRequestKinds, seeDataRequests } from '../../desk/data-requests.ts';
import { seeLines } from '../../desk/see-lines.ts';
import { offered, translator } from '../../language/index.ts';
import { seeksEntry } from '../../policy/find-entry.ts';
import { seeOther, show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { AccountPage } from '../pages/account.tsx';
import { FoundPage } from '../pages/find.tsx';
import { HelpPage } from '../pages/help.tsx';
import { notFound, type Routes } from '../routes.ts';
import type { PortalKey } from '../words.tsx';

/** The usual words of all languages at once: people ask in theirs, whatever the page speaks. */
const usual: readonly string[] = offered.flatMap((language) => translator<PortalKey>('portal', language)('find.usual').split('、'));

/** The account with all that is tied to it, and the search that leads to the way to cancel. */
export const findRoutes = (routes: Routes, { desk }: PortalDeps): void => {
  routes.ownGet('/account', async ({ visit, who, reply }) => {
    const view = await seeAccount(desk, who);
    return view ? show(reply, <AccountPage place={visit.place()} view={view} told={visit.told()} requests={await seeDataRequests(desk, who)} />) : notFound({ visit, reply });
  });

  routes.ownPost('/account/data-requests', async ({ visit, who, form, reply }) => {
    const kind = dataRequestKinds.find((one) => one === form.fields['kind']);
    if (kind === undefined) return seeOther(reply, visit.to.account);
    await askForData(desk, who, kind);
    visit.tellNext('data.asked');
    return seeOther(reply, visit.to.account);
  });

  routes.get('/find', async ({ visit, query, reply }) => {
    const { q } = query as { q?: unknown };
    const asked = (typeof q === 'string' ? q : '').slice(0, 80);
    const names = visit.pack.entryNames.flatMap((name) => offered.map((language) => name[language]));
    if (!seeksEntry(asked, usual, names)) return show(reply, <HelpPage place={visit.place()} support={supportOf(desk, visit.pack)} asked={asked.trim()} />);
    // What was asked for is found again after signing in; the address needs only one of its words.
    if (visit.session === undefined) return seeOther(reply, `${visit.to.signIn}?next=${encodeURIComponent(`/find?q=${encodeURIComponent(visit.words.text(visit.pack.entryNames[0] ?? { 'zh-CN': '', 'zh-TW': '', en: '' }).slice(0, 30))}`)}`);
    const { lines } = await seeLines(desk, { brand: visit.pack.brand, subscriberId: visit.session.subscriberId });
    const living = lines.filter((line) => line.status !== 'cancelled');
    const [only, ...others] = living;
    return only !== undefined && others.length === 0 ? seeOther(reply, visit.to.preparation(only.lineId)) : show(reply, <FoundPage place={visit.place()} lines={living} />);
  });
};
