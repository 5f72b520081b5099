/** What can be told, and the facts that each telling needs. Instants are ISO strings: they wait sealed until it is sent. */
import { z } from 'zod';

const instant = z.iso.datetime();
/** `ending`: the last two digits of the line's number, by which its holder knows which one is meant. */
const ofCase = { application: z.string(), ending: z.string().regex(/^\d{2}$/) };
/** The line is barred from receipt on: ordered, or done. Absent: it works. */
const off = { off: z.enum(['ordered', 'done']).exactOptional() };
/** The link of a confirmation, `second` where it is the one that is asked for later again. The token confirms: it stands here, sealed, and nowhere else. */
const link = { token: z.string().regex(/^[\w-]{43}$/), until: instant, second: z.boolean(), days: z.int().min(0), /** The last day of service, where one was fixed. */ last: z.iso.date().exactOptional() };
/** What goes back to the subscriber, in minor units. `since`: when the line was cancelled; null while it is being cancelled. */
const refund = { amount: z.strictObject({ minor: z.int().min(1), currency: z.string().regex(/^[A-Z]{3}$/) }), since: instant.nullable() };
const code = { code: z.string().regex(/^\d{4,10}$/), minutes: z.int().min(1) };

/** Values of each template. A code is for one contact and of no use to another. */
export const templates = {
  'one-time-code': z.strictObject(code),
  'code-reset': z.strictObject(code),
  /** Also to who did not do it. */
  'password-changed': z.strictObject({ at: instant }),
  'question-changed': z.strictObject({ at: instant }),
  /** To be read out to the agent whom one is talking to; of no use anywhere else. */
  'code-call': z.strictObject(code),
  /** To whoever called because they forgot what they sign in with; never said on the phone. */
  'sign-in-names': z.strictObject({ names: z.array(z.strictObject({ kind: z.enum(['phone', 'e-mail', 'user-name']), name: z.string().min(1) })).min(1) }),
  /** Somebody wants a copy of their data, or wants them erased: it arrived, was put off with the reason, or is answered. `due` null: no law names a time. */
  'data-request': z.strictObject({ kind: z.enum(['copy', 'erase']), stands: z.enum(['received', 'extended', 'answered']), due: instant.nullable(), because: z.enum(['complex', 'many']).exactOptional() }),
  /** An agent wrote; `application` once there is a case. */
  answered: z.strictObject({ ending: ofCase.ending, application: z.string().exactOptional() }),
  /** Leads to the one page on which its agreements are read and signed; the token opens nothing else. */
  'to-sign': z.strictObject({ ending: ofCase.ending, token: link.token, until: instant }),
  /** An application that was begun and not sent: the line keeps running. */
  'draft-lapses': z.strictObject({ ending: ofCase.ending, until: instant }),
  'draft-lapsed': z.strictObject({ ending: ofCase.ending }),
  'refund-arrived': z.strictObject({ ...ofCase, ...refund }),
  'refund-failed': z.strictObject({ ...ofCase, ...refund }),
  /** `ends`: the last day of service, where one was fixed; `named` is the day that was wanted, where it is another, and what stood against it. */
  received: z.strictObject({ ...ofCase, ...off, ends: z.strictObject({ last: z.iso.date(), named: z.iso.date().exactOptional(), because: z.enum(['over', 'month']).exactOptional() }).exactOptional() }),
  /** To the owner of a line that somebody declared cancelled without signing in; `until`: when that lapses, unless the owner confirms. */
  stated: z.strictObject({ ...ofCase, until: instant }),
  /** To whoever declared it, at once and whether or not there is such a line: the content, date and time on something that can be kept. */
  'statement-received': z.strictObject({
    act: z.enum(['cancellation', 'withdrawal']), reference: z.string(), at: instant, name: z.string(), contract: z.string(), kind: z.enum(['ordinary', 'extraordinary']).nullable(), reason: z.string().nullable(),
    /** When it is to end; null where the act asks for no day, empty for as soon as possible. */
    ends: z.union([z.iso.date(), z.literal('')]).nullable(),
  }),
  /** `materials` in the notice's language; `note` is the reviewer's own word on why. */
  asked: z.strictObject({ ...ofCase, materials: z.array(z.string()).min(1), note: z.string().nullable(), until: instant, ...off }),
  supplied: z.strictObject({ ...ofCase, ...off, due: instant.nullable() }),
  /** `effective` null: the date is not fixed yet. `atOnce`: there is no time in which it could be withdrawn. */
  approved: z.strictObject({ ...ofCase, effective: instant.nullable(), atOnce: z.boolean().exactOptional(), ...off }),
  /** The operator ends the line of its own accord; nobody applied. */
  ordered: z.strictObject({ ...ofCase, effective: instant, atOnce: z.boolean().exactOptional(), ...off }),
  /** Approved, and the subscriber's own word is wanted once more; `days` after it the line is cancelled. */
  confirm: z.strictObject({ ...ofCase, ...link, ...off }),
  'confirm-reminder': z.strictObject({ ...ofCase, ...link, ...off }),
  barred: z.strictObject({ ...ofCase, effective: instant }),
  /** `works`: service goes on until then. */
  'final-notice': z.strictObject({ ...ofCase, effective: instant, works: z.literal(true).exactOptional() }),
  withdrawn: z.strictObject(ofCase),
  refused: z.strictObject({ ...ofCase, ...off, reason: z.string(), remedy: z.string() }),
  lapsed: z.strictObject({ ...ofCase, ...off }),
  cancelled: z.strictObject({ ...ofCase, since: instant, free: z.iso.date(), esim: z.enum(['never-installed', 'not-confirmed', 'reported-deleted']).nullable() }),
  /** The line is cancelled, and the card has not reported that its profile is deleted. `last`: nobody reminds of it again. */
  'delete-profile': z.strictObject({ ...ofCase, since: instant, last: z.boolean() }),
  /** After the certificate; `at`: as the card dates it. */
  'profile-deleted': z.strictObject({ ...ofCase, since: instant, at: instant }),
} as const;

export type Template = keyof typeof templates;
export const templateNames = Object.keys(templates) as Template[];
export type ValuesOf<Name extends Template> = z.infer<(typeof templates)[Name]>;
/** One telling, as data. */
export type Telling = { readonly [Name in Template]: { readonly template: Name; readonly values: ValuesOf<Name> } }[Template];

/** Told to every contact at once, because nobody should learn of it too late: the others go on to the next only if one fails. */
export const toEveryContact: ReadonlySet<Template> = new Set<Template>(['final-notice', 'cancelled', 'confirm-reminder', 'password-changed', 'question-changed']);

/** What each says of whether the line is cancelled. */
export const standings = {
  'one-time-code': 'code', 'code-reset': 'code', 'password-changed': 'password', 'question-changed': 'question', 'sign-in-names': 'names', 'data-request': 'data', 'to-sign': 'to-sign', 'draft-lapses': 'kept', 'draft-lapsed': 'kept', 'refund-arrived': 'since', 'refund-failed': 'since', 'code-call': 'code', answered: 'written',
  received: 'not-yet', stated: 'not-yet', 'statement-received': 'declared', asked: 'not-yet', supplied: 'not-yet', approved: 'from', ordered: 'from', confirm: 'not-yet', 'confirm-reminder': 'not-yet', barred: 'barred', 'final-notice': 'barred',
  withdrawn: 'kept', refused: 'kept', lapsed: 'kept', cancelled: 'since', 'delete-profile': 'since', 'profile-deleted': 'since',
} as const satisfies Record<Template, string>;

/** The same, as the values have it: until a date is fixed there is none to name, and a line that was barred at receipt does not work as before. */
export const standingOf = ({ template, values }: Telling): string => {
  if ((template === 'approved' || template === 'ordered') && values.effective !== null) return values.atOnce ? 'starting' : 'from';
  if ((template === 'refund-arrived' || template === 'refund-failed') && values.since === null) return 'ending';
  if (template === 'final-notice' && values.works) return 'from';
  const standing = template === 'approved' ? 'not-yet' : standings[template];
  if (!('off' in values) || values.off === undefined) return standing;
  return standing === 'not-yet' ? `not-yet-${values.off}` : standing === 'kept' ? 'kept-again' : standing;
};
