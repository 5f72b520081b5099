import { parseEid } from '../../cancellation/identifiers/eid.ts';
import { parseImei } from '../../cancellation/identifiers/imei.ts';
import type { Pack } from '../../policy/pack.ts';
import type { DraftForm, FieldFault } from '../views.ts';
import { fault, type Known } from './known.ts';

const longest = 80;

const plain = (model: string): string => model.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}+]/gu, '');
/** Spacing and case tell no models apart, and the maker's name may stand before: `Google Pixel 9` is a `pixel9`, and no `Pixel 9 Pro`. */
export const isSameModel = (typed: string, recorded: string): boolean => {
  const [one, other] = [plain(typed), plain(recorded)].toSorted((a, b) => a.length - b.length) as [string, string];
  return one === other || (one.length >= 4 && other.endsWith(one));
};

/** Model, IMEI and, where known, EID; right in themselves and the same as on record. */
export const deviceFaults = (pack: Pack, form: DraftForm, known: Known): FieldFault[] => {
  if (!pack.identity.device) return [];
  const faults: FieldFault[] = [];
  const imei = parseImei(form.imei ?? '');
  /** The very device that the IMEI names: of two on one line, the model of the other is not its own. */
  const named = imei.ok ? known.devices.find((device) => device.imei === imei.value) : undefined;
  const model = form.deviceModel?.trim() ?? '';
  if (model === '') faults.push(fault('deviceModel', 'missing'));
  else if (model.length > longest) faults.push(fault('deviceModel', 'too-long'));
  else {
    const recorded = (named?.model === undefined ? known.devices : [named]).flatMap((device) => (device.model === undefined ? [] : [device.model]));
    if (recorded.length > 0 && !recorded.some((one) => isSameModel(model, one))) faults.push(fault('deviceModel', 'differs'));
  }

  if ((form.imei?.trim() ?? '') === '') faults.push(fault('imei', 'missing'));
  else if (!imei.ok) faults.push(fault('imei', 'not-valid'));
  else if (known.devices.some((device) => device.imei !== undefined) && !known.devices.some((device) => device.imei === imei.value)) faults.push(fault('imei', 'differs'));

  if ((form.eid?.trim() ?? '') !== '') {
    const eid = parseEid(form.eid ?? '');
    if (!eid.ok) faults.push(fault('eid', 'not-valid'));
    else if (known.eid !== undefined && eid.value !== known.eid) faults.push(fault('eid', 'differs'));
  }
  return faults;
};
