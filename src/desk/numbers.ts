/** Numbers after their lines, for whoever has them: what rests until when, what is back in the pool, and how often it was given out. */
import { no, ok, type Result } from '../cancellation/result.ts';
import type { LineKind } from '../cancellation/line.ts';
import { changedSince, standingOf, type CannotTellChange, type TenureStanding } from '../numbers/tenure.ts';
import type { Day } from '../policy/zone.ts';
import type { Tx } from '../store/db.ts';
import { assignOne, hasOpenFinding, recallOne, restingTenures, returnOne, tenuresOf, type TenureRecord } from '../store/number-tenures.ts';
import { contextOf, opened } from '../vault/contents.ts';
import { purposeHolder, purposeKeyring } from '../vault/operator-purpose.ts';
import type { Desk } from './desk.ts';

type Numbers = Pick<Desk, 'db' | 'vault' | 'clock' | 'packs'>;

/** One that nobody has. `number`: E.164. `turns`: how often it was given out. */
export type RestingNumber = { readonly number: string; readonly kind: LineKind; readonly standing: TenureStanding; readonly turns: number; readonly disconnectedAt: Date; readonly freeFrom: Day; readonly returnBy?: Date; readonly returnedAt?: Date };
export type Turn = Pick<TenureRecord, 'turn' | 'kind' | 'assignedAt' | 'disconnectedAt' | 'freeFrom' | 'returnBy' | 'returnedAt' | 'recalledAt'> & { readonly standing: TenureStanding };

const page = 500;

/** In the order of their days, a page at a time; numbers that somebody has are not among them: those are their subscribers'. */
export async function* listNumbers({ db, vault, clock }: Numbers, brand: string): AsyncGenerator<RestingNumber> {
  for (let after: TenureRecord | undefined, more = true; more;) {
    const { rows, keyring } = await db.inBrand(brand, async (tx) => ({
      rows: await restingTenures(tx, brand, after?.freeAt === undefined ? undefined : { freeAt: after.freeAt, index: after.index }, page),
      keyring: await purposeKeyring(vault, tx, 'numbers', [brand]),
    }));
    for (const row of rows) {
      if (row.sealed === undefined || row.disconnectedAt === undefined || row.freeFrom === undefined) continue;
      yield {
        number: opened(keyring.open(purposeHolder(brand, 'numbers'), contextOf.number(row.index), row.sealed)).toString(), kind: row.kind, standing: standingOf(row, clock.now()), turns: row.turn,
        disconnectedAt: row.disconnectedAt, freeFrom: row.freeFrom,
        ...(row.returnBy === undefined ? {} : { returnBy: row.returnBy }), ...(row.returnedAt === undefined ? {} : { returnedAt: row.returnedAt }),
      };
    }
    more = rows.length === page;
    after = rows.at(-1);
  }
}

/** Without what leads to its line or opens its number. */
const turnOf = (tenure: TenureRecord, now: Date): Turn => ({
  turn: tenure.turn, kind: tenure.kind, standing: standingOf(tenure, now), assignedAt: tenure.assignedAt,
  ...(tenure.disconnectedAt === undefined ? {} : { disconnectedAt: tenure.disconnectedAt }), ...(tenure.freeFrom === undefined ? {} : { freeFrom: tenure.freeFrom }),
  ...(tenure.returnBy === undefined ? {} : { returnBy: tenure.returnBy }), ...(tenure.returnedAt === undefined ? {} : { returnedAt: tenure.returnedAt }),
  ...(tenure.recalledAt === undefined ? {} : { recalledAt: tenure.recalledAt }),
});

/** Every turn, the first one first; nothing where the brand never had the number. Says of nobody who it was. */
export const showNumber = async ({ db, vault, clock }: Numbers, brand: string, number: string): Promise<readonly Turn[]> =>
  (await db.inBrand(brand, (tx) => tenuresOf(tx, brand, vault.blindIndex(brand, 'number', number)))).map((tenure) => turnOf(tenure, clock.now()));

export type CannotHandleNumber =
  | { readonly kind: 'never-ours' | 'somebody-has-it' | 'in-the-pool' | 'not-returned' | 'line-still-sounds' }
  | { readonly kind: 'rests'; readonly freeFrom: Day };

/** The last turn, locked: two who handle a number at once come one after the other. */
const withLast = (numbers: Numbers, brand: string, number: string, handle: (tx: Tx, last: TenureRecord, now: Date) => Promise<CannotHandleNumber | undefined>): Promise<Result<void, CannotHandleNumber>> =>
  numbers.db.inBrand(brand, async (tx) => {
    const last = (await tenuresOf(tx, brand, numbers.vault.blindIndex(brand, 'number', number), true)).at(-1);
    const why = last === undefined ? { kind: 'never-ours' as const } : await handle(tx, last, numbers.clock.now());
    return why === undefined ? ok(undefined) : no(why);
  });

/** Back to the pool, not before its day; the hourly sweep does the same by itself. */
export const returnNumber = (numbers: Numbers, brand: string, number: string): Promise<Result<void, CannotHandleNumber>> =>
  withLast(numbers, brand, number, async (tx, last, now) => {
    const standing = standingOf(last, now);
    if (standing === 'assigned') return { kind: 'somebody-has-it' };
    if (standing === 'free') return { kind: 'in-the-pool' };
    if (standing === 'resting') return { kind: 'rests', freeFrom: last.freeFrom ?? '' };
    if (await hasOpenFinding(tx, last)) return { kind: 'line-still-sounds' };
    await returnOne(tx, last, now);
    return undefined;
  });

/** Given out again: its next turn begins, and the next line with this number belongs to it. */
export const assignNumber = (numbers: Numbers, brand: string, number: string): Promise<Result<void, CannotHandleNumber>> =>
  withLast(numbers, brand, number, async (tx, last, now) => {
    const standing = standingOf(last, now);
    if (standing === 'assigned') return { kind: 'somebody-has-it' };
    if (standing === 'resting') return { kind: 'rests', freeFrom: last.freeFrom ?? '' };
    if (standing !== 'free') return { kind: 'not-returned' };
    await assignOne(tx, last, now);
    return undefined;
  });

/** The disconnect is taken back, while the number rests: it goes to whoever had it, for whom it was never free. */
export const recallNumber = (numbers: Numbers, brand: string, number: string): Promise<Result<void, CannotHandleNumber>> =>
  withLast(numbers, brand, number, async (tx, last, now) => {
    const standing = standingOf(last, now);
    if (standing === 'assigned') return { kind: 'somebody-has-it' };
    if (standing === 'free') return { kind: 'in-the-pool' };
    await recallOne(tx, last, now);
    return undefined;
  });

/** Has the number changed hands since that day? Asked within one brand: another's number is no number here. */
export const numberChanged = async ({ db, vault, clock, packs }: Numbers, brand: string, number: string, day: Day): Promise<Result<boolean, CannotTellChange>> => {
  const pack = packs.latest(brand);
  if (!pack.ok) return no({ kind: 'never-ours' });
  return changedSince(await db.inBrand(brand, (tx) => tenuresOf(tx, brand, vault.blindIndex(brand, 'number', number))), day, pack.value.calendar.zone, clock.now());
};
