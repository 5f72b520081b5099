/** Numbers disconnected for good in one month, for the register that a law names. Who had them stands nowhere in it. */
import { no, ok, type Result } from '../cancellation/result.ts';
import { inOrder, mostRows, nationalNumber, readCompany, readMonth, type CannotReport, type Disconnected, type Month } from '../numbers/rnd.ts';
import type { Jurisdiction } from '../policy/jurisdiction.ts';
import { addDays, addMonths, dayIn, instantAt } from '../policy/zone.ts';
import { fileWasMade, filesToMake, filesToTell, firstDisconnect, noteFiles, type DisconnectFile } from '../store/disconnect-files.ts';
import { disconnectedIn, type TenureRecord } from '../store/number-tenures.ts';
import { contextOf, opened } from '../vault/contents.ts';
import { purposeHolder, purposeKeyring } from '../vault/operator-purpose.ts';
import type { Desk } from './desk.ts';

export type { DisconnectFile } from '../store/disconnect-files.ts';

type Reporting = Pick<Desk, 'db' | 'vault' | 'clock' | 'packs'>;
export type DisconnectReport = { readonly company: string; readonly month: Month; readonly zone: string; readonly byDay: number; readonly rows: readonly Disconnected[]; /** Of those plans, and none that the register takes. */ readonly leftOut: number };
export type CannotReportDisconnects = CannotReport | { readonly kind: 'no-law' } | { readonly kind: 'too-many'; readonly rows: number };

type Rule = NonNullable<Jurisdiction['disconnectsReported']> & { readonly zone: string; readonly plans: readonly string[] };

/** The law that asks for it, and for the numbers of which plans, as the policies name them. */
const ruleFor = ({ packs, clock }: Pick<Reporting, 'packs' | 'clock'>, register: Rule['register']): Rule | undefined => {
  const plans = new Set(packs.versions.flatMap((version) => {
    const pack = packs.byVersion(version);
    return pack.ok && pack.value.numbersOf !== undefined ? [pack.value.numbersOf] : [];
  }));
  const laws = [...plans].flatMap((plan) => packs.lawsIn(plan, clock.now()).flatMap(({ disconnectsReported, zone }) => (disconnectsReported?.register === register ? [{ ...disconnectsReported, zone, plan }] : [])));
  const [law] = laws;
  return law === undefined ? undefined : { ...law, plans: laws.map(({ plan }) => plan) };
};

/** The end of the day by which the file of that month is handed in. */
const dueOf = ({ byDay, zone }: Pick<Rule, 'byDay' | 'zone'>, { until }: Pick<Month, 'until'>): Date => instantAt(addDays(`${dayIn(until, zone).slice(0, 8)}${String(byDay).padStart(2, '0')}`, 1), '00:00', zone);

/** Made, or found to have nothing in it, which is said to the register as well: nobody is reminded of that month. */
export const reportMade = ({ db, clock }: Pick<Reporting, 'db' | 'clock'>, register: Rule['register'], report: DisconnectReport): Promise<unknown> =>
  db.acrossBrands((tx) => fileWasMade(tx, { register, month: report.month.name, dueAt: dueOf(report, report.month) }, clock.now()));

/** Months that were over long ago are nobody's to remember any more. */
const monthsBack = 24;

/**
 * Notes every month that is over since the first number was disconnected, and calls people three days before a file is due, and when it
 * was missed. Resolves to how many were told of.
 */
export const watchDisconnectFiles = async (desk: Pick<Reporting, 'db' | 'clock' | 'packs'> & Pick<Desk, 'alarm'>, register: Rule['register'] = 'rnd'): Promise<number> => {
  const rule = ruleFor(desk, register);
  if (rule === undefined) return 0;
  const now = desk.clock.now();
  return desk.db.acrossBrands(async (tx) => {
    const first = await firstDisconnect(tx, rule.plans);
    const from = first === undefined ? undefined : dayIn(first, rule.zone).slice(0, 7);
    const thisMonth = `${dayIn(now, rule.zone).slice(0, 7)}-01`;
    const months = from === undefined ? [] : Array.from({ length: monthsBack }, (_, back) => addMonths(thisMonth, -1 - back).slice(0, 7)).filter((month) => month >= from);
    await noteFiles(tx, months.flatMap((name) => {
      const month = readMonth(name, rule.zone, now);
      return month.ok ? [{ register, month: name, dueAt: dueOf(rule, month.value) }] : [];
    }));
    const told = await filesToTell(tx, now);
    tx.afterCommit(() => { for (const { month, due_at } of told) desk.alarm({ why: `the numbers disconnected in ${month} have to be reported by ${due_at.toISOString()}: signoff numbers rnd --month ${month}` }); });
    return told.length;
  });
};

/** Of which months the file is still to be made. */
export const filesOwed = ({ db }: Pick<Reporting, 'db'>): Promise<DisconnectFile[]> => db.acrossBrands(filesToMake);

const page = 1000;

/** The same file whenever it is asked for after the month: only a number that was recalled since is not in it any more. */
export const disconnectReport = async (desk: Reporting, register: Rule['register'], asked: { readonly month: string; readonly company: string | undefined }): Promise<Result<DisconnectReport, CannotReportDisconnects>> => {
  const rule = ruleFor(desk, register);
  if (rule === undefined) return no({ kind: 'no-law' });
  const month = readMonth(asked.month, rule.zone, desk.clock.now());
  if (!month.ok) return month;
  const company = readCompany(asked.company);
  if (!company.ok) return company;
  const found: Disconnected[] = [];
  let leftOut = 0;
  for (let after: TenureRecord | undefined, more = true; more;) {
    const { rows, keyring } = await desk.db.acrossBrands(async (tx) => {
      const rows = await disconnectedIn(tx, rule.plans, month.value.from, month.value.until, after, page);
      return { rows, keyring: await purposeKeyring(desk.vault, tx, 'numbers', rows.map(({ brand }) => brand)) };
    });
    for (const { brand, index, sealed, disconnectedAt } of rows) {
      if (sealed === undefined || disconnectedAt === undefined) continue;
      const number = nationalNumber(opened(keyring.open(purposeHolder(brand, 'numbers'), contextOf.number(index), sealed)).toString(), rule.callingCode);
      if (number === undefined) leftOut += 1;
      else found.push({ number, day: dayIn(disconnectedAt, rule.zone) });
    }
    more = rows.length === page;
    after = rows.at(-1);
  }
  const rows = inOrder(found);
  if (rows.length > mostRows) return no({ kind: 'too-many', rows: rows.length });
  return ok({ company: company.value, month: month.value, zone: rule.zone, byDay: rule.byDay, rows, leftOut });
};
