/** Whom the MMEs serve, by their own word: the one place where a cancelled location can be confirmed. */
import { httpClient } from '../http-client.ts';
import { decodeUePage, maxBody } from './codec.ts';

/** `says`: why it can't be told. */
export type Served = { readonly kind: 'served' } | { readonly kind: 'not-served' } | { readonly kind: 'not-told'; readonly says: string };
/** `isServed` looks through every MME. */
export type Mmes = { readonly isServed: (imsi: string, signal: AbortSignal) => Promise<Served>; readonly close: () => Promise<void> };

/** A hundred subscribers a page. */
const maxPages = 2_000;

export const openMmes = (urls: readonly string[], timeoutMs: number): Mmes => {
  const clients = urls.map((url) => httpClient({ url, timeoutMs, maxReplyBytes: maxBody }));

  const onOne = async (client: (typeof clients)[number], imsi: string, signal: AbortSignal): Promise<Served> => {
    const notTold = (says: string): Served => ({ kind: 'not-told', says: `${client.where}: ${says}` });
    for (let at = 0; at < maxPages; at += 1) {
      const exchange = await client.ask({ method: 'GET', path: '/ue-info', query: `page=${at}&page_size=100`, headers: { accept: 'application/json' }, signal });
      if (exchange.kind !== 'replied') return notTold(exchange.says);
      if (exchange.reply.status !== 200 || exchange.reply.unfit !== undefined) return notTold(`HTTP ${exchange.reply.status}${exchange.reply.unfit === undefined ? '' : `, ${exchange.reply.unfit}`}`);
      const page = decodeUePage(exchange.reply.body);
      if (!page.ok) return notTold(page.why.says);
      if (page.value.served.includes(imsi)) return { kind: 'served' };
      if (!page.value.more) return { kind: 'not-served' };
    }
    return notTold(`more than ${maxPages} pages of subscribers`);
  };

  const once = async (imsi: string, signal: AbortSignal): Promise<Served> => {
    const found = await Promise.all(clients.map((client) => onOne(client, imsi, signal)));
    return found.find(({ kind }) => kind === 'served') ?? found.find(({ kind }) => kind === 'not-told') ?? { kind: 'not-served' };
  };

  return {
    isServed: async (imsi, signal) => {
      if (clients.length === 0) return { kind: 'not-told', says: 'no MME is named that could be asked' };
      const first = await once(imsi, signal);
      // Who leaves while we turn the pages moves the others up, past our eyes: absent is who was not there twice.
      return first.kind === 'not-served' ? once(imsi, signal) : first;
    },
    close: async () => void (await Promise.all(clients.map((client) => client.close()))),
  };
};
