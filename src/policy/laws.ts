import { lawVersion, liesIn, type DataRequestKind, type Jurisdiction, type Term } from './jurisdiction.ts';
import type { Text } from './pack.ts';
import { addDays, addMonths, dayIn, instantAt, yearOf, type Day } from './zone.ts';

/**
 * The laws that hold where the subscriber lives for what is received `at`: of each jurisdiction the youngest version whose
 * day has come there. A law that changes later does not touch what was received before; that is why a version is never edited.
 */
export const lawsIn = (jurisdictions: readonly Jurisdiction[], region: string, at: Date): readonly Jurisdiction[] =>
  lawsInForce(jurisdictions.filter((law) => law.regions.some((place) => liesIn(region, place))), at);

const lawsInForce = (jurisdictions: readonly Jurisdiction[], at: Date): readonly Jurisdiction[] => {
  const inForce = new Map<string, Jurisdiction>();
  for (const law of jurisdictions) {
    if (law.validFrom > dayIn(at, law.zone)) continue;
    const other = inForce.get(law.id);
    if (other === undefined || other.validFrom < law.validFrom) inForce.set(law.id, law);
  }
  return [...inForce.values()];
};

/** A way in without sign-in. `path`: under which the pages have it, `de/cancellation-button`. `version`: of the law that demands it. */
export type OpenEntry = Jurisdiction['entries'][number] & { readonly path: string; readonly version: string; readonly place: Text; /** After so many days what belongs to no line is destroyed; absent: the law says nothing of it. */ readonly keptDays?: number };

/** Every way in that the law of a region which is served demands to stand open to anybody. Nobody is asked where they live before they may use it: that would be a condition. */
export const openEntries = (jurisdictions: readonly Jurisdiction[], serves: readonly string[], at: Date): readonly OpenEntry[] =>
  lawsInForce(jurisdictions.filter((law) => serves.some((region) => law.regions.some((place) => liesIn(region, place)))), at).flatMap((law) => law.entries.filter(({ signIn }) => !signIn)
    .map((entry) => ({ ...entry, path: `${law.id}/${entry.id}`, version: lawVersion(law), place: law.name, ...(law.unmatchedStatements === undefined ? {} : { keptDays: law.unmatchedStatements.days }) })));

/**
 * `until`: the last day, as noon UTC so that it is that day on every clock from UTC−12 to UTC+11; or the law's own words.
 * `over`: the same day; of words the one by which they have come to pass at the latest. `inBooks`: the books hold it, and nothing of the person with it.
 */
export type Kept = { readonly id: string; readonly what: Text; readonly until: Date | Text; readonly over: Date; readonly inBooks: boolean; readonly law: string; readonly version: string };

/** What has to be kept of a line that ended at `endedAt`, until when, and under which law. */
export const keptByLaw = (laws: readonly Jurisdiction[], endedAt: Date): readonly Kept[] =>
  laws.flatMap((law) => law.keeps.map(({ id, what, until, inBooks = false, source }) => ({
    id, what, inBooks, law: source, version: lawVersion(law), over: lastDay(law, until, endedAt), until: until.kind === 'in-words' ? until.says : lastDay(law, until, endedAt),
  })));

const dayMs = 86_400_000;
/** So long after the end the page of a case, its record and its refund are still asked for, whatever the law. */
const leastDays = 30;

/**
 * From when on whoever had this line is erased: when the last thing that the law keeps is over (the books apart), the number's rest (`freeAt`: policy
 * and law; until then it may go back to them) and thirty days at least.
 */
export const eraseFrom = (laws: readonly Jurisdiction[], endedAt: Date, freeAt?: Date): Date =>
  // The last day is over everywhere: noon UTC and a day is midnight at UTC−12.
  new Date(Math.max(endedAt.getTime() + leastDays * dayMs, freeAt?.getTime() ?? 0, ...keptByLaw(laws, endedAt).filter(({ inBooks }) => !inBooks).map(({ over }) => over.getTime() + dayMs)));

const lastDay = (law: Jurisdiction, until: Jurisdiction['keeps'][number]['until'], endedAt: Date): Date => {
  const ended = dayIn(endedAt, law.zone);
  switch (until.kind) {
    case 'months':
      return noon(addMonths(ended, until.months));
    case 'end-of-year':
      return noon(`${yearOf(ended) + until.years}-12-31`);
    case 'in-words':
      return noon(addMonths(ended, until.mostMonths));
  }
};
const after = (day: Day, term: Term): Day => ('months' in term ? addMonths(day, term.months) : addDays(day, term.days));

/** `dueAt`: the end of the last day. `extendedTo`: if it is put off, once. */
export type AnswerBy = { readonly dueAt: Date; readonly extendedTo?: Date; readonly law: string };

/** By when whoever asks `at` for a copy of their data, or for their erasure, is answered: by the law that wants it soonest. Nothing where none names a time. */
export const answerBy = (laws: readonly Jurisdiction[], kind: DataRequestKind, at: Date): AnswerBy | undefined =>
  laws.flatMap((law) => law.dataRequests.filter(({ of }) => of.includes(kind)).map(({ within, extension }): AnswerBy => {
    const last = after(dayIn(at, law.zone), within);
    const over = (day: Day): Date => instantAt(addDays(day, 1), '00:00', law.zone);
    return { dueAt: over(last), law: lawVersion(law), ...(extension === undefined ? {} : { extendedTo: over('months' in within && 'months' in extension ? addMonths(dayIn(at, law.zone), within.months + extension.months) : after(last, extension)) }) };
  })).toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime())[0];

/** What the law of their place gives whoever prepares to cancel, beside what it changes in the policy. */
export type Rights = { readonly switching?: NonNullable<Jurisdiction['switching']>; readonly told: readonly { readonly says: Text; readonly source: string }[] };
export const rightsIn = (laws: readonly Jurisdiction[]): Rights => {
  const switching = laws.find((law) => law.switching !== undefined)?.switching;
  return { ...(switching === undefined ? {} : { switching }), told: laws.flatMap(({ duties }) => duties.flatMap(({ tells, source }) => (tells === undefined ? [] : [{ says: tells, source }]))) };
};

const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);
