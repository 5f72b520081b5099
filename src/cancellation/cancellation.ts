import type { State } from './life-cycle.ts';

export const channels = ['web', 'phone', 'chat', 'post', 'api'] as const;
export type Channel = (typeof channels)[number];

/** Why a date is that date, in words; one text a language. */
export type Because = Readonly<Record<string, string>>;

/** What a reviewer asked for: ids from the pack's list, and a word of their own. */
export type Asked = { readonly materials: readonly string[]; readonly note?: string };

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
  readonly channel: Channel;
  readonly openedAt: Date;
  readonly applicationNumber?: string;
  readonly reason?: string;
  readonly receivedAt?: Date;
  readonly dueAt?: Date;
  readonly dueBecause?: Because;
  readonly waitingSince?: Date;
  readonly asked?: Asked;
  readonly refusedBecause?: string;
  readonly effectiveAt?: Date;
  readonly endedAt?: Date;
};
