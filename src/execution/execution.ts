import type { BulkRates } from '../desk/bulk/pace.ts';
import type { Desk } from '../desk/desk.ts';
import type { Statement } from '../evidence/statements.ts';
import type { CarrierPorts } from '../plan/ports.ts';
import type { Timers } from '../store/clock.ts';
import type { Tx } from '../store/db.ts';
import type { Caps } from './caps.ts';

/** Where a crash can be provoked in tests: an intent is committed, a call has returned, its outcome is about to be committed (of our own steps only this one). */
export type CrashPoint = 'before' | 'after' | 'commit';

export type Execution = Pick<Desk, 'db' | 'vault' | 'clock' | 'packs' | 'calendars' | 'jobs' | 'tell' | 'tellDrafts' | 'tellRefund' | 'alarm'> & {
  readonly ports: CarrierPorts;
  readonly timers: Timers;
  /** Signs a statement; resolves to a compact JWS. */
  readonly certify: (statement: Statement) => Promise<string>;
  /** Ends every way to sign in as these. */
  readonly closeAccounts: (tx: Tx, subscriberIds: readonly string[]) => Promise<void>;
  /** How fast cases of bulk orders set connectors to work. */
  readonly bulkRates: BulkRates;
  /** How many cases a second may be begun, whoever ordered them; none named where absent. */
  readonly caps?: Caps;
  readonly reached?: (step: string, point: CrashPoint) => void;
};
