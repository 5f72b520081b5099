/**
 * Sessions: an opaque 256-bit token in a cookie, its hash in the database. A token is only ever made here and only at a
 * proof, so one that was planted in a browser never becomes a session.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Db, Tx } from '../store/db.ts';

const minutes = 60_000;
const hours = 60 * minutes;
/** `idle` without a request, `absolute` since the sign-in. A case session is for one look at one case. */
export const sessionLimits = {
  subscriber: { idle: 30 * minutes, absolute: 12 * hours },
  staff: { idle: 30 * minutes, absolute: 10 * hours },
  case: { idle: 15 * minutes, absolute: 60 * minutes },
} as const;
export type SessionKind = keyof typeof sessionLimits;

/** The rows are written at most this often for being seen: a page view costs no write. */
const seenEvery = 1 * minutes;

/** `session-over`: it was one and is over by time; whoever comes with it may be told so. A foreign brand's is `no-session`. */
export type NoSession = { readonly kind: 'no-session' | 'session-over' };
export type NewSession = { readonly token: string; readonly sessionId: string; readonly expiresAt: Date };

export const newToken = (): string => randomBytes(32).toString('base64url');
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();

const ownerColumn = { subscriber: 'subscriber_id', staff: 'staff_id', case: 'cancellation_id' } as const;

/** `replacing`: the token that the browser came with; that session ends. */
export const startSession = async (tx: Tx, now: Date, session: { brand: string; kind: SessionKind; ownerId: string; replacing?: string | undefined; provenAt?: Date }): Promise<NewSession> => {
  if (session.replacing !== undefined) await endSession(tx, session.replacing);
  const token = newToken();
  const sessionId = randomUUID();
  const expiresAt = new Date(now.getTime() + sessionLimits[session.kind].absolute);
  await tx.query(
    `insert into sessions (token_hash, id, brand, kind, ${ownerColumn[session.kind]}, created_at, last_seen_at, expires_at, proven_at) values ($1, $2, $3, $4, $5, $6, $6, $7, $8)`,
    [hashOfToken(token), sessionId, session.brand, session.kind, session.ownerId, now, expiresAt, session.provenAt ?? null],
  );
  return { token, sessionId, expiresAt };
};

/** Sign-out. The token is dead at once; a dead one is nothing special. */
export const endSession = async (tx: Tx, token: string): Promise<void> => {
  await tx.query('delete from sessions where token_hash = $1', [hashOfToken(token)]);
};

/** Every session of these people and, of subscribers, every look at their cases. */
export const endSessionsOf = async (tx: Tx, kind: 'subscriber' | 'staff', personIds: readonly string[]): Promise<void> => {
  await tx.query(`delete from sessions where ${ownerColumn[kind]} = any($1::uuid[])`, [personIds]);
  if (kind === 'subscriber') await tx.query('delete from sessions s using cancellations c where s.cancellation_id = c.id and c.subscriber_id = any($1::uuid[])', [personIds]);
};

type Session = { readonly sessionId: string; readonly brand: string; readonly since: Date; readonly provenAt?: Date };
export type SubscriberSession = Session & { readonly subscriberId: string };
export type StaffSession = Session & { readonly staffId: string; readonly roles: readonly Role[] };
export type CaseSession = Session & { readonly cancellationId: string };
export const roles = ['reviewer', 'agent', 'auditor'] as const;
export type Role = (typeof roles)[number];

type Row = { id: string; owner: string; roles: Role[] | null; created_at: Date; last_seen_at: Date; expires_at: Date; proven_at: Date | null };

const sessionOf = async <Along>(db: Db, brand: string, kind: SessionKind, token: string | undefined, now: Date, along?: (tx: Tx) => Promise<Along>): Promise<Result<Session & { owner: string; roles: readonly Role[]; along: Along | undefined }, NoSession>> => {
  if (token === undefined || !/^[A-Za-z0-9_-]{43}$/.test(token)) return no({ kind: 'no-session' });
  const [[row], beside] = await db.look(brand, (tx) => Promise.all([tx.query<Row>(
    `select s.id, s.${ownerColumn[kind]} as owner, ${kind === 'staff' ? '(select roles from staff where staff.id = s.staff_id)' : 'null::text[]'} as roles, s.created_at, s.last_seen_at, s.expires_at, s.proven_at
     from sessions s where s.token_hash = $1 and s.kind = $2 and s.brand = $3`,
    [hashOfToken(token), kind, brand],
  ), along?.(tx)]));
  if (row === undefined) return no({ kind: 'no-session' });
  const unseen = now.getTime() - row.last_seen_at.getTime();
  if (now >= row.expires_at || unseen >= sessionLimits[kind].idle) return no({ kind: 'session-over' });
  if (unseen >= seenEvery) await db.jot(brand, 'update sessions set last_seen_at = $2 where id = $1 and last_seen_at < $2', [row.id, now]);
  return ok({ sessionId: row.id, brand, owner: row.owner, roles: row.roles ?? [], along: beside, since: row.created_at, ...(row.proven_at && { provenAt: row.proven_at }) });
};

/** Who stands at the portal of `brand` with this cookie. `provenAt` is set after a step-up. `along`: read in the same message, whoever it is; to be shown to nobody who has not been looked at. */
export const subscriberOf = async <Along = undefined>(db: Db, brand: string, token: string | undefined, now: Date, along?: (tx: Tx) => Promise<Along>): Promise<Result<SubscriberSession & { readonly along: Along | undefined }, NoSession>> => {
  const found = await sessionOf(db, brand, 'subscriber', token, now, along);
  if (!found.ok) return found;
  const { owner, roles: _, ...session } = found.value;
  return ok({ ...session, subscriberId: owner });
};

/** Who stands at the console. The roles are those of this moment. */
export const staffOf = async (db: Db, brand: string, token: string | undefined, now: Date): Promise<Result<StaffSession, NoSession>> => {
  const found = await sessionOf(db, brand, 'staff', token, now);
  if (!found.ok) return found;
  const { owner, along: _, ...session } = found.value;
  return ok({ ...session, staffId: owner });
};

/** The one case that this cookie may look at without sign-in. */
export const caseOf = async (db: Db, brand: string, token: string | undefined, now: Date): Promise<Result<CaseSession, NoSession>> => {
  const found = await sessionOf(db, brand, 'case', token, now);
  if (!found.ok) return found;
  const { owner, roles: _, along: __, ...session } = found.value;
  return ok({ ...session, cancellationId: owner });
};
