import type { Money } from './money.ts';

export const lineKinds = ['physical-sim', 'esim', 'virtual-number', 'data-card'] as const;
export type LineKind = (typeof lineKinds)[number];

/** What is cancelled, as the steps of a plan see it. Identifiers are plain digits; `msisdn` is E.164 with `+`. */
export type Line = {
  readonly id: string;
  readonly brand: string;
  readonly kind: LineKind;
  readonly carrier: string;
  /** The operator's own reference of the line in billing; not personal. */
  readonly billingRef: string;
  readonly msisdn: string;
  readonly imsi?: string;
  readonly iccid?: string;
  /** EID and matching id as ordered at the SM-DP+: without them the order cannot be cancelled (SGP.22 §5.3.5). */
  readonly eid?: string;
  readonly matchingId?: string;
  readonly inHomeRegister: boolean;
  /** The provider's reference of the payment that a refund goes back to; absent where billing itself pays back. */
  readonly paymentRef?: string;
  /** What its policy freezes from receipt on. */
  readonly freezes?: readonly ('charges' | 'purchases')[];
  /** What is sold along with it and still runs: by its id in the policy, and its name at the operator. */
  readonly services?: readonly { readonly id: string; readonly provider: string }[];
};

/** What stands open on a line: the material of preparation, eligibility and settlement. */
export type LineStanding = {
  readonly credit: Money;
  /** The running month that no bill has charged yet: its fee, its first and its last day. */
  readonly running?: { readonly fee: Money; readonly from: string; readonly to: string };
  readonly unpaid: readonly { readonly id: string; readonly amount: Money; readonly dueOn: string }[];
  readonly boundDevices: readonly { readonly id: string; readonly name: string }[];
  readonly anomaly?: 'fraud-check' | 'port-out-running' | 'ownership-disputed';
  /** What was counted when the data was last looked at. */
  readonly stored: { readonly contacts: number; readonly messages: number; readonly calls: number };
  /** ISO instant of the last download of the data; absent where never. */
  readonly dataTakenAt?: string;
  /** Where the subscriber lives: ISO 3166-1 alpha-2, or ISO 3166-2 where a part of the country has law of its own (`US-CA`). */
  readonly region: string;
};
