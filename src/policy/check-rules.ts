import { decide, meets, type Facts } from './decide.ts';
import { fault, type Fault } from './finding.ts';
import type { Pack } from './pack.ts';
import { standingFrom } from './standing.ts';

/** ISO 3166-1 gives ZZ to nobody: it stands for every region that the rules don't name. */
const elsewhere = 'ZZ';

/** Every standing that the conditions can tell apart: few enough to try them all. */
const allFacts = (pack: Pack): Facts[] => {
  const regions = [...new Set([...pack.eligibility.flatMap((rule) => rule.when.regions ?? []), elsewhere])];
  const either = [true, false];
  return regions.flatMap((region) => either.flatMap((unpaid) => either.flatMap((boundDevices) =>
    either.flatMap((anomaly) => either.map((credit) => ({ unpaid, boundDevices, anomaly, credit, region }))))));
};

export const ruleFaults = (pack: Pack): Fault[] => {
  const rules = pack.eligibility;
  const standings = allFacts(pack);
  const last = rules.at(-1);
  const faults: Fault[] = [];
  if (last && Object.keys(last.when).length > 0) faults.push(fault('last-rule-conditional', `eligibility.${rules.length - 1}`, `the last rule, “${last.id}”, has a condition, so a line may be left without an answer`, 'end with a rule whose `when` is {}'));
  for (const [place, rule] of rules.entries()) {
    const applying = standings.filter((facts) => meets(rule.when, facts));
    const before = rules.slice(0, place);
    if (applying.every((facts) => before.some((earlier) => meets(earlier.when, facts)))) {
      const covering = before.filter((earlier) => applying.some((facts) => meets(earlier.when, facts))).map(({ id }) => `“${id}”`);
      faults.push(fault('unreachable-rule', `eligibility.${place}`, `“${rule.id}” can never decide: whatever meets it meets ${covering.join(' or ')} before it`, 'move it up, narrow what stands before it, or take it out'));
    }
    if (rule.answer === 'not-yet' && rule.remedy === undefined) faults.push(fault('no-remedy', `eligibility.${place}`, `“${rule.id}” says not yet, and not what to do about it`, 'name its remedy'));
  }
  if (pack.settlement.credit === 'zero-demanded' && pack.settlement.choices.length === 0 && !rules.some((rule) => rule.when.credit === 'some' && rule.answer !== 'eligible'))
    faults.push(fault('credit-never-asked-for', 'settlement.credit', 'the settlement demands that no credit is left, but no rule asks for that beforehand, and the application does not ask what becomes of it', 'add a rule with `credit: some` that answers not yet, or offer choices'));
  return faults;
};

export const exampleFaults = (pack: Pack): Fault[] =>
  pack.examples.flatMap(({ name, given, rule }, place) => {
    const expected = pack.eligibility.some(({ id }) => id === rule);
    if (!expected) return [fault('failing-example', `examples.${place}`, `“${name}” expects the rule “${rule}”, which does not exist`, `name one of ${pack.eligibility.map(({ id }) => id).join(', ')}`)];
    if (Object.keys(pack.eligibility.at(-1)?.when ?? {}).length > 0) return []; // already a finding of its own; deciding would fail
    const decided = decide(pack, standingFrom(given, { currency: pack.currency, region: pack.calendar.region }));
    return decided.rule === rule ? [] : [fault('failing-example', `examples.${place}`, `“${name}” is decided by “${decided.rule}”, not by “${rule}”`, 'mend the rules, or the example if it is wrong')];
  });

export const reviewFaults = ({ review, calendar: { hours } }: Pack): Fault[] => {
  const { least, most } = review.workingDays;
  if (hours !== undefined && hours.opens >= hours.closes) return [fault('impossible-review', 'calendar.hours', `a working day that opens at ${hours.opens} and closes at ${hours.closes}`, 'let it close after it opens, on the same day')];
  if (least > most) return [fault('impossible-review', 'review', `a review of at least ${least} and at most ${most} days`, 'put the smaller number first')];
  return review.reviewers > 0 && most === 0 ? [fault('impossible-review', 'review', 'people review, but in no time at all', 'give them at least one day, or take `reviewers` to 0')] : [];
};
