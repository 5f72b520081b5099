import type { Pack } from '../../policy/pack.ts';
import type { DraftForm, FieldFault } from '../views.ts';
import { fault, type Known } from './known.ts';

/** Where unused credit goes, if any is left and there is something to choose: without another line nothing can be moved to one. */
export const creditFaults = (pack: Pack, form: DraftForm, known: Known): FieldFault[] => {
  const offered = pack.settlement.choices.filter((choice) => choice !== 'transfer' || known.otherLines.length > 0);
  if (offered.length === 0 || known.creditMinor === 0) return [];
  const choice = form.creditChoice ?? '';
  if (choice === '') return [fault('creditChoice', 'missing')];
  if (!pack.settlement.choices.some((one) => one === choice)) return [fault('creditChoice', 'unknown')];
  if (choice !== 'transfer') return [];
  if ((form.transferTo ?? '') === '') return [fault('transferTo', 'missing')];
  return known.otherLines.includes(form.transferTo ?? '') ? [] : [fault('transferTo', 'unknown')];
};
