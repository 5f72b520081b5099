/** N3 the law of a place as data, and of policy and law what is stricter for the subscriber. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allPacks, calendars, jurisdictions, jurisdictionSources } from '../../policies/index.ts';
import { checkJurisdictions, checkUnderLaw } from '../../src/policy/check-jurisdictions.ts';
import { jurisdiction, rulesOf, type Jurisdiction } from '../../src/policy/jurisdiction.ts';
import { whatGoes, whatStays } from '../../src/erasure/what-goes.ts';
import { eraseFrom, keptByLaw, lawsIn } from '../../src/policy/laws.ts';
import { languages, pack as packSchema, type Pack } from '../../src/policy/pack.ts';
import { inRegion, packsOf } from '../../src/policy/packs.ts';
import { longest, underLaw } from '../../src/policy/under-law.ts';
import { addWorkingDays } from '../../src/policy/working-days.ts';
import { dayIn } from '../../src/policy/zone.ts';

const now = new Date('2026-11-24T02:00:00Z');
const packs = packsOf(allPacks, jurisdictions);
const purple = allPacks.find(({ brand }) => brand === 'ultra-purple');
if (purple === undefined) throw new Error('no pack');
const law = (id: string): Jurisdiction => {
  const found = jurisdictions.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no law of ${id}`);
  return found;
};
const rule = { says: { 'zh-CN': '规则', 'zh-TW': '規則', en: 'a rule' }, source: 'Act 1', mark: 'read' as const };
const made = (changes: object): Jurisdiction => jurisdiction.parse({ id: 'x', validFrom: '2026-01-01', zone: 'UTC', name: rule.says, regions: ['XX'], ...changes });
const changed = (pack: Pack, ...laws: Jurisdiction[]) => underLaw(pack, laws).changes.map(({ what, from, to }) => `${what}: ${from.en} → ${to.en}`);

describe('N3 where the subscriber lives', () => {
  test('N3 the law of the place, of its country, and of the union it belongs to', () => {
    const idsIn = (region: string) => lawsIn(jurisdictions, region, now).map(({ id }) => id).sort();
    expect(['CN', 'HK', 'TW', 'US', 'US-CA', 'US-NY', 'DE', 'FR', 'GB', 'JP'].map(idsIn)).toEqual([
      ['cn'], ['hk'], ['tw'], ['us'], ['us', 'us-ca'], ['us'], ['de', 'eu'], ['eu'], ['uk'], [],
    ]);
  });
  test('N3 Hong Kong’s one calendar day beats the brand’s seven working days, and its waiting period with it', () => {
    const { pack, changes } = inRegion(packs, purple, 'HK', now);
    expect(pack.review).toEqual({ reviewers: 1, workingDays: { least: 0, most: 1 }, everyDayCounts: true });
    expect(pack.recoverableDays).toBe(0);
    expect(changes.map(({ what, from, to, law: version, mark }) => [what, from.en, to.en, version, mark])).toEqual([
      ['review', 'at most 7 working days', 'at most 1 calendar day', 'hk@2022-03-01', 'second-hand'],
      ['waiting', '7 days', '0 days', 'hk@2022-03-01', 'second-hand'],
    ]);
    expect(changes.every(({ source }) => source.includes('Cap. 106AI'))).toBe(true);
  });
  test('N3 a policy that does already what the law asks is the very same', () => {
    for (const region of ['CN', 'TW', 'US', 'US-CA', 'FR', 'GB', 'JP']) expect(inRegion(packs, purple, region, now), region).toEqual({ pack: purple, changes: [] });
    expect(inRegion(packs, purple, 'CN', now).pack).toBe(purple);
  });
  test('N3 in Germany whoever cancels may name the day, also under a policy that offers none; it stands whatever is reviewed, the month is charged to it, and a paid month that runs to its end stays', () => {
    const { pack, changes } = inRegion(packs, purple, 'DE', now);
    expect(purple.end).toEqual({ service: 'at-once', billing: 'at-once' });
    expect(pack).toEqual({ ...purple, end: { service: 'chosen-day', billing: 'with-service', chosen: { earliestDays: 0, latestDays: 730, asDeclared: true } } });
    expect(changes.map(({ what, law: version, source }) => [what, version, source.includes('312k')])).toEqual([['end-of-service', 'de@2025-01-01', true]]);
    expect(underLaw(pack, [law('de')]).changes).toEqual([]);
    const term = { ...purple, end: { service: 'end-of-term' as const, billing: 'end-of-term' as const } };
    expect(underLaw(term, [law('de')]).pack.end).toEqual({ ...term.end, chosen: { earliestDays: 0, latestDays: 730, asDeclared: true } });
    const narrow = { ...purple, end: { service: 'chosen-day' as const, billing: 'at-once' as const, chosen: { earliestDays: 7, latestDays: 30 } } };
    expect(underLaw(narrow, [law('de')]).pack.end).toEqual({ service: 'chosen-day', billing: 'at-once', chosen: { earliestDays: 0, latestDays: 730, asDeclared: true } });
  });
  test('N3 P1 the examples in the law are run: each day that was named comes to the day it says, and a wrong one is named', () => {
    const source = jurisdictionSources.find(({ file }) => file === 'jurisdictions/de.ts')?.source as { endDay: { examples: { lastDay: string }[] } };
    const wrong = { ...source, endDay: { ...source.endDay, examples: source.endDay.examples.map((one, place) => (place === 0 ? { ...one, lastDay: '2026-12-01' } : one)) } };
    expect(checkJurisdictions([{ file: 'jurisdictions/de.ts', source: wrong }]).map(({ kind, at, says }) => [kind, at, says])).toEqual([
      ['failing-example', 'endDay.examples.0', '“the day stands although the review of a week ends after it”: the example says 2026-12-01, billed to 2026-11-26; it comes to 2026-11-26, billed to 2026-11-26']]);
  });
  test('N3 a number in the United States rests at least 45 days and at most 90, in China at least 90', () => {
    const resting = (days: number, id: string) => underLaw({ ...purple, quarantineDays: days }, [law(id)]).pack.quarantineDays;
    expect([30, 45, 60, 90, 365].map((days) => resting(days, 'us'))).toEqual([45, 45, 60, 90, 90]);
    expect([30, 90, 365].map((days) => resting(days, 'cn'))).toEqual([90, 90, 365]);
  });
  test('N3 China’s fifteen working days bound a longer review, and touch no shorter one', () => {
    const long = { ...purple, review: { ...purple.review, workingDays: { least: 5, most: 30 } } };
    expect(changed(long, law('cn'))).toEqual(['review: at most 30 working days → at most 15 working days']);
    expect(changed(purple, law('cn'))).toEqual([]);
  });
  test('N3 where credit is given back by law, a pack that keeps it or wants it spent gives it back', () => {
    const spendFirst = packSchema.parse({
      ...purple, settlement: { ...purple.settlement, credit: 'zero-demanded' },
      eligibility: [{ id: 'spend-it', when: { credit: 'some' }, answer: 'not-yet', remedy: 'use-credit', because: rule.says }, ...purple.eligibility],
    });
    const there = underLaw(spendFirst, [law('tw')]).pack;
    expect([there.settlement.credit, there.eligibility.map(({ id }) => id)]).toEqual(['refund', purple.eligibility.map(({ id }) => id)]);
    expect(changed({ ...purple, settlement: { ...purple.settlement, credit: 'forfeit' } }, law('tw'))).toEqual(['credit: credit is lost → credit is given back']);
  });
  test('N3 what began online can end online in California, even where a brand takes letters only', () => {
    expect(inRegion(packs, { ...purple, channels: ['post'] }, 'US-CA', now).pack.channels).toEqual(['web', 'post']);
    expect(inRegion(packs, { ...purple, channels: ['post'] }, 'US-NY', now).pack.channels).toEqual(['post']);
  });
  test('N3 a proof that the law forbids is not among the ways to prove oneself', () => {
    const several: Pack = { ...purple, identity: { ...purple.identity, proofs: [['contact-code', 'security-question'], ['document']] } };
    const there = underLaw(several, [made({ forbiddenProofs: [{ proof: 'security-question', ...rule }] })]);
    expect(there.pack.identity.proofs).toEqual([['document']]);
    expect(changed(several, made({ forbiddenProofs: [{ proof: 'document', ...rule }] }))).toEqual(['proofs: an identity document → not asked for']);
    expect(law('cn').forbiddenProofs.map(({ proof }) => proof)).toEqual(['face-photo', 'document-in-hand']);
  });
  test('N3 German and European ways in: the prescribed words, no sign-in, and nothing asked that is not on the list', () => {
    const [cancel] = law('de').entries;
    expect([cancel?.open.prescribed, cancel?.confirm.prescribed, cancel?.signIn]).toEqual([
      { language: 'de', words: 'Verträge hier kündigen' }, { language: 'de', words: 'jetzt kündigen' }, false,
    ]);
    expect(cancel?.asks).toEqual(['kind', 'reason', 'identity', 'contract', 'end-date', 'contact']);
    const [withdraw] = law('eu').entries;
    expect([withdraw?.act, withdraw?.open.words.en, withdraw?.confirm.words.en]).toEqual(['withdraw', 'Withdraw from contract here', 'Confirm withdrawal']);
  });
});

describe('N3 the stricter wins', () => {
  const deadline = (of: 'review' | 'end', most: number, count: 'calendar' | 'working') => made({ deadlines: [{ of, most, count, ...rule }] });
  test('a limit in calendar days that the review surely keeps leaves it in working days', () => {
    expect(changed(purple, deadline('review', 24, 'calendar'))).toEqual([]);
    expect(changed(purple, deadline('review', 23, 'calendar'))).toEqual(['review: at most 7 working days → at most 7 calendar days']);
  });
  test('so many working days are over within so many calendar days, in every region and wherever they begin', () => {
    for (const calendar of calendars) for (const [start, year] of [...calendar.knownYears].entries()) {
      for (let day = 0; day < 320; day += 3 + start) for (const working of [1, 3, 7, 15]) {
        const from = new Date(Date.UTC(year, 0, 1 + day, 4));
        const due = addWorkingDays(calendar, from, working);
        if (due.ok) expect((due.value.dueAt.getTime() - from.getTime()) / 86_400_000, `${calendar.region} ${dayIn(from, 'UTC')}`).toBeLessThanOrEqual(longest(working) + 1);
      }
    }
  });
  test('the end: what the review leaves of it is all that the line may wait', () => {
    expect(changed(purple, deadline('end', 10, 'working'))).toEqual(['waiting: 7 days → 3 days']);
    expect(changed({ ...purple, review: { ...purple.review, reviewers: 0 } }, deadline('end', 2, 'calendar'))).toEqual(['waiting: 7 days → 2 days']);
  });
  test('for any policy and any laws: never later, never less rest than the law’s least, the same in any order, and nothing left to change', () => {
    const anyLaw = fc.record({ of: fc.constantFrom('review', 'end'), most: fc.integer({ min: 1, max: 40 }), count: fc.constantFrom('calendar', 'working'), least: fc.integer({ min: 0, max: 120 }) })
      .map(({ of, most, count, least }) => made({ deadlines: [{ of, most, count, ...rule }], numberRests: { leastDays: least, ...rule } }));
    fc.assert(fc.property(anyLaw, anyLaw, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 200 }), (one, other, recoverableDays, most, quarantineDays) => {
      const before: Pack = { ...purple, recoverableDays, quarantineDays, review: { ...purple.review, workingDays: { least: 0, most } } };
      const { pack: after } = underLaw(before, [one, other]);
      expect(after.review.workingDays.most).toBeLessThanOrEqual(most);
      expect(after.recoverableDays).toBeLessThanOrEqual(recoverableDays);
      expect(after.quarantineDays).toBeGreaterThanOrEqual(Math.max(quarantineDays, one.numberRests?.leastDays ?? 0, other.numberRests?.leastDays ?? 0));
      expect(underLaw(after, [one, other]).changes).toEqual([]);
      expect(underLaw(before, [other, one]).pack).toEqual(after);
    }), { numRuns: 200 });
  });
});

describe('N3 the law of the day of receipt', () => {
  const later: Jurisdiction = { ...law('hk'), validFrom: '2027-01-01', deadlines: law('hk').deadlines.map((one) => ({ ...one, most: 3 })) };
  const both = packsOf(allPacks, [later, ...jurisdictions]);
  test('N3 a law that changes on New Year’s Day leaves what was received before as it was, by the clock of the place', () => {
    const dayBefore = inRegion(both, purple, 'HK', new Date('2026-12-31T15:59:00Z'));
    const thatDay = inRegion(both, purple, 'HK', new Date('2026-12-31T16:00:00Z'));
    expect([dayBefore.pack.review.workingDays.most, thatDay.pack.review.workingDays.most]).toEqual([1, 3]);
    expect([dayBefore.changes[0]?.law, thatDay.changes[0]?.law]).toEqual(['hk@2022-03-01', 'hk@2027-01-01']);
  });
  test('N3 a law that is not in force yet changes nothing: Europe’s withdrawal function before 19 June 2026', () => {
    expect(lawsIn(jurisdictions, 'FR', new Date('2026-06-18T21:59:00Z'))).toEqual([]);
    expect(lawsIn(jurisdictions, 'FR', new Date('2026-06-18T22:00:00Z')).map(({ id }) => id)).toEqual(['eu']);
  });
});

describe('UR10 what the law keeps', () => {
  const kept = (region: string, ended: string) => keptByLaw(lawsIn(jurisdictions, region, now), new Date(ended))
    .map(({ id, until }) => `${id} ${until instanceof Date ? until.toISOString() : until.en}`);
  test('UR10 Germany: subscriber data to the end of the next year, letters six, vouchers eight, books ten', () => {
    expect(kept('DE', '2026-12-31T22:59:00Z')).toEqual([
      'subscriber-data 2027-12-31T12:00:00.000Z', 'letters 2032-12-31T12:00:00.000Z', 'vouchers 2034-12-31T12:00:00.000Z', 'books 2036-12-31T12:00:00.000Z',
    ]);
    expect(kept('DE', '2026-12-31T23:00:00Z')[0]).toBe('subscriber-data 2028-12-31T12:00:00.000Z'); // midnight in Berlin
  });
  test('UR10 China: registration records for two years, from 29 February to 28 February', () => {
    expect(kept('CN', '2024-02-29T04:00:00Z')).toEqual(['registration 2026-02-28T12:00:00.000Z']);
    expect(kept('CN', '2026-12-03T10:00:00Z')).toEqual(['registration 2028-12-03T12:00:00.000Z']);
  });
  test('UR10 the United States eighteen months, the United Kingdom in words, and nothing claimed where nothing was confirmed', () => {
    expect([kept('US-CA', '2026-12-03T10:00:00Z'), kept('GB', '2026-12-03T10:00:00Z'), kept('HK', '2026-12-03T10:00:00Z')]).toEqual([
      ['toll-records 2028-06-03T12:00:00.000Z'], ['accounts six years from the end of the financial year they belong to'], [],
    ]);
  });
});

test('UR6 from when on a person is erased: the last day that a law keeps something but in the books, the end of the number’s rest, thirty days at least', () => {
  const from = (region: string, freeAt?: string) => eraseFrom(lawsIn(jurisdictions, region, now), new Date('2026-12-03T10:00:00Z'), freeAt === undefined ? undefined : new Date(freeAt)).toISOString().slice(0, 10);
  expect([from('HK'), from('HK', '2027-03-04T00:00:00Z'), from('GB', '2027-03-04T00:00:00Z'), from('US-CA', '2027-03-04T00:00:00Z'), from('CN', '2027-03-04T00:00:00Z'), from('CN', '2029-03-04T00:00:00Z'), from('DE', '2027-03-04T00:00:00Z')])
    .toEqual(['2027-01-02', '2027-03-04', '2027-03-04', '2028-06-04', '2028-12-04', '2029-03-04', '2033-01-01']);
});

test('UR6 what goes is what the map says: nothing that it keeps goes with a row, and keys go apart, last', () => {
  const column = (fate: 'delete' | 'keep') => ({ column: fate, category: 'money' as const, ...(fate === 'keep' ? { fate, because: 'x' } : { fate }) });
  const of = (stays: object) => ({ one: { subject: 'line_id' as const, personal: [column('delete'), column('keep')], plain: [], ...stays } });
  expect(() => whatGoes(of({}))).toThrow('one');
  expect(whatGoes(of({ stays: true }))).toEqual([{ table: 'one', ways: ['line_id'], act: 'empty', columns: ['delete'] }]);
  expect(whatGoes().map(({ table }) => table)).not.toContain('subscriber_keys');
  expect(whatGoes().at(-1)?.table).toBe('subscribers');
  expect(whatStays()).toEqual(expect.arrayContaining(['certificates', 'ledger_postings', 'number_tenures']));
});

test('N3 every rule says in three languages what it asks, from which source, and how sure that is', () => {
  expect(checkJurisdictions(jurisdictionSources)).toEqual([]);
  for (const one of jurisdictions) for (const { says, source, mark } of rulesOf(one)) {
    for (const language of languages) expect(says[language]).not.toBe('');
    expect([source.length > 5, ['read', 'second-hand', 'to-be-checked'].includes(mark)]).toEqual([true, true]);
  }
});

test('N3 a law that forbids the only proofs a pack has is a finding, not a cancellation by sign-in alone', () => {
  const file = 'brands/ultra-purple/2026-11-01.ts';
  const noDocuments = made({ forbiddenProofs: [{ proof: 'document', ...rule }] });
  const proving = (...proofs: ('contact-code' | 'document')[][]): Pack => ({ ...purple, identity: { ...purple.identity, level: 'basic', proofs } });
  expect(checkUnderLaw([{ file, pack: proving(['document'], ['contact-code']) }], [noDocuments])).toEqual([]);
  expect(checkUnderLaw([{ file, pack: purple }], [noDocuments]).map(({ kind, at, says }) => [kind, at, says])).toEqual([['below-level', 'identity.level', expect.stringContaining('reaches “basic”, and the pack demands “documented”')]]);
  expect(checkUnderLaw([{ file, pack: proving(['document'], ['document', 'contact-code']) }], [noDocuments]).map(({ kind, at }) => [kind, at])).toEqual([['no-proof-left', 'identity.proofs']]);
});

test('N3 what is wrong with a law’s file is named', () => {
  const [first] = jurisdictionSources;
  const found = (...sources: { file: string; source: unknown }[]) => checkJurisdictions(sources).map(({ kind, at }) => `${kind} ${at}`.trim());
  const good = first!.source;
  expect(found({ file: 'jurisdictions/cn.ts', source: { ...good, zone: 'Asia/Nowhere' } })).toEqual(['not-a-law zone']);
  expect(found({ file: 'jurisdictions/cn.ts', source: { ...good, name: { 'zh-CN': '中国', en: 'China' } } })).toEqual(['missing-translation name.zh-TW']);
  expect(found({ file: 'jurisdictions/cn.ts', source: { ...good, numberRests: { ...good.numberRests!, leastDays: 90, mostDays: 45 } } })).toEqual(['impossible-period numberRests']);
  expect(found({ file: 'jurisdictions/cn.ts', source: good }, { file: 'jurisdictions/cn-2021-11-01.ts', source: good })).toEqual(['overlapping-validity validFrom']);
  expect(found({ file: 'jurisdictions/china.ts', source: good })).toEqual(['misplaced-file']);
  expect(found({ file: 'jurisdictions/cn.ts', source: { ...good, keeps: [...good.keeps!, ...good.keeps!] } })).toEqual(['doubled-id keeps']);
});

test('N3 a law that lets anybody leave a statement says when one that belongs to nothing is destroyed', () => {
  const of = (id: string) => jurisdictionSources.find(({ source }) => source.id === id)!;
  const { unmatchedStatements: _, ...without } = of('de').source as Record<string, unknown>;
  expect(checkJurisdictions([{ file: of('de').file, source: without }]).map(({ kind, at, mend }) => [kind, at, mend])).toEqual([['kept-without-end', 'entries', 'add `unmatchedStatements` with its days and source']]);
  expect(checkJurisdictions([of('de'), of('eu')])).toEqual([]);
});

test('N3 P1 where the law gives a day until the line is off, nobody is made to wait for the end of the month; a day of their own choice stays', () => {
  const ending = (service: Pack['end']['service']): Pack => ({ ...purple, review: { ...purple.review, reviewers: 0 }, recoverableDays: 0, end: { service, billing: 'at-once', chosen: { earliestDays: 0, latestDays: 30 } } });
  expect(changed(ending('end-of-term'), law('hk'))).toEqual(['end-of-service: with the paid month → as soon as it is approved']);
  expect(underLaw(ending('end-of-term'), [law('hk')]).pack.end.service).toBe('at-once');
  expect(changed(ending('chosen-day'), law('hk'))).toEqual([]);
});
