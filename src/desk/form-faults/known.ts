import type { ChosenBounds } from '../../policy/end.ts';
import type { FieldFault, FormField } from '../views.ts';

/** What the form is held against. */
export type Known = {
  readonly hasDocument: boolean;
  /** On the phone the document comes with the form, even where it is one proof among others: there is no later page to show it on. */
  readonly wantsDocument: boolean;
  readonly msisdn: string;
  /** The address of the account, where it has one. */
  readonly registered: string | null;
  /** Identifiers on record of this line. */
  readonly eid?: string;
  readonly devices: readonly { readonly name: string; readonly model?: string; readonly imei?: string }[];
  /** What is left of the credit once it has paid what is owed. */
  readonly creditMinor: number;
  /** Agreements of this draft that carry a valid signature. */
  readonly signed: readonly string[];
  /** Between which days the last day of service can be chosen. */
  readonly bounds: ChosenBounds | undefined;
  /** E.164 of the subscriber's other living lines: where credit can go. */
  readonly otherLines: readonly string[];
};

export const fault = (field: FormField, kind: FieldFault['fault']): FieldFault => ({ field, fault: kind });
