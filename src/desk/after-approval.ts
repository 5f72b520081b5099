import type { Cancellation } from '../cancellation/cancellation.ts';
import { confirm } from '../cancellation/moves/confirm.ts';
import type { Moved } from '../cancellation/moves/move.ts';
import { dayIsOver } from '../policy/end.ts';
import type { Pack } from '../policy/pack.ts';
import { must } from './must.ts';

/** Until when service goes on, where a day was fixed with the application. */
export const serviceUntil = (pack: Pack, { endsOn }: Pick<Cancellation, 'endsOn'>): Date | undefined => (endsOn === undefined ? undefined : dayIsOver(pack, endsOn));

/** The date is set with the approval, unless the subscriber has to confirm first. */
export const afterApproval = (pack: Pack, approved: Moved): Moved[] =>
  pack.confirmation === null ? [must(confirm(approved.after, 'policy', approved.at, pack.recoverableDays, serviceUntil(pack, approved.after)))] : [];
