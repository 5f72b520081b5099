import type { Pack } from '../../policy/pack.ts';
import type { DraftForm, FieldFault } from '../views.ts';
import { fault } from './known.ts';

/** Each account elsewhere is unbound, or attested not to be bound, one by one. */
export const outsideFaults = (pack: Pack, form: DraftForm): FieldFault[] =>
  pack.outsideAccounts.some(({ id }) => !(form.outside ?? []).includes(id)) ? [fault('outside', 'missing')] : [];
