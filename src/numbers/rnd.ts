/** The monthly file for the US Reassigned Numbers Database (47 CFR § 64.1200(l); reassigned.us, “Submitting data”). */
import { no, ok, type Result } from '../cancellation/result.ts';
import { instantAt, type Day } from '../policy/zone.ts';

/** From its first moment up to, not including, that of the next, on the clock of the law's zone. */
export type Month = { readonly name: string; readonly from: Date; readonly until: Date };
export type CannotReport =
  | { readonly kind: 'not-a-month'; readonly typed: string }
  | { readonly kind: 'not-over'; readonly month: string; readonly until: Date; readonly zone: string }
  | { readonly kind: 'no-company' }
  | { readonly kind: 'not-a-company'; readonly typed: string };

export const readMonth = (typed: string, zone: string, now: Date): Result<Month, CannotReport> => {
  const [, year = '', month = ''] = /^(20\d{2})-(0[1-9]|1[0-2])$/.exec(typed) ?? [];
  if (year === '') return no({ kind: 'not-a-month', typed });
  const next = month === '12' ? `${Number(year) + 1}-01` : `${year}-${String(Number(month) + 1).padStart(2, '0')}`;
  const until = instantAt(`${next}-01`, '00:00', zone);
  if (now < until) return no({ kind: 'not-over', month: typed, until, zone });
  return ok({ name: typed, from: instantAt(`${typed}-01`, '00:00', zone), until });
};

/** Three to ten letters and digits, as registered with the database's administrator. */
export const readCompany = (typed: string | undefined): Result<string, CannotReport> => {
  const company = typed?.trim() ?? '';
  if (company === '') return no({ kind: 'no-company' });
  return /^[A-Za-z0-9]{3,10}$/.test(company) ? ok(company) : no({ kind: 'not-a-company', typed: company });
};

/** One file takes so many rows; more would need the batches that the administrator speaks of. */
export const mostRows = 1_000_000;

/** Ten digits of a geographic number; undefined for any other, which this register does not take: also for toll-free ones. */
export const nationalNumber = (e164: string, callingCode: string): string | undefined => {
  const digits = e164.startsWith(callingCode) ? e164.slice(callingCode.length) : '';
  return /^[2-9]\d{2}[2-9]\d{6}$/.test(digits) && !/^(8(00|33|44|55|66|77|88)|5(00|2[1-9]|33|44|66|77|88)|900)/.test(digits) ? digits : undefined;
};

export type Disconnected = { readonly number: string; readonly day: Day };
export const rndHead = 'CompanyID,TN,DisconnectDate';
export const rndRow = (company: string, { number, day }: Disconnected): string => `${company},${number},${day}`;

/** In one order whatever the database's: by number. Of one that was disconnected twice the later day, which is the one that counts. */
export const inOrder = (rows: readonly Disconnected[]): Disconnected[] => {
  const latest = new Map<string, Day>();
  for (const { number, day } of rows) if ((latest.get(number) ?? '') < day) latest.set(number, day);
  return [...latest].map(([number, day]) => ({ number, day })).sort((one, other) => (one.number < other.number ? -1 : 1));
};
