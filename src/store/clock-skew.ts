/** How far this machine's clock is from the database's. Timers are due by the one, and what they find is dated by the other. */
import type { Db } from './db.ts';

/** Seconds. A worker further off than this puts off what is due, or asks for it again and again. */
export const mostSkew = 30;

/** Seconds that this machine is ahead of the database; behind it where negative. `now`: this machine's own clock, in milliseconds. */
export const clockSkew = async (db: Db, now: () => number = Date.now): Promise<number> =>
  db.acrossBrands(async (tx) => {
    const before = now();
    const [row] = await tx.query<{ at: Date }>('select clock_timestamp() as at');
    return ((before + now()) / 2 - (row?.at.getTime() ?? before)) / 1000;
  });

/** In words for whoever runs this; nothing where the clocks agree well enough. */
export const sayOff = (skew: number): string | undefined =>
  Math.abs(skew) <= mostSkew ? undefined : `this machine's clock is ${Math.abs(skew).toFixed(0)} s ${skew > 0 ? 'ahead of' : 'behind'} the database's: set both by NTP`;
