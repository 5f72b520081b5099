/** What the operator sells along with a line, and ends with it. */
import type { Line } from '../cancellation/line.ts';
import type { Pack, Text } from '../policy/pack.ts';
import type { LineRecord } from '../store/lines.ts';

/** With the name that each has in the policy. One that the policy does not name goes by its id: nothing runs on unseen. */
export const linkedServicesOf = (pack: Pack, ids: readonly string[]): { readonly id: string; readonly label: Text; readonly provider: string }[] =>
  ids.map((id) => pack.linkedServices.find((one) => one.id === id) ?? { id, label: { 'zh-CN': id, 'zh-TW': id, en: id }, provider: id });

/** The line as its plan sees it. */
export const withServices = (pack: Pack, line: Line, row: Pick<LineRecord, 'services'>): Line =>
  ({ ...line, freezes: pack.freeze, services: linkedServicesOf(pack, row.services).map(({ id, provider }) => ({ id, provider })) });
