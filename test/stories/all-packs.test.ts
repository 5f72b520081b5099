/** Every pack's whole story through the pages that people use; what is in the carrier's ledger afterwards is what its plan asks for. */
import { describe, expect, test } from 'vitest';
import { allPacks } from '../../policies/index.ts';
import { demoOf } from '../../src/demo/accounts.ts';
import { carrierSeed, plantAccounts } from '../../src/demo/data.ts';
import { effectsAmiss, isOnTheLine } from '../../src/demo/effects.ts';
import { tellStory, type Chapter } from '../../src/demo/story.ts';
import { checkLedger, isInOrder } from '../../src/desk/check-ledger.ts';
import { parseEid } from '../../src/cancellation/identifiers/eid.ts';
import { parseIccid } from '../../src/cancellation/identifiers/iccid.ts';
import { parseImei } from '../../src/cancellation/identifiers/imei.ts';
import { packName, type Pack } from '../../src/policy/pack.ts';
import { forRegion } from '../../src/policy/packs.ts';
import { openStory } from '../harness.ts';
import { servePortal } from '../served-portal.ts';

const packNamed = (name: string): Pack => {
  const found = allPacks.findLast((pack) => packName(pack) === name);
  if (found === undefined) throw new Error(`no pack ${name}`);
  return found;
};

/** The story under this pack, from sign-in to certificate. */
const storyOf = async (name: string) => {
  const story = await openStory();
  try {
    const pack = packNamed(name);
    const data = demoOf(pack);
    const { desk } = story.signoff;
    if (await plantAccounts(desk, data, pack.currency)) await story.simulator.seed(carrierSeed(data, pack.currency));
    const [subscriber] = data.subscribers;
    const [line] = subscriber?.lines ?? [];
    if (subscriber === undefined || line === undefined) throw new Error(`nobody is there under ${name}`);
    const served = await servePortal(story);
    try {
      const chapters: Chapter[] = [];
      const { applicationNumber } = await tellStory({
        base: served.url, data, pack: forRegion(desk.packs, pack, subscriber.region, story.clock.now()), now: () => story.clock.now(),
        pass: (milliseconds) => story.pass(milliseconds), controlUrl: story.simulator.controlUrl, tell: (chapter) => void chapters.push(chapter),
      });
      const steps = await story.rows<{ name: string; outcome: string }>(
        `select s.name, s.state as outcome from steps s join cancellations c on c.id = s.cancellation_id where c.application_number = $1 order by ordinal`, [applicationNumber]);
      const [ended] = await story.rows<{ state: string; pack_version: string }>(`select state, pack_version from cancellations where application_number = $1`, [applicationNumber]);
      const effects = story.simulator.effects();
      const [shown] = await story.rows<{ money: { what: string; amount: { minor: number } }[] }>(`select plan -> 'money' as money from cancellations where application_number = $1`, [applicationNumber]);
      const money = Object.fromEntries((shown?.money ?? []).map(({ what, amount }) => [what, amount.minor]));
      // The last settlement at billing is the case's own; a bill that was paid before is another.
      const carriedOut = effects.findLast(({ effect, subject }) => effect === 'settled' && subject === line.billingRef)?.detail ?? {};
      const refunds = (await story.rows<{ amount: number }>(`select r.amount_minor::int as amount from refunds r join cancellations c on c.id = r.cancellation_id where c.application_number = $1`, [applicationNumber])).map(({ amount }) => amount);
      return {
        money, carriedOut, refunds, booksAgree: isInOrder(await checkLedger(desk, story.signoff.execution.ports.payouts)), pack, chapters, steps, ended, amiss: effectsAmiss(line, steps, effects), effects: effects.filter(isOnTheLine).map(({ effect }) => effect).toSorted(), transfers: effects.flatMap(({ detail }) => detail?.['transfer'] ?? []), alarms: story.alarms };
    } finally {
      await served.close();
    }
  } finally {
    await story.stop();
  }
};

const offTheNetwork = ['circuit-switched-off', 'packet-switched-off', 'serving-node-told', 'subscriber-removed'];
const anyReview: Chapter[] = ['asked', 'supplied'];

/** Row ids; what happens at the carrier, the bill paid on the way first; what this story has that others have not; what is shown of money (months by days: 9 of 30, and 8 where it is still the day before). */
const stories: readonly { readonly name: string; readonly rows: string; readonly effects: readonly string[]; readonly chapters: readonly Chapter[]; readonly transferred?: string; readonly money: Readonly<Record<string, number>> }[] = [
  { name: 'ultra-purple', rows: 'UP1 UP2 UP4 UP5 UP6 UP7 UP8 UP9', effects: ['session-ended', 'settled', 'settled', 'refunded', 'order-cancelled', 'stopped'], chapters: anyReview, money: { credit: 420, refund: 420 } },
  { name: 'ultra-us', rows: 'UU1 UU4 UU6 UU7 UU8 UU9', effects: ['settled', 'settled', 'refunded', 'stopped'], chapters: ['proven', ...anyReview], money: { credit: 320, refund: 320 } },
  { name: 'ur-4g', rows: 'UR1 UR4 UR6 UR7 UR9', effects: ['settled', 'settled', 'refunded', 'stopped'], chapters: anyReview, money: { credit: 1800, refund: 1800 } },
  { name: 'station', rows: 'ST1 ST2 ST3 ST4 ST6 ST7 ST9', effects: ['service-ended', 'service-ended', 'settled', 'refunded', 'stopped'], chapters: ['proven', 'barred', ...anyReview], money: { 'running-month': 2040, credit: 2500, refund: 460 } },
  { name: 'esim', rows: 'ES3 ES4 ES5 ES6', effects: ['session-ended', 'settled', 'settled', 'refunded', 'stopped'], chapters: anyReview, money: { credit: 15000, refund: 15000 } },
  { name: 'us-e-card-t-mobile', rows: 'EC1 EC4 EC7 EC9 EC11', effects: ['frozen', 'session-ended', 'service-ended', 'settled', 'settled', 'refunded', 'stopped'], chapters: ['proven', 'confirmed'], money: { 'running-month': 2500, credit: 4000, refund: 1500 } },
  { name: 'us-e-card-verizon', rows: 'EC1 EC4 EC7 EC8 EC9 EC11', effects: ['frozen', 'session-ended', 'settled', 'order-cancelled', 'stopped'], chapters: ['proven', 'confirmed', ...anyReview], transferred: 'V-700178', money: { 'running-month': 800, credit: 5000, transfer: 4200 } },
  { name: 'us-e-card-att', rows: 'EC1 EC4 EC6 EC7 EC9 EC12', effects: ['frozen', 'session-ended', 'settled', 'settled', 'refunded', 'stopped'], chapters: ['proven', 'approved-once', 'confirmed', ...anyReview], money: { credit: 700, refund: 700 } },
];

test('there is a story for every pack', () => {
  expect(stories.map(({ name }) => name).toSorted()).toEqual([...new Set(allPacks.map(packName))].toSorted());
});

describe('a whole cancellation through the pages, with exactly the effects that the plan asks for', () => {
  test.each(stories)('$rows P3 $name', { timeout: 180_000 }, async ({ name, effects, chapters, transferred, money }) => {
    const told = await storyOf(name);
    expect(told.ended).toEqual({ state: 'cancelled', pack_version: `${name}@2026-11-01` });
    expect(told.steps.map((step) => step.name).toSorted()).toEqual([...told.pack.steps].toSorted());
    expect(told.amiss).toEqual([]);
    expect(told.effects).toEqual([...offTheNetwork, ...effects].toSorted());
    expect(told.chapters).toEqual(expect.arrayContaining([...chapters, 'cancelled']));
    expect(told.transfers).toEqual(transferred === undefined ? [] : [expect.objectContaining({ toRef: transferred })]);
    expect(told.alarms).toEqual([]);
    // What was shown before sending is what billing was told, what was paid back, and what the books say, to the cent.
    expect(told.money).toEqual(money);
    const { credit, refund = 0, transfer = 0 } = { credit: 0, ...told.money };
    expect(told.carriedOut).toMatchObject({ collectMinor: 0, offsetMinor: credit - refund - transfer, forfeitMinor: 0, ...(refund > 0 ? { payoutMinor: refund } : {}) });
    expect([told.refunds, told.booksAgree]).toEqual([refund > 0 ? [refund] : [], true]);
  });
});

describe('what the rows ask of a policy stands in it', () => {
  const kinds = (pack: Pack) => pack.preparation.map(({ kind }) => kind);
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  const wordsOf = (pack: Pack) => pack.entryNames.flatMap((name) => Object.values(name));

  test('UU1 UU3 UU4 UU5 UU6 UU8 UU9 UU10 UU11 UU12 ultra-us: a user name, no reason demanded, a code whatever else is shown, accounts elsewhere one by one', () => {
    const pack = packNamed('ultra-us');
    expect([pack.signIn, pack.reasonRequired, pack.review]).toEqual([['user-name'], false, { reviewers: 1, workingDays: { least: 0, most: 2 }, everyDayCounts: false }]);
    expect(pack.identity.proofs.every((way) => way.includes('contact-code'))).toBe(true);
    expect(pack.entryNames.length).toBeGreaterThan(2);
    expect(pack.settlement).toMatchObject({ credit: 'zero-demanded', choices: ['refund'] });
    expect(ids(pack.outsideAccounts)).toEqual(expect.arrayContaining(['bank', 'payment', 'social']));
    expect(kinds(pack)).toContain('take-data');
    expect(pack.recoverableDays).toBeGreaterThan(0);
    expect(pack.channels).toEqual(expect.arrayContaining(['chat', 'post']));
    expect(pack.social).not.toEqual([]);
  });

  test('UR1 UR2 UR3 UR5 UR8 UR9 UR10 UR11 ur-4g: the account confirmed first, four channels, what to do afterwards, questions answered in place', () => {
    const pack = packNamed('ur-4g');
    expect(pack.identity).toMatchObject({ confirmAccount: true });
    expect(pack.identity.documents).not.toEqual([]);
    expect(pack.channels.toSorted()).toEqual(['chat', 'phone', 'post', 'web']);
    expect(pack.review.workingDays).toEqual({ least: 1, most: 5 });
    expect(kinds(pack)).toContain('take-data');
    expect(ids(pack.outsideAccounts)).toEqual(expect.arrayContaining(['social', 'bank']));
    expect(ids(pack.afterwards)).toEqual(expect.arrayContaining(['passwords', 'two-factor']));
    expect(ids(pack.questions)).toEqual(expect.arrayContaining(['reactivation', 'refund', 'erasure', 'credit-record']));
  });

  test('ST2 ST3 ST4 ST5 ST6 ST7 ST9 station: a lost device bars at once, three ways to show who it is, support round the clock, services that end with the line', () => {
    const pack = packNamed('station');
    expect(pack.reasons.filter(({ barsAtOnce }) => barsAtOnce).map(({ label }) => label['zh-CN'])).toEqual(['设备丢失']);
    expect(new Set(pack.identity.proofs.flat())).toEqual(new Set(['contact-code', 'document', 'security-question']));
    expect(pack.preparation[0]?.id).toBe('how-long');
    expect(pack.supportHours).toEqual([]);
    expect(pack.steps).toEqual(expect.arrayContaining(['quarantine-number', 'end-linked-services']));
    expect(ids(pack.linkedServices)).toEqual(['cloud-storage', 'music']);
    expect([pack.quarantineDays, pack.settlement.period]).toEqual([90, 'by-days']);
  });

  test('ES1 ES2 ES3 ES4 ES5 esim: back-up first, web or hotline, the device by its numbers, an agreement to sign, days to weeks', () => {
    const pack = packNamed('esim');
    expect(pack.preparation[0]?.id).toBe('back-up-device');
    expect(pack.channels).toEqual(['web', 'phone']);
    expect(pack.identity.device).toBe(true);
    expect(pack.agreements.map(({ body }) => body['zh-CN'].length > 400)).toEqual([true]);
    expect(pack.review.workingDays.most + pack.recoverableDays).toBeGreaterThan(14);
  });

  test('EC1 EC2 EC3 EC5 EC6 EC8 EC9 EC10 EC11 EC13 us-e-card: one brand, three carriers that differ where it matters', () => {
    const packs = ['t-mobile', 'verizon', 'att'].map((carrier) => packNamed(`us-e-card-${carrier}`));
    for (const pack of packs) {
      expect(kinds(pack)).toEqual(expect.arrayContaining(['take-data', 'use-up', 'settle']));
      expect(ids(pack.preparation)).toEqual(expect.arrayContaining(['sign-in-data', 'official-addresses', 'other-network']));
      expect(wordsOf(pack)).toEqual(expect.arrayContaining(['关闭账户', '终止服务', '注销', 'Cancel', 'Close my account', 'Terminate service']));
      expect(ids(pack.consequences)).toEqual(expect.arrayContaining(['no-network', 'frozen']));
      expect([pack.name, pack.addresses, pack.colour]).toEqual([packs[0]?.name, packs[0]?.addresses, packs[0]?.colour]);
    }
    expect(packs.map(({ confirmation }) => confirmation)).toEqual([{ hours: 72 }, { hours: 48, again: { afterDays: 2, withinDays: 5 } }, { hours: 24 }]);
    expect(packs.map(({ recoverableDays }) => recoverableDays)).toEqual([30, 14, 7]);
    expect(packs.map(({ review }) => review.reviewers)).toEqual([0, 1, 2]);
    expect(packs.map(({ identity }) => identity.documents.length > 0)).toEqual([false, false, true]);
    expect(packs.map(({ settlement }) => settlement.choices)).toEqual([['refund', 'transfer'], ['transfer', 'refund'], []]);
  });
});

test('the demo’s people are invented: fiction numbers, the test network, identifiers whose check digits hold, nobody twice', () => {
  const lines = allPacks.flatMap((pack) => demoOf(pack).subscribers.flatMap((one) => one.lines));
  for (const { identifiers: { msisdn, imsi, iccid, eid }, devices } of lines) {
    expect(msisdn).toMatch(/^\+1\d{3}55501\d{2}$/);
    expect(imsi).toMatch(/^00101\d{10}$/);
    if (iccid !== undefined) expect(parseIccid(iccid).ok).toBe(true);
    if (eid !== undefined) expect(parseEid(eid).ok).toBe(true);
    for (const { imei } of devices) if (imei !== undefined) expect(parseImei(imei).ok).toBe(true);
  }
  for (const of of [lines.map(({ identifiers }) => identifiers.msisdn), lines.map(({ identifiers }) => identifiers.imsi), lines.map(({ billingRef }) => billingRef)])
    expect(new Set(of).size).toBe(of.length);
});
