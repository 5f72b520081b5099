import { languageFaults, textsIn, translationFaults } from './check-texts.ts';
import { endOfService, lastBilledDay } from './end.ts';
import { fault, type Fault, type Finding } from './finding.ts';
import { jurisdiction, type Jurisdiction } from './jurisdiction.ts';
import type { Pack } from './pack.ts';
import { levelFaults } from './proof-level.ts';
import { schemaFaults } from './schema-faults.ts';
import { endWithDay, underLaw } from './under-law.ts';

/** All that is wrong with these laws as files. Whether they say what the law says only its text can tell. */
export const checkJurisdictions = (files: readonly { readonly file: string; readonly source: unknown }[]): Finding[] => {
  const firstOf = new Map<string, string>();
  return files.flatMap(({ file, source }) => {
    const texts = textsIn(source);
    const faults = [...texts.flatMap(translationFaults), ...texts.flatMap(languageFaults)];
    const parsed = jurisdiction.safeParse(source);
    if (!parsed.success) {
      faults.push(...schemaFaults(parsed.error.issues, source, { kind: 'not-a-law', expected: 'see src/policy/jurisdiction.ts for what is expected here' }));
    } else faults.push(...lawFaults(parsed.data), ...placeFaults(file, parsed.data, firstOf));
    return faults.map((one) => ({ file, ...one }));
  });
};

/** A pack that can prove nobody, or not as surely as it demands, where a law forbids the only ways it has: there the sign-in alone would do, or nobody could cancel. */
export const checkUnderLaw = (packs: readonly { readonly file: string; readonly pack: Pack }[], laws: readonly Jurisdiction[]): Finding[] =>
  packs.flatMap(({ file, pack }) => {
    const own = new Set(levelFaults(pack).map(({ says }) => says));
    return laws.flatMap((law): Finding[] => {
      const there = underLaw(pack, [law]).pack;
      if (pack.identity.proofs.length > 0 && there.identity.proofs.length === 0)
        return [{ file, ...fault('no-proof-left', 'identity.proofs', `${law.name.en} forbids every way that the pack has to prove who somebody is`, 'add a way that is allowed there') }];
      // A way that goes there is no loss while another stays; only what is left counts, and its places are no longer those of the file.
      const below = levelFaults(there).find(({ says }) => !own.has(says));
      return below === undefined ? [] : [{ file, ...fault('below-level', 'identity.level', `under the law in ${law.name.en}, ${below.says}`, 'add a way that is allowed there, or demand less') }];
    });
  });

const zones = new Set(Intl.supportedValuesOf('timeZone'));

const lawFaults = (law: Jurisdiction): Fault[] => [
  ...(zones.has(law.zone) ? [] : [fault('not-a-law', 'zone', `there is no time zone ${law.zone}`, 'use an IANA name')]),
  ...(law.numberRests?.mostDays !== undefined && law.numberRests.leastDays > law.numberRests.mostDays
    ? [fault('impossible-period', 'numberRests', `a number can't rest at least ${law.numberRests.leastDays} and at most ${law.numberRests.mostDays} days`, 'change places')] : []),
  ...(law.endDay?.examples ?? []).flatMap(({ service, billing, month, arrived, named, lastDay, billedTo, because }, place) => {
    const end = endWithDay({ service, billing }, law.endDay?.latestDays ?? 0);
    const last = endOfService({ end }, arrived, month, named)?.lastDay;
    const comesTo = `${last ?? 'no day'}, billed to ${lastBilledDay({ end }, month, arrived, last)}`;
    return comesTo === `${lastDay}, billed to ${billedTo}` ? [] : [fault('failing-example', `endDay.examples.${place}`, `“${because}”: the example says ${lastDay}, billed to ${billedTo}; it comes to ${comesTo}`, 'mend whichever of the two is wrong')];
  }),
  ...(law.unmatchedStatements === undefined && law.entries.some(({ signIn }) => !signIn)
    ? [fault('kept-without-end', 'entries', 'anybody can leave a statement with their name here, and nothing says when one that belongs to no line is destroyed', 'add `unmatchedStatements` with its days and source')] : []),
  ...(['entries', 'keeps', 'duties'] as const).flatMap((list) => {
    const ids = law[list].map(({ id }) => id);
    return [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))].map((id) => fault('doubled-id', list, `“${id}” stands there twice`, 'give one of them another'));
  }),
];

const placeFaults = (file: string, law: Jurisdiction, firstOf: Map<string, string>): Fault[] => {
  const version = `${law.id}@${law.validFrom}`;
  const first = firstOf.get(version);
  firstOf.set(version, first ?? file);
  const places = [`jurisdictions/${law.id}.ts`, `jurisdictions/${law.id}-${law.validFrom}.ts`];
  return [
    ...(places.includes(file) ? [] : [fault('misplaced-file', '', `the law ${version} belongs in ${places.join(' or ')}`, 'move the file, or mend `id` or `validFrom`')]),
    ...(first === undefined ? [] : [fault('overlapping-validity', 'validFrom', `${first} is in force from ${law.validFrom} too`, 'let each version of a law begin on a day of its own')]),
  ];
};
