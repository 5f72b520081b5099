import { parseEid } from '../../cancellation/identifiers/eid.ts';
import { parseImei } from '../../cancellation/identifiers/imei.ts';
import type { Pack } from '../../policy/pack.ts';
import type { DraftForm, FieldFault } from '../views.ts';
import { fault, type Known } from './known.ts';

const longest = 80;

/** Model, IMEI and, where known, EID; right in themselves and the same as on record. */
export const deviceFaults = (pack: Pack, form: DraftForm, known: Known): FieldFault[] => {
  if (!pack.identity.device) return [];
  const faults: FieldFault[] = [];
  const model = form.deviceModel?.trim() ?? '';
  if (model === '') faults.push(fault('deviceModel', 'missing'));
  else if (model.length > longest) faults.push(fault('deviceModel', 'too-long'));

  const imei = parseImei(form.imei ?? '');
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
