/** I1 to I8 of the fault catalogue, held against the database and the simulator's ledger of effects once everything has come to rest. */
import type { Planted } from '../../bench/flow/plant.ts';
import { verifyChain, type Anchor, type Entry } from '../../src/evidence/chain.ts';
import type { Effect } from '../../src/simulator/systems.ts';
import { sha256 } from '../../src/store/journal.ts';

export type Judged = {
  /** As the owner sees them. */
  readonly rows: <Row extends object>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;
  /** The oracle. Undefined where the carrier's side was in memory and kept none. */
  readonly effects: readonly Effect[] | undefined;
  /** Everything that was acknowledged. */
  readonly planted: readonly Planted[];
  /** What the processes wrote: alarms are in it, personal data is not. */
  readonly said: string;
};

type CaseRow = { readonly id: string; readonly state: string; readonly leased: boolean; readonly certified: string | null; readonly withdrawn_at: Date | null };
type StepRow = { readonly cancellation_id: string; readonly name: string; readonly state: string; readonly phase: string; readonly intent_key: string | null; readonly first_tried_at: Date | null; readonly attested: boolean };

const ended = new Set(['cancelled', 'withdrawn', 'refused', 'lapsed', 'erased']);

/** What each step does at the carrier that cannot be taken back, as its ledger names it. */
const irreversible: Readonly<Record<string, (one: Planted) => readonly string[]>> = {
  'remove-subscriber': ({ line }) => [`home-register subscriber-removed ${line.imsi}`],
  'settle-balance': ({ line }) => [`billing settled ${line.billingRef}`],
  'stop-billing': ({ line }) => [`billing stopped ${line.billingRef}`],
  'refund-credit': ({ line }) => [`payouts refunded ${line.paymentRef}`],
  'cancel-esim-order': ({ line }) => (line.matchingId === undefined ? [] : [`sm-dp-plus order-cancelled ${line.iccid}`]),
  'end-linked-services': ({ line }) => (line.services ?? []).map(({ provider }) => `linked-services service-ended ${line.billingRef} ${provider}`),
  'end-sessions': ({ line }) => [`nas session-ended ${line.imsi}`],
};
/** Systems whose protocol carries our key; under none other than a committed intent's may anything happen there. */
const keyed = new Set<string>(['billing', 'payouts', 'linked-services', 'sm-dp-plus']);

const nameOf = ({ system, effect, subject, detail }: Effect): string =>
  `${system} ${effect} ${subject}${effect === 'service-ended' ? ` ${String(detail?.['service'])}` : ''}`;

/** Resolves to what does not hold; empty where everything does. */
export const violations = async ({ rows, effects, planted, said }: Judged): Promise<string[]> => {
  const found: string[] = [];
  const cases = new Map((await rows<CaseRow>(
    `select c.id, c.state, c.lease_until is not null and c.lease_until > clock_timestamp() as leased, z.statement as certified,
       (select max(j.at) from journal j where j.cancellation_id = c.id and j.event = 'withdrawn') as withdrawn_at
     from cancellations c left join certificates z on z.cancellation_id = c.id`)).map((row) => [row.id, row]));
  const steps = Map.groupBy(await rows<StepRow>(`select cancellation_id, name, state, phase, intent_key, first_tried_at, attested from steps`), (row) => row.cancellation_id);

  for (const { caseId } of planted) {
    const one = cases.get(caseId);
    if (one === undefined) { found.push(`I1 the acknowledged case ${caseId} is lost`); continue; }
    if (one.state === 'stalled' ? !said.split('\n').some((line) => line.includes(caseId) && line.includes('a case needs people')) : !ended.has(one.state))
      found.push(`I2 case ${caseId} has come to rest as ${one.state}${one.state === 'stalled' ? ' and nobody was called' : `: ${(steps.get(caseId) ?? []).filter(({ state }) => !['done', 'not-wanted'].includes(state)).map(({ name, state }) => `${name} ${state}`).join(', ')}`}`);
    if ((one.state === 'cancelled') !== (one.certified !== null)) found.push(`I2 case ${caseId} is ${one.state} ${one.certified === null ? 'without' : 'with'} a certificate`);
    if (one.leased && ended.has(one.state)) found.push(`I8 case ${caseId} is over and still under a lease`);
  }
  if (effects !== undefined) found.push(...effectsAsIntended(planted, effects, cases, steps));
  found.push(...await chainsHold(rows, cases), ...await nothingPersonal(rows, planted, said), ...await brandsApart(rows), ...await nobodyStarves(rows));
  return found;
};

const effectsAsIntended = (planted: readonly Planted[], effects: readonly Effect[], cases: ReadonlyMap<string, CaseRow>, steps: ReadonlyMap<string, readonly StepRow[]>): string[] => {
  const found: string[] = [];
  const happened = Map.groupBy(effects, nameOf);
  const keys = new Set([...steps.values()].flat().flatMap(({ intent_key: key }) => (key === null ? [] : [key])));
  for (const one of effects)
    if (keyed.has(one.system) && one.key !== '' && !keys.has(one.key) && !keys.has(one.key.slice(0, one.key.lastIndexOf(':')))) found.push(`I4 ${nameOf(one)} happened under ${one.key}, which no committed intent has`);
  for (const one of planted) {
    const state = cases.get(one.caseId)?.state;
    for (const step of steps.get(one.caseId) ?? []) {
      for (const name of irreversible[step.name]?.(one) ?? []) {
        const times = happened.get(name) ?? [];
        // A settlement of nothing that was read back as settled was never sent.
        const least = state === 'cancelled' && step.state === 'done' && !step.attested && !(step.name === 'settle-balance' && one.shape.payoutMinor === 0) ? 1 : 0;
        if (times.length > 1) found.push(`I3 ${name} happened ${times.length} times`);
        if (times.length < least) found.push(`I3 ${step.name} is done, and ${name} never happened`);
        if (times.length > 0 && (step.state === 'not-wanted' || step.first_tried_at === null)) found.push(`I4 ${name} happened and ${step.name} was never intended`);
        // What two people settled is intended anew. 100 ms: two clocks of one machine, one of them read once a second.
        for (const { at } of times) if (!step.attested && step.first_tried_at !== null && Date.parse(at) < step.first_tried_at.getTime() - 100) found.push(`I4 ${name} happened at ${at}, and was intended at ${step.first_tried_at.toISOString()}`);
        if (times.length > 0 && state === 'withdrawn') found.push(`I3 ${name} happened, and the case was withdrawn`);
      }
    }
  }
  return found;
};

const chainsHold = async (rows: Judged['rows'], cases: ReadonlyMap<string, CaseRow>): Promise<string[]> => {
  const entries = await rows<Entry>(`select cancellation_id as "cancellationId", brand, entry, at, event, actor, facts, previous, hash from journal order by cancellation_id, entry`);
  return [...Map.groupBy(entries, (entry) => entry.cancellationId)].flatMap(([id, own]) => {
    const statement = cases.get(id)?.certified;
    const anchor = typeof statement === 'string' ? (JSON.parse(Buffer.from(statement.split('.')[1] ?? '', 'base64url').toString()) as { journal: Anchor }).journal : undefined;
    const whole = verifyChain(own, sha256, anchor);
    return whole.ok ? [] : [`I5 the journal of ${id} does not verify: ${JSON.stringify(whole.why)}`];
  });
};

/** Journal, jobs, outcomes and logs name nobody. */
const nothingPersonal = async (rows: Judged['rows'], planted: readonly Planted[], said: string): Promise<string[]> => {
  const kept = await rows<{ place: string; text: string }>(
    `select 'the journal' as place, facts::text as text from journal union all select 'jobs', coalesce(data::text, '') || coalesce(output::text, '') from pgboss.job
     union all select 'outcomes', coalesce(outcome::text, '') || coalesce(intent_key, '') from steps union all select 'tries', outcome::text from step_tries`);
  const written = [...Map.groupBy(kept, ({ place }) => place)].map(([place, all]) => [place, all.map(({ text }) => text).join('\n')] as const);
  return [...written, ['logs', said] as const].flatMap(([place, text]) => {
    const numbers = new Set(text.match(/\d{10,20}/g) ?? []);
    return planted.filter(({ line: { msisdn, imsi = msisdn, iccid = msisdn } }) => [msisdn.slice(1), imsi, iccid].some((one) => numbers.has(one))).slice(0, 1)
      .map(({ caseId }) => `I6 ${place} hold an identifier of the line of ${caseId}`);
  });
};

const brandsApart = async (rows: Judged['rows']): Promise<string[]> => {
  const strayed = await rows<{ place: string; count: number }>(
    `select 'steps' as place, count(*)::int as count from steps s join cancellations c on c.id = s.cancellation_id where s.brand <> c.brand
     union all select 'journal', count(*)::int from journal j join cancellations c on c.id = j.cancellation_id where j.brand <> c.brand
     union all select 'notices', count(*)::int from notices n join cancellations c on c.id = n.cancellation_id where n.brand <> c.brand
     union all select 'certificates', count(*)::int from certificates z join cancellations c on c.id = z.cancellation_id where z.brand <> c.brand`);
  return strayed.filter(({ count }) => count > 0).map(({ place, count }) => `I7 ${count} rows of ${place} belong to another brand than their case`);
};

const nobodyStarves = async (rows: Judged['rows']): Promise<string[]> => {
  const left = await rows<{ name: string; state: string; count: number; output: string | null }>(
    `select name, state, count(*)::int as count, max(output::text) as output from pgboss.job
     where name = 'dead' or (name in ('advance', 'timer') and (state in ('retry', 'active', 'failed') or (state = 'created' and start_after <= pgboss.job_now()))) group by name, state`);
  return left.map(({ name, state, count, output }) => `I8 ${count} jobs of ${name} are left ${state} ${output?.slice(0, 200) ?? ''}`);
};
