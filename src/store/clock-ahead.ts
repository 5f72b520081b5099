/** The offset of a driven clock, kept where every process of a demo finds it. */
import type { Db } from './db.ts';

/** Undefined where the clock was never driven, as in production. */
export const readClockAhead = (db: Db): Promise<number | undefined> =>
  db.acrossBrands(async (tx) => (await tx.query<{ milliseconds: number }>(`select milliseconds from clock_ahead`))[0]?.milliseconds);

export const writeClockAhead = (db: Db, milliseconds: number): Promise<void> =>
  db.acrossBrands(async (tx) => {
    await tx.query(`insert into clock_ahead (milliseconds) values ($1) on conflict (one) do update set milliseconds = excluded.milliseconds`, [Math.round(milliseconds)]);
  });
