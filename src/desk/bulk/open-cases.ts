/** Opens the cases of the next lines of a released order: by the moves of a single one, for a whole chunk in one transaction. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { BulkPerson } from '../../cancellation/bulk-order.ts';
import type { Cancellation } from '../../cancellation/cancellation.ts';
import { applicationNumber } from '../../cancellation/identifiers/application-number.ts';
import { approve } from '../../cancellation/moves/approve.ts';
import { confirm } from '../../cancellation/moves/confirm.ts';
import type { Moved } from '../../cancellation/moves/move.ts';
import { prove } from '../../cancellation/moves/prove.ts';
import { receive } from '../../cancellation/moves/receive.ts';
import { atOnceFirst } from '../../plan/at-once-first.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { todayIn } from '../../policy/end.ts';
import type { RowRefusal } from '../../policy/ordered-row.ts';
import { versionOf, type Pack } from '../../policy/pack.ts';
import { isAsked, type FormField } from '../../policy/stages.ts';
import { stepsAtOnce } from '../../policy/steps-at-once.ts';
import { rowsDropped, rowsOpened, type BulkOrder, type BulkRow } from '../../store/bulk-orders.ts';
import { insertDrafts } from '../../store/cancellations.ts';
import type { Tx } from '../../store/db.ts';
import { boundDevices, loadLines, regionsOf, unpaidBills, type LineRecord } from '../../store/lines.ts';
import { savePlans } from '../../store/steps.ts';
import { contextOf, opened, openLine, personContents, type FormContents } from '../../vault/contents.ts';
import type { Keyring } from '../../vault/keyring.ts';
import { serviceUntil } from '../after-approval.ts';
import type { Desk } from '../desk.ts';
import { saveAndFollow } from '../follow.ts';
import { withServices } from '../linked-services.ts';
import { threadsGoWith } from '../messages.ts';
import { must } from '../must.ts';
import { settledOf, type SettledTerms } from '../settled.ts';
import { standingBy } from '../standing.ts';
import { judgeAgain, policyToday } from './judge.ts';
import { ownAccounts } from './own-accounts.ts';

export type OpenTools = Pick<Desk, 'vault' | 'clock' | 'packs' | 'jobs' | 'tell' | 'alarm'>;
export type Opened = { readonly opened: number; /** Why, of each that could not be. */ readonly dropped: readonly RowRefusal[] };
type Drop = { readonly lineNo: number; readonly why: RowRefusal; readonly detail?: string | undefined };
/** A row whose case is to be opened, with everything that this takes. */
type Ready = { readonly lineNo: number; readonly line: LineRecord; readonly pack: Pack; readonly region: string; readonly reason?: string; readonly endsOn?: string; readonly form: FormContents };

/** The caller holds the order's lock, and writes down what comes of it in the same transaction. */
export const openCases = async (desk: OpenTools, tx: Tx, order: BulkOrder, rows: readonly BulkRow[]): Promise<Opened> => {
  const [ready, drops, keyring] = await stillWanted(desk, tx, order, rows);
  const now = desk.clock.now();
  const drafts = ready.map((one) => {
    const draft: Cancellation = {
      id: randomUUID(), brand: order.brand, subscriberId: one.line.subscriber_id, lineId: one.line.id, state: 'draft', version: 0,
      packVersion: versionOf(one.pack), region: one.region, channel: order.channel, openedAt: now, changedAt: now,
    };
    return { draft, sealedForm: keyring.sealJson(draft.subscriberId, contextOf.form(draft.id), one.form), of: one };
  });
  const made = new Set((await insertDrafts(tx, drafts)).map(({ id }) => id));
  const lineIds = ready.map(({ line }) => line.id);
  const bills = Map.groupBy(await unpaidBills(tx, lineIds), (bill) => bill.line_id);
  const devices = Map.groupBy(await boundDevices(tx, lineIds), (device) => device.line_id);
  const cases = drafts.filter(({ draft }) => made.has(draft.id)).map(({ draft, of }) => {
    const standing = standingBy(keyring, of.line, { bills: bills.get(of.line.id) ?? [], devices: devices.get(of.line.id) ?? [], region: of.region });
    // Who would be asked online what becomes of their credit is not asked here; it is given back then, never quietly lost.
    const choice = of.pack.settlement.choices.includes('refund') ? { choice: 'refund' as const } : {};
    const terms: SettledTerms = { on: todayIn(of.pack, now), ...(of.endsOn === undefined ? {} : { endsOn: of.endsOn }), ...choice };
    const { line } = openLine(keyring, of.line);
    const settled = settledOf(of.pack, standing, line, terms);
    const plan = makePlan(of.pack, withServices(of.pack, line, of.line), settled.order);
    return { draft, of, settled, plan: atOnceFirst(plan, stepsAtOnce(of.pack, of.reason)), moves: movesOf(order, draft, of, now) };
  });
  await savePlans(tx, cases.map(({ draft, plan }) => ({ cancellationId: draft.id, brand: order.brand, steps: plan })));
  await tx.query(`update cancellations c set plan = n.plan from unnest($1::uuid[], $2::jsonb[]) as n(id, plan) where c.id = n.id`,
    [cases.map(({ draft }) => draft.id), cases.map(({ settled }) => JSON.stringify({ settlement: settled.order, money: settled.lines, terms: settled.terms }))]);
  await threadsGoWith(tx, cases.map(({ draft }) => draft));
  await saveAndFollow(desk, tx, cases.flatMap(({ moves }) => moves));

  const quicker = drafts.filter(({ draft }) => !made.has(draft.id)).map(({ of }): Drop => ({ lineNo: of.lineNo, why: 'open-case' }));
  await rowsOpened(tx, order.id, cases.map(({ draft, of }) => ({ lineNo: of.lineNo, caseId: draft.id })));
  await rowsDropped(tx, order.id, [...drops, ...quicker]);
  return { opened: cases.length, dropped: [...drops, ...quicker].map(({ why }) => why) };
};

/** Ordered, decided by two people, and dated: what a single case goes through by many hands. Nobody acknowledged anything. */
const movesOf = (order: BulkOrder, draft: Cancellation, { pack, reason, endsOn }: Ready, now: Date): Moved[] => {
  const people = [order.uploaded_by, order.released_by].filter((one): one is BulkPerson => one !== null);
  const received = must(receive(draft, 'operator', now, {
    applicationNumber: applicationNumber(randomBytes(8)), packVersion: draft.packVersion, channel: order.channel,
    ...(reason === undefined ? {} : { reason }), ...(endsOn === undefined ? {} : { endsOn }),
  }));
  const proven = must(prove(received.after, 'operator', now, { proofs: ['operator-order'], demanded: [], acknowledged: [] }));
  const approved = must(approve(proven.after, 'operator', now, { ownCase: false, decidedBy: null }));
  const dated = must(confirm(approved.after, 'policy', now, pack.recoverableDays, serviceUntil(pack, approved.after)));
  return [{ ...received, facts: { ...received.facts, order: order.id } }, proven, { ...approved, facts: { decidedBy: people } }, dated];
};

/** What held in the dry run is asked again: a bill may have come, a subscriber may have applied. */
const stillWanted = async (desk: OpenTools, tx: Tx, order: BulkOrder, rows: readonly BulkRow[]): Promise<[Ready[], Drop[], Keyring]> => {
  const named = rows.flatMap((row) => (row.line_id === null ? [] : [{
    lineNo: row.line_no, lineId: row.line_id, ...(row.reason === null ? {} : { reason: row.reason }), ...(row.ends_on === null ? {} : { endsOn: row.ends_on }) }]));
  const gone = rows.filter((row) => row.line_id === null).map((row): Drop => ({ lineNo: row.line_no, why: 'unknown-line' }));
  const judged = await judgeAgain(desk, tx, order.brand, named);
  const drops = named.flatMap(({ lineNo }, place): Drop[] => {
    const verdict = judged[place]?.verdict;
    return verdict === undefined || verdict.ok ? [] : [{ lineNo, ...verdict.why }];
  });
  const dropped = new Set(drops.map(({ lineNo }) => lineNo));
  const wanted = named.flatMap((row, place) => {
    const verdict = judged[place]?.verdict;
    return !verdict?.ok || dropped.has(row.lineNo) ? [] : [{ ...row, ends: verdict.value.endsOn }];
  });
  const lines = new Map((await loadLines(tx, wanted.map(({ lineId }) => lineId))).map((line) => [line.id, line]));
  const subscriberIds = [...lines.values()].map((line) => line.subscriber_id);
  const keyring = await desk.vault.keyring(tx, subscriberIds);
  const people = await regionsOf(tx, subscriberIds);
  const own = await ownAccounts(desk, tx, order, subscriberIds);
  const packFor = policyToday(desk, order.brand);
  const ready = wanted.flatMap(({ lineNo, lineId, reason, ends }): Ready[] => {
    const line = lines.get(lineId);
    const person = line === undefined ? undefined : people.get(line.subscriber_id);
    if (line === undefined || person === undefined) throw new Error('a line without its subscriber');
    const onFile = opened(keyring.openJson(line.subscriber_id, contextOf.person(line.subscriber_id), person.sealed, personContents));
    if (own.has(line.subscriber_id) || own.isAddress(onFile.email)) {
      drops.push({ lineNo, why: 'own-line' });
      return [];
    }
    const pack = packFor(line.carrier, person.region);
    const { msisdn } = openLine(keyring, line).line;
    return [{ lineNo, line, pack, region: person.region, form: formOf(pack, onFile, msisdn), ...(reason === undefined ? {} : { reason }), ...(ends === undefined ? {} : { endsOn: ends }) }];
  });
  return [ready, [...gone, ...drops], keyring];
};

/** Whom it is told to: what is on file, as far as the policy's own form has it. The number that ends is no contact. */
const formOf = (pack: Pack, { name, email, contactPhone }: { readonly name: string; readonly email: string | null; readonly contactPhone: string | null }, msisdn: string): FormContents => {
  const known: FormContents = { name, ...(email === null ? {} : { email }), ...(contactPhone === null || contactPhone === msisdn ? {} : { phone: contactPhone }) };
  return Object.fromEntries(Object.entries(known).filter(([field]) => isAsked(pack, field as FormField)));
};
