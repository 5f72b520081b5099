import { currencies } from '../cancellation/money.ts';
import { addressFaults } from './check-addresses.ts';
import { contradictions } from './check-contradictions.ts';
import { noticeFaults } from './check-notices.ts';
import { exampleFaults, reviewFaults, ruleFaults } from './check-rules.ts';
import { languageFaults, textsIn, translationFaults } from './check-texts.ts';
import { fault, type Fault, type Finding } from './finding.ts';
import { languages, pack as packSchema, packName, type Pack } from './pack.ts';

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
      // A missing translation is already named, and better.
      const others = parsed.error.issues.filter(({ path }) => !(languages as readonly unknown[]).includes(path.at(-1)));
      faults.push(...others.map(({ path, message }) => (path.at(-1) === 'currency'
        ? fault('unknown-currency', path.join('.'), 'this is no currency that amounts can be reckoned in', `use one of ${Object.keys(currencies).join(', ')} (ISO 4217)`)
        : fault('not-a-pack', path.join('.'), message, 'see pack.schema.json for what is expected here'))));
    } else {
      faults.push(...packFaults(parsed.data, calendars), ...addressFaults(parsed.data, texts), ...placeFaults(file, parsed.data, firstOf), ...carrierFaults(parsed.data, ofBrand.get(parsed.data.brand) ?? []));
    }
    return faults.map((one) => ({ file, ...one }));
  });
};

const packFaults = (pack: Pack, calendars: readonly Home[]): Fault[] => [
  ...doubledIds(pack),
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
  (['reasons', 'preparation', 'eligibility', 'consequences', 'refusals', 'materials', 'questions'] as const).flatMap((list) => {
    const ids = pack[list].map(({ id }) => id);
    return [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))].map((id) => fault('doubled-id', list, `“${id}” stands there twice`, 'ids are kept with cases: give one of them another'));
  });

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
