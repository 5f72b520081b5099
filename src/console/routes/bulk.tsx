import { Readable } from 'node:stream';
import { seeOther, show } from '../../design/index.ts';
import { fileInWords } from '../../desk/bulk/in-words.ts';
import { casesOf, linesOf, pause, release, resume, seeOrder, seeOrders, stop, type RowFilter } from '../../desk/bulk/order.ts';
import { resultOf } from '../../desk/bulk/result.ts';
import { takeFile, type BulkWho } from '../../desk/bulk/take-file.ts';
import type { ConsoleDeps } from '../deps.ts';
import { BulkOrderPage, BulkPage } from '../pages/bulk.tsx';
import { mayDecide, maySeeWhole } from '../rights.ts';
import { notFound, type Asked, type Own, type Routes } from '../routes.ts';

const whoIs = ({ who }: Own): BulkWho => ({ brand: who.brand, person: `staff:${who.staffId}` });
/** Lines shown on a page. */
const most = 100;

export const bulkRoutes = (routes: Routes, { desk }: ConsoleDeps): void => {
  const list = async (asked: Asked & Own, faults: Parameters<typeof BulkPage>[0]['faults'] = [], status = 200) =>
    show(asked.reply, <BulkPage place={asked.visit.place()} staff={asked.staff} orders={await seeOrders(desk, whoIs(asked))} most="1 GB" faults={faults} />, status, false);

  routes.getFor('/bulk', maySeeWhole, (asked) => list(asked));

  routes.stream('/bulk', mayDecide, async (asked) => {
    if (asked.file === undefined) return list(asked, [{ id: 'file', says: asked.visit.words.say('bulk.no-file') }], 422);
    const taken = await takeFile(desk, whoIs(asked), 'bulk', asked.file);
    if (taken.ok) return seeOther(asked.reply, asked.visit.to.bulkOrder(taken.value.orderId));
    return list(asked, [{ id: 'file', says: fileInWords(asked.visit.words.language, taken.why) }], 422);
  });

  const page = async (asked: Asked & Own, cannot?: Parameters<typeof BulkOrderPage>[0]['cannot'], status = 200) => {
    const who = whoIs(asked);
    const order = await seeOrder(desk, who, asked.params['orderId'] ?? '');
    if (order === undefined) return notFound(asked);
    const { show: wanted, after } = asked.query;
    const which: RowFilter | undefined = wanted === 'eligible' ? wanted : order.refused.find(({ why }) => why === wanted)?.why;
    const from = typeof after === 'string' && /^\d{1,9}$/.test(after) ? Number(after) : 0;
    const lines = await linesOf(desk, who, order.orderId, from, most + 1, which);
    const shown = lines.slice(0, most);
    return show(asked.reply, <BulkOrderPage place={asked.visit.place()} staff={asked.staff} order={order} cases={await casesOf(desk, who, order.orderId)} which={which} lines={shown}
      next={lines.length > most ? shown.at(-1)?.line : undefined} cannot={cannot} />, status, false);
  };

  routes.getFor('/bulk/:orderId', maySeeWhole, (asked) => page(asked));

  routes.getFor('/bulk/:orderId/result.csv', maySeeWhole, async (asked) => {
    const order = await seeOrder(desk, whoIs(asked), asked.params['orderId'] ?? '');
    if (order === undefined) return notFound(asked);
    const { language } = asked.visit.words;
    return asked.reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="bulk-${order.uploaded.at.toISOString().slice(0, 10)}.csv"`)
      .send(Readable.from(resultOf(desk, whoIs(asked), order.orderId, language)));
  });

  for (const [name, act] of Object.entries({ release, pause, resume, stop }))
    routes.post(`/bulk/:orderId/${name}`, mayDecide, async (asked) => {
      const orderId = asked.params['orderId'] ?? '';
      const done = await act(desk, whoIs(asked), orderId);
      if (done.ok) return seeOther(asked.reply, asked.visit.to.bulkOrder(orderId));
      return done.why.kind === 'not-found' ? notFound(asked) : page(asked, done.why.kind, done.why.kind === 'same-person' ? 403 : 409);
    });
};
