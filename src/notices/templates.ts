/** What can be told, and the facts that each telling needs. Instants are ISO strings: they wait sealed until it is sent. */
import { z } from 'zod';

const instant = z.iso.datetime();
/** `ending`: the last two digits of the line's number, by which its holder knows which one is meant. */
const ofCase = { application: z.string(), ending: z.string().regex(/^\d{2}$/) };
const code = { code: z.string().regex(/^\d{4,10}$/), minutes: z.int().min(1) };

/** Values of each template. A code is for one contact and of no use to another. */
export const templates = {
  'one-time-code': z.strictObject(code),
  'code-reset': z.strictObject(code),
  /** Also to who did not do it. */
  'password-changed': z.strictObject({ at: instant }),
  received: z.strictObject(ofCase),
  /** `materials` in the notice's language; `note` is the reviewer's own word on why. */
  asked: z.strictObject({ ...ofCase, materials: z.array(z.string()).min(1), note: z.string().nullable(), until: instant }),
  supplied: z.strictObject({ ...ofCase, due: instant.nullable() }),
  /** `effective` null: the date is not fixed yet. */
  approved: z.strictObject({ ...ofCase, effective: instant.nullable() }),
  barred: z.strictObject({ ...ofCase, effective: instant }),
  'final-notice': z.strictObject({ ...ofCase, effective: instant }),
  withdrawn: z.strictObject(ofCase),
  refused: z.strictObject({ ...ofCase, reason: z.string(), remedy: z.string() }),
  lapsed: z.strictObject(ofCase),
  cancelled: z.strictObject({ ...ofCase, since: instant, free: z.iso.date(), esim: z.enum(['order-cancelled', 'already-on-device']).nullable() }),
} as const;

export type Template = keyof typeof templates;
export const templateNames = Object.keys(templates) as Template[];
export type ValuesOf<Name extends Template> = z.infer<(typeof templates)[Name]>;
/** One telling, as data. */
export type Telling = { readonly [Name in Template]: { readonly template: Name; readonly values: ValuesOf<Name> } }[Template];

/** Told to every contact at once, because nobody should learn of it too late: the others go on to the next only if one fails. */
export const toEveryContact: ReadonlySet<Template> = new Set<Template>(['final-notice', 'cancelled', 'password-changed']);

/** What each says of whether the line is cancelled. */
export const standings = {
  'one-time-code': 'code', 'code-reset': 'code', 'password-changed': 'password',
  received: 'not-yet', asked: 'not-yet', supplied: 'not-yet', approved: 'from', barred: 'barred', 'final-notice': 'barred',
  withdrawn: 'kept', refused: 'kept', lapsed: 'kept', cancelled: 'since',
} as const satisfies Record<Template, string>;
