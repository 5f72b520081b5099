/** Lines that are cancelled, held against what the operator's systems say today: closed, and still billed, is found here first (ST9, N12). */
import { randomUUID } from 'node:crypto';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { FindingKind } from '../plan/mend.ts';
import type { BillingFact, Call, CarrierPorts, LinkedServiceFact, Outcome, RegisterFact } from '../plan/ports.ts';
import { beginReconciliation, endedLines, endReconciliation, renewEvery, renewReconciliation, saveFindings, type EndedLine, type SavedFindings, type Silent, type Sounds } from '../store/findings.ts';
import { appendJournal, type NewEntry } from '../store/journal.ts';
import { contextOf, lineContents } from '../vault/contents.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { Desk } from './desk.ts';

/** What is asked. The eSIM platform is not: ES2+ has no read. */
export type AskedPorts = Pick<CarrierPorts, 'homeRegister' | 'billing' | 'linkedServices'>;
type Looking = Pick<Desk, 'db' | 'vault' | 'clock' | 'alarm'>;

type Of = { readonly caseId: string; readonly applicationNumber: string; readonly cancelledAt: Date };
/** Amounts in minor units. */
export type StillSounds = Of & { readonly what: FindingKind; readonly owedMinor?: number; readonly currency?: string };
/** `unread`: a side did not answer, so nothing is claimed of it; asked again the next time. */
export type Reconciled = { readonly brand: string; readonly lines: number; readonly findings: readonly StillSounds[]; readonly unread: readonly Of[]; readonly mended: number };
export type CannotReconcile = { readonly kind: 'another-looks' | 'taken-over' };

/** A page is one transaction before the calls and one after; of its lines so many are asked about at once. */
const page = 200;
const atOnce = 16;

export const reconcile = async (desk: Looking, ports: AskedPorts, brand: string, windowDays: number): Promise<Result<Reconciled, CannotReconcile>> => {
  const id = randomUUID();
  if (!(await desk.db.inBrand(brand, (tx) => beginReconciliation(tx, id, brand, desk.clock.now())))) return no({ kind: 'another-looks' });
  let ours = true;
  const heartbeat = setInterval(() => void desk.db.inBrand(brand, (tx) => renewReconciliation(tx, id)).then((still) => { ours = still; }, () => undefined), renewEvery); // lost for a moment: the lease tells
  const since = new Date(desk.clock.now().getTime() - windowDays * 86_400_000);
  const findings: StillSounds[] = [];
  const unread: Of[] = [];
  let [lines, mended] = [0, 0];
  try {
    for (let rows = await pageOf(desk, brand, since, undefined); rows.lines.length > 0; rows = await pageOf(desk, brand, since, rows.lines.at(-1))) {
      const heard = await inTurns(rows.lines, (row) => listenTo(ports, row, rows.keyring));
      if (!ours) return no({ kind: 'taken-over' });
      const saved = await save(desk, brand, heard);
      lines += heard.length;
      mended += saved.mended.length;
      findings.push(...heard.flatMap(({ row, sounds }) => sounds.map(({ what, owedMinor, currency }) =>
        ({ ...of(row), what, ...(owedMinor === undefined ? {} : { owedMinor }), ...(currency === undefined ? {} : { currency }) }))));
      unread.push(...heard.filter(({ unread: some }) => some).map(({ row }) => of(row)));
    }
  } finally {
    clearInterval(heartbeat);
    await desk.db.inBrand(brand, (tx) => endReconciliation(tx, id, desk.clock.now(), { lines, unread: unread.length }));
  }
  return ok({ brand, lines, findings, unread, mended });
};

const of = (row: EndedLine): Of => ({ caseId: row.id, applicationNumber: row.application_number, cancelledAt: row.ended_at });

const pageOf = ({ db, vault }: Looking, brand: string, since: Date, after: EndedLine | undefined): Promise<{ lines: readonly EndedLine[]; keyring: Keyring }> =>
  db.inBrand(brand, async (tx) => {
    const lines = await endedLines(tx, brand, since, after, page);
    return { lines, keyring: await vault.keyring(tx, lines.map((row) => row.subscriber_id)) };
  });

/** Never more than `atOnce` on their way; a slow one holds up none but itself. */
const inTurns = async <Row, Heard>(rows: readonly Row[], ask: (row: Row) => Promise<Heard>): Promise<Heard[]> => {
  const heard: Heard[] = [];
  let next = 0;
  const one = async (): Promise<void> => {
    for (let at = next++; at < rows.length; at = next++) heard[at] = await ask(rows[at] as Row);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, rows.length) }, one));
  return heard;
};

type Heard = { readonly row: EndedLine; readonly sounds: readonly Sounds[]; readonly silent: readonly Silent[]; readonly unread: boolean };
/** What one side says: some of these kinds, with what belongs to it; nothing where it did not answer. */
type Side = { readonly kinds: readonly FindingKind[]; readonly says: Partial<Record<FindingKind, { readonly owedMinor?: number; readonly currency?: string }>> | undefined };

const listenTo = async ({ homeRegister, billing, linkedServices }: AskedPorts, row: EndedLine, keyring: Keyring): Promise<Heard> => {
  const call: Call = { key: `reconcile:${row.id}`, signal: AbortSignal.timeout(20_000) };
  const line = keyring.openJson(row.subscriber_id, contextOf.line(row.line_id), row.sealed, lineContents);
  const imsi = row.in_home_register && line.ok ? line.value.imsi : undefined;
  const sides = await Promise.all([
    imsi === undefined ? undefined : homeRegister.read(imsi, call).then(inRegister),
    billing.read(row.billing_ref, call).then(inBilling),
    row.services ? linkedServices.read(row.billing_ref, call).then(inServices) : undefined,
  ]);
  const asked = sides.filter((side) => side !== undefined);
  return {
    row, unread: asked.some(({ says }) => says === undefined),
    sounds: asked.flatMap(({ says = {} }) => (Object.keys(says) as FindingKind[]).map((what) => ({ id: randomUUID(), caseId: row.id, brand: row.brand, what, ...says[what] }))),
    silent: asked.flatMap(({ kinds, says }) => (says === undefined ? [] : kinds.filter((what) => !(what in says)).map((what) => ({ caseId: row.id, what })))),
  };
};

const inRegister = (outcome: Outcome<RegisterFact>): Side => ({
  kinds: ['still-reachable', 'still-attached'],
  says: outcome.kind !== 'done' ? undefined : outcome.fact === 'absent' ? {} : outcome.fact.circuitSwitched || outcome.fact.packetSwitched ? { 'still-reachable': {} } : { 'still-attached': {} },
});

/** A line that billing does not know any more is not billed. */
const inBilling = (outcome: Outcome<BillingFact>): Side => ({
  kinds: ['still-billed', 'bill-after-end'],
  says: outcome.kind === 'refused' && outcome.code === 'no-such-line' ? {} : outcome.kind !== 'done' ? undefined : {
    ...(outcome.fact.status === 'active' ? { 'still-billed': {} } : {}),
    ...(outcome.fact.owedMinor > 0 ? { 'bill-after-end': { owedMinor: outcome.fact.owedMinor, currency: outcome.fact.currency } } : {}),
  },
});

const inServices = (outcome: Outcome<readonly LinkedServiceFact[]>): Side => ({
  kinds: ['service-runs'],
  says: outcome.kind === 'refused' && outcome.code === 'no-such-line' ? {} : outcome.kind !== 'done' ? undefined : outcome.fact.some(({ status }) => status === 'active') ? { 'service-runs': {} } : {},
});

const save = (desk: Looking, brand: string, heard: readonly Heard[]): Promise<SavedFindings> =>
  desk.db.inBrand(brand, async (tx) => {
    const now = desk.clock.now();
    const saved = await saveFindings(tx, now, heard.flatMap(({ sounds }) => sounds), heard.flatMap(({ silent }) => silent));
    const entry = (event: 'not-silent' | 'silent-again', { caseId, what }: Silent): NewEntry => ({ cancellationId: caseId, brand, at: now, event, actor: 'executor', facts: { what } });
    await appendJournal(tx, [...saved.fresh.map((one) => entry('not-silent', one)), ...saved.mended.map((one) => entry('silent-again', one))]);
    tx.afterCommit(() => { for (const { caseId, what } of saved.fresh) desk.alarm({ caseId, why: `a cancelled line is not silent: ${what}` }); });
    return saved;
  });
