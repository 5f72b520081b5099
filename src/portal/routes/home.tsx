import { seeThread } from '../../desk/conversation.ts';
import { seeLine, seeLines } from '../../desk/see-lines.ts';
import { show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { HomePage } from '../pages/home.tsx';
import { LinePage } from '../pages/line.tsx';
import { notFound, type Routes } from '../routes.ts';

export const homeRoutes = (routes: Routes, { desk }: PortalDeps): void => {
  routes.ownGet('/', async ({ visit, who, reply }) => show(reply, <HomePage place={visit.place()} view={await seeLines(desk, who)} told={visit.told()} />));

  routes.ownGet('/lines/:lineId', async ({ visit, who, params, reply }) => {
    const line = await seeLine(desk, who, params['lineId'] ?? '');
    if (line === undefined) return notFound({ visit, reply });
    const chat = (await seeThread(desk, who, line.lineId)) !== undefined;
    return show(reply, <LinePage place={visit.place()} line={line} chat={chat} told={visit.told()} />);
  });
};
