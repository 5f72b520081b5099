/** What all seeds of a run share: the database with its accounts, keys, and a picture that passes for a passport. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { plantAccounts } from '../../src/demo/data.ts';
import { loadOrMakeDocumentKey } from '../../src/signature/keys-folder.ts';
import { openDb } from '../../src/store/db.ts';
import { acceptDocument } from '../../src/vault/documents/accept-document.ts';
import { makeSigningKey } from '../../src/vault/signing-key.ts';
import { openVault } from '../../src/vault/vault.ts';
import { makeQueues } from './boss.ts';
import { currency, people, simLines } from './brands.ts';
import type { Applicant } from './commands.ts';
import { Postgres } from './postgres.ts';
import { start, type Stage } from './run-seed.ts';
import { reseed } from './seeded-crypto.ts';

const operatorKey = Buffer.alloc(32, 7);

const picture = async (): Promise<Stage['document']> => {
  const accepted = await acceptDocument(await sharp({ create: { width: 64, height: 64, channels: 3, background: '#c8d6e5' } }).png().toBuffer());
  if (!accepted.ok) throw new Error(accepted.why.kind);
  return accepted.value;
};

const documentKey = async (): Promise<Stage['parts']['documentKey']> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-sim-keys-'));
  const found = await loadOrMakeDocumentKey(folder).finally(() => rm(folder, { recursive: true, force: true }));
  if (!found.ok) throw new Error(found.why.says);
  return found.value;
};

const applicantsOf = async (postgres: Postgres): Promise<Applicant[]> => {
  const { rows } = await postgres.driver.query<{ id: string; brand: string; subscriber_id: string; billing_ref: string }>(`select id, brand, subscriber_id, billing_ref from lines order by billing_ref`);
  return people.flatMap(({ brand, subscribers }) => subscribers.flatMap(({ person, lines }) => lines.map((line): Applicant => {
    const row = rows.find((one) => one.billing_ref === line.billingRef);
    return {
      who: { brand, subscriberId: row?.subscriber_id ?? '' }, lineId: row?.id ?? '', name: person.name, email: person.email ?? '', phone: person.contactPhone ?? '',
      otherNumber: lines.find((other) => other !== line)?.identifiers.msisdn ?? '',
    };
  })));
};

export const openStage = async (server?: string): Promise<Stage & { close(): Promise<void> }> => {
  const postgres = await Postgres.start(makeQueues, server);
  await postgres.setClock(start);
  reseed(0);
  const clock = { now: () => new Date(start) };
  const vault = openVault({ operatorKey });
  for (const data of people) {
    const db = openDb({ url: postgres.url });
    await plantAccounts({ db, vault, clock }, data, currency).finally(() => db.close());
  }
  await postgres.keepBeginning();
  const applicants = await applicantsOf(postgres);
  const { rows: staff } = await postgres.driver.query<{ brand: string; id: string }>(`select brand, id from staff order by brand, id`);
  return {
    postgres, applicants, document: await picture(), parts: { operatorKey, signingKey: makeSigningKey(), documentKey: await documentKey() },
    lines: simLines.map((line, place) => ({ ...line, id: applicants[place]?.lineId ?? '', brand: applicants[place]?.who.brand ?? '' })),
    reviewers: staff.map(({ brand, id }) => ({ brand, staffId: id })),
    close: () => postgres.stop(),
  };
};
