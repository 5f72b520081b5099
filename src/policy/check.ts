import { addressFaults } from './check-addresses.ts';
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
  return files.flatMap(({ file, source }) => {
    const texts = textsIn(source);
    const faults = [...texts.flatMap(translationFaults), ...texts.flatMap(languageFaults)];
    const parsed = packSchema.safeParse(source);
    if (!parsed.success) {
      // A missing translation is already named, and better.
      const others = parsed.error.issues.filter(({ path }) => !(languages as readonly unknown[]).includes(path.at(-1)));
      faults.push(...others.map(({ path, message }) => fault('not-a-pack', path.join('.'), message, 'see pack.schema.json for what is expected here')));
    } else {
      faults.push(...packFaults(parsed.data, calendars), ...addressFaults(parsed.data, texts), ...placeFaults(file, parsed.data, firstOf));
    }
    return faults.map((one) => ({ file, ...one }));
  });
};

const packFaults = (pack: Pack, calendars: readonly Home[]): Fault[] => [
  ...doubledIds(pack),
  ...ruleFaults(pack),
  ...exampleFaults(pack),
  ...reviewFaults(pack),
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
