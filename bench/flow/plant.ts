/** Lines with an application that is approved and due: planted by the thousand, sealed and journalled as the desk does it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { applicationNumber } from '../../src/cancellation/identifiers/application-number.ts';
import type { Line, LineKind } from '../../src/cancellation/line.ts';
import { withServices } from '../../src/desk/linked-services.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { versionOf, type Pack } from '../../src/policy/pack.ts';
import type { Db } from '../../src/store/db.ts';
import type { Jobs } from '../../src/store/jobs.ts';
import { appendJournal } from '../../src/store/journal.ts';
import { savePlans } from '../../src/store/steps.ts';
import { contextOf, type LineContents, type PersonContents } from '../../src/vault/contents.ts';
import type { Vault } from '../../src/vault/vault.ts';

export type Planted = { readonly caseId: string; readonly subscriberId: string; readonly applicationNumber: string; readonly brand: string; readonly shape: Shape; readonly line: Line };
/** What a line is, what is sold along with it (ids of the policy), and what is to be paid back. */
export type Shape = { readonly kind: LineKind; readonly services: readonly string[]; readonly payoutMinor: number };
export const plain: Shape = { kind: 'esim', services: [], payoutMinor: 0 };

const carrierOf = ({ carrier = 'simulated' }: Pack): string => carrier;
const digits = (count: number, number: number): string => String(number).padStart(count, '0');
const orderOf = ({ currency }: Pack, { payoutMinor }: Shape) => ({ collectMinor: 0, offsetMinor: 0, refundMinor: 0, forfeitMinor: 0, currency, ...(payoutMinor > 0 ? { payoutMinor } : {}) });

/** `at`: when they are due. `from`: the first number, so that several plantings stand side by side. */
export type Planting = { readonly at: Date; readonly from?: number; readonly now: Date; readonly shape?: Shape; /** A second way to tell them, by SMS; none where not said. */ readonly phone?: string };

export const plant = async (to: { readonly db: Db; readonly vault: Vault; readonly jobs: Jobs }, pack: Pack, count: number, { at, from = 0, now, shape = plain, phone = '' }: Planting): Promise<Planted[]> => {
  const planted: Planted[] = [];
  for (let start = 0; start < count; start += 1000)
    planted.push(...await plantSome(to, pack, Math.min(1000, count - start), { at, from: from + start, now, shape, phone }));
  return planted;
};

/** A number of an app has no card, and no home register knows it; a card in a slot has no order at an SM-DP+. */
const identifiersOf = ({ kind }: Shape, n: number): Pick<Line, 'msisdn' | 'imsi' | 'iccid' | 'matchingId'> => ({
  msisdn: `+1999${digits(7, n)}`,
  ...(kind === 'virtual-number' ? {} : { imsi: `00101${digits(10, n)}`, iccid: `8900199${digits(12, n)}0` }),
  ...(kind === 'virtual-number' || kind === 'physical-sim' ? {} : { matchingId: `M-${n}` }),
});

const plantSome = ({ db, vault, jobs }: Parameters<typeof plant>[0], pack: Pack, count: number, { at, from, now, shape, phone }: Required<Planting>): Promise<Planted[]> =>
  db.inBrand(pack.brand, async (tx) => {
    const all = Array.from({ length: count }, (_, index) => ({ subscriberId: randomUUID(), lineId: randomUUID(), caseId: randomUUID(), applicationNumber: applicationNumber(randomBytes(8)), n: from + index }));
    await vault.newKeys(tx, pack.brand, all.map((one) => one.subscriberId));
    const keyring = await vault.keyring(tx, all.map((one) => one.subscriberId));
    const lines = all.map(({ lineId, n }) => {
      const identifiers = identifiersOf(shape, n);
      const contents: LineContents = { ...identifiers, salt: randomBytes(16).toString('hex') };
      const billingRef = `bench-${n}`;
      const line: Line = { id: lineId, brand: pack.brand, kind: shape.kind, carrier: carrierOf(pack), billingRef, inHomeRegister: identifiers.imsi !== undefined, ...identifiers, ...(shape.payoutMinor > 0 ? { paymentRef: `pay-${billingRef}` } : {}) };
      return { line: withServices(pack, line, shape), contents };
    });
    const at0 = <Item>(list: readonly Item[], index: number): Item => list[index] as Item;
    const person: PersonContents = { name: '苏禾', email: 'su.he@mail.example', contactPhone: phone === '' ? null : phone };
    await tx.query(`insert into subscribers (id, brand, language, region, sealed, created_at) select id, $2, 'zh-CN', 'CN', sealed, $3 from unnest($1::uuid[], $4::bytea[]) as n(id, sealed)`,
      [all.map((one) => one.subscriberId), pack.brand, now, all.map((one) => keyring.sealJson(one.subscriberId, contextOf.person(one.subscriberId), person))]);
    await tx.query(`insert into lines (id, brand, subscriber_id, kind, carrier, billing_ref, in_home_register, sealed, msisdn_index, currency, frozen, credit_minor, payment_ref)
      select id, $2, subscriber, $8, $12, ref, $9, sealed, index, $3, true, $10, payment from unnest($1::uuid[], $4::uuid[], $5::text[], $6::bytea[], $7::bytea[], $11::text[]) as n(id, subscriber, ref, sealed, index, payment)`,
      [all.map((one) => one.lineId), pack.brand, pack.currency, all.map((one) => one.subscriberId), lines.map(({ line }) => line.billingRef),
        all.map((one, index) => keyring.sealJson(one.subscriberId, contextOf.line(one.lineId), at0(lines, index).contents)), lines.map(({ line }) => vault.blindIndex(pack.brand, 'number', line.msisdn)),
        shape.kind, shape.kind !== 'virtual-number', shape.payoutMinor, lines.map(({ line }) => line.paymentRef ?? null), carrierOf(pack)]);
    await tx.query(`insert into line_services (line_id, service, brand, since) select line, service, $2, $3 from unnest($1::uuid[]) line cross join unnest($4::text[]) service`, [all.map((one) => one.lineId), pack.brand, now, shape.services]);
    const form = { name: person.name, email: person.email ?? '' };
    await tx.query(`insert into cancellations (id, brand, subscriber_id, line_id, application_number, state, version, pack_version, region, channel, opened_at, received_at, effective_at, changed_at, sealed_form, plan)
      select id, $2, subscriber, line, number, 'scheduled', 5, $3, 'CN', 'web', $4, $4, $5, $4, sealed, $6 from unnest($1::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::bytea[]) as n(id, subscriber, line, number, sealed)`,
      [all.map((one) => one.caseId), pack.brand, versionOf(pack), now, at, JSON.stringify({ settlement: orderOf(pack, shape), money: [], terms: {} }),
        all.map((one) => one.subscriberId), all.map((one) => one.lineId), all.map((one) => one.applicationNumber), all.map((one) => keyring.sealJson(one.subscriberId, contextOf.form(one.caseId), form))]);
    await savePlans(tx, all.map((one, index) => ({ cancellationId: one.caseId, brand: pack.brand, steps: makePlan(pack, at0(lines, index).line, orderOf(pack, shape)) })));
    await appendJournal(tx, all.flatMap(({ caseId }) => (['received', 'proven', 'approved', 'scheduled'] as const).map((event) => ({ cancellationId: caseId, brand: pack.brand, at: now, event, actor: 'policy', facts: {} }))));
    await jobs.enqueue(tx, 'timer', all.map(({ caseId }) => ({ data: { caseId, move: 'execute' as const }, at, brand: pack.brand })));
    return all.map(({ caseId, subscriberId, applicationNumber }, index) => ({ caseId, subscriberId, applicationNumber, brand: pack.brand, shape, line: at0(lines, index).line }));
  });
