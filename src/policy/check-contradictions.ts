import { fault, type Fault } from './finding.ts';
import type { Pack } from './pack.ts';
import { levelFaults } from './proof-level.ts';

/** Words of one pack that contradict each other: each for itself could hold, both together can't. */
export const contradictions = (pack: Pack): Fault[] => [...steps(pack), ...ends(pack), ...form(pack), ...proofs(pack), ...ways(pack), ...levelFaults(pack)];

const steps = (pack: Pack): Fault[] => {
  const has = (step: Pack['steps'][number]): boolean => pack.steps.includes(step);
  const { settlement } = pack;
  const missing = (step: Pack['steps'][number], wanted: boolean, at: string, because: string): Fault[] =>
    wanted && !has(step) ? [fault('step-missing', at, `${because}, and no step does it`, `add '${step}' to \`steps\`, or take this out`)] : [];
  const atOnce = pack.reasons.findIndex(({ barsAtOnce }) => barsAtOnce);
  return [
    ...missing('freeze-line', pack.freeze.length > 0, 'freeze', 'the line is frozen from receipt on'),
    ...(has('freeze-line') && pack.freeze.length === 0 ? [fault('step-without-work', `steps.${pack.steps.indexOf('freeze-line')}`, 'the line is frozen, and the pack does not say for what', "name 'charges', 'purchases' or both under `freeze`, or take the step out")] : []),
    ...missing('end-linked-services', pack.linkedServices.length > 0, 'linkedServices.0', 'services end with the line'),
    ...missing('bar-line', atOnce >= 0, `reasons.${atOnce}.barsAtOnce`, 'the line is barred at the moment of receipt'),
    ...missing('bar-line', pack.recoverableDays > 0, 'recoverableDays', 'the line is barred for some days before the end'),
    ...missing('settle-balance', settlement.choices.length > 0, 'settlement.choices', 'its subscriber chooses what becomes of the credit'),
    ...missing('settle-balance', settlement.period !== 'none', 'settlement.period', 'a monthly fee is charged at the end'),
    ...missing('settle-balance', settlement.cleanUpFeeMinor > 0, 'settlement.cleanUpFeeMinor', 'a fee is charged at the end'),
    ...missing('quarantine-number', true, 'steps', 'every notice of the end names the day until which nobody else gets the number'),
    ...missing('issue-certificate', true, 'steps', 'a case is over with its certificate'),
    ...missing('tell-subscriber', true, 'steps', 'whoever cancelled hears that it is done'),
    ...(has('end-linked-services') && pack.linkedServices.length === 0 ? [fault('step-without-work', `steps.${pack.steps.indexOf('end-linked-services')}`, 'services are ended, and the pack names none', 'name them under `linkedServices`, or take the step out')] : []),
  ];
};

const ends = ({ end, settlement }: Pack): Fault[] => [
  ...(end.service === 'chosen-day' && end.chosen === undefined ? [fault('end-unclear', 'end.service', 'a day can be chosen, and nothing says between which', 'add `chosen` with earliestDays and latestDays')] : []),
  ...(end.service !== 'chosen-day' && end.chosen !== undefined && !(end.service === 'end-of-term' && end.chosen.asDeclared) ? [fault('end-unclear', 'end.chosen', 'bounds of a day that nobody can choose', "set `service` to 'chosen-day', or take the bounds out")] : []),
  ...(end.chosen?.asDeclared && end.chosen.earliestDays > 0 ? [fault('end-unclear', 'end.chosen.asDeclared', `a day that stands as it was named, and may not be named before ${end.chosen.earliestDays} days are over`, 'set earliestDays to 0, or take `asDeclared` out')] : []),
  ...(end.chosen !== undefined && end.chosen.earliestDays > end.chosen.latestDays ? [fault('end-unclear', 'end.chosen', `no day lies between ${end.chosen.earliestDays} and ${end.chosen.latestDays} days`, 'put the smaller number first')] : []),
  ...(end.billing === 'with-service' && end.service === 'at-once' ? [fault('end-unclear', 'end.billing', 'billing ends with the last day of service, and no such day is ever named', "set `billing` to 'at-once', or let the day be chosen")] : []),
  ...(end.billing !== 'at-once' && settlement.period === 'none' ? [fault('end-unclear', 'end.billing', 'billing goes on for a while, and no monthly fee is reckoned', "set the settlement's `period` to 'by-days', or `billing` to 'at-once'")] : []),
];

const form = ({ form: fields }: Pack): Fault[] => [
  ...fields.flatMap(({ field }, place) => (fields.findIndex((one) => one.field === field) === place ? [] : [fault('doubled-field', `form.${place}`, `“${field}” is asked twice`, 'take one of them out')])),
  ...(fields.some(({ field }) => field === 'email' || field === 'phone') ? [] : [fault('no-contact-asked', 'form', 'no contact is asked for: whoever has none on record could be told nothing', "add { field: 'email' }, { field: 'phone' }, or both")]),
];

const proofs = ({ identity }: Pack): Fault[] =>
  identity.documents.length > 0 ? [] : identity.proofs.flatMap((way, place) => (way.includes('document')
    ? [fault('proof-without-documents', `identity.proofs.${place}`, 'a document proves who somebody is, and no kind of document is taken', "name the kinds under `documents`, such as 'passport', or take this way out")] : []));

const ways = (pack: Pack): Fault[] => [
  ...(pack.supportHours.length > 0 && pack.supportHours.some(({ opens, closes }) => opens >= closes) ? [fault('impossible-review', 'supportHours', 'support that closes before it opens', 'let it close after it opens, on the same day')] : []),
  ...(pack.confirmation?.again !== undefined && pack.confirmation.hours > pack.confirmation.again.afterDays * 24
    ? [fault('confirmations-overlap', 'confirmation.again', `the second link opens ${pack.confirmation.again.afterDays} days on, while the first may still wait for ${pack.confirmation.hours} hours`, 'let the second come later, or the first hold shorter')] : []),
];
