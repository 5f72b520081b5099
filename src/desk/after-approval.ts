import { confirm } from '../cancellation/moves/confirm.ts';
import type { Moved } from '../cancellation/moves/move.ts';
import type { Pack } from '../policy/pack.ts';
import { must } from './must.ts';

/** The date is set with the approval, unless the subscriber has to confirm first. */
export const afterApproval = (pack: Pack, approved: Moved): Moved[] =>
  pack.confirmation === null ? [must(confirm(approved.after, 'policy', approved.at, pack.recoverableDays))] : [];
