/** What was shown at cancelling: for one draft, in one session. */
import type { Proof } from '../policy/pack.ts';
import type { Tx } from './db.ts';

/** Minutes that a proof holds: as long as a one-time code. */
export const proofMinutes = 10;

export type NewProof = {
  readonly brand: string;
  readonly caseId: string;
  /** The session in which it was shown and in which the application must be sent. */
  readonly sessionId: string;
  readonly proof: Proof;
  /** Of a code: which, and the session that ended with it. */
  readonly code?: { readonly codeId: string; readonly fromSession: string };
};

export const saveProof = async (tx: Tx, now: Date, { brand, caseId, sessionId, proof, code }: NewProof): Promise<void> => {
  await tx.query(
    `insert into proofs (brand, cancellation_id, session_id, proof, proven_at, code_id, from_session) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (cancellation_id, session_id, proof) do update set proven_at = excluded.proven_at, code_id = excluded.code_id, from_session = excluded.from_session`,
    [brand, caseId, sessionId, proof, now, code?.codeId ?? null, code?.fromSession ?? null]);
};

/** What one session has shown goes on with the session that replaces it. */
export const carryProofs = async (tx: Tx, fromSession: string, toSession: string): Promise<void> => {
  await tx.query(`update proofs set session_id = $2 where session_id = $1`, [fromSession, toSession]);
};

/** The session into which this code was turned, where `fromSession` was the one that did it, a moment ago. */
export const sessionProvenBy = async (tx: Tx, codeId: string, fromSession: string, since: Date): Promise<string | undefined> =>
  (await tx.query<{ session_id: string }>(`select session_id from proofs where code_id = $1 and from_session = $2 and proven_at >= $3`, [codeId, fromSession, since]))[0]?.session_id;

/** What still holds, with the instant at which the first of it ends. */
export const freshProofs = async (tx: Tx, caseId: string, sessionId: string, now: Date): Promise<ReadonlyMap<Proof, Date>> => {
  const rows = await tx.query<{ proof: Proof; proven_at: Date }>(
    `select proof, proven_at from proofs where cancellation_id = $1 and session_id = $2 and proven_at > $3::timestamptz - $4 * interval '1 minute'`,
    [caseId, sessionId, now, proofMinutes]);
  return new Map(rows.map((row) => [row.proof, new Date(row.proven_at.getTime() + proofMinutes * 60_000)]));
};

/** Whether this subscriber has chosen a question, and which. */
export const questionOf = async (tx: Tx, subscriberId: string): Promise<string | undefined> =>
  (await tx.query<{ question: string }>(`select question from security_answers where subscriber_id = $1`, [subscriberId]))[0]?.question;
