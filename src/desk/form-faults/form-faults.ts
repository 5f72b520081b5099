import type { Pack } from '../../policy/pack.ts';
import type { DraftForm, FieldFault } from '../views.ts';
import { accountFaults } from './account.ts';
import { agreementFaults } from './agreements.ts';
import { applicationFaults } from './application.ts';
import { creditFaults } from './credit.ts';
import { deviceFaults } from './device.ts';
import { endFaults } from './end.ts';
import { fault, type Known } from './known.ts';
import { outsideFaults } from './outside-accounts.ts';

/** In the order of the pages; empty fields are `missing`. */
export const faultsOf = (pack: Pack, form: DraftForm, known: Known): FieldFault[] => [
  ...accountFaults(pack, form),
  ...applicationFaults(pack, form, known),
  ...endFaults(form, known),
  ...deviceFaults(pack, form, known),
  ...outsideFaults(pack, form),
  ...creditFaults(pack, form, known),
  ...agreementFaults(pack, known),
  ...(pack.consequences.some(({ id }) => !(form.acknowledged ?? []).includes(id)) ? [fault('acknowledged', 'missing')] : []),
];
