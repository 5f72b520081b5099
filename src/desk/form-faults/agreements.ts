import type { Pack } from '../../policy/pack.ts';
import type { FieldFault } from '../views.ts';
import { fault, type Known } from './known.ts';

/** Every agreement carries a signature. */
export const agreementFaults = (pack: Pack, known: Known): FieldFault[] =>
  pack.agreements.some(({ id }) => !known.signed.includes(id)) ? [fault('agreements', 'missing')] : [];
