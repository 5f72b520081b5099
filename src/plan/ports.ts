/**
 * What the steps of a plan need from the carrier's side, in our words. A connector is one of these over a protocol.
 * Every method resolves to an Outcome and never rejects for what a peer does: refusals, garbage, silence are outcomes.
 */

/**
 * How an act or a read ended.
 * `done`: it is so now. `refused`: it said no, never retry. `unreachable`: it cannot have acted, retry.
 * `unknown`: it may have acted, read first.
 */
export type Outcome<Fact> =
  /** `says`: a warning that came with it. */
  | { readonly kind: 'done'; readonly fact: Fact; readonly says?: string }
  | { readonly kind: 'refused'; readonly code: string; readonly says: string }
  /** `wantsPeople`: waiting will not mend it. */
  | { readonly kind: 'unreachable'; readonly says: string; readonly wantsPeople?: true }
  | { readonly kind: 'unknown'; readonly says: string };

/** One attempt. `key` names the intent: the same for every retry of the same act, so that a peer can tell a repeat. */
export type Call = { readonly key: string; readonly signal: AbortSignal };

/** What the home register says of a subscriber. `absent`: it does not know the IMSI. */
export type RegisterFact = 'absent' | { readonly circuitSwitched: boolean; readonly packetSwitched: boolean };

/** HLR / HSS / UDM: `imsi` is 6 to 15 digits. */
export interface HomeRegister {
  /** No calls, no SMS, no data; undone by `unbar`. */
  bar(imsi: string, call: Call): Promise<Outcome<RegisterFact>>;
  unbar(imsi: string, call: Call): Promise<Outcome<RegisterFact>>;
  /** Have the serving node told that the subscription is gone. Deleting first would lose the handle to do it. No read says whether it was told, so an unknown end is settled by telling again, under the same key. */
  detach(imsi: string, call: Call): Promise<Outcome<RegisterFact>>;
  remove(imsi: string, call: Call): Promise<Outcome<RegisterFact>>;
  read(imsi: string, call: Call): Promise<Outcome<RegisterFact>>;
}

/** Whose data sessions: `imsi` has 6 to 15 digits, `msisdn` is E.164. */
export type SessionSubject = { readonly imsi: string; readonly msisdn: string };
/** `none-there`: nobody had a session of this subscriber, or no longer. */
export type SessionsFact = 'ended' | 'none-there';

/** Gateways that hold data sessions. There is no read; a repeat harms nothing: what is gone already is success. */
export interface Sessions {
  /** Every session of the subscriber, at every gateway. */
  endAll(subject: SessionSubject, call: Call): Promise<Outcome<SessionsFact>>;
}

/** What the operator stored when the profile was ordered. */
export type EsimOrder = { readonly iccid: string; readonly eid?: string; readonly matchingId?: string };
/**
 * `order-cancelled`: never downloaded, and the SM-DP+ will not give it out.
 * `already-on-device`: the order can't be cancelled any more; the profile goes on living in the device until its user deletes it.
 */
export type EsimFact = 'order-cancelled' | 'already-on-device';

/** The SM-DP+ (SGP.22 §5.3). ES2+ has no read: an identical repeat is a retransmission and answers the same. */
export interface EsimPlatform {
  cancelOrder(order: EsimOrder, call: Call): Promise<Outcome<EsimFact>>;
}

export type BillingFact = { readonly status: 'active' | 'stopped'; readonly stoppedAt?: string; readonly owedMinor: number; readonly creditMinor: number; readonly currency: string;
  /** Absent: not frozen. */
  readonly chargesFrozen?: boolean; readonly purchasesFrozen?: boolean };

/**
 * Whole minor units of the line's one currency. Of the credit: `offsetMinor` pays what is owed, `refundMinor` is paid back by billing
 * itself, `payoutMinor` is taken off the line and paid back by the payout provider, `transfer` goes to the line that billing knows by
 * this reference, `forfeitMinor` ends.
 */
export type BillingSettlement = {
  readonly collectMinor: number; readonly offsetMinor: number; readonly refundMinor: number; readonly forfeitMinor: number; readonly currency: string;
  readonly payoutMinor?: number;
  readonly transfer?: { readonly toRef: string; readonly minor: number };
};

/** The operator's billing. `ref` is its own reference of the line. */
export interface Billing {
  /** Pay what is owed out of the credit (`offset`), collect the rest, give back or forfeit what is left, in one instruction with the amounts that the preview showed. */
  settle(ref: string, settlement: BillingSettlement, call: Call): Promise<Outcome<BillingFact>>;
  stop(ref: string, call: Call): Promise<Outcome<BillingFact>>;
  /** Nothing new of these arises on the line, and what is not named may; settling and stopping go on. It sets how the line is, so that a repeat, also much later, changes nothing. */
  freeze(ref: string, what: readonly ('charges' | 'purchases')[], call: Call): Promise<Outcome<BillingFact>>;
  /** Neither is frozen any more. */
  unfreeze(ref: string, call: Call): Promise<Outcome<BillingFact>>;
  read(ref: string, call: Call): Promise<Outcome<BillingFact>>;
}

/** `service`: its name at the operator. `endedAt`: ISO instant; there once it has ended. */
export type LinkedServiceFact = { readonly service: string; readonly status: 'active' | 'ended'; readonly endedAt?: string };

/** What the operator sells along with a line: cloud storage, music. `ref` is its own reference of the line. */
export interface LinkedServices {
  /** One that has ended already is `done` as well. */
  end(ref: string, service: string, call: Call): Promise<Outcome<LinkedServiceFact>>;
  /** Every service that there is or was on the line. */
  read(ref: string, call: Call): Promise<Outcome<readonly LinkedServiceFact[]>>;
}

/** What is to be paid back, and the provider's reference of the payment that it goes back to. */
export type RefundOrder = { readonly payment: string; readonly amountMinor: number; readonly currency: string };
/**
 * What the provider has on record under a key. `absent`: nothing. `sent`: taken, and on its way; `done`: it arrived, as far as the
 * provider can know; `failed`: it came back, or never left.
 */
export type RefundFact = 'absent' | { readonly status: 'sent' | 'done' | 'failed'; readonly ref: string; readonly amountMinor: number; readonly currency: string };

/** Who pays back: a payment provider, or the operator's own books. */
export interface Payouts {
  /** The same key again is the same refund: it is paid once. */
  refund(order: RefundOrder, call: Call): Promise<Outcome<RefundFact>>;
  /** The refund of `call.key`, if there is one. Never pays. */
  read(payment: string, call: Call): Promise<Outcome<RefundFact>>;
}

/** A message on its way to a person. `to` is an e-mail address or an E.164 number. */
export type Message = { readonly to: string; readonly subject?: string; readonly text: string; readonly html?: string; readonly from: string };
export type SentFact = { readonly providerId: string };

/** E-mail or SMS. */
export interface MessageChannel {
  send(message: Message, call: Call): Promise<Outcome<SentFact>>;
}

/**
 * What one harmless look at a peer found (`signoff connectors check`): a hello of its protocol, or a read of what can't exist.
 * `ok`: it answered as it should, and takes our credentials. `unreachable`: no connection, no answer in time. `certificate`: the
 * connection is there, TLS is not. `credentials`: it does not let us in. `protocol`: something answers that is not what it should be.
 * `where`: host and port, or origin; `says`: one line. Neither has a secret or anything personal in it.
 */
export type Checked = {
  readonly kind: 'ok' | 'unreachable' | 'certificate' | 'credentials' | 'protocol';
  readonly where: string;
  readonly says: string;
  /** Those that took part; `endsAt` is an ISO instant. */
  readonly certificates?: readonly { readonly whose: 'ours' | 'theirs'; readonly endsAt: string }[];
};

/** What every connector can besides its port. Changes nothing at the peer, never rejects, ends when `signal` does or before. */
export interface Checkable {
  check(signal: AbortSignal): Promise<Checked>;
}

export type CarrierPorts = { readonly homeRegister: HomeRegister; readonly sessions: Sessions; readonly esimPlatform: EsimPlatform; readonly billing: Billing; readonly payouts: Payouts; readonly linkedServices: LinkedServices };
