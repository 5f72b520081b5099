/** What the doors show. Plain data, already allowed for whoever asked; instants are `Date`, texts in all languages. */
import type { Rights } from '../policy/laws.ts';
import type { EsimRemoval } from '../cancellation/esim-removal.ts';
import type { State } from '../cancellation/life-cycle.ts';
import type { LineKind } from '../cancellation/line.ts';
import type { Money } from '../cancellation/money.ts';
import type { ChosenBounds, EndOfService } from '../policy/end.ts';
import type { FindingKind } from '../plan/mend.ts';
import type { Pack, Remedy, Text } from '../policy/pack.ts';
import type { FormField } from '../policy/stages.ts';
import type { LawChange } from '../policy/under-law.ts';

/** On whose word one of staff acts for a subscriber. `readOut`: each consequence with the instant at which it was accepted. */
export type Assisted = {
  readonly channel: 'phone' | 'post';
  readonly staffId: string;
  /** What shows that it is they who ask: a code read out, or their hand on paper. */
  readonly proof: 'call-code' | 'signature';
  readonly readOut?: readonly string[];
  /** On the phone: what was owed when the call began, `2900 CNY due 2026-11-20 paid`, amounts in minor units. */
  readonly bills?: readonly string[];
  /** A copy of the identity document lies with the paper. */
  readonly enclosed?: boolean;
};

/**
 * What goes back to the subscriber by the payment provider. `planned`: ordered when the line is cancelled. `failed`: it never left or came back,
 * and is owed still. `to`: what was paid with, or what was named instead. `law`: why it is given back, where the law says so.
 */
export type RefundView = {
  readonly state: 'planned' | 'ordered' | 'sent' | 'arrived' | 'failed';
  readonly amount: Money;
  readonly to: 'payment' | 'named';
  /** Since when it stands like this. */
  readonly at?: Date;
  readonly due?: { readonly at: Date; readonly because: Text };
  /** Promised after the cancellation; 0: the same day. */
  readonly workingDays: number;
  readonly law?: { readonly because: Text; readonly source: string };
};

/** Who is signed in at the portal, or for whom the desk acts. */
export type Subscriber = { readonly brand: string; readonly subscriberId: string; readonly assisted?: Assisted };

/** The signal: four bars that go out one by one as the line goes off the air. */
export type Bars = 0 | 1 | 2 | 3 | 4;

export type CaseCard = {
  readonly caseId: string;
  /** Absent while it is a draft. */
  readonly applicationNumber?: string;
  readonly state: State;
  /** Review is over by then. */
  readonly dueAt?: Date;
  /** The point of no return. */
  readonly effectiveAt?: Date;
  /** When it was cancelled, withdrawn, refused, or lapsed. */
  readonly endedAt?: Date;
  readonly todo?: 'finish-draft' | 'supply' | 'prove';
};

export type LineCard = {
  readonly lineId: string;
  readonly kind: LineKind;
  readonly msisdn: string;
  readonly status: 'active' | 'barred' | 'cancelled';
  readonly bars: Bars;
  readonly credit: Money;
  readonly unpaid: Money;
  readonly boundDevices: number;
  /** The open case, or else the last one. */
  readonly case?: CaseCard;
};

export type Lines = { readonly name: string; readonly lines: readonly LineCard[] };

export type PreparationItem = {
  readonly id: string;
  readonly kind: 'stop-using' | 'settle' | 'use-up' | 'unbind' | 'take-data' | 'advice';
  readonly title: Text;
  readonly says: Text;
  /** `todo` blocks if `required`; `advice` has nothing to tick. */
  readonly state: 'todo' | 'done' | 'advice';
  readonly required: boolean;
  readonly remedy?: Remedy;
  readonly bills?: readonly { readonly billId: string; readonly amount: Money; readonly dueOn: string }[];
  readonly devices?: readonly { readonly deviceId: string; readonly name: string }[];
  readonly stored?: { readonly contacts: number; readonly messages: number; readonly calls: number; readonly takenAt?: Date };
  readonly credit?: Money;
};

export type Preparation = {
  /** The policy that holds for this line: of its open draft, or the one in force. */
  readonly pack: Pack;
  readonly line: LineCard;
  readonly items: readonly PreparationItem[];
  readonly answer: 'eligible' | 'not-yet' | 'never';
  /** The first reason for the answer. */
  readonly because: Text;
  /** Everything that stands in the way, in the pack's order. */
  readonly open: readonly Text[];
  readonly region: string;
  readonly regionNote: Text;
  /** What the law there makes otherwise than the brand's policy. */
  readonly law: readonly LawChange[];
  /** What the law of the place gives them to know before they go on. */
  readonly rights?: Rights;
  readonly mayGoOn: boolean;
};

/** What the subscriber has filled in so far; kept on the server for the pack's draft days. */
export type DraftForm = {
  readonly account?: string;
  readonly reason?: string;
  readonly name?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly documentKind?: string;
  readonly deviceModel?: string;
  readonly imei?: string;
  readonly eid?: string;
  readonly outside?: readonly string[];
  readonly creditChoice?: string;
  readonly transferTo?: string;
  readonly endsOn?: string;
  readonly acknowledged?: readonly string[];
};
export type Draft = {
  readonly caseId: string;
  /** The policy that the draft was opened under, as it holds in the subscriber's region; not the one in force by now. */
  readonly pack: Pack;
  readonly line: LineCard;
  readonly form: DraftForm;
  readonly document?: { readonly contentType: string; readonly bytes: number };
  /** Kept until then. */
  readonly keptUntil: Date;
  /** What is still missing before it can be sent. */
  readonly missing: readonly FormField[];
  /** Between which days the last day of service can be chosen, and what keeps the first from being earlier. */
  readonly endBounds?: ChosenBounds;
};
/** `signed`: the SHA-256 of the paper in hex. */
export type AgreementView = { readonly id: string; readonly title: Text; readonly body: Text; readonly signed?: { readonly at: Date; readonly sha256: string; readonly documentId: string } };
export type { FormField } from '../policy/stages.ts';
export type FieldFault = { readonly field: FormField; readonly fault: 'missing' | 'not-valid' | 'not-registered' | 'is-the-cancelled-number' | 'too-long' | 'unknown' | 'differs' | 'too-early' | 'too-late' };

export type MoneyLine = { readonly what: 'unpaid' | 'running-month' | 'clean-up-fee' | 'credit' | 'refund' | 'transfer' | 'collect' | 'forfeit'; readonly amount: Money; /** Of the monthly fee: the last day charged. */ readonly to?: string };

/** The last day of service as it was fixed with the application, and why that day; YYYY-MM-DD. */
export type { EndOfService } from '../policy/end.ts';
/** `beforeReview`: the day holds, and the review may end after it; the line works until then, and nothing is charged for it. */
export type Ends = EndOfService & { readonly beforeReview?: true };
export type Preview = {
  readonly receiptAt: Date;
  /** Review is over by then, at the latest; absent where there is none. */
  readonly reviewBy?: { readonly at: Date; readonly because: Text };
  /** People review, and no table says which days of that year are worked: no date is guessed. */
  readonly calendarUnknown?: true;
  readonly workingDays: { readonly least: number; readonly most: number };
  /** Where it does, those are days like any other. */
  readonly everyDayCounts: boolean;
  readonly recoverableDays: number;
  /** Earliest and latest point of no return. */
  /** `latest` is absent where nobody can say: the working days of that year are not known. */
  readonly effective: { readonly earliest: Date; readonly latest?: Date };
  /** Absent: as soon as everything else lets it. */
  readonly ends?: Ends;
  readonly quarantineDays: number;
  readonly steps: readonly string[];
  /** What is sold along with the line and ends with it. */
  readonly services: readonly { readonly id: string; readonly label: Text }[];
  readonly money: readonly MoneyLine[];
  readonly free: boolean;
};

export type TimelineEntry = {
  /** Key in messages/life: `event.<event>`, and its facts as values. */
  readonly event: 'received' | 'proven' | 'reviewing' | 'asked' | 'supplied' | 'approved' | 'refused' | 'appealed' | 'scheduled' | 'barred' | 'withdrawn' | 'lapsed' | 'executing' | 'stalled' | 'resumed' | 'cancelled' | 'erased';
  readonly at?: Date;
  readonly standing: 'done' | 'now' | 'to-come' | 'stopped';
};

export type StepView = { readonly name: string; readonly state: 'waiting' | 'running' | 'done' | 'stalled' | 'not-wanted' | 'undone'; readonly at?: Date };

/** What was received, and what comes next by when. */
export type Receipt = {
  readonly applicationNumber: string;
  readonly line: { readonly lineId: string; readonly kind: LineKind; readonly msisdn: string; readonly status: 'active' | 'barred' | 'cancelled'; readonly bars: Bars };
  readonly receivedAt: Date;
  /** Absent: as soon as everything else lets it. */
  readonly ends?: Ends;
  readonly review?: { readonly dueAt: Date; readonly because: Text; readonly paused: boolean };
  /** In review without a date: no table says which days of that year are worked. */
  readonly calendarUnknown?: true;
  /** Accounts elsewhere that the subscriber attested not to be bound to this number. */
  readonly attested: readonly Text[];
};

export type Status = Receipt & {
  /** What the law gives them to know, while it can still be withdrawn. */
  readonly rights?: Rights;
  readonly caseId: string;
  readonly state: State;
  /** The one big sentence. `kept`: withdrawn, refused or lapsed, the line stays. */
  readonly cancelled: { readonly answer: 'not-yet' | 'from' | 'being-cancelled' | 'yes' | 'kept'; readonly at?: Date };
  readonly asked?: readonly { readonly material: Text; readonly note?: string }[];
  readonly refused?: { readonly says: Text; readonly remedy: Text };
  readonly withdraw?: { readonly freeUntil?: Date };
  /** Approved, and waits for its subscriber to confirm by the mailed link. `from`: the second one, which opens then. */
  readonly confirmation?: { readonly until: Date; readonly from?: Date; /** Its mail can be sent again now; `sentTo`: masked, where the last one went. */ readonly again?: { readonly sentAt: Date; readonly sentTo: readonly string[] } };
  /** Barred from receipt on, for its reason: as ordered, or as the register says. */
  readonly off?: 'ordered' | 'done';
  readonly timeline: readonly TimelineEntry[];
  readonly steps: readonly StepView[];
  /** How the removal of its profile stands; absent before it was ordered, and where there is none. */
  readonly esim?: EsimRemoval;
  readonly numberFreeFrom?: string;
  /** What was found of the line after its end, and when it was found mended. */
  readonly afterEnd?: readonly { readonly what: FindingKind; readonly foundAt: Date; readonly mendedAt?: Date }[];
  /** What is sold along with the line; `endedAt` once it has ended, else it ends with the line. */
  readonly services: readonly { readonly id: string; readonly label: Text; readonly endedAt?: Date }[];
  /** Each can be downloaded as it was signed. */
  readonly agreements: readonly { readonly id: string; readonly title: Text; readonly at: Date; readonly sha256: string; readonly documentId: string }[];
  readonly money: readonly MoneyLine[];
  readonly refund?: RefundView;
  /** Its policy has a thread with support. */
  readonly chat: boolean;
  readonly hasCertificate: boolean;
  /** `opensAt`: of an automatic answer, which has no text of its own. */
  readonly messages: readonly { readonly author: 'subscriber' | 'reviewer' | 'agent' | 'automatic'; readonly text: string; readonly at: Date; readonly opensAt?: Date; readonly via?: { readonly network: string; readonly handle: string }; readonly attachments: readonly { readonly id: string; readonly contentType: string; readonly bytes: number }[] }[];
  readonly notices: readonly Told[];
};

/** A notice, and what is known of its arrival. `sent`: the server took it; `delivered`: a receipt says that it arrived; `unknown`: the answer was lost. */
export type Told = {
  readonly channel: 'mail' | 'sms'; readonly to: string; readonly template: string; readonly state: 'queued' | 'intended' | 'sent' | 'delivered' | 'failed' | 'unknown'; readonly at: Date;
  readonly sentAt: Date | null; readonly deliveredAt: Date | null;
  /** It went here because another contact was not reached. */
  readonly instead: boolean;
};
