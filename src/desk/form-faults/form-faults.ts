import type { Pack } from '../../policy/pack.ts';
import type { DraftForm, FieldFault, FormField } from '../views.ts';
import { accountFaults } from './account.ts';
import { agreementFaults } from './agreements.ts';
import { applicationFaults } from './application.ts';
import { creditFaults } from './credit.ts';
import { deviceFaults } from './device.ts';
import { outsideFaults } from './outside-accounts.ts';

/** What the form is held against. */
export type Known = {
  readonly hasDocument: boolean;
  readonly msisdn: string;
  /** The address of the account, where it has one. */
  readonly registered: string | null;
  /** Identifiers on record of this line. */
  readonly eid?: string;
  readonly devices: readonly { readonly name: string; readonly imei?: string }[];
  /** What is left of the credit once it has paid what is owed. */
  readonly creditMinor: number;
  /** Agreements of this draft that carry a valid signature. */
  readonly signed: readonly string[];
  /** E.164 of the subscriber's other living lines: where credit can go. */
  readonly otherLines: readonly string[];
};

export const fault = (field: FormField, kind: FieldFault['fault']): FieldFault => ({ field, fault: kind });

/** In the order of the pages; empty fields are `missing`. */
export const faultsOf = (pack: Pack, form: DraftForm, known: Known): FieldFault[] => [
  ...accountFaults(pack, form),
  ...applicationFaults(pack, form, known),
  ...deviceFaults(pack, form, known),
  ...outsideFaults(pack, form),
  ...creditFaults(pack, form, known),
  ...agreementFaults(pack, known),
  ...(pack.consequences.some(({ id }) => !(form.acknowledged ?? []).includes(id)) ? [fault('acknowledged', 'missing')] : []),
];
