import type { Fault } from '../design/index.ts';
import type { FieldFault } from '../desk/views.ts';
import { formFields, type FormField } from '../policy/stages.ts';
import type { CannotTake } from './deps.ts';
import type { PortalKey, Words } from './words.tsx';

/** What is wrong with a field, as it travels in an address: `name.missing`, `document.pdf-active`. Never what was typed. */
export type FaultCode = `${FormField}.${FieldFault['fault'] | CannotTake['kind'] | 'type-not-accepted-heic'}`;

const words: Partial<Record<FaultCode, PortalKey>> = {
  'reason.missing': 'field.reason.missing', 'reason.unknown': 'field.reason.unknown',
  'name.missing': 'field.name.missing', 'name.too-long': 'field.name.too-long', 'name.not-valid': 'field.name.not-valid',
  'phone.missing': 'field.phone.missing', 'phone.not-valid': 'field.phone.not-valid', 'phone.too-long': 'field.phone.too-long',
  'phone.is-the-cancelled-number': 'field.phone.is-the-cancelled-number',
  'email.missing': 'field.email.missing', 'email.not-valid': 'field.email.not-valid', 'email.not-registered': 'field.email.not-registered', 'email.too-long': 'field.email.too-long',
  'documentKind.missing': 'field.documentKind.missing', 'documentKind.unknown': 'field.documentKind.unknown',
  'endsOn.not-valid': 'field.endsOn.not-valid', 'endsOn.too-early': 'field.endsOn.too-early', 'endsOn.too-late': 'field.endsOn.too-late', 'endsOn.unknown': 'field.endsOn.check',
  'account.missing': 'field.account.missing',
  'deviceModel.missing': 'field.deviceModel.missing', 'deviceModel.too-long': 'field.deviceModel.too-long', 'deviceModel.differs': 'field.deviceModel.differs', 'deviceModel.unknown': 'field.deviceModel.check',
  'imei.missing': 'field.imei.missing', 'imei.not-valid': 'field.imei.not-valid', 'imei.differs': 'field.imei.differs', 'imei.unknown': 'field.imei.check',
  'eid.not-valid': 'field.eid.not-valid', 'eid.differs': 'field.eid.differs', 'eid.unknown': 'field.eid.check',
  'document.missing': 'field.document.missing', 'acknowledged.missing': 'field.acknowledged.missing',
  'creditChoice.missing': 'field.creditChoice.missing', 'creditChoice.unknown': 'field.creditChoice.unknown',
  'transferTo.missing': 'field.transferTo.missing', 'transferTo.unknown': 'field.transferTo.unknown',
  'outside.missing': 'field.outside.missing', 'agreements.missing': 'field.agreements.missing',
};

/** In the order of the form, so that the summary reads as the page does. */
const order = formFields;

export const uploadWords: Record<CannotTake['kind'] | 'type-not-accepted-heic', PortalKey> = {
  empty: 'upload.empty', 'not-readable': 'upload.not-readable', 'mixed-content': 'upload.mixed-content', 'pdf-encrypted': 'upload.pdf-encrypted',
  'took-too-long': 'upload.took-too-long', busy: 'upload.busy', 'too-large': 'upload.too-large', 'type-not-accepted': 'upload.type-not-accepted',
  'type-not-accepted-heic': 'upload.type-not-accepted.heic', 'too-many-pixels': 'upload.too-many-pixels', 'pdf-active': 'upload.pdf-active',
  'pdf-too-many-pages': 'upload.pdf-too-many-pages', 'pdf-cannot-be-judged': 'upload.pdf-cannot-be-judged',
};
export const uploadFault = (why: CannotTake): keyof typeof uploadWords => (why.kind === 'type-not-accepted' && why.looksLike === 'heic' ? 'type-not-accepted-heic' : why.kind);

export const checkQuery = (codes: readonly FaultCode[]): string => `?check=${[...new Set(codes)].join(',')}`;

/** From an address back to words; what nobody knows is left out. */
export const faultsFrom = (query: unknown, { say }: Words, most: string): Fault[] => {
  const check = (query as { check?: unknown } | undefined)?.check;
  if (typeof check !== 'string') return [];
  const faults = check.slice(0, 500).split(',').flatMap((code): (Fault & { at: number })[] => {
    const [field = '', fault = ''] = code.split('.');
    const at = order.indexOf(field as FormField);
    if (at < 0) return [];
    const key = words[code as FaultCode] ?? (field === 'document' && Object.hasOwn(uploadWords, fault) ? uploadWords[fault as keyof typeof uploadWords] : undefined);
    return [{ at, id: field, says: say(key ?? 'field.other', { most }) }];
  });
  return faults.sort((one, other) => one.at - other.at).map(({ id, says }) => ({ id, says }));
};
