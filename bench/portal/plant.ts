/**
 * A house full of cases: some of people who will look at them, sealed and journalled as the desk does it, and copies of those
 * rows under other ids, which nobody opens and every index has to be searched past. The two lie mixed in the tables.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { applicationNumber } from '../../src/cancellation/identifiers/application-number.ts';
import type { Line } from '../../src/cancellation/line.ts';
import { hashOfToken, newToken, sessionLimits } from '../../src/identity/sessions.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { versionOf, type Pack } from '../../src/policy/pack.ts';
import type { Db, Tx } from '../../src/store/db.ts';
import { appendJournal, type NewEntry } from '../../src/store/journal.ts';
import { savePlans, saveSteps } from '../../src/store/steps.ts';
import { contextOf, type LineContents } from '../../src/vault/contents.ts';
import type { Vault } from '../../src/vault/vault.ts';

/** Who is signed in, the line with the open application, and the number of the other line's case. */
export type Visitor = { readonly token: string; readonly draftLineId: string; readonly number: string };

type Kept = { readonly db: Db; readonly vault: Vault; readonly url: string };
const minute = 60_000;
const day = 24 * 60 * minute;
const because = { 'zh-CN': '最长 5 个工作日，节假日不算。', 'zh-TW': '最長 5 個工作天，假日不算。', en: 'At most five working days, holidays aside.' };
/** A third each: in review, in the waiting period, cancelled. */
const stages = ['reviewing', 'recoverable', 'cancelled'] as const;
const eventsUntil = { reviewing: ['received', 'proven', 'reviewing'], recoverable: ['received', 'proven', 'reviewing', 'approved', 'scheduled', 'barred'], cancelled: ['received', 'proven', 'reviewing', 'approved', 'scheduled', 'barred', 'executing', 'cancelled'] } as const;
const told = { reviewing: ['received'], recoverable: ['received', 'approved', 'barred'], cancelled: ['received', 'approved', 'barred', 'cancelled'] } as const;

/** Two cases a person: `cases` of them in all, of which at most `visitors` people's can be looked at. */
export const plantPortal = async (kept: Kept, pack: Pack, { cases, visitors, now, say }: { readonly cases: number; readonly visitors: number; readonly now: Date; readonly say: (text: string) => void }): Promise<Visitor[]> => {
  const people = Math.ceil(cases / 2);
  const real = Math.min(visitors, people);
  // Two, and with them two cores: steps and journal are as many rows as all others together.
  const clients = [new pg.Client({ connectionString: kept.url }), new pg.Client({ connectionString: kept.url })] as const;
  const [client] = clients;
  for (const one of clients) one.on('error', () => undefined); // what it was doing reports it
  await Promise.all(clients.map((one) => one.connect()));
  try {
    // The copies are right because what they were copied from is; checking each key again would take most of the time.
    for (const one of clients) await one.query(`set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'; set signoff.brand = '*'; create temporary table originals (id uuid primary key)`);
    const found: Visitor[] = [];
    let there = 0;
    for (let copies = 0; there < people;) {
      const size = Math.min(500, real - found.length);
      if (size > 0) {
        const { planted, ids } = await kept.db.inBrand(pack.brand, (tx) => plantPeople(tx, kept.vault, pack, size, found.length, now));
        found.push(...planted);
        there += size;
        for (const one of clients) {
          await one.query(`truncate originals`);
          await one.query(`insert into originals select unnest($1::uuid[])`, [ids]);
          await one.query('analyze originals');
        }
      }
      const wanted = Math.floor((found.length / real) * people) - there;
      const times = size > 0 ? Math.floor(wanted / size) : 1;
      if (times > 0) await Promise.all([copy(client, tables.filter((table) => !many.has(table)), copies, times), copy(clients[1], [...many], copies, times)]);
      copies += times;
      there += times * Math.max(size, size === 0 ? Math.min(500, real) : size);
      say(`${Math.min(2 * there, 2 * people).toLocaleString('en')} of ${(2 * people).toLocaleString('en')} cases`);
    }
    for (const table of tables) await client.query(`vacuum analyze ${table}`);
    await client.query('vacuum analyze sessions');
    return found;
  } finally {
    for (const one of clients) await one.end();
  }
};

const plantPeople = async (tx: Tx, vault: Vault, pack: Pack, count: number, from: number, now: Date): Promise<{ planted: Visitor[]; ids: string[] }> => {
  const all = Array.from({ length: count }, (_, index) => ({
    n: from + index, stage: stages[(from + index) % 3] ?? 'reviewing', id: randomUUID(), token: newToken(), number: applicationNumber(randomBytes(8)),
    lines: [randomUUID(), randomUUID()] as const, caseId: randomUUID(), draftId: randomUUID(),
  }));
  await vault.newKeys(tx, pack.brand, all.map(({ id }) => id));
  const keyring = await vault.keyring(tx, all.map(({ id }) => id));
  await tx.query(`insert into subscribers (id, brand, language, region, sealed, created_at) select id, $2, 'zh-CN', 'CN', sealed, $3 from unnest($1::uuid[], $4::bytea[]) as n(id, sealed)`,
    [all.map(({ id }) => id), pack.brand, now, all.map(({ id }) => keyring.sealJson(id, contextOf.person(id), { name: '苏禾', email: 'su.he@mail.example', contactPhone: '+12025550110' }))]);
  const lines = all.flatMap(({ id, n, stage, lines: [first, second] }) => [{ id: first, owner: id, n: 2 * n, status: stage === 'reviewing' ? 'active' : stage === 'recoverable' ? 'barred' : 'cancelled' }, { id: second, owner: id, n: 2 * n + 1, status: 'active' }].map((one) => {
    const digits = (width: number): string => String(one.n).padStart(width, '0');
    const contents: LineContents = { msisdn: `+1999${digits(7)}`, imsi: `00101${digits(10)}`, iccid: `8900199${digits(12)}0`, matchingId: `M-${one.n}`, salt: randomBytes(16).toString('hex') };
    return { ...one, contents };
  }));
  await tx.query(`insert into lines (id, brand, subscriber_id, kind, carrier, billing_ref, in_home_register, sealed, msisdn_index, currency, frozen, status)
    select id, $2, owner, 'esim', 'simulated', ref, true, sealed, index, $3, frozen, status from unnest($1::uuid[], $4::uuid[], $5::text[], $6::bytea[], $7::bytea[], $8::boolean[], $9::text[]) as n(id, owner, ref, sealed, index, frozen, status)`,
    [lines.map(({ id }) => id), pack.brand, pack.currency, lines.map(({ owner }) => owner), lines.map(({ n }) => `bench-${n}`), lines.map(({ id, owner, contents }) => keyring.sealJson(owner, contextOf.line(id), contents)),
      lines.map(({ contents }) => vault.blindIndex(pack.brand, 'number', contents.msisdn)), lines.map(({ n }) => n % 2 === 0), lines.map(({ status }) => status)]);
  const form = { name: '苏禾', email: 'su.he@mail.example', phone: '+12025550110', reason: pack.reasons[0]?.id ?? '' };
  const received = new Date(now.getTime() - day);
  const settlement = { collectMinor: 0, offsetMinor: 0, refundMinor: 0, forfeitMinor: 0, currency: pack.currency };
  const cases = all.flatMap(({ id, stage, number, lines: [first, second], caseId, draftId }) => [
    { id: caseId, subscriber_id: id, line_id: first, application_number: number, state: stage, received_at: received, due_at: stage === 'reviewing' ? new Date(now.getTime() + 4 * day) : null, due_because: stage === 'reviewing' ? because : null,
      effective_at: stage === 'recoverable' ? new Date(now.getTime() + 7 * day) : null, ended_at: stage === 'cancelled' ? now : null, plan: { settlement, money: [], terms: {} } },
    { id: draftId, subscriber_id: id, line_id: second, state: 'draft' },
  ]);
  const owners = new Map(all.flatMap(({ id, caseId, draftId }) => [[caseId, id], [draftId, id]] as const));
  await tx.query(`insert into cancellations (id, brand, subscriber_id, line_id, application_number, state, version, pack_version, region, channel, opened_at, changed_at, received_at, due_at, due_because, effective_at, ended_at, plan, sealed_form)
    select id, $2, subscriber_id, line_id, application_number, state, 3, $3, 'CN', 'web', $4, $4, received_at, due_at, due_because, effective_at, ended_at, plan, decode(sealed, 'base64')
    from jsonb_to_recordset($1::jsonb) as n(id uuid, subscriber_id uuid, line_id uuid, application_number text, state text, received_at timestamptz, due_at timestamptz, due_because jsonb, effective_at timestamptz, ended_at timestamptz, plan jsonb, sealed text)`,
    [JSON.stringify(cases.map((one) => ({ ...one, sealed: keyring.sealJson(owners.get(one.id) ?? '', contextOf.form(one.id), form).toString('base64') }))), pack.brand, versionOf(pack), received]);
  const sent = all.filter(({ stage }) => stage !== 'reviewing');
  await savePlans(tx, all.map(({ caseId }, index) => ({ cancellationId: caseId, brand: pack.brand, steps: makePlan(pack, { ...lines[2 * index]?.contents, kind: 'esim', inHomeRegister: true } as Line, {}) })));
  await saveSteps(tx, sent.flatMap(({ caseId, stage }) => pack.steps.filter((name) => stage === 'cancelled' || name === 'bar-line').map((name) => ({ cancellationId: caseId, name: name as 'bar-line', state: 'done' as const, doneAt: now, outcome: { fact: 'done' } }))));
  await tx.query(`update steps set state = 'not-wanted' where name = 'refund-credit' and cancellation_id = any($1::uuid[])`, [all.map(({ caseId }) => caseId)]);
  await appendJournal(tx, all.flatMap(({ caseId, stage }) => eventsUntil[stage].map((event): NewEntry => ({ cancellationId: caseId, brand: pack.brand, at: received, event, actor: 'policy', facts: {} }))));
  await tx.query(`insert into certificates (cancellation_id, brand, statement, issued_at) select id, $2, $3, $4 from unnest($1::uuid[]) id`,
    [all.filter(({ stage }) => stage === 'cancelled').map(({ caseId }) => caseId), pack.brand, randomBytes(2000).toString('base64url'), now]);
  const notices = all.flatMap(({ id, caseId, stage }) => told[stage].flatMap((template) => (['mail', 'sms'] as const).map((channel) => ({ id: randomUUID(), caseId, owner: id, template, channel }))));
  await tx.query(`insert into notices (id, brand, cancellation_id, subscriber_id, template, channel, language, sealed, to_masked, state, intent_key, created_at, sent_at, delivered_at)
    select id, $2, case_id, owner, template, channel, 'zh-CN', sealed, case channel when 'mail' then 's•••e@mail.example' else '+1 ••• 0110' end, 'delivered', id::text, $3, $3, $3
    from unnest($1::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::bytea[]) as n(id, case_id, owner, template, channel, sealed)`,
    [notices.map(({ id }) => id), pack.brand, received, notices.map(({ caseId }) => caseId), notices.map(({ owner }) => owner), notices.map(({ template }) => template), notices.map(({ channel }) => channel), notices.map(() => randomBytes(180))]);
  // Seen at different moments of the last minute, so that the writes of "still here" come evenly.
  await tx.query(`insert into sessions (token_hash, id, brand, kind, subscriber_id, created_at, last_seen_at, expires_at)
    select hash, gen_random_uuid(), $2, 'subscriber', owner, $3, $3::timestamptz - random() * interval '1 minute', $4 from unnest($1::bytea[], $5::uuid[]) as n(hash, owner)`,
    [all.map(({ token }) => hashOfToken(token)), pack.brand, now, new Date(now.getTime() + sessionLimits.subscriber.absolute), all.map(({ id }) => id)]);
  return { ids: all.map(({ id }) => id), planted: all.map(({ token, number, lines: [, draftLineId] }) => ({ token, number, draftLineId })) };
};

/** As the tables hang together, with whose rows are meant. */
const ofCases = 'cancellation_id in (select id from cancellations where subscriber_id in (select id from originals))';
const whose: Readonly<Record<string, string>> = {
  subscribers: 'id in (select id from originals)', subscriber_keys: 'subscriber_id in (select id from originals)', lines: 'subscriber_id in (select id from originals)',
  cancellations: 'subscriber_id in (select id from originals)', number_tenures: 'line_id in (select id from lines where subscriber_id in (select id from originals))',
  steps: ofCases, journal: ofCases, certificates: ofCases, notices: ofCases,
};
const tables = Object.keys(whose);
const many: ReadonlySet<string> = new Set(['steps', 'journal']);

/** Copies `from` to `from + times - 1` of the originals' rows: every id and every key is another, the same in all tables. */
const copy = async (client: pg.Client, of: readonly string[], from: number, times: number): Promise<void> => {
  for (const table of of) {
    const { rows: columns } = await client.query<{ name: string; type: string }>(
      `select attname as name, format_type(atttypid, null) as type from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`, [table]);
    const anew = ({ name, type }: { name: string; type: string }): string => {
      if (type === 'uuid') return `md5(o.${name}::text || copy)::uuid`;
      if (name === 'msisdn_index' || name === 'number_index') return `sha256(o.${name} || copy::text::bytea)`;
      return name === 'application_number' || name === 'intent_key' ? `o.${name} || '-' || copy` : `o.${name}`;
    };
    await client.query(`insert into ${table} (${columns.map(({ name }) => name).join(', ')}) select ${columns.map(anew).join(', ')} from ${table} o, generate_series(${from}, ${from + times - 1}) copy where ${whose[table]}
      order by ${columns.findIndex(({ type }) => type === 'uuid') + 1}`); // each page of an index is come by once a batch
  }
};
