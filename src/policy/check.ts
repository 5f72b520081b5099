import { addressFaults } from './check-addresses.ts';
import { contradictions } from './check-contradictions.ts';
import { noticeFaults } from './check-notices.ts';
import { exampleFaults, reviewFaults, ruleFaults } from './check-rules.ts';
import { languageFaults, textsIn, translationFaults } from './check-texts.ts';
import { fault, type Fault, type Finding } from './finding.ts';
import { pack as packSchema, packName, type Pack } from './pack.ts';
import { schemaFaults } from './schema-faults.ts';

/** `file` is its path below policies/; `source` anything that was found there. */
export type PackFile = { readonly file: string; readonly source: unknown };
export type Home = { readonly region: string; readonly zone: string };

/** All that is wrong with these packs, in the order of the files; empty where nothing is. */
export const checkPacks = (files: readonly PackFile[], calendars: readonly Home[]): Finding[] => {
  const firstOf = new Map<string, string>();
  const ofBrand = Map.groupBy(files.flatMap(({ file, source }) => {
    const parsed = packSchema.safeParse(source);
    return parsed.success ? [{ file, pack: parsed.data }] : [];
  }), ({ pack }) => pack.brand);
  return files.flatMap(({ file, source }) => {
    const texts = textsIn(source);
    const faults = [...texts.flatMap(translationFaults), ...texts.flatMap(languageFaults)];
    const parsed = packSchema.safeParse(source);
    if (!parsed.success) {
      faults.push(...schemaFaults(parsed.error.issues, source, { kind: 'not-a-pack', expected: 'see pack.schema.json for what is expected here' }));
    } else {
      faults.push(...packFaults(parsed.data, calendars), ...addressFaults(parsed.data, texts), ...placeFaults(file, parsed.data, firstOf), ...carrierFaults(parsed.data, ofBrand.get(parsed.data.brand) ?? []));
    }
    return faults.map((one) => ({ file, ...one }));
  });
};

const packFaults = (pack: Pack, calendars: readonly Home[]): Fault[] => [
  ...doubledIds(pack),
  ...doubledWords(pack),
  ...amountFaults(pack),
  ...ruleFaults(pack),
  ...exampleFaults(pack),
  ...reviewFaults(pack),
  ...contradictions(pack),
  ...noticeFaults(pack),
  ...pack.identity.proofs.flatMap((way, place) => (way.some((proof) => proof !== 'security-question') ? [] : [fault('question-alone', `identity.proofs.${place}`, 'a security question alone proves nothing: what it asks, others know too', 'demand contact-code or document together with it')])),
  ...(Object.hasOwn(pack.regionNotes, '*') ? [] : [fault('no-note-for-other-regions', 'regionNotes', 'a subscriber from a region that is not named would read nothing', 'add a note under *')]),
  ...(calendars.some(({ region, zone }) => region === pack.calendar.region && zone === pack.calendar.zone)
    ? []
    : [fault('unknown-calendar', 'calendar', `there is no calendar for ${pack.calendar.region} in ${pack.calendar.zone}`, `use one of ${calendars.map(({ region, zone }) => `${region} in ${zone}`).join(', ')}`)]),
];

const doubledIds = (pack: Pack): Fault[] =>
  (['reasons', 'preparation', 'eligibility', 'agreements', 'linkedServices', 'outsideAccounts', 'social', 'afterwards', 'consequences', 'refusals', 'materials', 'questions'] as const).flatMap((list) => {
    const ids = pack[list].map(({ id }) => id);
    return [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))].map((id) => fault('doubled-id', list, `“${id}” stands there twice`, 'ids are kept with cases: give one of them another'));
  });

/** A word that stands twice in a list of words: one of the two was meant to be another. */
const doubledWords = ({ steps, serves, signIn, channels, freeze, identity, settlement }: Pack): Fault[] =>
  Object.entries({ steps, serves, signIn, channels, freeze, 'identity.documents': identity.documents, 'settlement.choices': settlement.choices }).flatMap(([list, found]: [string, readonly string[]]) =>
    found.flatMap((word, place) => (found.indexOf(word) === place ? [] : [fault('doubled-word', `${list}.${place}`, `“${word}” stands there twice`, 'take one of them out')])));

/** Amounts in another currency than the pack's: nothing here converts. */
const amountFaults = ({ currency, examples }: Pack): Fault[] =>
  examples.flatMap(({ name, given }, place) => [given.credit, ...(given.unpaid ?? []).map(({ amount }) => amount)].some((amount) => amount !== undefined && amount.currency !== currency)
    ? [fault('unknown-currency', `examples.${place}`, `“${name}” has an amount in another currency than the pack's, ${currency}`, `write its amounts in ${currency}`)] : []);

/** Beside packs for single carriers, one for every line of the brand would claim the same lines. */
const carrierFaults = (pack: Pack, ofBrand: readonly { readonly file: string; readonly pack: Pack }[]): Fault[] => {
  const other = ofBrand.find((one) => one.pack.carrier !== undefined);
  return pack.carrier !== undefined || other === undefined ? [] : [fault('overlapping-validity', 'brand', `${other.file} is for the lines on ${other.pack.carrier} only, and this one for those too`, 'name a carrier here as well')];
};

/** A file's place says which version it is; two of one brand and day would both claim to be in force. */
const placeFaults = (file: string, pack: Pack, firstOf: Map<string, string>): Fault[] => {
  const place = `brands/${packName(pack)}/${pack.validFrom}.ts`;
  const first = firstOf.get(place);
  firstOf.set(place, first ?? file);
  return [
    ...(file === place ? [] : [fault('misplaced-file', '', `the version of ${pack.brand} from ${pack.validFrom} belongs in ${place}`, 'move the file, or mend `brand` or `validFrom`')]),
    ...(first === undefined ? [] : [fault('overlapping-validity', 'validFrom', `${first} is in force from ${pack.validFrom} too`, 'let each version of a brand begin on a day of its own')]),
  ];
};
