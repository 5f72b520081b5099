import type { Billing } from '../plan/ports.ts';
import type { Packs } from '../policy/packs.ts';
import type { Calendar } from '../policy/calendar.ts';
import type { NoticeTemplate } from '../policy/what-follows.ts';
import type { DocumentKey } from '../signature/document-key.ts';
import type { DataTelling, DraftTelling, NamesTelling, RefundTelling, SigningTelling } from '../notices/tell-of.ts';
import type { StatementTelling } from '../notices/tell-statement.ts';
import type { Clock } from '../store/clock.ts';
import type { Db, Tx } from '../store/db.ts';
import type { Jobs } from '../store/jobs.ts';
import type { Reads } from '../store/reads.ts';
import type { Vault } from '../vault/vault.ts';

/** One thing to be told to one subscriber about one case; queued in the transaction that makes it true. */
export type Telling = {
  readonly brand: string;
  readonly subscriberId: string;
  readonly caseId: string;
  readonly template: NoticeTemplate;
};

/** There is an answer in a line's thread, before its case or within it. */
export type AnswerTelling = { readonly brand: string; readonly subscriberId: string; readonly lineId: string; readonly caseId?: string; readonly applicationNumber?: string };

/** What the use cases stand on. Made once, in main.ts. */
export type Desk = {
  readonly db: Db;
  /** Where lists may be read from: a copy that is a little behind. Absent: `db`. */
  readonly reads?: Reads;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly packs: Packs;
  readonly calendars: readonly Calendar[];
  readonly jobs: Jobs;
  readonly billing: Billing;
  /** Signs what is kept as paper. */
  readonly documentKey: DocumentKey;
  readonly tell: (tx: Tx, tellings: readonly Telling[]) => Promise<void>;
  /** Says to people that something needs them. Free of personal data. */
  readonly alarm: (what: { readonly caseId?: string; readonly brand?: string; readonly step?: string; readonly why: string }) => void;
  readonly tellAnswer: (tx: Tx, answer: AnswerTelling) => Promise<void>;
  readonly tellDrafts: (tx: Tx, tellings: readonly DraftTelling[]) => Promise<void>;
  readonly tellRefund: (tx: Tx, telling: RefundTelling) => Promise<void>;
  readonly tellDataRequest: (tx: Tx, telling: DataTelling) => Promise<void>;
  readonly tellNames: (tx: Tx, telling: NamesTelling) => Promise<void>;
  readonly tellToSign: (tx: Tx, telling: SigningTelling) => Promise<void>;
  readonly tellStatement: (tx: Tx, telling: StatementTelling) => Promise<void>;
};
