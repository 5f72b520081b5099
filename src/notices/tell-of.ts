/** What is told beside the moves of a case: of a draft, of money that goes back, of papers to sign. */
import type { Tx } from '../store/db.ts';
import { queueNotices, type NewNotice } from './queue.ts';
import { reachForCases, reachForCode } from './reach.ts';
import type { Contact } from './contacts.ts';
import type { TellTools } from './tell.ts';
import type { ValuesOf } from './templates.ts';
import type { Language } from '../policy/pack.ts';

type Tools = Omit<TellTools, 'packs'>;
type OfDraft = { readonly brand: string; readonly subscriberId: string; readonly caseId: string };
export type DraftTelling = OfDraft & ({ readonly template: 'draft-lapses'; readonly until: Date } | { readonly template: 'draft-lapsed' });

/** Of drafts that nobody sends. Who left no contact is not told: no line is lost by it, and nobody is called for it. */
export const tellDrafts = (tools: Tools) => async (tx: Tx, tellings: readonly DraftTelling[]): Promise<void> => {
  if (tellings.length === 0) return;
  const keyring = await tools.vault.keyring(tx, tellings.map(({ subscriberId }) => subscriberId));
  const reach = await reachForCases(tx, keyring, tellings.map(({ caseId }) => caseId));
  await queueNotices(tx, { keyring, now: tools.clock.now(), enqueue: tools.enqueue }, tellings.flatMap((telling): NewNotice[] => {
    const to = reach.get(telling.caseId);
    if (to === undefined || !to.contacts.ok) return [];
    const { ending, language, contacts } = to;
    const told = telling.template === 'draft-lapses' ? { template: telling.template, values: { ending, until: telling.until.toISOString() } } : { template: telling.template, values: { ending } };
    return [{ ...told, brand: telling.brand, subscriberId: telling.subscriberId, cancellationId: telling.caseId, language, contacts: contacts.value }];
  }));
};

export type RefundTelling = OfDraft & { readonly template: 'refund-arrived' | 'refund-failed'; readonly application: string; readonly amount: { readonly minor: number; readonly currency: string }; /** The line is cancelled since then. */ readonly since?: Date };

/** What became of a refund. */
export const tellRefund = (tools: Tools) => async (tx: Tx, { template, brand, subscriberId, caseId, application, amount, since }: RefundTelling): Promise<void> => {
  const keyring = await tools.vault.keyring(tx, [subscriberId]);
  const to = (await reachForCases(tx, keyring, [caseId])).get(caseId);
  if (to === undefined || !to.contacts.ok) return tools.onUnreachable(caseId, template);
  await queueNotices(tx, { keyring, now: tools.clock.now(), enqueue: tools.enqueue }, [{
    template, values: { application, ending: to.ending, amount, since: since?.toISOString() ?? null }, brand, subscriberId, cancellationId: caseId, language: to.language, contacts: to.contacts.value,
  }]);
};

export type DataTelling = { readonly brand: string; readonly subscriberId: string; readonly kind: 'copy' | 'erase'; readonly stands: 'received' | 'extended' | 'answered'; readonly dueAt?: Date; readonly because?: 'complex' | 'many' };

/** How a request for one's data stands. Who left no contact sees it in the account, and nobody is called for it. */
export const tellDataRequest = (tools: Tools) => async (tx: Tx, { brand, subscriberId, kind, stands, dueAt, because }: DataTelling): Promise<void> => {
  const keyring = await tools.vault.keyring(tx, [subscriberId]);
  const reach = await reachForCode(tx, keyring, subscriberId, 'mail');
  if (reach?.contact === undefined) return;
  await queueNotices(tx, { keyring, now: tools.clock.now(), enqueue: tools.enqueue }, [{
    template: 'data-request', values: { kind, stands, due: dueAt?.toISOString() ?? null, ...(because === undefined ? {} : { because }) }, brand, subscriberId, cancellationId: null, language: reach.language, contacts: [reach.contact],
  }]);
};

export type NamesTelling = { readonly brand: string; readonly subscriberId: string; readonly language: Language; readonly to: Contact; readonly names: ValuesOf<'sign-in-names'>['names'] };

/** What they sign in with, to the one contact of record that was chosen for it. */
export const tellNames = (tools: Tools) => async (tx: Tx, { brand, subscriberId, language, to, names }: NamesTelling): Promise<void> =>
  void await queueNotices(tx, { keyring: await tools.vault.keyring(tx, [subscriberId]), now: tools.clock.now(), enqueue: tools.enqueue }, [{
    template: 'sign-in-names', values: { names }, brand, subscriberId, cancellationId: null, language, contacts: [to],
  }]);

export type SigningTelling = OfDraft & { readonly to: Contact; readonly token: string; readonly until: Date };

/** The link to papers that wait to be signed: to the one contact of record that was chosen for it, and no other. */
export const tellToSign = (tools: Tools) => async (tx: Tx, { brand, subscriberId, caseId, to, token, until }: SigningTelling): Promise<void> => {
  const keyring = await tools.vault.keyring(tx, [subscriberId]);
  const reach = (await reachForCases(tx, keyring, [caseId])).get(caseId);
  if (reach === undefined) throw new Error('papers to sign of a draft that is not there');
  await queueNotices(tx, { keyring, now: tools.clock.now(), enqueue: tools.enqueue }, [{
    template: 'to-sign', values: { ending: reach.ending, token, until: until.toISOString() }, brand, subscriberId, cancellationId: caseId, language: reach.language, contacts: [to],
  }]);
};
