import type { LineStanding } from '../cancellation/line.ts';
import { liesIn } from './jurisdiction.ts';
import type { Condition, Pack, Remedy, Text } from './pack.ts';

type EligibilityRule = Pack['eligibility'][number];
export type Answer = EligibilityRule['answer'];

/** Something that stands in the way now and can be cleared. */
export type OpenItem = { readonly rule: string; readonly because: Text; readonly remedy?: Remedy };

/** `rule` is the first that applies; `open` is every not-yet that applies, in the pack's order, so that all can be solved at once. */
export type Decision = OpenItem & { readonly answer: Answer; readonly open: readonly OpenItem[] };

/** May this line be cancelled now? */
export const decide = (pack: Pack, standing: LineStanding): Decision => decideOn(pack, factsOf(standing));

/** The same for one of many lines, of which no more is known than what decides. */
export const decideOn = (pack: Pack, facts: Facts): Decision => {
  const applying = pack.eligibility.filter((rule) => meets(rule.when, facts));
  const first = applying[0];
  // `policy check` demands an unconditional last rule; a pack without one was never checked.
  if (first === undefined) throw new Error(`no rule of ${pack.brand}@${pack.validFrom} applies: its last rule has a condition`);
  return { ...itemOf(first), answer: first.answer, open: applying.filter((rule) => rule.answer === 'not-yet').map(itemOf) };
};

const itemOf = (rule: EligibilityRule): OpenItem => ({ rule: rule.id, because: rule.because, ...(rule.remedy === undefined ? {} : { remedy: rule.remedy }) });

/** What a standing is to a condition; anything that decides alike is alike. */
export type Facts = { readonly unpaid: boolean; readonly boundDevices: boolean; readonly anomaly: boolean; readonly credit: boolean; readonly region: string };

export const factsOf = (standing: LineStanding): Facts => ({
  unpaid: standing.unpaid.length > 0,
  boundDevices: standing.boundDevices.length > 0,
  anomaly: standing.anomaly !== undefined,
  credit: standing.credit.minor > 0,
  region: standing.region,
});

export const conditionNames = ['unpaid', 'boundDevices', 'anomaly', 'credit', 'regions'] as const satisfies readonly (keyof Condition)[];
export type ConditionName = (typeof conditionNames)[number];

/** Does this one condition hold? True where the rule does not name it. */
export const holds = (name: ConditionName, when: Condition, facts: Facts): boolean => {
  if (name === 'regions') return when.regions?.some((place) => liesIn(facts.region, place)) ?? true;
  const wanted = when[name];
  return wanted === undefined || facts[name] === (wanted === 'some');
};

export const meets = (when: Condition, facts: Facts): boolean => conditionNames.every((name) => holds(name, when, facts));
