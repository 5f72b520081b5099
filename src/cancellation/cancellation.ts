import type { State } from './life-cycle.ts';

export const channels = ['web', 'phone', 'chat', 'post', 'bulk', 'api'] as const;
export type Channel = (typeof channels)[number];

/** By how it came: the operator's own order, one of many in a file or from a program. Its subscriber applied for nothing, and such a case waits behind those that somebody applied for. */
export const isOrdered = ({ channel }: Pick<Cancellation, 'channel'>): boolean => channel === 'bulk' || channel === 'api';

/** Why a date is that date, in words; one text a language. */
export type Because = { readonly 'zh-CN': string; readonly 'zh-TW': string; readonly en: string };

/** What a reviewer asked for: ids from the pack's list. Their own words are a message of the case, sealed. */
export type Asked = { readonly materials: readonly string[] };

/** The case, free of personal data. `version` counts the moves made. */
export type Cancellation = {
  readonly id: string;
  readonly brand: string;
  readonly subscriberId: string;
  readonly lineId: string;
  readonly state: State;
  readonly version: number;
  /** `<brand>@<date>` of the policy pinned at receipt. */
  readonly packVersion: string;
  /** ISO 3166-1 alpha-2: whose rules the pack is read under. */
  readonly region: string;
  readonly channel: Channel;
  readonly openedAt: Date;
  /** When it came into its state; of a draft, when it was last written in. */
  readonly changedAt: Date;
  readonly applicationNumber?: string;
  readonly reason?: string;
  readonly receivedAt?: Date;
  readonly dueAt?: Date;
  readonly dueBecause?: Because;
  readonly waitingSince?: Date;
  readonly asked?: Asked;
  readonly refusedBecause?: string;
  /** The last day of service, YYYY-MM-DD in the policy's zone, where it was fixed with the application. */
  readonly endsOn?: string;
  readonly effectiveAt?: Date;
  readonly endedAt?: Date;
};
