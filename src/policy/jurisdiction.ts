/** The law of one place as data: what it asks of a cancellation, each rule with its words, its source, and how sure that is. */
import { z } from 'zod';
import { lineKinds } from '../cancellation/line.ts';
import { proofs, text } from './pack.ts';

/** How the source is known: `read` in the source itself, `second-hand` from somebody who read it, `to-be-checked` general knowledge that counsel has to confirm. */
export const marks = ['read', 'second-hand', 'to-be-checked'] as const;
export type Mark = (typeof marks)[number];

/** ISO 3166-1 alpha-2, or ISO 3166-2 where a part of a country has law of its own: `US`, `US-CA`. */
const place = z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'ISO 3166');
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
const rule = { says: text, source: z.string().min(1), mark: z.enum(marks) };

const restDays = { leastDays: z.int().min(0), mostDays: z.int().min(1).optional() };

/** The words on a button: ours by language, and those that the law prescribes in its own. */
const button = z.strictObject({ words: text, prescribed: z.strictObject({ language: z.string().min(2), words: z.string().min(1) }) });

/** Until when something is kept: so many months after the end, to the end of a year so many after it, or as the words say: `mostMonths` after the end that is over in any case, so that the person is erased without anybody deciding. */
const until = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('months'), months: z.int().min(1) }),
  z.strictObject({ kind: z.literal('end-of-year'), years: z.int().min(0) }),
  z.strictObject({ kind: z.literal('in-words'), says: text, mostMonths: z.int().min(1) }),
]);

/** So many months to the same date, or so many calendar days. */
const term = z.union([z.strictObject({ months: z.int().min(1) }), z.strictObject({ days: z.int().min(1) })]);
export type Term = z.infer<typeof term>;
export const dataRequestKinds = ['copy', 'erase'] as const;
export type DataRequestKind = (typeof dataRequestKinds)[number];

export const jurisdiction = z.strictObject({
  id,
  /** The law as it stands here holds for what is received from this day on, on the clock of `zone`. */
  validFrom: z.iso.date(),
  zone: z.string(),
  name: text,
  /** Where the subscriber has to live; a country stands for all its parts. */
  regions: z.array(place).min(1),
  /** What receipt of the statement means, apart from checking and reviewing it. */
  receipt: z.strictObject(rule).optional(),
  /** Ways in that the law demands. `asks`: all that may be asked there. */
  entries: z.array(z.strictObject({
    id,
    act: z.enum(['cancel', 'withdraw']),
    signIn: z.boolean(),
    asks: z.array(z.enum(['kind', 'reason', 'identity', 'contract', 'end-date', 'contact'])),
    open: button,
    confirm: button,
    ...rule,
  })).default([]),
  /** `review`: checking and deciding; `end`: from receipt until the line is off, waiting included. */
  deadlines: z.array(z.strictObject({ of: z.enum(['review', 'end']), most: z.int().min(1), count: z.enum(['calendar', 'working']), ...rule })).default([]),
  /** Whoever cancels may name the day on which it ends, up to so many days ahead, also where the brand's policy offers no choice of days. */
  endDay: z.strictObject({
    latestDays: z.int().min(1).max(730),
    /** Worked out by hand, under a policy whose service and billing end like this: `lastDay`, and until when the monthly fee runs. `signoff policy check` runs them. */
    examples: z.array(z.strictObject({
      because: z.string().min(1), service: z.enum(['at-once', 'chosen-day', 'end-of-term']), billing: z.enum(['at-once', 'with-service', 'end-of-term']),
      month: z.strictObject({ from: z.iso.date(), to: z.iso.date() }), arrived: z.iso.date(), named: z.iso.date(), lastDay: z.iso.date(), billedTo: z.iso.date(),
    })).min(1),
    ...rule,
  }).optional(),
  /** How long a number rests before somebody else can get it. */
  numberRests: z.strictObject({
    ...restDays,
    /** Where it is otherwise for a kind of line. */
    byKind: z.partialRecord(z.enum(lineKinds), z.strictObject(restDays)).optional(),
    ...rule,
  }).optional(),
  /** Numbers disconnected for good are reported every month: in the form of which register, those under which calling code, by which day of the next month. */
  disconnectsReported: z.strictObject({ register: z.enum(['rnd']), callingCode: z.string().regex(/^\+[1-9]\d{0,2}$/), byDay: z.int().min(1).max(28), ...rule }).optional(),
  /** What has to be kept although the line is gone. `inBooks`: the books hold it, which no erasure touches, so the person is erased before it is over. */
  keeps: z.array(z.strictObject({ id, what: text, until, inBooks: z.literal(true).optional(), ...rule })).default([]),
  /** A statement without sign-in that belongs to no line: so many days after receipt it is destroyed, with its key. */
  unmatchedStatements: z.strictObject({ days: z.int().min(1), ...rule }).optional(),
  forbiddenProofs: z.array(z.strictObject({ proof: z.enum([...proofs, 'face-photo', 'document-in-hand', 'biographical-data']), ...rule })).default([]),
  /** Unused credit is given back, whatever the brand's terms. */
  creditRefunded: z.strictObject(rule).optional(),
  /** Whoever could begin online can end online. */
  online: z.strictObject(rule).optional(),
  /** Within which time somebody who wants a copy of their data, or wants them erased, is answered; `extension`: once, so much longer, with the reason. */
  dataRequests: z.array(z.strictObject({ of: z.array(z.enum(dataRequestKinds)).min(1), within: term, extension: term.optional(), ...rule })).default([]),
  /** A text message from the line itself asks what a change of operator needs. `switchedWithin`: working days from the day on which the code is used. */
  switching: z.strictObject({
    asks: z.array(z.strictObject({ word: z.string().regex(/^[A-Z]{3,8}$/, 'what is texted, in capitals'), to: z.string().regex(/^\d{3,8}$/, 'a short code'), gets: text })).min(1),
    answeredWithinSeconds: z.int().min(1), codeDays: z.int().min(1), switchedWithin: z.int().min(1), ...rule,
  }).optional(),
  /** What else is owed; it changes no number of a pack. `tells`: the same to a subscriber who prepares to cancel, where it is theirs to know. */
  duties: z.array(z.strictObject({ id, tells: text.optional(), ...rule })).default([]),
});
export type Jurisdiction = z.infer<typeof jurisdiction>;
/** As written in a file, before the defaults are filled in. */
export type JurisdictionSource = z.input<typeof jurisdiction>;
export type LawRule = { readonly says: z.infer<typeof text>; readonly source: string; readonly mark: Mark };

/** `hk@2022-03-01`. */
export const lawVersion = (law: Pick<Jurisdiction, 'id' | 'validFrom'>): string => `${law.id}@${law.validFrom}`;

/** Is `region` the place itself, or a part of it? */
export const liesIn = (region: string, place: string): boolean => region === place || region.startsWith(`${place}-`);

/** Every rule of a jurisdiction, in one order for all. */
export const rulesOf = (law: Jurisdiction): readonly LawRule[] => [
  ...(law.receipt === undefined ? [] : [law.receipt]),
  ...law.entries, ...law.deadlines,
  ...(law.endDay === undefined ? [] : [law.endDay]),
  ...(law.numberRests === undefined ? [] : [law.numberRests]),
  ...(law.disconnectsReported === undefined ? [] : [law.disconnectsReported]),
  ...law.forbiddenProofs,
  ...(law.creditRefunded === undefined ? [] : [law.creditRefunded]),
  ...(law.online === undefined ? [] : [law.online]),
  ...law.keeps,
  ...(law.unmatchedStatements === undefined ? [] : [law.unmatchedStatements]),
  ...law.dataRequests,
  ...(law.switching === undefined ? [] : [law.switching]),
  ...law.duties,
];
