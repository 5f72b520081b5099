import { parseEMail } from '../../cancellation/identifiers/e-mail.ts';
import { parseMsisdn } from '../../cancellation/identifiers/msisdn.ts';
import type { Pack, PersonField } from '../../policy/pack.ts';
import { documentIsProof } from '../../policy/proof-ways.ts';
import type { DraftForm, FieldFault, FormField } from '../views.ts';
import { fault, type Known } from './known.ts';

const longest = { name: 80 };

const judge: Record<PersonField, (typed: string, known: Known) => FieldFault['fault'][]> = {
  name: (typed) => (typed.length > longest.name ? ['too-long'] : []),
  // Notices go there, so it must be the owner's: the account's own address, or support changes it after asking who is calling.
  email: (typed, { registered }) => {
    const email = parseEMail(typed);
    if (!email.ok) return ['not-valid'];
    return registered !== null && email.value.toLowerCase() !== registered.toLowerCase() ? ['not-registered'] : [];
  },
  // Notices must arrive when the line is gone, so its own number is no contact.
  phone: (typed, { msisdn }) => {
    const phone = parseMsisdn(typed);
    if (!phone.ok) return ['not-valid'];
    return phone.value === msisdn ? ['is-the-cancelled-number'] : [];
  },
};

/** Who asks, why, and a document to show it. */
export const applicationFaults = (pack: Pack, form: DraftForm, known: Known): FieldFault[] => {
  const faults: FieldFault[] = [];
  const wrong = (field: FormField, kind: FieldFault['fault']) => void faults.push(fault(field, kind));
  if (form.reason === undefined || form.reason === '') {
    if (pack.reasonRequired) wrong('reason', 'missing');
  } else if (!pack.reasons.some((reason) => reason.id === form.reason)) wrong('reason', 'unknown');

  for (const { field, optional } of pack.form) {
    const typed = form[field]?.trim() ?? '';
    if (typed !== '') faults.push(...judge[field](typed, known).map((kind) => fault(field, kind)));
    else if (!optional) wrong(field, 'missing');
  }

  // Where a document is one proof among others, it is asked for on that way, at the end.
  if (pack.identity.documents.length > 0 && (!documentIsProof(pack) || known.wantsDocument)) {
    if ((form.documentKind ?? '') === '') wrong('documentKind', 'missing');
    else if (!pack.identity.documents.some((kind) => kind === form.documentKind)) wrong('documentKind', 'unknown');
    if (!known.hasDocument) wrong('document', 'missing');
  }
  return faults;
};
