/** The carrier's systems, and what happens in them, as it stands in the ledger. */
export const systems = ['sm-dp-plus', 'home-register', 'nas', 'billing', 'payouts', 'linked-services', 'mail', 'message-centre'] as const;
export type System = (typeof systems)[number];

export type Effect = {
  /** ISO instant. */
  readonly at: string;
  readonly system: System;
  /** Past fact: `order-cancelled`, `subscriber-removed`, `stopped`, `mail-accepted`. */
  readonly effect: string;
  /** Whom it happened to: an ICCID, an IMSI, a billing reference, an address. */
  readonly subject: string;
  /** The caller's own id of the act, where the protocol has one. */
  readonly key: string;
  /** What is needed to answer a repeat and to rebuild the state. */
  readonly detail?: Readonly<Record<string, unknown>>;
};
