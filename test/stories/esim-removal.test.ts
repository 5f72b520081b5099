/**
 * Two-signal removal of an eSIM, through the doors: pages, the SM-DP+'s own door, the simulated device that reports over it. One story of
 * the `esim` pack from sign-in to the second certificate; beside it lines of another brand whose reports come early, twice, late, or never.
 */
import { unzipSync, strFromU8 } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allPacks } from '../../policies/index.ts';
import { publishedKeys } from '../../src/certificate/published-keys.ts';
import { verify } from '../../src/certificate/verify.ts';
import { demoOf } from '../../src/demo/accounts.ts';
import { carrierSeed, plantAccounts } from '../../src/demo/data.ts';
import { tellStory } from '../../src/demo/story.ts';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import type { Statement } from '../../src/evidence/statements.ts';
import { packName } from '../../src/policy/pack.ts';
import { forRegion } from '../../src/policy/packs.ts';
import { applicantOf, applyAndApprove, comesTo as ends, stateOf } from '../apply.ts';
import { days } from '../harness.ts';
import { come, eventually, inbox, person, says, serve, words, type Served } from './up-setting.ts';

const esimPack = allPacks.findLast((pack) => packName(pack) === 'esim') ?? (() => { throw new Error('no pack esim'); })();
const data = demoOf(esimPack);
const [subscriber] = data.subscribers;
const iccid = subscriber?.lines[0]?.identifiers.iccid ?? '';
const say = says('zh-TW');

const unused = person('31');
const early = person('32', { line: { profile: 'installed' } });
const silent = person('33', { line: { profile: 'installed' } });
const noisy = person('34', { line: { profile: 'installed' } });
const iccidOf = (one: typeof unused): string => one.lines[0]?.identifiers.iccid ?? '';

let served: Served;
let door: { readonly port: number; close(): Promise<void> };
let number = '';
const others = new Map<typeof unused, string>();

const device = (does: 'installs' | 'deletes' | 'disables', of: string) => served.story.simulator.device({ iccid: of, does });
const events = (of: string): Promise<{ event: string; actor: string; facts: Record<string, unknown> }[]> =>
  served.story.rows(`select event, actor, facts from journal j join cancellations c on c.id = j.cancellation_id where application_number = $1 and event in ('profile-deleted', 'deletion-said') order by entry`, [of]);
const told = async (of: string, template: string): Promise<number> =>
  (await served.story.rows(`select distinct n.created_at from notices n join cancellations c on c.id = n.cancellation_id where application_number = $1 and template = $2 and n.follows is null`, [of, template])).length; // one that went on to another contact is the same one
const reports = (of: string): Promise<{ event: string; times: number }[]> =>
  served.story.rows(`select event, times from card_reports r join lines l on l.id = r.line_id where l.iccid_index = any($1::bytea[]) order by at, event`,
    [served.story.signoff.desk.packs.brands.map((brand) => served.story.signoff.desk.vault.blindIndex(brand, 'iccid', of))]);
const statementOf = (jws: string): Statement => {
  const verified = verify(jws, publishedKeys([served.story.parts.signingKey]));
  if (verified.kind !== 'valid') throw new Error(`does not verify: ${verified.kind}`);
  return verified.statement;
};
/** Who cancelled has no account any more: in by number and mailed code. */
const reader = async (): Promise<Visitor> => {
  const one = await come(served, '/status', 'zh-TW', 'esim');
  const mail = subscriber?.person.email ?? '';
  const before = inbox(served, mail).mail.length;
  await one.submit('/status', { number });
  const code = await eventually('a code', async () => (inbox(served, mail).mail.length > before ? /\b\d{8}\b/.exec(inbox(served, mail).mail.at(-1)?.text.replaceAll(number, '') ?? '')?.[0] : undefined));
  await one.submit('/status/code', { code });
  return one;
};

beforeAll(async () => {
  served = await serve({ also: [unused, early, silent, noisy] });
  const { story } = served;
  const { desk } = story.signoff;
  await plantAccounts(desk, data, esimPack.currency);
  await story.simulator.seed(carrierSeed(data, esimPack.currency));
  const { ca, door: ours } = story.simulator.certificates;
  door = await story.signoff.listenToCards({ host: '127.0.0.1', port: 0, tls: { ca, ...ours } });
  story.simulator.reportTo(`https://127.0.0.1:${door.port}`);
  for (const one of [unused, early, silent, noisy]) others.set(one, await applyAndApprove(story, await applicantOf(story, one.lines[0]?.billingRef ?? '')));
  // Deleted in the device before anybody ordered anything.
  await device('installs', iccidOf(early));
  await eventually('the installation is on record', async () => (await reports(iccidOf(early))).length === 1);
  await story.pass(60_000);
  await device('deletes', iccidOf(early));
  await eventually('the deletion is on record', async () => (await reports(iccidOf(early))).length === 2);
  const pack = forRegion(desk.packs, esimPack, subscriber?.region ?? '', story.clock.now());
  ({ applicationNumber: number } = await tellStory({ base: served.origin, data, pack, now: () => story.clock.now(), pass: (milliseconds) => story.pass(milliseconds), controlUrl: story.simulator.controlUrl, tell: () => undefined }));
  for (const of of others.values()) await ends(story, of, 'cancelled', 120);
}, 270_000);
afterAll(async () => {
  await door?.close();
  await served?.close();
});

describe('ES6 N1 after the end', () => {
  test('ES6 N1 the status page has two signals: ordered with its date, not confirmed since then; with how to delete it, make by make', async () => {
    const one = await reader();
    const page = words(one);
    for (const said of [say('esim.ordered'), say('esim.open'), say('esim.please')]) expect(page).toContain(said);
    expect(page).not.toContain(say('esim.deleted'));
    const first = statementOf((await one.visit(`${served.root('esim')}/cases/${number}/certificate.jws`)).html.trim());
    expect(first).toMatchObject({ esimRemoval: 'already-on-device', esimSignals: { deletionReportedAt: null } });
    await one.visit(`${served.root('esim')}/esim/delete`);
    for (const make of ['iphone', 'samsung', 'pixel', 'huawei'] as const)
      for (const tap of ['settings', 'network', 'line', 'remove'] as const) expect(words(one)).toContain(say(`esim.${make}.${tap}`));
    const mail = inbox(served, subscriber?.person.email ?? '').mail.find(({ subject }) => subject?.includes(number));
    expect(mail?.text).toBeDefined();
  });

  test('N1 an order that could be cancelled leaves nothing to delete; a deletion that was reported before the order counts; both stand in the certificate', async () => {
    const { story } = served;
    const certificate = async (one: typeof unused): Promise<Statement> =>
      statementOf((await story.rows<{ statement: string }>(`select statement from certificates f join cancellations c on c.id = f.cancellation_id where application_number = $1`, [others.get(one)]))[0]?.statement ?? '');
    expect(await certificate(unused)).toMatchObject({ esimRemoval: 'order-cancelled', esimSignals: { deletionReportedAt: null } });
    const reported = await certificate(early);
    expect(reported.esimRemoval).toBe('already-on-device');
    expect(reported.esimSignals?.deletionReportedAt).not.toBeNull();
    expect((reported.esimSignals?.deletionReportedAt ?? '') < (reported.esimSignals?.orderedAt ?? '')).toBe(true);
    expect(await events(others.get(early) ?? '')).toMatchObject([{ event: 'profile-deleted', actor: 'card' }]);
    expect(await events(others.get(unused) ?? '')).toEqual([]);
    expect(await certificate(silent)).toMatchObject({ esimSignals: { deletionReportedAt: null } });
  });

  test('ES6 N1 reminded after three days and ten; the subscriber’s word is their word, ends the reminders, and confirms nothing', async () => {
    const { story } = served;
    await story.pass(days(3));
    await eventually('a first reminder', async () => (await told(number, 'delete-profile')) === 1);
    await story.pass(days(7));
    await eventually('a second one', async () => (await told(number, 'delete-profile')) === 2);
    const letter = await eventually('by mail', async () => inbox(served, subscriber?.person.email ?? '').mail.findLast(({ text }) => text.includes('/esim/delete')));
    expect(letter.text).toContain(`${served.story.parts.publicUrl()}/esim/esim/delete`);
    const one = await reader();
    await one.submit('/profile-deleted');
    expect(words(one)).toContain(say('esim.said-thanks'));
    expect(words(one)).toContain(say('esim.open'));
    expect(one.page().html).not.toContain('/profile-deleted"');
    expect(await events(number)).toMatchObject([{ event: 'deletion-said', actor: 'subscriber' }]);
    await story.pass(days(25));
    await eventually('those who said nothing hear a third', async () => (await told(others.get(silent) ?? '', 'delete-profile')) === 3);
    expect(await told(number, 'delete-profile')).toBe(2);
    for (const quiet of [unused, early]) expect(await told(others.get(quiet) ?? '', 'delete-profile')).toBe(0);
  });

  test('ES6 N1 the card reports it: told, on the page, in a second certificate, in the record; the first certificate stays valid', async () => {
    const { story } = served;
    const before = (await (await reader()).visit(`${served.root('esim')}/cases/${number}/certificate.jws`)).html.trim();
    await device('deletes', iccid);
    await eventually('it is on record', async () => (await events(number)).length === 2);
    await eventually('and told', async () => (await told(number, 'profile-deleted')) === 1);
    const one = await reader();
    expect(words(one)).toContain(say('esim.deleted'));
    expect(words(one)).not.toContain(say('esim.open'));
    const [first, second] = [statementOf(before), statementOf((await one.visit(`${served.root('esim')}/cases/${number}/certificate.jws`)).html.trim())];
    expect(second).toEqual({ ...first, certificateId: second.certificateId, updates: first.certificateId, esimSignals: { orderedAt: first.esimSignals?.orderedAt, deletionReportedAt: second.esimSignals?.deletionReportedAt }, journal: second.journal, issuedAt: second.issuedAt });
    expect(second.journal.entries).toBeGreaterThan(first.journal.entries);
    expect(second.esimSignals?.deletionReportedAt).not.toBeNull();
    const answered = await fetch(`${served.root('esim')}/cases/${number}/record.zip`, { headers: { cookie: one.cookie(`${served.root('esim')}/cases`) } });
    const files = unzipSync(new Uint8Array(await answered.arrayBuffer()));
    expect(strFromU8(files['certificate-as-first-issued.jws'] ?? new Uint8Array()).trim()).toBe(before);
    expect(JSON.parse(strFromU8(files['esim.json'] ?? new Uint8Array()))).toMatchObject({ kind: 'reported-deleted' });
    expect(strFromU8(files['journal.json'] ?? new Uint8Array())).not.toContain(iccid);
    expect(story.logged.join()).not.toContain(iccid);
  });

  test('faults 11: twice, late and overtaken by what came after: one entry, one certificate, one notice, and never back', async () => {
    const { story } = served;
    const of = others.get(noisy) ?? '';
    await story.simulator.addFault({ system: 'sm-dp-plus', operation: 'handleDownloadProgressInfo', fault: 'delay', delayMs: 1200 });
    await device('installs', iccidOf(noisy)); // overtaken by the deletion
    await story.pass(60_000);
    await story.simulator.addFault({ system: 'sm-dp-plus', operation: 'handleDownloadProgressInfo', fault: 'answer-twice' });
    await device('deletes', iccidOf(noisy));
    await eventually('all of it came', async () => { const all = await reports(iccidOf(noisy)); return all.length === 2 && all.some(({ event, times }) => event === 'deleted' && times === 2); });
    await story.simulator.clearFaults();
    expect((await reports(iccidOf(noisy))).map(({ event }) => event)).toEqual(['installed', 'deleted']);
    expect(await events(of)).toHaveLength(1);
    expect(await told(of, 'profile-deleted')).toBe(1);
    expect(await story.rows(`select 1 from certificate_updates u join cancellations c on c.id = u.cancellation_id where application_number = $1`, [of])).toHaveLength(1);
    expect(await stateOf(story, of)).toBe('cancelled');
  });

  test('N1 lost: the reminders go on, the last one says so, and then there are no more', async () => {
    const { story } = served;
    const of = others.get(silent) ?? '';
    await story.simulator.addFault({ system: 'sm-dp-plus', operation: 'handleDownloadProgressInfo', fault: 'refuse' });
    await device('deletes', iccidOf(silent));
    await story.pass(days(65));
    await eventually('a fourth', async () => (await told(of, 'delete-profile')) === 4);
    const last = await eventually('by mail', async () => inbox(served, silent.person.email ?? '').mail.findLast(({ subject }) => subject?.includes('最后一次提醒')));
    expect(last.text).toContain('这是最后一次提醒');
    await story.pass(days(400));
    expect(await story.rows(`select 1 from pgboss.job where name = 'timer' and data ->> 'move' = 'remind-deletion' and state < 'completed'`)).toEqual([]);
    expect(await told(of, 'delete-profile')).toBe(4);
    expect(await events(of)).toEqual([]);
  });

  test('N1 a profile that is nobody’s here, and a point that the map does not name, are counted: no ICCID anywhere', async () => {
    const { story } = served;
    await device('deletes', '89001999900000009993');
    await device('deletes', '89001999900000009993');
    const [stray] = await eventually('both are counted', async () => { const found = await story.rows<{ why: string; times: number }>('select why, point, times from stray_card_reports'); return found[0]?.times === 2 ? found : undefined; });
    expect(stray).toMatchObject({ why: 'unknown-profile', point: 5 });
    expect(story.alarms).toEqual(expect.arrayContaining([expect.objectContaining({ why: 'unknown-profile', point: 5, today: 1 }), expect.objectContaining({ today: 2 })]));
    expect(story.logged.join()).not.toMatch(/890019999/);
  });

  test('N1 the console says which of the three it is, and whose word', async () => {
    const { story } = served;
    const staff = data.staff[0];
    const desk = visitor(`${served.root('esim')}/console`, 'zh-TW');
    await desk.visit(`${served.root('esim')}/console/sign-in`);
    await desk.submit('/sign-in', { email: staff?.email ?? '', password: staff?.password ?? '' });
    await desk.visit(`${served.root('esim')}/console/cases/${number}`);
    for (const said of ['卡片回報已刪除', '8.2.1/3.3. The profile was downloaded already.', '客戶說已在裝置上刪除']) expect(words(desk)).toContain(said);
    expect(story.simulator.effects().some(({ effect, subject }) => effect === 'report-taken' && subject === iccid)).toBe(true);
  });
});
