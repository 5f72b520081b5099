import type { Pack } from '../../policy/pack.ts';
import type { DraftForm, FieldFault } from '../views.ts';
import { fault } from './known.ts';

/** The account's data were read and confirmed. */
export const accountFaults = (pack: Pack, form: DraftForm): FieldFault[] =>
  pack.identity.confirmAccount && form.account !== 'confirmed' ? [fault('account', 'missing')] : [];
