/** Numbers disconnected for good in one month, for the register that a law names. Who had them stands nowhere in it. */
import { no, ok, type Result } from '../cancellation/result.ts';
import { inOrder, mostRows, nationalNumber, readCompany, readMonth, type CannotReport, type Disconnected, type Month } from '../numbers/rnd.ts';
import type { Jurisdiction } from '../policy/jurisdiction.ts';
import { dayIn } from '../policy/zone.ts';
import { disconnectedIn, type TenureRecord } from '../store/number-tenures.ts';
import { contextOf, opened } from '../vault/contents.ts';
import { purposeHolder, purposeKeyring } from '../vault/operator-purpose.ts';
import type { Desk } from './desk.ts';

type Reporting = Pick<Desk, 'db' | 'vault' | 'clock' | 'packs'>;
export type DisconnectReport = { readonly company: string; readonly month: Month; readonly zone: string; readonly byDay: number; readonly rows: readonly Disconnected[]; /** Of those plans, and none that the register takes. */ readonly leftOut: number };
export type CannotReportDisconnects = CannotReport | { readonly kind: 'no-law' } | { readonly kind: 'too-many'; readonly rows: number };

type Rule = NonNullable<Jurisdiction['disconnectsReported']> & { readonly zone: string; readonly plans: readonly string[] };

/** The law that asks for it, and for the numbers of which plans, as the policies name them. */
const ruleFor = ({ packs, clock }: Reporting, register: Rule['register']): Rule | undefined => {
  const plans = new Set(packs.versions.flatMap((version) => {
    const pack = packs.byVersion(version);
    return pack.ok && pack.value.numbersOf !== undefined ? [pack.value.numbersOf] : [];
  }));
  const laws = [...plans].flatMap((plan) => packs.lawsIn(plan, clock.now()).flatMap(({ disconnectsReported, zone }) => (disconnectsReported?.register === register ? [{ ...disconnectsReported, zone, plan }] : [])));
  const [law] = laws;
  return law === undefined ? undefined : { ...law, plans: laws.map(({ plan }) => plan) };
};

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
