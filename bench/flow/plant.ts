/** Lines with an application that is approved and due: planted by the thousand, sealed and journalled as the desk does it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { applicationNumber } from '../../src/cancellation/identifiers/application-number.ts';
import type { Line } from '../../src/cancellation/line.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { Pack } from '../../src/policy/pack.ts';
import type { Db } from '../../src/store/db.ts';
import type { Jobs } from '../../src/store/jobs.ts';
import { appendJournal } from '../../src/store/journal.ts';
import { savePlans } from '../../src/store/steps.ts';
import { contextOf, type LineContents, type PersonContents } from '../../src/vault/contents.ts';
import type { Vault } from '../../src/vault/vault.ts';

export type Planted = { readonly caseId: string; readonly line: Pick<Line, 'imsi' | 'iccid' | 'eid' | 'matchingId' | 'billingRef'> & { readonly msisdn: string } };

const digits = (count: number, number: number): string => String(number).padStart(count, '0');
const settlement = { collectMinor: 0, offsetMinor: 0, refundMinor: 0, forfeitMinor: 0, currency: 'USD' } as const;

/** `at`: when they are due. `from`: the first number, so that several plantings stand side by side. */
export const plant = async (
  { db, vault, jobs }: { readonly db: Db; readonly vault: Vault; readonly jobs: Jobs },
  pack: Pack, count: number, { at, from = 0, now }: { readonly at: Date; readonly from?: number; readonly now: Date },
): Promise<Planted[]> => {
  const planted: Planted[] = [];
  for (let start = 0; start < count; start += 1000)
    planted.push(...await plantSome({ db, vault, jobs }, pack, Math.min(1000, count - start), { at, from: from + start, now }));
  return planted;
};

const plantSome = ({ db, vault, jobs }: Parameters<typeof plant>[0], pack: Pack, count: number, { at, from, now }: { readonly at: Date; readonly from: number; readonly now: Date }): Promise<Planted[]> =>
  db.inBrand(pack.brand, async (tx) => {
    const all = Array.from({ length: count }, (_, index) => ({ subscriberId: randomUUID(), lineId: randomUUID(), caseId: randomUUID(), n: from + index }));
    await vault.newKeys(tx, pack.brand, all.map((one) => one.subscriberId));
    const keyring = await vault.keyring(tx, all.map((one) => one.subscriberId));
    const lines = all.map(({ lineId, n }) => {
      const contents: LineContents = { msisdn: `+1999${digits(7, n)}`, imsi: `00101${digits(10, n)}`, iccid: `8900199${digits(12, n)}0`, matchingId: `M-${n}`, salt: randomBytes(16).toString('hex') };
      return { ...contents, billingRef: `bench-${n}`, line: { id: lineId, brand: pack.brand, kind: 'esim', carrier: 'simulated', billingRef: `bench-${n}`, inHomeRegister: true, ...contents } as Line, contents };
    });
    const at0 = <Item>(list: readonly Item[], index: number): Item => list[index] as Item;
    const person: PersonContents = { name: '苏禾', email: 'su.he@mail.example', contactPhone: null };
    await tx.query(`insert into subscribers (id, brand, language, region, sealed, created_at) select id, $2, 'zh-CN', 'CN', sealed, $3 from unnest($1::uuid[], $4::bytea[]) as n(id, sealed)`,
      [all.map((one) => one.subscriberId), pack.brand, now, all.map((one) => keyring.sealJson(one.subscriberId, contextOf.person(one.subscriberId), person))]);
    await tx.query(`insert into lines (id, brand, subscriber_id, kind, carrier, billing_ref, in_home_register, sealed, msisdn_index, currency, frozen)
      select id, $2, subscriber, 'esim', 'simulated', ref, true, sealed, index, $3, true from unnest($1::uuid[], $4::uuid[], $5::text[], $6::bytea[], $7::bytea[]) as n(id, subscriber, ref, sealed, index)`,
      [all.map((one) => one.lineId), pack.brand, pack.currency, all.map((one) => one.subscriberId), lines.map((one) => one.billingRef),
        all.map((one, index) => keyring.sealJson(one.subscriberId, contextOf.line(one.lineId), at0(lines, index).contents)), lines.map((one) => vault.blindIndex(pack.brand, 'number', one.msisdn))]);
    const form = { name: person.name, email: person.email ?? '' };
    await tx.query(`insert into cancellations (id, brand, subscriber_id, line_id, application_number, state, version, pack_version, region, channel, opened_at, received_at, effective_at, changed_at, sealed_form, plan)
      select id, $2, subscriber, line, number, 'scheduled', 5, $3, 'CN', 'web', $4, $4, $5, $4, sealed, $6 from unnest($1::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::bytea[]) as n(id, subscriber, line, number, sealed)`,
      [all.map((one) => one.caseId), pack.brand, `${pack.brand}@${pack.validFrom}`, now, at, JSON.stringify({ settlement: { ...settlement, currency: pack.currency }, money: [], terms: {} }),
        all.map((one) => one.subscriberId), all.map((one) => one.lineId), all.map(() => applicationNumber(randomBytes(8))), all.map((one) => keyring.sealJson(one.subscriberId, contextOf.form(one.caseId), form))]);
    await savePlans(tx, all.map((one, index) => ({ cancellationId: one.caseId, brand: pack.brand, steps: makePlan(pack, at0(lines, index).line, {}) })));
    await appendJournal(tx, all.flatMap(({ caseId }) => (['received', 'proven', 'approved', 'scheduled'] as const).map((event) => ({ cancellationId: caseId, brand: pack.brand, at: now, event, actor: 'policy', facts: {} }))));
    await jobs.enqueue(tx, 'timer', all.map(({ caseId }) => ({ data: { caseId, move: 'execute' as const }, at })));
    return all.map(({ caseId }, index) => ({ caseId, line: at0(lines, index).line }));
  });
