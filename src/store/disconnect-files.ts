/** Which months a register wants to hear of, and whether its file was made (migration 0030). Of the whole installation. */
import type { Tx } from './db.ts';

export type DisconnectFile = { readonly register: string; readonly month: string; readonly dueAt: Date; readonly madeAt?: Date };

/** When the first number of one of those plans was disconnected: before it nothing is owed. */
export const firstDisconnect = async (tx: Tx, plans: readonly string[]): Promise<Date | undefined> =>
  (await tx.query<{ at: Date }>(`select disconnected_at as at from number_tenures where disconnected_at is not null and numbers_of = any($1::text[]) order by disconnected_at limit 1`, [plans]))[0]?.at;

/** Once a month and register: what was noted before stays. */
export const noteFiles = (tx: Tx, files: readonly Pick<DisconnectFile, 'register' | 'month' | 'dueAt'>[]): Promise<unknown> =>
  tx.query(`insert into disconnect_files (register, month, due_at) select * from unnest($1::text[], $2::text[], $3::timestamptz[]) on conflict do nothing`,
    [files.map(({ register }) => register), files.map(({ month }) => month), files.map(({ dueAt }) => dueAt)]);

/** Made again, it is the same file; when it was made first stays. */
export const fileWasMade = (tx: Tx, { register, month, dueAt }: Pick<DisconnectFile, 'register' | 'month' | 'dueAt'>, now: Date): Promise<unknown> =>
  tx.query(`insert into disconnect_files (register, month, due_at, made_at) values ($1, $2, $3, $4) on conflict (register, month) do update set made_at = coalesce(disconnect_files.made_at, $4)`, [register, month, dueAt, now]);

/** Due within three days, and due: each is told once before and once when it was missed. */
export const filesToTell = (tx: Tx, now: Date): Promise<{ readonly register: string; readonly month: string; readonly due_at: Date }[]> =>
  tx.query(`update disconnect_files set told_at = $1 where made_at is null and due_at <= $1::timestamptz + interval '3 days' and (told_at is null or (told_at < due_at and due_at <= $1)) returning register, month, due_at`, [now]);

/** What is still to be made, the oldest first. */
export const filesToMake = async (tx: Tx): Promise<DisconnectFile[]> =>
  (await tx.query<{ register: string; month: string; due_at: Date }>(`select register, month, due_at from disconnect_files where made_at is null order by due_at, register`)).map(({ due_at: dueAt, ...one }) => ({ ...one, dueAt }));
