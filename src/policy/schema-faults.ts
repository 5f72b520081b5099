/** What a schema refuses, in the words of whoever writes policy: what stands there, what may, and how to mend it. Pure. */
import type { z } from 'zod';
import { currencies } from '../cancellation/money.ts';
import { fault, type Fault } from './finding.ts';
import { slips } from './nearness.ts';
import { languages } from './pack.ts';

type Issue = z.core.$ZodIssue;
type Words = { readonly kind: Fault['kind']; readonly expected: string };

/** `words`: the kind of finding, and where the form of the file can be read. */
export const schemaFaults = (issues: readonly Issue[], source: unknown, words: Words): Fault[] => issues
  // A missing translation is already named, and better.
  .filter(({ path }) => !(languages as readonly unknown[]).includes(path.at(-1)))
  .flatMap((issue) => faultsOf(issue, source, words));

const faultsOf = (issue: Issue, source: unknown, { kind, expected }: Words): Fault[] => {
  const at = issue.path.join('.');
  const value = issue.path.reduce<unknown>((inside, key) => (typeof inside === 'object' && inside !== null ? (inside as Record<PropertyKey, unknown>)[key] : undefined), source);
  const shown = value === undefined || typeof value === 'object' ? 'what stands there' : `“${String(value)}”`;
  if (issue.path.at(-1) === 'currency') return [fault('unknown-currency', at, `${value === undefined ? 'none is named' : `${shown} is no currency that amounts can be reckoned in`}`, `use one of ${Object.keys(currencies).join(', ')} (ISO 4217)`)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => fault(kind, [...issue.path, key].join('.'), `there is no word “${key}” here`, 'mend its spelling, or take it out'));
    case 'invalid_value': {
      const values = issue.values.map(String);
      const near = value === undefined ? undefined : values.find((one) => slips(String(value), one, 2) <= 2);
      return [fault(kind, at, value === undefined ? 'it is missing' : `${shown} is not known here`, `${near === undefined ? '' : `did you mean ${near}? `}use one of ${values.join(', ')}`)];
    }
    case 'invalid_type':
      if (value === undefined) return [fault(kind, at, 'it is missing', `add it: ${typeInWords[issue.expected] ?? issue.expected}`)];
      return [fault(kind, at, `${shown} is not ${typeInWords[issue.expected] ?? issue.expected}`, `write ${typeInWords[issue.expected] ?? issue.expected}`)];
    case 'too_small':
      return [fault(kind, at, typeof value === 'number' ? `${shown} is too little` : 'it is empty, or too short', `${typeof value === 'number' ? `${issue.minimum} or more` : `at least ${issue.minimum}`}`)];
    case 'too_big':
      return [fault(kind, at, typeof value === 'number' ? `${shown} is too much` : `${shown} is too long`, `${issue.maximum} at most`)];
    case 'invalid_format':
      return [fault(kind, at, `${shown} can't be read`, formats[issue.format] ?? (issue.message.startsWith('Invalid') && 'pattern' in issue ? `it has to fit ${String(issue.pattern)}` : `write it as ${issue.message}`))];
    case 'invalid_union':
      return [fault(kind, at, value === undefined ? 'it is missing' : `${shown} is not known here`, expected)];
    default:
      return [fault(kind, at, issue.message, expected)];
  }
};

const typeInWords: Readonly<Record<string, string>> = { number: 'a number', int: 'a whole number', string: 'a text in quotes', boolean: 'true or false', array: 'a list in [ ]', object: 'an entry in { }' };
const formats: Readonly<Record<string, string>> = { date: 'write a day like 2026-11-24', email: 'write an address like care@brand.example' };
