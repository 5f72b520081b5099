import { isBoundBelow } from '../../policy/end.ts';
import { isDay } from '../../policy/zone.ts';
import type { DraftForm, FieldFault } from '../views.ts';
import { fault, type Known } from './known.ts';

/** The last day of service, where one can be chosen; empty is as soon as possible. A day that the law lets be named is not refused for being over. */
export const endFaults = (form: DraftForm, { bounds }: Known): FieldFault[] => {
  const day = form.endsOn?.trim() ?? '';
  if (bounds === undefined || day === '') return [];
  if (!isDay(day)) return [fault('endsOn', 'not-valid')];
  return day < bounds.from && isBoundBelow(bounds) ? [fault('endsOn', 'too-early')] : day > bounds.to ? [fault('endsOn', 'too-late')] : [];
};
