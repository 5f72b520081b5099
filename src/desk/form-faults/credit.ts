import type { Pack } from '../../policy/pack.ts';
import type { DraftForm, FieldFault } from '../views.ts';
import { fault, type Known } from './form-faults.ts';

/** Where unused credit goes, if there is any and the subscriber may choose. */
export const creditFaults = (pack: Pack, form: DraftForm, known: Known): FieldFault[] => {
  if (pack.settlement.choices.length === 0 || known.creditMinor === 0) return [];
  const choice = form.creditChoice ?? '';
  if (choice === '') return [fault('creditChoice', 'missing')];
  if (!pack.settlement.choices.some((one) => one === choice)) return [fault('creditChoice', 'unknown')];
  if (choice !== 'transfer') return [];
  if ((form.transferTo ?? '') === '') return [fault('transferTo', 'missing')];
  return known.otherLines.includes(form.transferTo ?? '') ? [] : [fault('transferTo', 'unknown')];
};
