import { randomBytes, randomUUID } from 'node:crypto';
import { openAccounts } from '../../src/identity/accounts.ts';
import type { CodeToTell } from '../../src/identity/one-time-codes.ts';
import { hashPassword } from '../../src/identity/password-hash.ts';
import type { SignInNameKind } from '../../src/identity/sign-in-name.ts';
import { openDb, type Tx } from '../../src/store/db.ts';
import { openVault } from '../../src/vault/vault.ts';
import { testDatabase } from '../database.ts';

export const password = 'seven slow herons';
/** Computed once: the suites are about what happens around it. */
const passwordHash = await hashPassword(password);

/** A desk with two brands, a clock that stands until it is moved, and a way to make subscribers. */
export const setting = async () => {
  const database = await testDatabase();
  const db = openDb({ url: database.url, most: 20 });
  const vault = openVault({ operatorKey: randomBytes(32) });
  let at = Date.parse('2026-12-01T08:00:00Z');
  const clock = { now: () => new Date(at) };
  const told: CodeToTell[] = [];

  const addSubscriber = async (tx: Tx, brand: string): Promise<string> => {
    const id = randomUUID();
    await vault.newKeys(tx, brand, [id]);
    const sealed = (await vault.keyring(tx, [id])).sealJson(id, 'subscriber', { name: '林小雨' });
    await tx.query('insert into subscribers (id, brand, region, sealed, created_at) values ($1, $2, $3, $4, $5)', [id, brand, 'CN', sealed, clock.now()]);
    return id;
  };

  return {
    db, vault, clock, told,
    tell: async (_: Tx, code: CodeToTell): Promise<void> => {
      told.push(code);
    },
    pass: (seconds: number): void => {
      at += seconds * 1000;
    },
    subscriber: (brand: string, ...names: { kind: SignInNameKind; name: string }[]): Promise<string> =>
      db.inBrand(brand, async (tx) => {
        const subscriberId = await addSubscriber(tx, brand);
        const opened = await openAccounts(tx, vault, brand, clock.now(), [{ subscriberId, names, passwordHash }]);
        if (!opened.ok) throw new Error(opened.why.kind);
        return subscriberId;
      }),
    /** A case with a line, as bare as the tables allow. */
    caseOf: (brand: string, subscriberId: string, applicationNumber: string): Promise<string> =>
      db.inBrand(brand, async (tx) => {
        const lineId = randomUUID();
        const id = randomUUID();
        const sealed = (await vault.keyring(tx, [subscriberId])).sealJson(subscriberId, `line:${lineId}`, {});
        await tx.query(
          "insert into lines (id, brand, subscriber_id, kind, carrier, billing_ref, in_home_register, sealed, msisdn_index, currency) values ($1, $2, $3, 'esim', 'test', $4, true, $5, $6, 'USD')",
          [lineId, brand, subscriberId, lineId, sealed, randomBytes(32)],
        );
        await tx.query(
          "insert into cancellations (id, brand, subscriber_id, line_id, application_number, state, region, pack_version, channel, opened_at, changed_at) values ($1, $2, $3, $4, $5, 'reviewing', 'CN', $6, 'web', $7, $7)",
          [id, brand, subscriberId, lineId, applicationNumber, `${brand}@2026-01-01`, clock.now()],
        );
        return id;
      }),
    end: async (): Promise<void> => {
      await db.close();
      await database.drop();
    },
  };
};
export type Setting = Awaited<ReturnType<typeof setting>>;
