import type { Line } from '../cancellation/line.ts';
import type { Pack } from '../policy/pack.ts';
import type { BillingSettlement, Call, CarrierPorts, Outcome } from './ports.ts';

export type StepName = Pack['steps'][number];
/** `recoverable` steps run while everything is undoable; `final` ones only past the point of no return. */
export type Phase = 'recoverable' | 'final';

/** What is given back and collected at the end; integer minor units. The same figures that the preview showed. */
export type SettlementOrder = BillingSettlement;

export type StepContext = { readonly line: Line; readonly settlement: SettlementOrder; readonly ports: CarrierPorts; readonly call: Call };
/** Seconds: the first pause, the longest one, and how long before people are called. */
export type Retry = { readonly first: number; readonly atMost: number; readonly giveUpAfter: number };

type Common = { readonly name: StepName; readonly after: readonly StepName[]; readonly phase: Phase; readonly wanted: (line: Line, settlement: Pick<SettlementOrder, 'payoutMinor'>) => boolean };

/** A step that acts on the carrier's side, outside any transaction. */
export type CarrierStep<Fact = unknown> = Common & {
  readonly on: 'carrier';
  readonly act: (context: StepContext) => Promise<Outcome<Fact>>;
  /** How an unknown outcome is settled. `repeat`: the protocol defines an identical repeat as a retransmission. */
  readonly read: ((context: StepContext) => Promise<Outcome<Fact>>) | 'repeat';
  /** Where this holds of the amounts, a read looks the same before and after: the act is repeated, under its key. */
  readonly leavesNoTrace?: (settlement: SettlementOrder) => boolean;
  readonly isDone: (fact: Fact) => boolean;
  readonly undo: 'none' | { readonly act: (context: StepContext) => Promise<Outcome<Fact>>; readonly isUndone: (fact: Fact) => boolean };
  readonly retry: Retry;
};

/** Whether an open intent of it is repeated under its key, or read. */
export const isRepeated = ({ read, leavesNoTrace }: Pick<CarrierStep, 'read' | 'leavesNoTrace'>, settlement: SettlementOrder): boolean =>
  read === 'repeat' || leavesNoTrace?.(settlement) === true;

/** A step inside our own store: done in the transaction that records it. */
export type OwnStep = Common & { readonly on: 'own' };

export type Step = CarrierStep | OwnStep;

/** Keeps the fact's type within the step; outside, facts are opaque and only journalled. */
export const carrierStep = <Fact>(step: Omit<CarrierStep<Fact>, 'on'>): CarrierStep => ({ ...step, on: 'carrier' }) as CarrierStep;
export const ownStep = (step: Omit<OwnStep, 'on'>): OwnStep => ({ ...step, on: 'own' });

/** Minutes at first, an hour at most, two days until people are called. */
export const networkRetry: Retry = { first: 2, atMost: 3600, giveUpAfter: 172_800 };
