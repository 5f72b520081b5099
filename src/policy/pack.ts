/** A brand's policy as data. One file a version under policies/brands/<id>/<date>.ts; pinned to the case at receipt. */
import { z } from 'zod';
import { currencies } from '../cancellation/money.ts';
import { noticePlaceholders, type OwnNotice } from './notice-placeholders.ts';
import { partialStanding } from './standing.ts';

export const languages = ['zh-CN', 'zh-TW', 'en'] as const;
export type Language = (typeof languages)[number];

/** Every text in all three languages: a missing one is a finding of `policy check`, never a fallback. */
export const text = z.strictObject({ 'zh-CN': z.string().min(1), 'zh-TW': z.string().min(1), en: z.string().min(1) });
export type Text = z.infer<typeof text>;

/** ISO 3166-1 alpha-2, or ISO 3166-2 where a part of a country has law of its own. */
const place = z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'ISO 3166');
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
  reviewers: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  workingDays: z.strictObject({ least: z.int().min(0), most: z.int().min(0) }),
  /** Weekends and holidays count too: where the law speaks of calendar days. */
  everyDayCounts: z.boolean().default(false),
});

/** Names stand in journals and certificates: never changed. */
export const stepNames = [
  'freeze-line', 'bar-line', 'end-sessions', 'end-linked-services', 'settle-balance', 'refund-credit', 'cancel-esim-order', 'detach-subscriber', 'remove-subscriber', 'stop-billing', 'quarantine-number',
  'confirm-silence', 'erase-records', 'close-account', 'issue-certificate', 'tell-subscriber',
] as const;

/** Beyond the password, how somebody shows at cancelling who they are. A question alone never suffices (ASVS 5.0 §6.4.2). */
export const proofs = ['contact-code', 'document', 'security-question'] as const;
export type Proof = (typeof proofs)[number];

/**
 * How surely somebody must be known who cancels. `basic`: something known, or a session. `confirmed`: a one-time code to a contact of
 * record. `documented`: an identity document, or a signature on paper, that a reviewer sees. Each holds for those before it.
 */
export const identityLevels = ['basic', 'confirmed', 'documented'] as const;
export type IdentityLevel = (typeof identityLevels)[number];

/** What can be frozen on a line, at the operator's billing. */
export const freezable = ['charges', 'purchases'] as const;

/** What becomes of unused credit, where the subscriber may choose. */
export const creditChoices = ['refund', 'transfer'] as const;
export const packChannels = ['web', 'phone', 'chat', 'post'] as const;

/** What the application asks of whoever sends it: compared with the records, or written to. */
export const personFields = ['name', 'phone', 'email'] as const;
export type PersonField = (typeof personFields)[number];

/** A notice in the brand's own words, in ICU MessageFormat; what is left out keeps the usual ones. `text`: of the mail, paragraphs apart by an empty line. */
const ownNotice = z.strictObject({ subject: text.optional(), text: text.optional(), sms: text.optional(), action: text.optional() });

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');

export const documentKinds = ['passport', 'national-id', 'driving-licence', 'residence-permit'] as const;

export const pack = z.strictObject({
  brand: id,
  /** Of a brand whose lines run on several carriers: the one that this pack is for. Absent: every line of the brand. */
  carrier: id.optional(),
  /** In force from this day (in the calendar's zone); the version is `<brand>@<validFrom>`, or `<brand>-<carrier>@<validFrom>`. */
  validFrom: isoDate,
  name: text,
  /** Brand colour, the one from which the pages derive the rest. */
  colour: z.strictObject({ light: z.string().regex(/^#[0-9a-f]{6}$/), dark: z.string().regex(/^#[0-9a-f]{6}$/) }),
  /** Official addresses: pages and mails use no other. `site` is a host name without scheme; `mail` lies on it; `phone` is E.164, grouped for reading. `post`: where paper goes, line by line. */
  addresses: z.strictObject({ site: z.string(), mail: z.email(), phone: z.string(), hours: text, post: z.array(z.string().min(1)).min(1).optional() }),
  smsSender: z.string().max(11),
  /** By whose working days people review: one of policies/calendars/, in the zone of that table. */
  calendar: z.strictObject({
    region: z.string().regex(/^[A-Z]{2}$/, 'ISO 3166-1 alpha-2'),
    zone: z.string(),
    /** The brand's own working day, where it is not that of the table. */
    hours: z.strictObject({ opens: clock, closes: clock }).optional(),
  }),
  currency,
  signIn: z.array(z.enum(['phone', 'user-name', 'e-mail'])).min(1),
  /** The names under which subscribers look for the entry. The first labels it. */
  entryNames: z.array(text).min(1),
  /** `barsAtOnce`: the line is barred at the moment of receipt, because somebody else may hold it. */
  reasons: z.array(z.strictObject({ id, label: text, barsAtOnce: z.boolean().default(false) })).min(1),
  reasonRequired: z.boolean(),
  /** The fields of the application, in their order; what is not named is not asked. `label`, `hint`: where the brand says it in its own words. */
  form: z.array(z.strictObject({ field: z.enum(personFields), optional: z.boolean().default(false), label: text.optional(), hint: text.optional() }))
    .default([{ field: 'name', optional: false }, { field: 'phone', optional: true }, { field: 'email', optional: false }]),
  preparation: z.array(preparationItem),
  eligibility: z.array(eligibilityRule).min(1),
  identity: z.strictObject({
    /** What every application must reach, whichever way it comes. */
    level: z.enum(identityLevels),
    /** Kinds of document that are taken; empty: none is asked for. */
    documents: z.array(z.enum(documentKinds)),
    /** Alternatives; each is a list of proofs that together suffice. Empty: the sign-in is enough. */
    proofs: z.array(z.array(z.enum(proofs)).min(1)).default([]),
    /** The account's number, address and other data are shown and confirmed first. */
    confirmAccount: z.boolean().default(false),
    /** Model, IMEI and EID of the device are asked for and compared with the operator's records. */
    device: z.boolean().default(false),
  }),
  /** Documents that are read and signed electronically before the application is sent. */
  agreements: z.array(z.strictObject({ id, title: text, body: text })).default([]),
  /** Services of the operator that end with the line, by the plan. `provider`: its name at the connector. */
  linkedServices: z.array(z.strictObject({ id, label: text, provider: id })).default([]),
  /** Accounts elsewhere that may know this number: each unbound or attested before cancelling. */
  outsideAccounts: z.array(z.strictObject({ id, label: text, says: text })).default([]),
  channels: z.array(z.enum(packChannels)).min(1).default(['web']),
  /** When people answer. Days are ISO weekdays in the calendar's zone; empty: round the clock. */
  supportHours: z.array(z.strictObject({ days: z.array(z.int().min(1).max(7)).min(1), opens: clock, closes: clock })).default([]),
  /** Official accounts elsewhere; a contact there is logged to the case. */
  social: z.array(z.strictObject({ id, label: text, handle: z.string().min(1) })).default([]),
  /** Read after the end: what to change, what to watch. */
  afterwards: z.array(z.strictObject({ id, says: text })).default([]),
  consequences: z.array(z.strictObject({ id, says: text })).min(1),
  review,
  refusals: z.array(z.strictObject({ id, says: text, remedy: text })).min(1),
  /** What a reviewer can ask for. */
  materials: z.array(z.strictObject({ id, says: text })).min(1),
  /** `hours`: how long a mailed link holds before the case lapses. `again`: a second confirmation, so many days later, within so many. */
  confirmation: z.strictObject({ hours: z.int().min(1), again: z.strictObject({ afterDays: z.int().min(1), withinDays: z.int().min(1) }).optional() }).nullable().default(null),
  /**
   * Service and billing end each for itself. `service`: as soon as everything else lets it; the same, or on the day that its subscriber
   * `chosen` so many days after sending; or with the paid month. `asDeclared`: the day stands as it was named, however long the
   * review takes, and nothing is charged past it; with a paid month it names the month with which service ends. `billing`, of the monthly fee: with the day of receipt; with the last
   * day of service where one is named, else with the day of receipt; or with the paid month in which that lies.
   */
  end: z.strictObject({
    service: z.enum(['at-once', 'chosen-day', 'end-of-term']).default('at-once'),
    billing: z.enum(['at-once', 'with-service', 'end-of-term']).default('at-once'),
    chosen: z.strictObject({ earliestDays: z.int().min(0), latestDays: z.int().min(1).max(730), asDeclared: z.literal(true).optional() }).optional(),
  }).default({ service: 'at-once', billing: 'at-once' }),
  /** Told to the operator's billing at receipt: nothing new of these on the line, until the case is over or taken back. */
  freeze: z.array(z.enum(freezable)).default([]),
  /** Days with the line barred and everything undoable, before the point of no return. 0: none. */
  recoverableDays: z.int().min(0),
  draftDays: z.int().min(1),
  /** `credit`: what becomes of it by rule; `choices`: what the subscriber may choose instead. `period`: whether the monthly fee is reckoned, by days, to the end of billing. */
  settlement: z.strictObject({ credit: z.enum(['refund', 'forfeit', 'zero-demanded']), choices: z.array(z.enum(creditChoices)).default([]), period: z.enum(['none', 'by-days']).default('none'), refundWorkingDays: z.int().min(0), cleanUpFeeMinor: z.int().min(0) }),
  steps: z.array(z.enum(stepNames)).min(1),
  quarantineDays: z.int().min(0),
  /** Whose numbering plan the numbers are of; that place's laws on numbers hold beside those of where the subscriber lives. */
  numbersOf: z.string().regex(/^[A-Z]{2}$/, 'ISO 3166-1 alpha-2').optional(),
  questions: z.array(z.strictObject({ id, question: text, answer: text })),
  /** The brand's own words by region, readable on the preparation page; what the law changes stands under policies/jurisdictions/. `*` is for every other. */
  regionNotes: z.record(z.string(), text),
  /** Where the brand offers its service: an entry without sign-in stands open where the law of one of these demands it. */
  serves: z.array(place).min(1),
  notices: z.partialRecord(z.enum(Object.keys(noticePlaceholders) as [OwnNotice, ...OwnNotice[]]), ownNotice).default({}),
  /** Run by `policy check`: the rule that must decide on a line in good standing but for what is `given`. */
  examples: z.array(z.strictObject({ name: z.string(), given: partialStanding, rule: id })),
});
export type Pack = z.infer<typeof pack>;
/** As written in a file, before the defaults are filled in. */
export type PackSource = z.input<typeof pack>;
export type PackVersion = `${string}@${string}`;
/** The folder of its versions under policies/brands/, and the name that `--brand` takes. */
export const packName = (pack: Pick<Pack, 'brand' | 'carrier'>): string => (pack.carrier === undefined ? pack.brand : `${pack.brand}-${pack.carrier}`);
export const versionOf = (pack: Pick<Pack, 'brand' | 'carrier' | 'validFrom'>): PackVersion => `${packName(pack)}@${pack.validFrom}`;
