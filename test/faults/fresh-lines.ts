/** Lines without any application, by the hundred: as the operator would have sold them. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Pack } from '../../src/policy/pack.ts';
import type { Db } from '../../src/store/db.ts';
import { contextOf, type LineContents, type PersonContents } from '../../src/vault/contents.ts';
import type { Vault } from '../../src/vault/vault.ts';

export type FreshLine = { readonly brand: string; readonly subscriberId: string; readonly lineId: string; readonly billingRef: string; readonly imsi: string; readonly person: PersonContents };

/** Each has a subscriber of its own. `from`: the first number, so that several plantings stand side by side. `email`: the address of record of all of them. */
export const freshLines = (to: { readonly db: Db; readonly vault: Vault }, pack: Pack, count: number, { from, now, email = 'su.he@mail.example' }: { readonly from: number; readonly now: Date; readonly email?: string }): Promise<FreshLine[]> =>
  to.db.inBrand(pack.brand, async (tx) => {
    const person: PersonContents = { name: '苏禾', email, contactPhone: '+447700900123' };
    const all = Array.from({ length: count }, (_, index): FreshLine => ({
      brand: pack.brand, subscriberId: randomUUID(), lineId: randomUUID(), billingRef: `${pack.brand}-${from + index}`, imsi: `00101${String(from + index).padStart(10, '0')}`, person,
    }));
    await to.vault.newKeys(tx, pack.brand, all.map((one) => one.subscriberId));
    const keyring = await to.vault.keyring(tx, all.map((one) => one.subscriberId));
    const contents = all.map(({ imsi }): LineContents => ({ msisdn: `+1999${imsi.slice(8)}`, imsi, salt: randomBytes(16).toString('hex') }));
    await tx.query(`insert into subscribers (id, brand, language, region, sealed, created_at) select id, $2, 'zh-CN', 'CN', sealed, $3 from unnest($1::uuid[], $4::bytea[]) as n(id, sealed)`,
      [all.map((one) => one.subscriberId), pack.brand, now, all.map((one) => keyring.sealJson(one.subscriberId, contextOf.person(one.subscriberId), person))]);
    await tx.query(
      `insert into lines (id, brand, subscriber_id, kind, carrier, billing_ref, in_home_register, sealed, msisdn_index, currency)
       select id, $2, subscriber, 'physical-sim', 'simulated', ref, true, sealed, index, $3 from unnest($1::uuid[], $4::uuid[], $5::text[], $6::bytea[], $7::bytea[]) as n(id, subscriber, ref, sealed, index)`,
      [all.map((one) => one.lineId), pack.brand, pack.currency, all.map((one) => one.subscriberId), all.map((one) => one.billingRef),
        all.map((one, index) => keyring.sealJson(one.subscriberId, contextOf.line(one.lineId), contents[index])), contents.map(({ msisdn }) => to.vault.blindIndex(pack.brand, 'number', msisdn))]);
    return all;
  });
