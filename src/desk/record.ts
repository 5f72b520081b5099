import { toHex } from '../evidence/canonical.ts';
import type { Entry } from '../evidence/chain.ts';
import { contextOfNotice, noticeContents } from '../notices/queue.ts';
import { render } from '../notices/render.ts';
import type { Telling } from '../notices/templates.ts';
import { voicesOf } from '../notices/voices.ts';
import type { Language } from '../policy/pack.ts';
import { readJournal } from '../store/journal.ts';
import { opened } from '../vault/contents.ts';
import { seeSignedAgreement } from './agreements.ts';
import { caseFor, type CaseReader } from './case-access.ts';
import { seeCertificate } from './certificate.ts';
import type { Desk } from './desk.ts';
import { seeStatus } from './status.ts';
import type { Status, Subscriber, Told } from './views.ts';

/** What proves that somebody reads a mailbox is not handed out anywhere else. */
const secrets = ['code', 'token'];

/** As it was sent, in the words of today's build. Of a one-time code or a link to confirm only that there was one. */
export type SentNotice = Told & { /** Why it did not arrive. */ readonly because: string | null; /** What the mail server or the message centre knows it by: Message-ID, message ids. */ readonly providerId: string | null; readonly subject?: string; readonly text?: string };
/** An entry of the journal as a file holds it: hashes in hex, instants in ISO form. `verifyChain` reads it back. */
export type RecordedEntry = Omit<Entry, 'at' | 'previous' | 'hash'> & { readonly at: string; readonly previous: string; readonly hash: string };
export type CaseRecord = {
  readonly status: Status;
  readonly jws?: string;
  /** The certificate as it was first issued, where a second one says more. */
  readonly firstJws?: string;
  /** What was signed, as PDF. */
  readonly agreements: readonly { readonly id: string; readonly pdf: Buffer }[];
  readonly journal: readonly RecordedEntry[];
  readonly notices: readonly SentNotice[];
  /** The settlement that was accepted, in minor units. */
  readonly money: unknown;
};

/** Everything that there is of a case, for whoever it belongs to (ST8, EC13). `siteOf`: where a brand's pages are reached. */
export const seeRecord = async (desk: Desk, who: Subscriber | CaseReader, applicationNumber: string, siteOf: (brand: string) => string): Promise<CaseRecord | undefined> => {
  const status = await seeStatus(desk, who, applicationNumber);
  if (status === undefined) return undefined;
  const certificate = await seeCertificate(desk, who, applicationNumber);
  const agreements = (await Promise.all(status.agreements.map(async ({ id }) => ({ id, pdf: await seeSignedAgreement(desk, who, applicationNumber, id) }))))
    .flatMap(({ id, pdf }) => (pdf === undefined ? [] : [{ id, pdf }]));
  return desk.db.inBrand(who.brand, async (tx) => {
    const one = await caseFor(tx, who, applicationNumber);
    if (one === undefined) return undefined;
    const keyring = await desk.vault.keyring(tx, [one.subscriberId]);
    const voice = voicesOf(desk.packs, desk.clock, siteOf)(one.brand, one.packVersion);
    const notices = await tx.query<Told & Pick<SentNotice, 'because' | 'providerId'> & { id: string; language: Language; sealed: Buffer }>(
      `select id, channel, to_masked as "to", template, language, state, created_at as at, sent_at as "sentAt", delivered_at as "deliveredAt", follows is not null as instead, because, provider_id as "providerId", sealed from notices where cancellation_id = $1 order by created_at, channel, id`, [one.id]);
    const [plan] = await tx.query<{ plan: unknown }>(`select plan from cancellations where id = $1`, [one.id]);
    return {
      status,
      ...(certificate === undefined ? {} : { jws: certificate.jws }),
      ...(certificate?.first === undefined ? {} : { firstJws: certificate.first }),
      agreements,
      journal: (await readJournal(tx, one.id)).map((entry) => ({ ...entry, at: entry.at.toISOString(), previous: toHex(entry.previous), hash: toHex(entry.hash) })),
      notices: notices.map(({ id, language, sealed, ...sent }) => {
        const { values } = opened(keyring.openJson(one.subscriberId, contextOfNotice(id), sealed, noticeContents));
        if (secrets.some((name) => name in values)) return sent;
        const { subject, text } = render({ template: sent.template, values } as Telling, sent.channel, language, voice);
        return { ...sent, ...(subject === undefined ? {} : { subject }), text };
      }),
      money: plan?.plan ?? null,
    };
  });
};
