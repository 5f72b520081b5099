import type { Line } from '../cancellation/line.ts';
import type { Pack } from '../policy/pack.ts';
import { barLine } from './steps/bar-line.ts';
import { cancelEsimOrder } from './steps/cancel-esim-order.ts';
import { confirmSilence } from './steps/confirm-silence.ts';
import { detachSubscriber } from './steps/detach-subscriber.ts';
import { endLinkedServices } from './steps/end-linked-services.ts';
import { endSessions } from './steps/end-sessions.ts';
import { closeAccount, eraseRecords, issueCertificate, quarantineNumber, tellSubscriber } from './steps/own-steps.ts';
import { freezeLine } from './steps/freeze-line.ts';
import { refundCredit } from './steps/refund-credit.ts';
import { removeSubscriber } from './steps/remove-subscriber.ts';
import { settleBalance } from './steps/settle-balance.ts';
import { stopBilling } from './steps/stop-billing.ts';
import type { Phase, SettlementOrder, Step, StepName } from './step.ts';

/** Every step there is, in the order in which a person would tell them. */
export const steps: readonly Step[] = [
  freezeLine, barLine, endSessions, endLinkedServices, settleBalance, refundCredit, cancelEsimOrder, detachSubscriber, removeSubscriber, stopBilling,
  quarantineNumber, confirmSilence, eraseRecords, closeAccount, issueCertificate, tellSubscriber,
];
const byName = new Map<string, Step>(steps.map((step) => [step.name, step]));

/** A step by its name in the journal; an unknown one is a fault: the plan was made by a build that this one can't follow. */
export const stepNamed = (name: string): Step => {
  const step = byName.get(name);
  if (step === undefined) throw new Error(`the plan has a step that this build does not know: ${name}`);
  return step;
};

/** As saved with the case. `after` names only steps of this plan; a step not wanted on this line stands in it and says so. */
export type PlannedStep = { readonly name: StepName; readonly after: readonly StepName[]; readonly phase: Phase; readonly wanted: boolean };

/** The steps for one line, in order; what the pack does not name is left out. */
export const makePlan = (pack: Pack, line: Line, settlement: Pick<SettlementOrder, 'payoutMinor'>): PlannedStep[] => {
  const inPlan = new Set<string>(pack.steps);
  for (const name of inPlan) stepNamed(name);
  return steps
    .filter((step) => inPlan.has(step.name))
    .map((step) => ({
      name: step.name,
      after: step.after.filter((name) => inPlan.has(name)),
      // Without a waiting period there is nothing to undo: everything happens past the point of no return.
      phase: pack.recoverableDays === 0 ? 'final' : step.phase,
      wanted: step.wanted(line, settlement),
    }));
};

/** What a withdrawal takes back, by name. */
export const undoableSteps: readonly StepName[] = steps.flatMap((step) => (step.on === 'carrier' && step.undo !== 'none' ? [step.name] : []));
