/** What is looked at every night, brand by brand: by a schedule of pg-boss, so that whoever works then does it, and one alone. */
import { reconcile } from '../desk/reconcile.ts';
import { reviewCalendar } from '../policy/calendar.ts';
import type { Schedules, Taken } from '../store/jobs.ts';
import type { Execution } from './execution.ts';

/** So long before the brand's working day begins: what is found waits for the people when they come. */
const hoursBefore = 4;

const nightTime = (opens: string): string => {
  const [hour = '0', minute = '00'] = opens.split(':');
  return `${String((Number(hour) + 24 - hoursBefore) % 24).padStart(2, '0')}:${minute}`;
};

/** `HH:MM` on the brand's own clock. */
export const nightOf = ({ packs, calendars }: Pick<Execution, 'packs' | 'calendars'>, brand: string): { readonly time: string; readonly zone: string } => {
  const pack = packs.latest(brand);
  if (!pack.ok) throw new Error(`there is no policy for ${brand}`);
  const calendar = reviewCalendar(calendars, pack.value);
  if (!calendar.ok) throw new Error(`there is no calendar for ${calendar.why.region}`);
  return { time: nightTime(calendar.value.opens), zone: pack.value.calendar.zone };
};

export const startNightly = async (execution: Execution, schedules: Schedules, windowDays: number): Promise<void> => {
  await execution.jobs.work('reconcile', 1, async ([job]) => (job === undefined ? undefined : lookAt(execution, job, windowDays)));
  for (const brand of execution.packs.brands) await schedules.daily('reconcile', brand, nightOf(execution, brand), { brand });
};

/** While another looks there is nothing to do: it finds the same. */
const lookAt = async (execution: Execution, { id, data: { brand } }: Taken<'reconcile'>, windowDays: number): Promise<void> => {
  const looked = await reconcile(execution, execution.ports, brand, windowDays);
  if (looked.ok && looked.value.unread.length > 0) execution.alarm({ brand, why: `${looked.value.unread.length} cancelled lines could not be read tonight` });
  await execution.db.acrossBrands((tx) => execution.jobs.complete(tx, 'reconcile', [id]));
};
