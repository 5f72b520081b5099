/** A brand's policy as data. One file a version under policies/brands/<id>/<date>.ts; pinned to the case at receipt. */
import { z } from 'zod';
import { currencies } from '../cancellation/money.ts';
import { partialStanding } from './standing.ts';

export const languages = ['zh-CN', 'zh-TW', 'en'] as const;
export type Language = (typeof languages)[number];

/** Every text in all three languages: a missing one is a finding of `policy check`, never a fallback. */
export const text = z.strictObject({ 'zh-CN': z.string().min(1), 'zh-TW': z.string().min(1), en: z.string().min(1) });
export type Text = z.infer<typeof text>;

const region = z.string().regex(/^[A-Z]{2}$/, 'ISO 3166-1 alpha-2');
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
const currency = z.enum(Object.keys(currencies) as [keyof typeof currencies, ...(keyof typeof currencies)[]]);
const isoDate = z.iso.date();

/** Conditions on a line's standing; all named ones must hold. */
export const condition = z.strictObject({
  unpaid: z.enum(['some', 'none']).optional(),
  boundDevices: z.enum(['some', 'none']).optional(),
  anomaly: z.enum(['some', 'none']).optional(),
  credit: z.enum(['some', 'none']).optional(),
  /** Where the subscriber lives. */
  regions: z.array(region).min(1).optional(),
});
export type Condition = z.infer<typeof condition>;

/** What the subscriber can do about an open item, and the page that does it. */
export const remedies = ['pay-bill', 'unbind-device', 'take-data', 'contact-support', 'use-credit'] as const;
export type Remedy = (typeof remedies)[number];

/** Ordered; the first that matches decides; the last has no condition. */
export const eligibilityRule = z.strictObject({
  id,
  when: condition,
  answer: z.enum(['eligible', 'not-yet', 'never']),
  remedy: z.enum(remedies).optional(),
  because: text,
  source: z.string().optional(),
});

export const preparationItem = z.strictObject({
  id,
  kind: z.enum(['stop-using', 'settle', 'use-up', 'unbind', 'take-data', 'advice']),
  title: text,
  /** Said under the title. */
  says: text,
  /** Without it the application can't go on. */
  required: z.boolean(),
});

export const review = z.strictObject({
  reviewers: z.union([z.literal(0), z.literal(1)]),
  workingDays: z.strictObject({ least: z.int().min(0), most: z.int().min(0) }),
  /** Weekends and holidays count too: where a region's law speaks of calendar days. */
  everyDayCounts: z.boolean().default(false),
});

/** Names stand in journals and certificates: never changed. */
export const stepNames = [
  'bar-line', 'settle-balance', 'cancel-esim-order', 'detach-subscriber', 'remove-subscriber', 'stop-billing', 'quarantine-number',
  'confirm-silence', 'erase-records', 'close-account', 'issue-certificate', 'tell-subscriber',
] as const;

export const documentKinds = ['passport', 'national-id', 'driving-licence', 'residence-permit'] as const;

export const pack = z.strictObject({
  brand: id,
  /** In force from this day (in the calendar's zone); the version is `<brand>@<validFrom>`. */
  validFrom: isoDate,
  name: text,
  /** Brand colour, the one from which the pages derive the rest. */
  colour: z.strictObject({ light: z.string().regex(/^#[0-9a-f]{6}$/), dark: z.string().regex(/^#[0-9a-f]{6}$/) }),
  /** Official addresses: pages and mails use no other. `site` is a host name without scheme; `mail` lies on it; `phone` is E.164, grouped for reading. */
  addresses: z.strictObject({ site: z.string(), mail: z.email(), phone: z.string(), hours: text }),
  smsSender: z.string().max(11),
  calendar: z.strictObject({ region: z.enum(['CN']), zone: z.string() }),
  currency,
  signIn: z.array(z.enum(['phone', 'user-name', 'e-mail'])).min(1),
  /** The names under which subscribers look for the entry. The first labels it. */
  entryNames: z.array(text).min(1),
  reasons: z.array(z.strictObject({ id, label: text })).min(1),
  reasonRequired: z.boolean(),
  preparation: z.array(preparationItem),
  eligibility: z.array(eligibilityRule).min(1),
  identity: z.strictObject({ documents: z.array(z.enum(documentKinds)) }),
  consequences: z.array(z.strictObject({ id, says: text })).min(1),
  review,
  refusals: z.array(z.strictObject({ id, says: text, remedy: text })).min(1),
  /** What a reviewer can ask for. */
  materials: z.array(z.strictObject({ id, says: text })).min(1),
  /** Days with the line barred and everything undoable, before the point of no return. 0: none. */
  recoverableDays: z.int().min(0),
  draftDays: z.int().min(1),
  settlement: z.strictObject({ credit: z.enum(['refund', 'forfeit', 'zero-demanded']), refundWorkingDays: z.int().min(0), cleanUpFeeMinor: z.int().min(0) }),
  steps: z.array(z.enum(stepNames)).min(1),
  quarantineDays: z.int().min(0),
  questions: z.array(z.strictObject({ id, question: text, answer: text })),
  /** Jurisdiction notes by region, readable on the preparation page. `*` is for every other. */
  regionNotes: z.record(z.string(), text),
  /** What is otherwise where the subscriber lives, and on what ground: applied by `forRegion`. */
  byRegion: z.record(region, z.strictObject({ review: review.optional(), recoverableDays: z.int().min(0).optional(), source: z.string().min(1) })).default({}),
  /** Run by `policy check`: the rule that must decide on a line in good standing but for what is `given`. */
  examples: z.array(z.strictObject({ name: z.string(), given: partialStanding, rule: id })),
});
export type Pack = z.infer<typeof pack>;
/** As written in a file, before the defaults are filled in. */
export type PackSource = z.input<typeof pack>;
export type PackVersion = `${string}@${string}`;
export const versionOf = (pack: Pack): PackVersion => `${pack.brand}@${pack.validFrom}`;
