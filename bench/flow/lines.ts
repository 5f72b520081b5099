/** Lines of which nobody has applied for anything: planted by the thousand, as an operator's own systems hold them. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Desk } from '../../src/desk/desk.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { contextOf, type LineContents, type PersonContents } from '../../src/vault/contents.ts';

const digits = (count: number, number: number): string => String(number).padStart(count, '0');
export const numberOf = (n: number): string => `+1999${digits(7, n)}`;
export const referenceOf = (n: number): string => `bulk-${n}`;

/** Numbered from `from`; each of a subscriber of its own. */
export const plantLines = async ({ db, vault, clock }: Pick<Desk, 'db' | 'vault' | 'clock'>, { brand, currency }: Pick<Pack, 'brand' | 'currency'>, count: number, from = 0): Promise<void> => {
  for (let start = 0; start < count; start += 2000) {
    const all = Array.from({ length: Math.min(2000, count - start) }, (_, index) => ({ subscriberId: randomUUID(), lineId: randomUUID(), n: from + start + index }));
    const person = (n: number): PersonContents => ({ name: `苏禾 ${n}`, email: `su.${n}@mail.example`, contactPhone: null });
    const contents = (n: number): LineContents => ({ msisdn: numberOf(n), imsi: `00101${digits(10, n)}`, iccid: `8900199${digits(12, n)}0`, salt: randomBytes(16).toString('hex') });
    await db.inBrand(brand, async (tx) => {
      await vault.newKeys(tx, brand, all.map((one) => one.subscriberId));
      const keyring = await vault.keyring(tx, all.map((one) => one.subscriberId));
      await tx.query(`insert into subscribers (id, brand, language, region, sealed, created_at) select id, $2, 'zh-CN', 'CN', sealed, $3 from unnest($1::uuid[], $4::bytea[]) as n(id, sealed)`,
        [all.map((one) => one.subscriberId), brand, clock.now(), all.map((one) => keyring.sealJson(one.subscriberId, contextOf.person(one.subscriberId), person(one.n)))]);
      await tx.query(`insert into lines (id, brand, subscriber_id, kind, carrier, billing_ref, in_home_register, sealed, msisdn_index, currency)
        select id, $2, subscriber, 'physical-sim', 'simulated', ref, true, sealed, index, $3 from unnest($1::uuid[], $4::uuid[], $5::text[], $6::bytea[], $7::bytea[]) as n(id, subscriber, ref, sealed, index)`,
        [all.map((one) => one.lineId), brand, currency, all.map((one) => one.subscriberId), all.map((one) => referenceOf(one.n)),
          all.map((one) => keyring.sealJson(one.subscriberId, contextOf.line(one.lineId), contents(one.n))), all.map((one) => vault.blindIndex(brand, 'number', numberOf(one.n)))]);
    });
  }
};
