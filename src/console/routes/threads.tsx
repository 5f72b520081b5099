import { z } from 'zod';
import { seeOther, show } from '../../design/index.ts';
import { answerThread, seeAttachmentAtDesk, seeThreadAtDesk, seeWaitingThreads } from '../../desk/conversation.ts';
import type { ConsoleDeps } from '../deps.ts';
import { ThreadPage, ThreadsPage } from '../pages/threads.tsx';
import { mayAssist } from '../rights.ts';
import { notFound, type Routes } from '../routes.ts';

const answering = z.object({ text: z.preprocess((value) => value ?? '', z.string().max(20_000)) });

export const threadRoutes = (routes: Routes, { desk }: ConsoleDeps): void => {
  routes.getFor('/threads', mayAssist, async ({ visit, who, query, reply }) =>
    show(reply, <ThreadsPage place={visit.place()} threads={await seeWaitingThreads(desk, who)} answered={query['done'] === 'answered'} />));

  routes.getFor('/threads/:lineId', mayAssist, async ({ visit, who, params, reply }) => {
    const thread = await seeThreadAtDesk(desk, who, params['lineId'] ?? '');
    return thread ? show(reply, <ThreadPage place={visit.place()} thread={thread} faults={[]} />) : notFound({ visit, reply });
  });

  routes.getFor('/threads/:lineId/attachments/:id', mayAssist, async ({ visit, request, who, params, reply }) => {
    const found = await seeAttachmentAtDesk(desk, who, params['lineId'] ?? '', params['id'] ?? '');
    if (found === undefined) return notFound({ visit, reply });
    request.log.info({ staffId: who.staffId, documentId: found.id }, 'a document was opened');
    return reply.headers({ 'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'", 'content-disposition': 'inline', 'cache-control': 'no-store' }).type(found.contentType).send(found.contents);
  });

  routes.post('/threads/:lineId', mayAssist, async ({ visit, who, params, fields, reply }) => {
    const lineId = params['lineId'] ?? '';
    const { text } = answering.parse(fields);
    const answered = await answerThread(desk, who, lineId, text);
    if (answered.ok) return seeOther(reply, `${visit.to.threads}?done=answered`);
    const { kind } = answered.why;
    const thread = kind === 'not-found' ? undefined : await seeThreadAtDesk(desk, who, lineId);
    if (kind === 'not-found' || thread === undefined) return notFound({ visit, reply });
    return show(reply, <ThreadPage place={visit.place()} thread={thread} typed={text} faults={kind === 'own-account' ? [] : [{ id: 'text', says: visit.words.say(`threads.fault.${kind}`) }]} />, kind === 'own-account' ? 403 : 422, false);
  });
};
