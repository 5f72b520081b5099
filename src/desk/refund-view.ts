/** How a refund stands, for its subscriber: from receipt on, until it arrived. */
import type { Cancellation } from '../cancellation/cancellation.ts';
import type { Money } from '../cancellation/money.ts';
import { isOpen } from '../cancellation/life-cycle.ts';
import type { RefundRecord, RefundState } from '../store/refunds.ts';
import type { Desk } from './desk.ts';
import { policyOf } from './follow.ts';
import type { SavedOrder } from './settled.ts';
import type { RefundView, Status } from './views.ts';

const stateOf: Record<RefundState, RefundView['state']> = { requested: 'ordered', unknown: 'ordered', sent: 'sent', done: 'arrived', failed: 'failed' };

/** Our own rows hold only currencies that we know. */
const inMoney = (minor: number, currency: string): Money => ({ minor, currency: currency as Money['currency'] });

/** Nothing, where nothing goes back by the provider. `found`: the last refund of the case. */
export const refundView = (desk: Pick<Desk, 'packs'>, one: Cancellation, plan: { readonly settlement?: SavedOrder } | null, found: RefundRecord | undefined): Pick<Status, 'refund'> => {
  const minor = plan?.settlement?.payoutMinor ?? 0;
  if (found === undefined && (minor === 0 || !isOpen(one.state))) return {};
  const { pack, changes } = policyOf(desk, one);
  const law = changes.find(({ what }) => what === 'credit');
  const common = { workingDays: pack.settlement.refundWorkingDays, ...(law === undefined ? {} : { law: { because: law.because, source: law.source } }) };
  if (found === undefined) return { refund: { state: 'planned', amount: inMoney(minor, plan?.settlement?.currency ?? pack.currency), to: 'payment', ...common } };
  return {
    refund: {
      state: stateOf[found.state], amount: inMoney(found.amount_minor, found.currency), to: found.elsewhere ? 'named' : 'payment', at: found.changed_at,
      ...(found.due_at === null || found.due_because === null ? {} : { due: { at: found.due_at, because: found.due_because } }), ...common,
    },
  };
};
