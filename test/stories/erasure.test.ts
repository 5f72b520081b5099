/** UR6, faults.md 39, 40, 43: a person whose lines are over is erased when nothing keeps them longer: everything the data-map says, and nothing that it keeps. */
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationNumber } from '../../src/cancellation/identifiers/application-number.ts';
import { publishedKeys } from '../../src/certificate/published-keys.ts';
import { verify } from '../../src/certificate/verify.ts';
import { checkLedger } from '../../src/desk/check-ledger.ts';
import { findCaller } from '../../src/desk/phone-call.ts';
import { dataMap, type TableOfData } from '../../src/erasure/data-map.ts';
import { verifyChain } from '../../src/evidence/chain.ts';
import { erasePersons } from '../../src/execution/erase-persons.ts';
import { sweepIdentity } from '../../src/identity/sweep.ts';
import { dbOn, type Db } from '../../src/store/db.ts';
import { holdKinds, type HoldKind } from '../../src/store/erasure.ts';
import { readJournal, sha256 } from '../../src/store/journal.ts';
import { translator } from '../../src/language/index.ts';
import type { PortalKey } from '../../src/portal/words.tsx';
import type { ConsoleKey } from '../../src/console/words.tsx';
import { brand, days } from '../harness.ts';
import { allTold, apply, codeFor, come, comesTo, decide, person, pathOf, reviewer, serve, signIn, words, type Served } from './up-setting.ts';

const [leaving, neighbour] = [person('86'), person('87')];
const canary = 'canary-7c41';
const maps = Object.entries(dataMap as Record<string, TableOfData>);
/** Of these there is a row that the story itself made, sealed, or one of amounts. */
const hidden = new Set(['subscribers', 'cancellations', 'bills']);
const goes = maps.filter(([, { subject, personal }]) => subject !== 'none' && personal.some(({ fate }) => fate !== 'keep'));

let served: Served;
let number: string;
let said: string;
let ids: { subscriber: string; line: string; case: string; staff: string };
const { rows } = { rows: <Row extends object>(sql: string, values: readonly unknown[] = []) => served.story.rows<Row>(sql, values) };
const tools = () => served.story.signoff.execution;

/** As another system or an older build may have left it: no trigger looks on. */
const plant = async (table: string, row: Record<string, unknown>): Promise<void> => {
  const columns = Object.keys(row);
  await rows(`set session_replication_role = replica`);
  await rows(`insert into ${table} (${columns.map((one) => `"${one}"`).join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`, Object.values(row));
  await rows(`set session_replication_role = origin`);
};

/** A row of this person in every table of the map that anything goes from, with a canary in each column that may hold words or bytes. */
const plantEverywhere = async (): Promise<void> => {
  const { subscriber, line, case: one, staff } = ids;
  const at = served.story.clock.now();
  const [sealed, hash] = [Buffer.from(canary), `${canary}-hash`];
  const [call, message, statement, document] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await plant('sign_in_names', { brand, kind: 'user-name', index: sealed, subscriber_id: subscriber, sealed });
  await plant('passwords', { subscriber_id: subscriber, brand, hash, set_at: at });
  for (const [owner, kind] of [[{ subscriber_id: subscriber }, 'subscriber'], [{ cancellation_id: one }, 'case']] as const)
    await plant('sessions', { token_hash: Buffer.from(`${canary}-${kind}`), id: randomUUID(), brand, kind, ...owner, created_at: at, last_seen_at: at, expires_at: new Date(at.getTime() + days(4000)) });
  await plant('known_devices', { token_hash: sealed, brand, person_id: subscriber, used_at: new Date(at.getTime() + days(4000)) });
  for (const subject of [subscriber, one]) await plant('one_time_codes', { id: randomUUID(), brand, purpose: 'status', subject, code_hash: sealed, created_at: at, expires_at: new Date(at.getTime() + days(4000)) });
  await plant('security_answers', { subscriber_id: subscriber, brand, question: canary, hash, set_at: at });
  await plant('confirmation_links', { token_hash: sealed, brand, cancellation_id: one, round: 1, made_at: at });
  await plant('support_calls', { id: call, brand, staff_id: staff, subscriber_id: subscriber, opened_at: at });
  await plant('signing_links', { token_hash: sealed, brand, cancellation_id: one, call_id: call, channel: 'mail', to_masked: canary, made_at: at, until: at });
  await plant('line_services', { line_id: line, service: canary, brand, since: at, ended_at: at });
  await plant('payment_methods', { id: randomUUID(), brand, subscriber_id: subscriber, sealed, added_at: at });
  await plant('bills', { id: randomUUID(), brand, line_id: line, amount_minor: 777, due_on: '2026-11-01', paid_at: at });
  await plant('devices', { id: randomUUID(), brand, line_id: line, sealed, bound: false });
  await plant('stored_records', { id: randomUUID(), brand, line_id: line, kind: 'contact', sealed });
  for (const [id, of] of [[message, { line_id: line }], [randomUUID(), { cancellation_id: one }]] as const) await plant('case_messages', { id, brand, author: 'subscriber', sealed, at, handle_mark: sealed, ...of });
  await plant('documents', { id: document, brand, subscriber_id: subscriber, message_id: message, purpose: 'message', content_type: 'image/png', bytes: 9, sealed, stored_at: at });
  await plant('agreement_signatures', { cancellation_id: one, agreement_id: 'terms', brand, document_id: document, language: 'en', sha256: Buffer.alloc(32), proven_at: at, signed_at: at });
  await plant('resolutions', { id: randomUUID(), brand, cancellation_id: one, step: 'bar-line', verdict: 'happened', sealed, document_id: document, proposed_by: staff, proposed_at: at, decided_by: randomUUID(), decided_at: at, agreed: true });
  await plant('statements', { id: statement, brand, kind: 'cancellation', reference: 'R-1', law: 'de@2025-01-01', entry: 'x', language: 'en', sealed, received_at: at, line_id: line, cancellation_id: one, handled_at: at });
  await plant('subscriber_keys', { subscriber_id: statement, brand, wrapped: sealed });
  await plant('notices', { id: randomUUID(), brand, statement_id: statement, template: 'received', channel: 'mail', language: 'en', sealed, to_masked: canary, state: 'delivered', intent_key: randomUUID(), created_at: at });
  await plant('api_clients', { id: call, brand, name: 'x', scopes: '{}', token_hash: Buffer.from('x'), created_at: at });
  await plant('repeated_requests', { brand, client_id: call, key_mark: Buffer.from('x'), held_until: at, begun_at: at, answer_sealed: sealed });
  await rows(`update lines set payment_ref = $2, iccid_index = $3, billing_ref = $2, monthly_fee_minor = 777, sealed = sealed where id = $1`, [line, canary, sealed]);
};

/** Everything that is in the database, jobs too, one text a row. */
const dump = async (): Promise<{ table: string; row: string }[]> => {
  const tables = await rows<{ name: string }>(`select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`);
  const found: { table: string; row: string }[] = [];
  for (const { name } of tables) for (const { row } of await rows<{ row: string }>(`select t::text as row from ${name} t`)) found.push({ table: name.replace('public.', ''), row });
  return found;
};
const holding = async (what: string | Buffer): Promise<string[]> => {
  const forms = [what.toString(), Buffer.from(what).toString('hex')];
  return [...new Set((await dump()).filter(({ row }) => forms.some((form) => row.includes(form))).map(({ table }) => table))].toSorted();
};

/** What the map says goes and is still there; found by the map's own words, not by the code that erases. */
const left = async (): Promise<string[]> => {
  const [lines, cases] = [[ids.line], [ids.case]];
  const by: Record<string, readonly string[]> = { subscriber_id: [ids.subscriber], id: [ids.subscriber], person_id: [ids.subscriber], subject: [ids.subscriber, ids.case], line_id: lines, cancellation_id: cases, key: [ids.subscriber] };
  const found: string[] = [];
  for (const [table, { subject, also = [], personal }] of goes) {
    for (const way of [subject, ...also].filter((one) => one !== 'statement_id')) {
      for (const { column } of personal.filter(({ fate }) => fate !== 'keep')) {
        const still = await rows(`select 1 from ${table} where "${way === 'key' ? 'subscriber_id' : way}" = any($1::uuid[]) and coalesce("${column}"::text, '') not in ('', '\\x', '0')`, [by[way]]);
        if (still.length > 0) found.push(`${table}.${column}`);
      }
    }
  }
  return [...new Set(found)];
};

/** A database whose connection is lost before its nth statement, and stays so: the process is gone. */
const dyingAt = (nth: number): { readonly db: Db; readonly asked: () => number } => {
  const pool = new pg.Pool({ connectionString: served.story.parts.databaseUrl, max: 1 });
  let asked = 0;
  const db = dbOn({
    connect: async () => {
      const client = await pool.connect();
      return { query: (sql, values) => (++asked >= nth ? Promise.reject(new Error('killed')) : client.query(sql, values)), release: (error) => client.release(error) };
    },
    end: () => pool.end(),
  });
  return { db, asked: () => asked };
};

beforeAll(async () => {
  served = await serve({ also: [leaving, neighbour], logLevel: 'debug' });
  number = await apply(await signIn(served, leaving), leaving);
  await decide(served, number, { move: 'approve' });
  await comesTo(served, number, 'recoverable');
  await served.story.pass(days(8));
  await comesTo(served, number, 'cancelled');
  await allTold(served);
  const reader = await come(served, '/status');
  await reader.submit('/status', { number });
  await reader.submit('/status/code', { code: await codeFor(served, leaving.person.email ?? '') });
  await reader.visit(`${served.root()}/cases/${number}/afterwards`);
  said = words(reader);
  const [found] = await rows<typeof ids>(`select c.subscriber_id as subscriber, c.line_id as line, c.id as case, (select id from staff limit 1) as staff from cancellations c where application_number = $1`, [number]);
  if (found === undefined) throw new Error('no case');
  ids = found;
});
afterAll(() => served?.close());

/** Of the neighbour one line is over for years, under a case of its own, and the other lives. */
const endOneOfTwo = async (): Promise<void> => {
  const [{ subscriber, line }] = await rows<{ subscriber: string; line: string }>(`select subscriber_id as subscriber, id as line from lines where msisdn_index = $1`, [tools().vault.blindIndex(brand, 'number', neighbour.phone)]) as [{ subscriber: string; line: string }];
  const over = randomUUID();
  await rows(`set session_replication_role = replica`);
  await rows(`insert into lines select (jsonb_populate_record(l, jsonb_build_object('id', $2::text, 'status', 'cancelled', 'billing_ref', 'B-old'))).* from lines l where id = $1`, [line, over]);
  await rows(`insert into cancellations select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'application_number', 'OLD', 'subscriber_id', $2::text, 'line_id', $3::text))).* from cancellations c where id = $1`, [ids.case, subscriber, over]);
  await rows(`set session_replication_role = origin`);
};

describe('UR6 personal data is deleted', () => {
  test('UR6 not before the day: the law of the place keeps registration records for two years', async () => {
    await plantEverywhere();
    await endOneOfTwo();
    expect(await holding(canary)).toEqual(expect.arrayContaining(goes.map(([table]) => table).filter((table) => !hidden.has(table))));
    // Every column has something of theirs, but for the credit: it is none once it is settled, and else a reason to wait.
    const columns = goes.flatMap(([table, { personal }]) => personal.filter(({ fate }) => fate !== 'keep').map(({ column }) => `${table}.${column}`));
    expect((await left()).toSorted()).toEqual(columns.filter((one) => one !== 'lines.credit_minor').toSorted());
    await served.story.pass(days(700));
    expect(await erasePersons(tools())).toBe(0);
    const [day] = await rows<{ on: string }>(`select to_char(s.erase_after at time zone 'UTC', 'YYYY-MM-DD') as on from subscribers s where id = $1`, [ids.subscriber]);
    expect(day?.on).toMatch(/^2028-12-0\d$/);
    // The page said so on the day on which it ended.
    const [before, after] = translator<PortalKey>('portal', 'zh-CN')('afterwards.erased-from', { day: '|' }).split('|');
    expect(said).toContain(`${before}2028年12月${Number(day?.on.slice(8))}日`);
    expect(said).toContain(after);
    expect((await left()).length).toBeGreaterThan(20);
  });

  test('UR6 faults 43: on the day whatever is not finished with them puts it off, and the console says why', async () => {
    await served.story.pass(days(60));
    const { subscriber, line, case: one } = ids;
    const at = served.story.clock.now();
    const openings: Record<HoldKind, readonly [table: string, row: Record<string, unknown>]> = {
      'data-request': ['data_requests', { id: randomUUID(), brand, subscriber_id: subscriber, kind: 'copy', asked_at: at }],
      finding: ['findings', { id: randomUUID(), brand, cancellation_id: one, what: 'still-billed', found_at: at, seen_at: at }],
      refund: ['refunds', { id: randomUUID(), brand, line_id: line, cancellation_id: one, key: 'k', payment_ref: 'p', amount_minor: 1, currency: 'CNY', state: 'failed', requested_at: at, changed_at: at }],
      statement: ['statements', { id: randomUUID(), brand, kind: 'cancellation', reference: 'R-2', law: 'de@2025-01-01', entry: 'x', language: 'en', sealed: Buffer.from('x'), received_at: at, line_id: line }],
      resolution: ['resolutions', { id: randomUUID(), brand, cancellation_id: one, step: 'x', verdict: 'happened', sealed: Buffer.from('x'), proposed_by: ids.staff, proposed_at: at }],
      debt: ['bills', { id: randomUUID(), brand, line_id: line, amount_minor: 5, due_on: '2027-01-01' }],
      credit: ['lines', {}],
    };
    const say = translator<ConsoleKey>('console', 'zh-CN');
    for (const kind of holdKinds) {
      const [table, row] = openings[kind];
      await rows(`set session_replication_role = replica`);
      if (kind === 'credit') await rows(`update lines set credit_minor = 5 where id = $1`, [line]);
      else await plant(table, row);
      expect([kind, await erasePersons(tools())]).toEqual([kind, 0]);
      const desk = await reviewer(served);
      await desk.visit(`${served.root()}/console/deadlines`);
      expect(words(desk)).toContain(number);
      expect(words(desk)).toContain(say(`erasure.hold.${kind}`));
      await rows(`set session_replication_role = replica`);
      await rows(kind === 'credit' ? `update lines set credit_minor = 0 where id = $1` : `delete from ${table} where id = $1`, [kind === 'credit' ? line : row['id']]);
      await rows(`set session_replication_role = origin`);
    }
    expect((await left()).length).toBeGreaterThan(20);
  });

  test('UR6 faults 40: killed before any of its statements it has erased nothing, and the next one does all of it', async () => {
    const before = await left();
    let nth = 1;
    for (; ; nth++) {
      const { db, asked } = dyingAt(nth);
      const died = await erasePersons({ ...tools(), db }).then(() => undefined, (error: Error) => error.message);
      await db.close();
      if (died === undefined) break;
      expect(died).toBe('killed');
      expect(asked()).toBeGreaterThanOrEqual(nth);
      const [is] = await rows<{ state: string }>(`select state from cancellations where id = $1`, [ids.case]);
      if (is?.state === 'cancelled') expect(await left()).toEqual(before);
      else { // all of it was committed; what died is the look for the next ones
        expect([is?.state, await left()]).toEqual(['erased', []]);
        break;
      }
    }
    expect(nth).toBeGreaterThan(goes.length);
    expect(await erasePersons(tools())).toBe(0);
    expect(await rows(`select c.state, s.erased_at is not null as done from cancellations c join subscribers s on s.id = c.subscriber_id where c.id = $1`, [ids.case])).toEqual([{ state: 'erased', done: true }]);
    expect(await erasePersons(tools())).toBe(0);
  });

  test('UR6 faults 39: of every canary nothing is left: not in a table, not in a job, not in an answer that is kept, not in a line of the log', async () => {
    expect(await left()).toEqual([]);
    await tools().db.acrossBrands((tx) => sweepIdentity(tx, served.story.clock.now()));
    expect(await holding(canary)).toEqual([]);
    const { vault } = tools();
    const [{ identifiers: line }] = leaving.lines as [(typeof leaving.lines)[number]];
    const plain = [leaving.person.name, leaving.person.email, leaving.person.contactPhone, leaving.phone, leaving.password, line.msisdn, line.imsi, line.iccid, line.matchingId].filter((one) => typeof one === 'string');
    for (const one of plain) {
      expect([one, await holding(one)]).toEqual([one, []]);
      expect([one, served.story.logged.filter((entry) => entry.includes(one))]).toEqual([one, []]);
    }
    for (const [kind, of] of [['phone', leaving.phone], ['e-mail', leaving.person.email ?? ''], ['iccid', line.iccid ?? '']] as const) expect([kind, await holding(vault.blindIndex(brand, kind, of))]).toEqual([kind, []]);
    expect(await holding(vault.blindIndex(brand, 'number', line.msisdn))).toEqual(['number_tenures']); // the operator's, as the map keeps it
    expect(await rows(`select 1 from subscriber_keys where subscriber_id = $1`, [ids.subscriber])).toEqual([]);
  });

  test('UR6 what the map keeps stands: certificate, journal, books; the page of the certificate says valid', async () => {
    const [{ statement }] = await rows<{ statement: string }>(`select statement from certificates where cancellation_id = $1`, [ids.case]) as [{ statement: string }];
    const checked = verify(statement, publishedKeys([served.story.parts.signingKey]));
    const journal = await tools().db.inBrand(brand, (tx) => readJournal(tx, ids.case));
    expect(checked.kind).toBe('valid');
    if (checked.kind === 'valid') expect(verifyChain(journal, sha256, checked.statement.journal).ok).toBe(true);
    expect(journal.at(-1)).toMatchObject({ event: 'erased', actor: 'executor' });
    expect((await checkLedger({ db: tools().db }, tools().ports.payouts)).findings).toEqual([]);
    const anybody = await come(served, `/verify?n=${number}`);
    expect(anybody.page().status).toBe(200);
    expect(words(anybody)).toContain(number);
  });

  test('UR6 nobody signs in, the number of the case leads to nobody, at the console neither; who lives on is as before', async () => {
    const one = await come(served, '/sign-in');
    await one.submit('/sign-in', { name: leaving.phone, password: leaving.password });
    expect(pathOf(one)).toBe('/sign-in');
    const asked = async (application: string): Promise<string> => {
      const nobody = await come(served, '/status');
      await nobody.submit('/status', { number: application });
      return words(nobody).replaceAll(application, '');
    };
    const sent = served.story.simulator.effects().length;
    expect(await asked(number)).toBe(await asked(applicationNumber(randomBytes(8))));
    expect(served.story.simulator.effects().length).toBe(sent);
    const desk = await reviewer(served);
    await desk.visit(`${served.root()}/console/cases/${number}`);
    expect(desk.page().status).toBe(404);
    expect(await findCaller(served.story.signoff.desk, { brand, staffId: ids.staff }, [], number)).toEqual({ ok: false, why: { kind: 'nobody' } });
    expect(pathOf(await signIn(served, neighbour))).toBe('/');
    expect(await rows(`select s.erase_after, s.erased_at, c.state from cancellations c join subscribers s on s.id = c.subscriber_id where application_number = 'OLD'`)).toEqual([{ erase_after: null, erased_at: null, state: 'cancelled' }]);
    // The other line ends too: two workers at once erase them once.
    await rows(`update lines set status = 'cancelled' where billing_ref <> 'B-old' and subscriber_id = (select subscriber_id from cancellations where application_number = 'OLD')`);
    const both = await Promise.all([erasePersons(tools()), erasePersons(tools())]);
    expect(both[0] + both[1]).toBe(1);
    expect(await rows(`select event from journal j join cancellations c on c.id = j.cancellation_id where application_number = 'OLD' and event = 'erased'`)).toEqual([{ event: 'erased' }]);
  });
});
