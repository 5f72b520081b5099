import { z } from 'zod';
import { lineOfCase, seeAttachment, seeThread, writeMessage } from '../../desk/conversation.ts';
import { openDraft } from '../../desk/draft.ts';
import type { Subscriber } from '../../desk/views.ts';
import { seeOther, show } from '../answer.ts';
import type { AcceptedDocument, PortalDeps } from '../deps.ts';
import { uploadFault, uploadWords } from '../field-faults.ts';
import { MessagesPage } from '../pages/messages.tsx';
import { notFound, type Asked, type Routes, type Sent } from '../routes.ts';
import { typed } from '../typed.ts';

const writing = z.object({ text: typed(8000) });

export const messageRoutes = (routes: Routes, { desk, accept }: PortalDeps): void => {
  type Own = { readonly who: Subscriber };
  /** Of their line, or of the line of their case. */
  const lineAt = async ({ who, params }: Asked & Own): Promise<string> =>
    params['lineId'] ?? (await lineOfCase(desk, who, params['number'] ?? '')) ?? '';

  const page = async (asked: Asked & Own, status = 200, again: { text?: string; fault?: { id: string; says: string } } = {}) => {
    const { visit, who, params, reply } = asked;
    const thread = await seeThread(desk, who, await lineAt(asked));
    if (thread === undefined) return notFound(asked);
    return show(reply, <MessagesPage place={visit.place()} thread={thread} number={params['number']} typed={again.text} faults={again.fault ? [again.fault] : []} />, status);
  };

  const write = async (asked: Sent & Own) => {
    const { visit, who, params, form, reply } = asked;
    const { say } = visit.words;
    const most = visit.place().uploadMost;
    const { text } = writing.parse(form.fields);
    const documents: AcceptedDocument[] = [];
    const file = form.files['attachment'];
    if (file) {
      if (file.tooLarge) return page(asked, 422, { text, fault: { id: 'attachment', says: say('upload.too-large', { most }) } });
      const accepted = await accept(file.contents);
      if (!accepted.ok) return page(asked, 422, { text, fault: { id: 'attachment', says: say(uploadWords[uploadFault(accepted.why)], { most }) } });
      documents.push(accepted.value);
    }
    const lineId = await lineAt(asked);
    const written = await writeMessage(desk, who, lineId, { text, documents });
    if (written.ok) return seeOther(reply, params['number'] === undefined ? visit.to.messages(lineId) : visit.to.caseMessages(params['number']));
    switch (written.why.kind) {
      case 'not-found': return notFound(asked);
      case 'nothing-given': return page(asked, 422, { text, fault: { id: 'text', says: say('messages.missing') } });
      case 'too-long': return page(asked, 422, { text, fault: { id: 'text', says: say('supplement.too-long') } });
    }
  };

  for (const path of ['/lines/:lineId/messages', '/cases/:number/messages']) {
    routes.ownGet(path, (asked) => page(asked));
    routes.ownPost(path, write);
  }

  routes.ownGet('/lines/:lineId/messages/attachments/:id', async ({ visit, who, params, reply }) => {
    const found = await seeAttachment(desk, who, params['lineId'] ?? '', params['id'] ?? '');
    if (found === undefined) return notFound({ visit, reply });
    return reply.headers({ 'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'", 'content-disposition': 'inline', 'cache-control': 'no-store' }).type(found.contentType).send(found.contents);
  });

  // The same draft as any other, marked as begun in chat; what stands in its way is said by the preparation.
  routes.ownPost('/lines/:lineId/messages/apply', async (asked) => {
    const { visit, who, reply } = asked;
    const lineId = await lineAt(asked);
    if ((await seeThread(desk, who, lineId)) === undefined) return notFound(asked);
    await openDraft(desk, who, lineId, 'chat');
    return seeOther(reply, visit.to.preparation(lineId));
  });
};
