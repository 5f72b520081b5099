/**
 * Who gets where: every route of portal and console (a new one without a row here fails the first test) × everybody who is not
 * the right one. What is another's must read exactly as what is not there (fault 31); a form that is not ours does nothing (fault 36).
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationNumber } from '../../src/cancellation/identifiers/application-number.ts';
import { writeMessage } from '../../src/desk/conversation.ts';
import { openDraft } from '../../src/desk/draft.ts';
import { callIsProven, findCaller } from '../../src/desk/phone-call.ts';
import { filePaper, seePaperForm } from '../../src/desk/post.ts';
import { ask } from '../../src/desk/review-case.ts';
import { declare } from '../../src/desk/statement.ts';
import type { DemoSubscriber } from '../../src/demo/data.ts';
import { visitor } from '../../src/demo/visitor.ts';
import { saveSignatures } from '../../src/store/agreements.ts';
import { closeRound, hashOfLink, keepLinks, openRounds } from '../../src/store/confirmations.ts';
import { storeDocument } from '../../src/vault/documents/stored-documents.ts';
import { applicantOf, apply, applyAndApprove, photo, prepare, reviewerOf } from '../apply.ts';
import { brand, days } from '../harness.ts';
import { apiRows, bulkApiRows, rows, type Row, type Things } from './authorisation-rows.ts';
import { addAgent, anyWay, withChannels } from './channels-setting.ts';
import { come, comesTo, eventually, inbox, person, serve, signIn, type Served } from './up-setting.ts';

const elsewhere = 'ultra-elsewhere';

/** Everybody. `where`: whose addresses they ask for. `at`: the doors at which they have a session there. */
type Client = { readonly who: string; readonly where: string; readonly cookie: string; readonly tokens: { readonly portal: string; readonly console: string }; readonly at: readonly ('portal' | 'case' | 'console')[] };

const routes: string[] = [];
let served: Served;
let mine: Things;
let none: Things;
let secrets: readonly string[];
const clients: Client[] = [];
const client = (who: string): Client => clients.find((one) => one.who === who) ?? (() => { throw new Error(`nobody is called ${who}`); })();

const owner: DemoSubscriber = (() => {
  const lines = ['60', '61', '62'].map((digits) => person(digits).lines[0]).filter((line) => line !== undefined);
  return { ...person('60'), person: { name: '独孤求安', email: 'only.hers@mail.example', contactPhone: '+447700900600' }, lines };
})();
const neighbour = person('63');

beforeAll(async () => {
  const change = withChannels[anyWay] ?? ((pack) => pack);
  served = await serve({ also: [owner, neighbour], change, brands: { [elsewhere]: change } }, (app) => app.addHook('onRoute', ({ method, url }) => {
    if (method !== 'HEAD') routes.push(`${Array.isArray(method) ? 'ALL' : method} ${url}`);
  }));
  const { story } = served;
  const { desk } = story.signoff;
  await story.rows('delete from pgboss.schedule'); // what changes here, one of the clients changed
  const ended = await applyAndApprove(story, await applicantOf(story, 'B-100160'));
  await story.pass(days(8));
  await comesTo(served, ended, 'cancelled');
  const number = await apply(story, await applicantOf(story, 'B-100161'));
  await ask(desk, await reviewerOf(story), number, { materials: ['clearer-document'], note: '只给她看的话' });
  const third = await applicantOf(story, 'B-100162');
  await prepare(story, third);
  await openDraft(desk, third.who, third.lineId);
  const [bill, device] = [randomUUID(), randomUUID()];
  await story.rows(`insert into bills (id, brand, line_id, amount_minor, due_on) values ($1, $2, $3, 690, '2026-12-20')`, [bill, brand, third.lineId]);
  await desk.db.inBrand(brand, async (tx) => {
    const keyring = await desk.vault.keyring(tx, [third.who.subscriberId]);
    await tx.query(`insert into devices (id, brand, line_id, sealed) values ($1, $2, $3, $4)`, [device, brand, third.lineId, keyring.sealJson(third.who.subscriberId, `device:${device}`, { name: '她的手表' })]);
  });
  const [document] = await story.rows<{ id: string }>('select d.id from documents d join cancellations c on c.id = d.cancellation_id where application_number = $1', [number]);
  const planted = await plant(third, ended);
  mine = { line: third.lineId, bill, device, number, ended, document: document?.id ?? '', ...planted };
  none = {
    line: randomUUID(), bill: randomUUID(), device: randomUUID(), number: applicationNumber(Buffer.from('0102030405060708', 'hex')), ended: applicationNumber(Buffer.from('1112131415161718', 'hex')), document: randomUUID(),
    attachment: randomUUID(), call: randomUUID(), paper: applicationNumber(Buffer.from('2122232425262728', 'hex')), agreement: 'end-of-nothing', link: randomBytes(32).toString('base64url'), statement: randomUUID(), finding: randomUUID(), aside: randomUUID(), bulk: randomUUID(), dataRequest: randomUUID() };
  secrets = [owner.person.name, owner.person.email ?? '', '只给她看的话', '她的手表', '她在问的话', number, ended, third.lineId, '2025550160', '555 0160', '555 0162'];

  const nextDoor = await apply(story, await applicantOf(story, 'B-100163'));
  const tokenOn = async (one: Awaited<ReturnType<typeof come>>, address: string): Promise<string> => (await one.visit(address)).root.querySelector('input[name=token]')?.getAttribute('value') ?? '';
  /** As somebody with their cookies at their own brand, asking there or at another's. */
  const add = async (who: string, one: Awaited<ReturnType<typeof come>>, home: string, where: string, doors: Client['at']) => {
    const tokens = {
      portal: await tokenOn(one, `${served.root(home)}/${doors.includes('portal') || doors.length === 0 || doors.includes('case') ? 'sign-in' : 'help'}`) || await tokenOn(one, `${served.root(home)}/sign-in`),
      console: await tokenOn(one, `${served.root(home)}/console/sign-in`),
    };
    const cookie = one.cookie(`${served.root(home)}/console/sign-in`); // the longest path: both doors' cookies
    clients.push({ who, where, cookie, tokens, at: where === home ? doors : [] });
  };
  await add('nobody', await come(served, '/sign-in'), brand, brand, []);
  await add('the owner', await signIn(served, owner), brand, brand, ['portal']);
  await add('another subscriber', await signIn(served, neighbour), brand, brand, ['portal']);
  const [abroad] = story.dataOf(elsewhere).subscribers;
  if (abroad === undefined) throw new Error('nobody is elsewhere');
  for (const where of [brand, elsewhere]) await add(`a subscriber of another brand, asking ${where}`, await signIn(served, abroad, elsewhere), elsewhere, where, ['portal']);
  const reader = await come(served, '/status');
  await reader.submit('/status', { number: nextDoor });
  const code = await eventually('a code', async () => /\b\d{8}\b/.exec(inbox(served, neighbour.person.email ?? '').mail.at(-1)?.text.replaceAll(nextDoor, '') ?? '')?.[0]);
  await reader.submit('/status/code', { code });
  if (new URL(reader.page().url).pathname !== `/${brand}/cases/${nextDoor}`) throw new Error('the reader did not come to the case');
  await add('a reader of another case', reader, brand, brand, ['case']);
  const other = await addAgent(story, brand, '坐席 乙', { email: 'agent@ultra-purple.example', password: 'nine-lamps-by-the-weir' });
  for (const [who, place, home, where] of [
    ['a reviewer', 0, brand, brand], ['another agent', other, brand, brand], ['an auditor', 2, brand, brand], [`a reviewer of another brand, asking ${brand}`, 0, elsewhere, brand], [`a reviewer of another brand, asking ${elsewhere}`, 0, elsewhere, elsewhere],
  ] as const) {
    const staff = typeof place === 'number' ? story.dataOf(home).staff[place] : place;
    const one = visitor(`${served.root(home)}/console`, 'zh-CN');
    await one.visit(`${served.root(home)}/console/sign-in`);
    await one.submit('/sign-in', { email: staff?.email ?? '', password: staff?.password ?? '' });
    if (new URL(one.page().url).pathname !== `/${home}/console`) throw new Error(`${who} did not come in`);
    await add(who, one, home, where, ['console']);
  }
});
afterAll(() => served?.close());

/** What stands on the ways beside the web: a thread, a printed form, papers that were signed, a mailed link, a call. */
const plant = async ({ who, lineId }: Awaited<ReturnType<typeof applicantOf>>, ended: string): Promise<Pick<Things, 'attachment' | 'paper' | 'agreement' | 'link' | 'call' | 'statement' | 'finding' | 'aside' | 'bulk' | 'dataRequest'>> => {
  const { signoff: { desk }, clock, rows: query } = served.story;
  const [agent, now] = [await reviewerOf(served.story), clock.now()];
  const written = await writeMessage(desk, who, lineId, { text: '她在问的话', documents: [await photo()] });
  const [attachment] = await query<{ id: string }>('select id from documents where message_id is not null');
  const printed = await seePaperForm(desk, who, lineId);
  const filed = await filePaper(desk, agent, [printed?.code ?? ''], await photo());
  const called = await findCaller(desk, agent, [{ kind: 'phone', normalised: '+12025550162' }]);
  if (!written.ok || attachment === undefined || printed === undefined || !filed.ok || !called.ok) throw new Error('the ways beside the web are not open');
  await callIsProven(desk, agent, called.value.callId);
  const entry = desk.packs.openEntries(brand, now)[0];
  if (entry === undefined) throw new Error('no law demands an entry for anybody');
  await declare(desk, { brand, language: 'zh-CN', entry, form: '', contents: { name: owner.person.name, contract: '7Q-1', email: owner.person.email ?? '' } });
  const [declared] = await query<{ id: string }>('select id from statements');
  const [agreement, link] = ['end-of-service', randomBytes(32).toString('base64url')];
  const [over] = await query<{ id: string }>('select id from cancellations where application_number = $1', [ended]);
  const endedId = over?.id ?? '';
  const finding = randomUUID();
  await query(`insert into findings (id, brand, cancellation_id, what, owed_minor, currency, found_at, seen_at) values ($1, $2, $3, 'bill-after-end', 690, 'USD', $4, $4)`, [finding, brand, endedId, now]);
  await desk.db.inBrand(brand, async (tx) => {
    const keyring = await desk.vault.keyring(tx, [who.subscriberId]);
    for (const caseId of [endedId, printed.draft.caseId]) {
      const documentId = await storeDocument(tx, keyring, { brand, subscriberId: who.subscriberId, cancellationId: caseId, purpose: 'agreement', accepted: await photo(), now });
      await saveSignatures(tx, { brand, caseId, provenAt: now }, [{ agreementId: agreement, documentId, language: 'zh-CN', sha256: '00'.repeat(32), signedAt: now }]);
    }
    await openRounds(tx, [{ caseId: endedId, brand, round: 1, opensAt: now, until: now }]);
    await keepLinks(tx, now, [{ tokenHash: hashOfLink(link), brand, caseId: endedId, round: 1 }]);
    await closeRound(tx, endedId, 1, now);
  });
  const dataRequest = randomUUID();
  await query(`insert into data_requests (id, brand, subscriber_id, kind, asked_at) values ($1, $2, $3, 'erase', $4)`, [dataRequest, brand, who.subscriberId, now]);
  const bulk = randomUUID();
  await query(`insert into bulk_orders (id, brand, channel, state, form, uploaded_by, uploaded_at) values ($1, $2, 'bulk', 'reading', '{}', $4, $3)`, [bulk, brand, now, `staff:${randomUUID()}`]);
  const aside = randomUUID();
  await query(`insert into set_aside_jobs (id, brand, queue, data, tries, at) values ($1, $2, 'advance', jsonb_build_object('caseId', $3::text), 8, $4)`, [aside, brand, endedId, now]);
  return { attachment: attachment.id, aside, bulk, paper: printed.code, agreement, link, call: called.value.callId, statement: declared?.id ?? '', finding, dataRequest };
};

type Sending = { readonly token?: boolean; readonly origin?: string; readonly method?: string };
type Answered = { readonly status: number; readonly headers: Record<string, string>; readonly body: string; readonly location: string | undefined };

const send = async (key: string, row: Row, who: Client, of: Things, { token = true, origin, method = key.split(' ')[0] }: Sending = {}): Promise<Answered> => {
  const path = row.path(of);
  const address = path.startsWith('//') ? `${served.origin}${path.slice(1)}` : `${served.root(who.where)}${path}`;
  const posted = method === 'POST';
  const form = posted ? { ...(token ? { token: path.startsWith('/console') ? who.tokens.console : who.tokens.portal } : {}), ...row.fields?.(of) } : undefined;
  return arrive(address, who, { method: method === 'ALL' ? 'GET' : method ?? 'GET', ...(form ? { body: new URLSearchParams(form) } : {}) }, origin);
};
const arrive = async (address: string, who: Client, init: RequestInit, origin = served.origin): Promise<Answered> => {
  const response = await fetch(address, { ...init, redirect: 'manual', headers: { cookie: who.cookie, 'accept-language': 'zh-CN', ...(init.method === 'POST' ? { origin } : {}) } });
  const { date: _, 'set-cookie': __, ...headers } = Object.fromEntries(response.headers);
  const cookies = response.headers.getSetCookie().map((one) => one.replace(/=[^;]+/, '=…').replace(/Expires=[^;]+/i, 'Expires=…'));
  return { status: response.status, headers: { ...headers, cookies: cookies.join() }, body: Buffer.from(await response.arrayBuffer()).toString('latin1'), location: response.headers.get('location') ?? undefined };
};

/** As a browser goes on: to where it is sent, until it is somewhere. */
const whereItEnds = async (key: string, row: Row, who: Client, of: Things): Promise<Answered[]> => {
  const way = [await send(key, row, who, of)];
  for (let last = way[0]; last?.location !== undefined && way.length < 6; last = way.at(-1)) way.push(await arrive(new URL(last.location, served.origin).href, who, {}));
  return way;
};
const ids = (): string[] => [...Object.values(mine), ...Object.values(none)];
/** What must not differ: all of it but the ids asked for, and what is different at every answer. */
const told = (way: readonly Answered[]) => way.map(({ status, headers, body }) => {
  const plain = (text: string) => ids().reduce((rest, id) => rest.replaceAll(id, '<id>'), text).replace(/name="token" value="[\w-]+"/g, '');
  return { status, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, plain(value)])), body: plain(body) };
});

const doorOf = ({ path }: Row): 'portal' | 'console' => (path(mine).startsWith('/console') ? 'console' : 'portal');
const knows = (row: Row, who: Client): boolean => row.to === 'link' || who.at.includes(doorOf(row)) || (row.to === 'read' && who.at.includes('case'));
const roles = { staff: ['reviewer', 'auditor', 'agent'], decide: ['reviewer'], mend: ['reviewer', 'agent'], whole: ['reviewer', 'auditor'], assist: ['agent'], call: ['agent'] } as const;
/** At the desk they are signed in at, but in no role for this. */
const lacksRole = ({ to }: Row, { who, at }: Client): boolean =>
  to in roles && at.includes('console') && !(who.includes('reviewer') ? ['reviewer', 'agent'] : who === 'an auditor' ? ['auditor'] : ['agent']).some((role) => (roles[to as keyof typeof roles] as readonly string[]).includes(role));
const mayDo = (row: Row, one: Client): boolean => {
  switch (row.to) {
    case 'open': return true;
    case 'link': return one.where === brand;
    case 'own':
    case 'read': return one.who === 'the owner';
    case 'call': return one.who === 'a reviewer';
    default: return ['a reviewer', 'an auditor', 'another agent'].includes(one.who) && !lacksRole(row, one);
  }
};
const named = (row: Row): boolean => row.path(mine) !== row.path(none);

/** Nothing is in the worker's hands, and nothing is due. */
const quiet = (): Promise<unknown> => eventually('the worker has nothing to do', async () =>
  (await served.story.rows(`select 1 from pgboss.job where state < 'completed' and name <> 'dead' and (state = 'active' or start_after <= pgboss.job_now()) limit 1`)).length === 0);

const everything = async (): Promise<unknown> => {
  await quiet();
  const said = `(to_jsonb(t) - array['fence', 'lease_until', 'workers_lost'])::text`; // whoever works on a case says so there, and no client
  const tables = ['cancellations', 'lines', 'bills', 'devices', 'documents', 'case_messages', 'journal', 'steps', 'certificates', 'stored_records',
    'support_calls', 'consequences_read_out', 'paper_forms', 'agreement_signatures', 'confirmations', 'confirmation_links', 'proofs', 'approvals', 'ledger_entries', 'ledger_postings', 'refunds', 'payment_methods', 'line_services', 'statements', 'findings', 'number_tenures', 'card_reports', 'certificate_updates', 'data_requests'];
  const [row] = await served.story.rows(`select ${tables.map((table) => `(select md5(string_agg(${said}, '|' order by ${said})) from ${table} t) as ${table}`).join(', ')}, (select count(*)::int from notices) as notices`); // a notice may be on its way meanwhile
  return row;
};

test('every route has a row here, and every row a route', () => {
  expect([...new Set(routes)].toSorted()).toEqual([...Object.keys(rows), ...Object.keys(apiRows), ...bulkApiRows].toSorted());
  expect(new Set(clients.map(({ cookie }) => cookie)).size).toBeGreaterThan(6);
});

const all = Object.entries(rows);

describe('31 to whom it is not theirs, another’s is not to be told from what there is not', () => {
  test.each(all)('%s', async (key, row) => {
    const before = await everything();
    for (const who of clients.filter((one) => !mayDo(row, one))) {
      const [theirs, nobodys] = [await whereItEnds(key, row, who, mine), await whereItEnds(key, row, who, none)];
      expect(told(theirs), who.who).toEqual(told(nobodys));
      const last = theirs.at(-1);
      if (!knows(row, who)) {
        expect([who.who, theirs[0]?.status, theirs[0]?.location?.split('?')[0]]).toEqual([who.who, 303, `/${who.where}${doorOf(row) === 'console' ? '/console' : ''}/sign-in`]);
      } else if (lacksRole(row, who)) expect([who.who, last?.status]).toEqual([who.who, 403]);
      else if (named(row)) expect([who.who, last?.status]).toEqual([who.who, 404]);
      for (const secret of secrets) if (!ids().includes(secret)) expect(Buffer.from(last?.body ?? '', 'latin1').toString(), who.who).not.toContain(secret);
      if (key.startsWith('GET') && named(row)) {
        const heads = await Promise.all([mine, none].map((of) => send(key, row, who, of, { method: 'HEAD' })));
        expect(told(heads.slice(0, 1))).toEqual(told(heads.slice(1)));
      }
    }
    expect(await everything()).toEqual(before);
  });
});

describe('36 a form without our token, or from another site, does nothing, whoever is asked to send it', () => {
  test.each(all.filter(([key]) => key.startsWith('POST')))('%s', async (key, row) => {
    const before = await everything();
    for (const who of clients) for (const of of [mine, none]) {
      for (const origin of ['https://ultra-purp1e.example', 'null']) expect([who.who, (await send(key, row, who, of, { origin })).status]).toEqual([who.who, 403]);
      const { status, location } = await send(key, row, who, of, { token: false });
      if (status === 303) expect([who.who, row.to === 'open', knows(row, who), location]).toEqual([who.who, false, false, expect.stringContaining('/sign-in')]);
      else expect([who.who, status]).toEqual([who.who, 403]);
      const other = clients.find((one) => one.where === who.where && one.who !== who.who && one.tokens.portal !== who.tokens.portal);
      if (other) expect((await send(key, row, { ...who, tokens: other.tokens }, of)).status).not.toBe(200); // somebody else's token is none
    }
    expect(await everything()).toEqual(before);
  });
});

describe('what is open to everyone shows nothing of anybody', () => {
  test.each(all.filter(([, { to }]) => to === 'open'))('%s', async (key, row) => {
    for (const who of clients.filter((one) => one.who !== 'the owner')) {
      const { body } = await send(key, row, who, mine, { method: key.startsWith('POST') ? 'POST' : 'GET', token: false });
      for (const secret of secrets) expect(Buffer.from(body, 'latin1').toString()).not.toContain(secret);
    }
  });
});

describe('the right one gets there', () => {
  test.each(all.filter(([, row]) => row.right !== undefined))('%s', async (key, row) => {
    const who = client(doorOf(row) === 'console' ? 'a reviewer' : 'the owner');
    const { status, location } = await send(key, row, who, mine);
    expect(status).toBe(row.right?.status);
    if (row.right?.leadsTo) expect(location).toMatch(row.right.leadsTo);
  });

  test('31 with their own page before them, nobody acts on another’s bill or device by its id', async () => {
    const who = client('another subscriber');
    const [own] = await served.story.rows<{ id: string }>(`select id from lines where billing_ref = 'B-100163'`);
    const before = await everything();
    for (const key of ['POST /:brand/lines/:lineId/pay-bill', 'POST /:brand/lines/:lineId/unbind']) {
      const row = rows[key];
      if (row === undefined) throw new Error(key);
      const [theirs, nobodys] = await Promise.all([mine, none].map((things) => whereItEnds(key, row, who, { ...things, line: own?.id ?? '' })));
      expect(told(theirs ?? [])).toEqual(told(nobodys ?? []));
    }
    expect(await everything()).toEqual(before);
  });

  test('31 in their own call, nobody comes to a line, a bill or a device of somebody who did not call', async () => {
    const who = client('a reviewer');
    const [other] = await served.story.rows<{ id: string }>(`select id from lines where billing_ref = 'B-100163'`);
    const before = await everything();
    for (const [key, row] of all.filter(([key]) => key.includes('/calls/:callId/lines/'))) {
      const [theirs, nobodys] = await Promise.all([other?.id ?? '', none.line].map((line) => whereItEnds(key, row, who, { ...mine, line })));
      expect([key, theirs?.at(-1)?.status]).toEqual([key, 404]);
      expect(told(theirs ?? []).map(({ body }) => body.replaceAll(other?.id ?? '', '<id>'))).toEqual(told(nobodys ?? []).map(({ body }) => body));
    }
    const pay = rows['POST /:brand/console/calls/:callId/lines/:lineId/pay-bill'];
    if (pay === undefined) throw new Error('nothing is paid on the phone');
    expect((await send('POST', pay, who, { ...mine, bill: none.bill })).status).toBe(404);
    expect(await everything()).toEqual(before);
  });

  test('a reader sees the case whose code they had, and no session of theirs does more', async () => {
    const who = client('a reader of another case');
    const [{ application_number: number } = { application_number: '' }] = await served.story.rows<{ application_number: string }>(
      `select application_number from cancellations c join lines l on l.id = c.line_id where l.billing_ref = 'B-100163'`);
    for (const [key, row] of all.filter(([, { to }]) => to === 'read')) expect([key, (await send(key, row, who, { ...mine, number, ended: number })).status]).toEqual([key, /certificate|afterwards|agreements|data-requests/.test(key) ? 404 : key.startsWith('POST') ? 303 : 200]); // of a case that runs there is no end to see
  });

  test('36 after signing out the cookie opens nothing', async () => {
    for (const [who, path] of [['the owner', '/sign-out'], ['a reviewer', '/console/sign-out']] as const) {
      const one = client(who);
      expect((await send('POST', { to: 'open', path: () => path }, one, mine)).status).toBe(303);
      for (const [key, row] of all.filter(([key, { to }]) => key.startsWith('GET') && to !== 'open' && to !== 'link')) if (one.at.includes(doorOf(row) as 'portal')) expect([key, (await send(key, row, one, mine)).status]).toEqual([key, 303]);
    }
  });

  test('nothing broke on the way', () => expect(served.story.alarms).toEqual([]));
});
