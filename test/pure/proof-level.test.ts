/** UU4 How surely somebody is known by what they showed, and that no way stays below what its pack demands. */
import { describe, expect, test } from 'vitest';
import { allPacks, calendars, packSources } from '../../policies/index.ts';
import { findingInWords, sourceTexts } from '../../src/cli/check-policies.ts';
import { checkPacks } from '../../src/policy/check.ts';
import { identityLevels, packName, proofs, type Pack } from '../../src/policy/pack.ts';
import { levelFaults, levelOf, reaches, shownOnWay, type Evidence } from '../../src/policy/proof-level.ts';
import { wayShown, waysOf } from '../../src/policy/proof-ways.ts';

const packNamed = (name: string): Pack => {
  const pack = allPacks.find((one) => packName(one) === name);
  if (pack === undefined) throw new Error(`there is no ${name}`);
  return pack;
};
const att = packNamed('us-e-card-att');
const withIdentity = (identity: Partial<Pack['identity']>, more: Partial<Pack> = {}): Pack => ({ ...att, channels: ['web'], ...more, identity: { ...att.identity, ...identity } });
const reviewed = { review: att.review };
const unreviewed = { review: { ...att.review, reviewers: 0 as const } };

describe('UU4 ST3 what was shown says how surely somebody is known', () => {
  test.each<[Evidence[], string, string]>([
    [[], 'basic', 'basic'],
    [['password'], 'basic', 'basic'],
    [['password', 'security-question'], 'basic', 'basic'],
    [['password', 'contact-code'], 'confirmed', 'confirmed'],
    [['password', 'contact-code', 'security-question'], 'confirmed', 'confirmed'],
    [['call-code'], 'confirmed', 'confirmed'],
    [['password', 'document'], 'documented', 'basic'],
    [['password', 'contact-code', 'document'], 'documented', 'confirmed'],
    [['signature'], 'documented', 'basic'],
  ])('%j: %s, and %s where nobody looks at papers', (shown, seen, unseen) => {
    expect([levelOf(shown, reviewed), levelOf(shown, unreviewed)]).toEqual([seen, unseen]);
  });

  test('more shown is never less sure, for every set of proofs', () => {
    const every: Evidence[] = ['password', 'call-code', 'signature', ...proofs];
    for (let set = 0; set < 2 ** every.length; set += 1) {
      const shown = every.filter((_, place) => set & (2 ** place));
      for (const pack of [reviewed, unreviewed]) for (const one of every)
        expect(identityLevels.indexOf(levelOf([...shown, one], pack))).toBeGreaterThanOrEqual(identityLevels.indexOf(levelOf(shown, pack)));
    }
  });
});

describe('UU4 no way below the level is open, whatever a pack’s list says', () => {
  test('it is neither offered nor taken as shown', () => {
    const pack = withIdentity({ level: 'documented', proofs: [['contact-code'], ['contact-code', 'document']] });
    expect(waysOf(pack, { question: true })).toEqual([['contact-code', 'document']]);
    expect(wayShown(pack, new Set(['contact-code']))).toBeUndefined();
    expect(wayShown(pack, new Set(['contact-code', 'document']))).toEqual(['contact-code', 'document']);
  });
  test('every way of every pack reaches what that pack demands', () => {
    for (const pack of allPacks) {
      expect([packName(pack), levelFaults(pack)]).toEqual([packName(pack), []]);
      const ways = pack.identity.proofs.length === 0 ? [[]] : pack.identity.proofs;
      for (const way of ways) expect([packName(pack), way, reaches(pack, shownOnWay(pack, way))]).toEqual([packName(pack), way, true]);
    }
  });
});

describe('a way that cannot reach the level is a finding with file, line and mend', () => {
  const said = (brand: string, changes: (source: (typeof packSources)[number]['source']) => object) => {
    const one = packSources.find(({ source }) => [source.brand, `${source.brand}-${source.carrier}`].includes(brand));
    if (one === undefined) throw new Error(brand);
    return checkPacks([{ file: one.file, source: { ...one.source, ...changes(one.source) } }], calendars).map((found) => findingInWords(found, sourceTexts('policies', one.file)));
  };
  test('a code alone where a document is demanded', () => {
    expect(said('us-e-card-att', ({ identity }) => ({ identity: { ...identity, proofs: [['contact-code', 'document'], ['contact-code']] } }))).toEqual([expect.stringMatching(
      /^policies\/brands\/us-e-card-att\/2026-11-01\.ts:\d+ \(identity\.proofs\.1\): this way reaches “confirmed”, and the pack demands “documented”\. To mend it: add 'document' to it, take it out, or demand less under `identity\.level`\.$/)]);
  });
  test('the sign-in alone where a code is demanded; a call where a document is; a document that nobody looks at', () => {
    expect(said('esim', ({ identity }) => ({ identity: { ...identity, proofs: [] } }))).toEqual([expect.stringMatching(/\(identity\.level\): what is shown, the sign-in and the application, reaches “basic”, .*To mend it: name ways under `proofs`/)]);
    expect(levelFaults(withIdentity({ level: 'documented', documents: [], proofs: [['document']] }, { channels: ['web', 'phone'] })).map(({ at, says }) => `${at}: ${says}`))
      .toEqual(['channels.1: a call, proven by a code, reaches “confirmed”, and the pack demands “documented”']);
    expect(levelFaults(withIdentity({}, { ...unreviewed, channels: ['web', 'post'] })).map(({ at, mend }) => `${at}: ${mend}`))
      .toEqual(['identity.proofs.0: let somebody review, or demand less under `identity.level`', 'channels.1: let somebody review, or demand less under `identity.level`']);
  });
  test('a pack that does not say its level is none', () => {
    expect(said('esim', ({ identity }) => ({ identity: { ...identity, level: undefined } }))[0]).toMatch(/\(identity\.level\): it is missing\. To mend it: use one of basic, confirmed, documented\.$/);
  });
});
