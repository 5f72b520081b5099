/** The boundary of a brand the journal and the books, held by the database itself: against a query that forgets, and against the program's own role (I5, I7, 42). */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyPage } from '../../bench/every-page.ts';
import { verifyChain, type Entry } from '../../src/evidence/chain.ts';
import { deskRole } from '../../src/store/desk-role.ts';
import { readJournal, sha256 } from '../../src/store/journal.ts';
import { verify } from '../../src/certificate/verify.ts';
import { publishedKeys } from '../../src/certificate/published-keys.ts';
import { openDraft } from '../../src/desk/draft.ts';
import { acceptReadOut, callIsProven, findCaller } from '../../src/desk/phone-call.ts';
import { seePaperForm } from '../../src/desk/post.ts';
import { declare } from '../../src/desk/statement.ts';
import { saveSignatures } from '../../src/store/agreements.ts';
import { hashOfLink, keepLinks, openRounds } from '../../src/store/confirmations.ts';
import { storeDocument } from '../../src/vault/documents/stored-documents.ts';
import { applicantOf, photo, prepare, reviewerOf } from '../apply.ts';
import { brand } from '../harness.ts';
import { anyWay, withChannels } from './channels-setting.ts';
import { serve, type Served } from './up-setting.ts';

const other = 'ultra-elsewhere';
/** Of no brand: what the migrator keeps, a driven clock, receipts that name nothing but a message, which months a register wants to hear of, and how many reports of cards belong to nobody. */
const withoutBrand = ['clock_ahead', 'delivery_receipts', 'disconnect_files', 'schema_migrations', 'stray_card_reports'];

/** Written once: the program's role may add to them and no more. */
const appendOnly = ['destroyed_statements', 'journal', 'ledger_accounts', 'ledger_entries', 'ledger_postings'];

let served: Served;
let desk: pg.Client;
let branded: string[] = [];
beforeAll(async () => {
  const change = withChannels[anyWay] ?? ((pack) => pack);
  served = await serve({ change, brands: { [other]: change } });
  // One whole case, so that every table has something to see.
  await everyPage({ origin: served.origin, data: served.story.data, pass: served.story.pass }, async () => undefined);
  await plant();
  branded = (await served.story.rows<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'brand' and not a.attisdropped
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`)).map(({ name }) => name);
  desk = new pg.Client({ connectionString: served.story.parts.databaseUrl });
  await desk.connect();
  await desk.query(`set role ${deskRole}`);
});
/** What that case did not need: a call, a form on paper, signed agreements, a mailed link, the first of two approvals, what was proven, what is sold along, what was declared without sign-in. */
const plant = async (): Promise<void> => {
  const { signoff: { desk: ours }, clock, rows } = served.story;
  const now = clock.now();
  const [agent, applicant] = [await reviewerOf(served.story), await applicantOf(served.story, 'B-100178')];
  const { who, lineId } = applicant;
  await prepare(served.story, applicant);
  const opened = await openDraft(ours, who, lineId);
  const called = await findCaller(ours, agent, [{ kind: 'phone', normalised: '+12025550178' }]);
  if (!opened.ok || !called.ok) throw new Error('no draft, or nobody who calls');
  const { caseId, pack } = opened.value;
  await callIsProven(ours, agent, called.value.callId);
  await acceptReadOut(ours, agent, who, called.value.callId, lineId, pack.consequences[0]?.id ?? '');
  await seePaperForm(ours, who, lineId);
  await ours.db.inBrand(brand, async (tx) => {
    const keyring = await ours.vault.keyring(tx, [who.subscriberId]);
    const documentId = await storeDocument(tx, keyring, { brand, subscriberId: who.subscriberId, cancellationId: caseId, purpose: 'agreement', accepted: await photo(), now });
    await saveSignatures(tx, { brand, caseId, provenAt: now }, [{ agreementId: 'end-of-service', documentId, language: 'zh-CN', sha256: '00'.repeat(32), signedAt: now }]);
    await openRounds(tx, [{ caseId, brand, round: 1, opensAt: now, until: now }]);
    await keepLinks(tx, now, [{ tokenHash: hashOfLink('nobody holds it'), brand, caseId, round: 1 }]);
  });
  const entry = ours.packs.openEntries(brand, now)[0];
  if (entry === undefined) throw new Error('no law demands an entry for anybody');
  await declare(ours, { brand, language: 'zh-CN', entry, form: '', contents: { name: '林小雨', contract: 'unknown', email: 'lin@mail.example' } });
  await rows(`insert into card_reports (line_id, brand, event, status, at, received_at) values ($1, $2, 'deleted', 'Executed-Success', $3, $3)`, [lineId, brand, now]);
  await rows(`insert into certificate_updates (cancellation_id, brand, statement, issued_at) values ($1, $2, 'none', $3)`, [caseId, brand, now]);
  await rows(`insert into destroyed_statements (id, brand, kind, law, received_at, destroyed_at, because) values (gen_random_uuid(), $1, 'cancellation', 'de@2025-01-01', $2, $2, 'de@2025-01-01')`, [brand, now]);
  await rows('insert into approvals (cancellation_id, version, staff_id, brand, at) values ($1, 1, $2, $3, $4)', [caseId, agent.staffId, brand, now]);
  await rows(`insert into proofs (brand, cancellation_id, session_id, proof, proven_at) values ($1, $2, gen_random_uuid(), 'document', $3)`, [brand, caseId, now]);
  await rows(`insert into security_answers (subscriber_id, brand, question, hash, set_at) values ($1, $2, 'first-street', 'none', $3) on conflict do nothing`, [who.subscriberId, brand, now]);
  await rows(`insert into payment_methods (id, brand, subscriber_id, sealed, added_at) values (gen_random_uuid(), $1, $2, 'sealed', $3)`, [brand, who.subscriberId, now]);
  await rows(`insert into bills (id, brand, line_id, amount_minor, due_on) values (gen_random_uuid(), $1, $2, 690, '2026-12-20')`, [brand, lineId]);
  await rows(`insert into findings (id, brand, cancellation_id, what, found_at, seen_at) values (gen_random_uuid(), $1, $2, 'still-billed', $3, $3)`, [brand, caseId, now]);
  await rows(`insert into deadline_alarms (brand, cancellation_id, what, due_at, told_at) values ($1, $2, 'review', $3, $3)`, [brand, caseId, now]);
  await rows(`insert into data_requests (id, brand, subscriber_id, kind, asked_at) values (gen_random_uuid(), $1, $2, 'copy', $3)`, [brand, who.subscriberId, now]);
  await rows(`insert into reconciliations (id, brand, started_at, lease_until, ended_at) values (gen_random_uuid(), $1, $2, $2, $2)`, [brand, now]);
  await rows(`insert into api_clients (id, brand, name, scopes, token_hash, created_at) values (gen_random_uuid(), $1, 'a bank', '{}', 'none', $2)`, [brand, now]);
  await rows(`insert into repeated_requests (brand, client_id, key_mark, held_until, begun_at) select brand, id, 'none', $2, $2 from api_clients where brand = $1`, [brand, now]);
  await rows(`insert into set_aside_jobs (id, brand, queue, data, tries, at) values (gen_random_uuid(), $1, 'advance', '{}', 8, $2)`, [brand, now]);
  await rows(`insert into signing_links (token_hash, brand, cancellation_id, call_id, channel, to_masked, made_at, until) values ('none', $1, $2, $3, 'mail', 'l•••@m•••.example', $4, $4)`, [brand, caseId, called.value.callId, now]);
  await rows(`insert into step_tries (cancellation_id, step, brand, at, undo, mode, intent_key, outcome) values ($1, 'bar-line', $2, $3, false, 'read', 'k', '{}')`, [caseId, brand, now]);
  await rows(`insert into resolutions (id, brand, cancellation_id, step, verdict, sealed, proposed_by, proposed_at) values (gen_random_uuid(), $1, $2, 'bar-line', 'happened', 'sealed', $3, $4)`, [brand, caseId, agent.staffId, now]);
  await rows(`insert into bulk_orders (id, brand, channel, state, form, uploaded_by, uploaded_at) values ('00000000-0000-4000-8000-00000000000b', $1, 'bulk', 'reading', '{}', 'staff:a', $2)`, [brand, now]);
  await rows(`insert into bulk_parts (order_id, part, brand, from_line, file_sealed) values ('00000000-0000-4000-8000-00000000000b', 1, $1, 2, 'sealed')`, [brand]);
  await rows(`insert into bulk_rows (order_id, line_no, brand, verdict, why) values ('00000000-0000-4000-8000-00000000000b', 2, $1, 'refused', 'unknown-line')`, [brand]);
  await rows(`insert into bulk_paces (brand, name, next_at) values ($1, 'open', $2)`, [brand, now]);
  await rows(`insert into line_services (line_id, service, brand, since) values ($1, 'voicemail', $2, $3)`, [lineId, brand, now]);
};
afterAll(async () => {
  await desk?.end();
  await served?.close();
});

/** As the program works: in its role, for one brand or for none. Everything is rolled back. */
const as = async <Result>(brandOf: string | undefined, work: () => Promise<Result>): Promise<Result> => {
  await desk.query('begin');
  try {
    if (brandOf !== undefined) await desk.query(`select set_config('signoff.brand', $1, true)`, [brandOf]);
    return await work();
  } finally {
    await desk.query('rollback');
  }
};
const refusal = async (sql: string, values: unknown[] = []): Promise<{ code: string; message: string }> => {
  try {
    await desk.query(sql, values);
    return { code: 'nothing refused it', message: sql };
  } catch (fault) {
    const { code = '', message } = fault as { code?: string; message: string };
    return { code, message };
  }
};
const denied = '42501'; // insufficient_privilege, also of a row against its policy

describe('the brand’s boundary', () => {
  test('is on every table: either it has a brand and the boundary, or it is known to have none', async () => {
    const tables = await served.story.rows<{ name: string; forced: boolean; policies: number }>(
      `select relname as name, relrowsecurity and relforcerowsecurity as forced, (select count(*)::int from pg_policy where polrelid = c.oid) as policies
       from pg_class c where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`);
    expect(tables.filter(({ name }) => !branded.includes(name)).map(({ name }) => name).toSorted()).toEqual(withoutBrand);
    expect(tables.filter(({ name, forced, policies }) => branded.includes(name) && (!forced || policies !== 1))).toEqual([]);
    expect(branded.length).toBeGreaterThan(18);
  });

  test('a query that forgets the brand sees nothing, in any table; one of another brand sees nothing of this one', async () => {
    for (const table of branded) {
      const [{ n } = { n: 0 }] = await served.story.rows<{ n: number }>(`select count(*)::int as n from ${table} where brand = $1`, [brand]);
      expect([table, n > 0]).toEqual([table, true]); // there is something to be seen
      const seen = async (as_: string | undefined) => as(as_, async () => Number((await desk.query<{ n: string }>(`select count(*) as n from ${table} where brand = '${brand}'`)).rows[0]?.n));
      expect([table, await seen(undefined), await seen(''), await seen(other), await seen(brand)]).toEqual([table, 0, 0, 0, n]);
    }
  });

  test('a row of the wrong brand is refused, in any table, by insert and by update; without a brand every row is', async () => {
    for (const table of branded) {
      // A bill on a frozen line is refused before its brand is looked at.
      const free = table === 'bills' ? 'where line_id in (select id from lines where not frozen)' : '';
      // What a column works out from others nobody writes.
      const [{ columns } = { columns: '' }] = await served.story.rows<{ columns: string }>(`select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`, [table]);
      const copy = `insert into ${table} (${columns}) select ${columns} from (select (jsonb_populate_record(null::${table}, to_jsonb(t) || jsonb_build_object('brand', $1::text))).* from ${table} t ${free} limit 1) as other`;
      expect([table, await as(brand, () => refusal(copy, [other]))]).toEqual([table, { code: denied, message: expect.stringMatching(/row-level security/) }]);
      const [row] = await served.story.rows(`select to_jsonb(t) as row from ${table} t where brand = $1 limit 1`, [brand]);
      const forgotten = `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1::jsonb)`;
      expect([table, await as(undefined, () => refusal(forgotten, [JSON.stringify(row?.['row'])]))]).toEqual([table, { code: denied, message: expect.stringMatching(/row-level security/) }]);
      const moved = await as(brand, () => refusal(`update ${table} set brand = $1`, [other]));
      expect([table, moved.code]).toEqual([table, denied]);
    }
  });

  test('nothing of another brand is changed or removed, even by a statement that means to', async () => {
    for (const table of branded.filter((name) => !appendOnly.includes(name))) {
      const { rowCount } = await as(other, () => desk.query(`delete from ${table} where brand = '${brand}'`));
      expect([table, rowCount]).toEqual([table, 0]);
    }
  });

  test('the program’s role can’t take the boundary away', async () => {
    for (const statement of [
      'alter table lines disable row level security', 'alter table lines no force row level security', 'drop policy brand_boundary on lines',
      `alter policy brand_boundary on lines using (true)`, `create policy all_of_it on lines using (true)`, 'alter table journal disable trigger all',
      'drop trigger journal_no_change on journal', 'create or replace function journal_is_append_only() returns trigger language plpgsql as $$ begin return old; end $$',
      `alter role ${deskRole} bypassrls`, `alter role ${deskRole} superuser`, 'drop table journal', `copy lines to program 'cat'`, 'select * from schema_migrations', `set session_replication_role = 'replica'`,
    ]) expect([statement, (await as(brand, () => refusal(statement))).code]).toEqual([statement, denied]);
    await as(undefined, async () => {
      await desk.query('set local row_security = off');
      expect((await refusal('select * from lines')).code).toBe(denied); // an error, never the rows
    });
    const [role] = await served.story.rows(`select rolsuper, rolbypassrls, rolcanlogin, rolcreaterole from pg_roles where rolname = $1`, [deskRole]);
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcanlogin: false, rolcreaterole: false });
  });
});

describe('the journal and the books', () => {
  test('are neither changed, nor shortened, nor emptied by the program’s role', async () => {
    for (const statement of [`update journal set actor = 'reviewer'`, `update ledger_accounts set name = 'cash'`, `update ledger_entries set key = key || 'x'`, 'update ledger_postings set amount_minor = amount_minor * 2', ...appendOnly.flatMap((table) => [`delete from ${table}`, `truncate ${table} cascade`])])
      for (const brandOf of [brand, '*']) expect([statement, (await as(brandOf, () => refusal(statement))).code]).toEqual([statement, denied]);
  });

  test('nor by its owner, whom a trigger stops', async () => {
    for (const statement of [`update journal set actor = 'reviewer'`, 'delete from journal', 'truncate journal cascade'])
      await expect(served.story.rows(statement)).rejects.toMatchObject({ code: 'P0001', message: 'the journal is append-only' });
    for (const table of appendOnly.filter((name) => name.startsWith('ledger'))) for (const statement of [`update ${table} set brand = brand`, `delete from ${table}`, `truncate ${table} cascade`])
      await expect(served.story.rows(statement), statement).rejects.toMatchObject({ code: 'P0001', message: 'the ledger is append-only' });
  });

  test('42 what a superuser edits, removes, reorders or cuts off past every guard, the verifier names by its entry', async () => {
    const { story } = served;
    const [one] = await story.rows<{ id: string; statement: string }>(`select c.id, statement from cancellations c join certificates on cancellation_id = c.id`);
    if (one === undefined) throw new Error('no case was certified');
    const checked = verify(one.statement, publishedKeys([story.parts.signingKey]));
    if (checked.kind !== 'valid') throw new Error(checked.kind);
    const anchor = checked.statement.journal;
    const judged = async () => verifyChain(await story.signoff.desk.db.inBrand(brand, (tx) => readJournal(tx, one.id)), sha256, anchor);
    expect(await judged()).toMatchObject({ ok: true });

    const kept = await story.rows<Entry>('select * from journal where cancellation_id = $1 order by entry', [one.id]);
    const tampered = async (statements: readonly string[]) => {
      await story.rows('alter table journal disable trigger all');
      for (const statement of statements) await story.rows(`${statement} `.replace(' where ', ' where cancellation_id = $1 and '), [one.id]);
      const verdict = await judged();
      await story.rows('delete from journal where cancellation_id = $1', [one.id]);
      for (const row of kept) await story.rows(`insert into journal select (jsonb_populate_record(null::journal, $1::jsonb)).*`, [JSON.stringify({ ...row, previous: `\\x${Buffer.from(row.previous).toString('hex')}`, hash: `\\x${Buffer.from(row.hash).toString('hex')}` })]);
      await story.rows('alter table journal enable trigger all');
      return verdict;
    };
    for (const [statements, why] of [
      [[`update journal set actor = 'policy' where entry = 4`], { kind: 'edited', entry: 4 }],
      [[`update journal set at = at + interval '1 millisecond' where entry = 2`], { kind: 'edited', entry: 2 }],
      [[`update journal set facts = facts || '{"reason": "other"}' where entry = 1`], { kind: 'edited', entry: 1 }],
      [['delete from journal where entry = 5'], { kind: 'removed', entry: 5 }],
      [['update journal set entry = -3 where entry = 3', 'update journal set entry = 3 where entry = 4', 'update journal set entry = 4 where entry = -3'], { kind: 'reordered', entry: 3, found: 4 }],
      [['delete from journal where entry > 6'], { kind: 'tail-cut', entry: 7, expected: anchor.entries }],
    ] as const) expect([statements, await tampered(statements)]).toEqual([statements, { ok: false, why }]);
    expect(await judged()).toMatchObject({ ok: true }); // put back to the last bit
  });

  test('nothing broke on the way', () => expect(served.story.alarms).toEqual([]));
});
