/** What changes from one version of a policy to another, and for whom: for the people who decide on it. Pure. */
import { decide, type Answer } from './decide.ts';
import { amountInWords } from './in-words.ts';
import { languages, type Pack, type Text } from './pack.ts';
import { standingFrom } from './standing.ts';
import type { LineStanding } from '../cancellation/line.ts';

/** `whom`: whoever notices. `from` or `to` is absent where something is new or gone. */
export type PolicyChange = { readonly whom: string; readonly what: string; readonly from?: string; readonly to?: string };

const everyone = 'every subscriber';
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Terms that are one value each: who notices, what it is, and the value in words. */
const terms: readonly (readonly [whom: string, what: string, value: (pack: Pack) => string])[] = [
  [everyone, 'the currency', (pack) => pack.currency],
  [everyone, 'the official addresses', ({ addresses }) => `${addresses.site}, ${addresses.mail}, ${addresses.phone}`],
  [everyone, 'signing in', (pack) => pack.signIn.join(' or ')],
  [everyone, 'ways to apply', (pack) => pack.channels.join(', ')],
  [everyone, 'a reason', (pack) => (pack.reasonRequired ? 'has to be given' : 'may be given')],
  [everyone, 'the review', ({ review }) => (review.reviewers === 0 ? 'none' : `${plural(review.reviewers, 'reviewer')}, ${review.workingDays.least} to ${plural(review.workingDays.most, review.everyDayCounts ? 'calendar day' : 'working day')}`)],
  [everyone, 'the calendar of the review', (pack) => `${pack.calendar.region}, ${pack.calendar.zone}`],
  [everyone, 'confirming by mail', ({ confirmation }) => (confirmation === null ? 'not asked for' : `within ${plural(confirmation.hours, 'hour')}${confirmation.again === undefined ? '' : `, and again ${plural(confirmation.again.afterDays, 'day')} later, within ${confirmation.again.withinDays}`}`)],
  [everyone, 'the time in which everything can be undone', (pack) => (pack.recoverableDays === 0 ? 'none' : plural(pack.recoverableDays, 'day'))],
  [everyone, 'what is carried out', (pack) => pack.steps.join(', ')],
  [everyone, 'how long the number rests', (pack) => plural(pack.quarantineDays, 'day')],
  [everyone, 'whose numbering plan the numbers are of', (pack) => pack.numbersOf ?? 'not said'],
  [everyone, 'the running month', (pack) => ({ none: 'not reckoned', 'by-days': 'paid by days', 'to-end': 'paid to its end' })[pack.settlement.period]],
  ['whoever has a draft', 'how long it is kept', (pack) => plural(pack.draftDays, 'day')],
  ['whoever has credit left', 'the credit', (pack) => ({ refund: 'given back', forfeit: 'lost', 'zero-demanded': 'to be used up first' })[pack.settlement.credit]],
  ['whoever has credit left', 'choices', (pack) => pack.settlement.choices.join(' or ') || 'none'],
  ['whoever gets a refund', 'how long it takes', (pack) => plural(pack.settlement.refundWorkingDays, 'working day')],
  ['whoever leaves bills or devices behind', 'the clean-up fee', (pack) => amountInWords({ minor: pack.settlement.cleanUpFeeMinor, currency: pack.currency })],
  ['whoever has to prove who they are', 'documents taken', (pack) => pack.identity.documents.join(', ') || 'none'],
  ['whoever has to prove who they are', 'proofs', (pack) => pack.identity.proofs.map((way) => way.join(' with ')).join(', or ') || 'the sign-in is enough'],
  ['whoever has to prove who they are', 'the account’s data', (pack) => (pack.identity.confirmAccount ? 'shown and confirmed' : 'not asked')],
  ['whoever has to prove who they are', 'the device', (pack) => (pack.identity.device ? 'model and numbers asked' : 'not asked')],
];

/** Lists whose items are told apart by an id. */
const lists = {
  reasons: ['every subscriber', 'a reason to choose'],
  preparation: ['every subscriber', 'a point of preparation'],
  consequences: ['every subscriber', 'a consequence to acknowledge'],
  agreements: ['every subscriber', 'a document to sign'],
  linkedServices: ['whoever has that service', 'a service that ends with the line'],
  outsideAccounts: ['every subscriber', 'an account elsewhere to unbind'],
  afterwards: ['whoever has cancelled', 'a piece of advice afterwards'],
  refusals: ['reviewers', 'a ground to refuse'],
  materials: ['reviewers', 'a material to ask for'],
  questions: ['every subscriber', 'a question answered'],
} as const satisfies Partial<Record<keyof Pack, readonly [string, string]>>;

export const diffPacks = (before: Pack, after: Pack): readonly PolicyChange[] => [
  ...terms.flatMap(([whom, what, value]) => changed(whom, what, value(before), value(after))),
  ...answers(before, after),
  ...(Object.keys(lists) as (keyof typeof lists)[]).flatMap((list) => listChanges(list, before, after)),
  ...Object.keys({ ...before.regionNotes, ...after.regionNotes }).flatMap((region) =>
    changed(region === '*' ? 'subscribers in every other region' : `subscribers in ${region}`, 'the note on their region', before.regionNotes[region]?.en, after.regionNotes[region]?.en)),
];

const changed = (whom: string, what: string, from: string | undefined, to: string | undefined): PolicyChange[] =>
  from === to ? [] : [{ whom, what, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];

const answerInWords: Record<Answer, string> = { eligible: 'can go on', 'not-yet': 'can’t go on yet', never: 'can’t cancel' };

/** What each kind of line is answered: nothing open, and each thing that can be, alone. */
const answers = (before: Pack, after: Pack): PolicyChange[] => {
  const amount = { minor: 100, currency: before.currency };
  const kinds: readonly (readonly [string, Partial<LineStanding>])[] = [
    ['whoever has nothing open', {}],
    ['whoever has an unpaid bill', { unpaid: [{ id: 'bill', amount, dueOn: '2026-01-01' }] }],
    ['whoever has a device bound', { boundDevices: [{ id: 'device', name: 'device' }] }],
    ['whoever has credit left', { credit: amount }],
    ['whoever’s account is being looked into', { anomaly: 'fraud-check' }],
  ];
  const answer = (pack: Pack, given: Partial<LineStanding>): string => {
    const { answer: is, rule } = decide(pack, standingFrom(given, { currency: pack.currency, region: pack.calendar.region }));
    return is === 'eligible' ? answerInWords[is] : `${answerInWords[is]} (“${rule}”)`;
  };
  return kinds.flatMap(([whom, given]) => changed(whom, 'the answer', answer(before, given), answer(after, given)));
};

const listChanges = (list: keyof typeof lists, before: Pack, after: Pack): PolicyChange[] => {
  const [whom, what] = lists[list];
  const byId = (pack: Pack) => new Map((pack[list] as readonly { readonly id: string }[]).map((item) => [item.id, item]));
  const [old, now] = [byId(before), byId(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id): PolicyChange[] => {
    const [from, to] = [old.get(id), now.get(id)];
    if (from === undefined) return [{ whom, what: `${what}, “${id}”`, to: wordsOf(to) }];
    if (to === undefined) return [{ whom, what: `${what}, “${id}”`, from: wordsOf(from) }];
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    const [was, is] = [wordsOf(from), wordsOf(to)];
    return [was === is ? { whom, what: `${what}, “${id}”: not its English words, but something else of it` } : { whom, what: `${what}, “${id}”`, from: was, to: is }];
  });
};

const isText = (value: unknown): value is Text => typeof value === 'object' && value !== null && languages.every((language) => language in value);
/** The English words of an item, all of its texts. */
const wordsOf = (item: unknown): string => Object.values(item as object).filter(isText).map((text) => text.en).join(' ');
