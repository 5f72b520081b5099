import { parseEMail } from '../../cancellation/identifiers/e-mail.ts';
import { parseMsisdn } from '../../cancellation/identifiers/msisdn.ts';
import type { Pack } from '../../policy/pack.ts';
import { documentIsProof } from '../../policy/proof-ways.ts';
import type { DraftForm, FieldFault, FormField } from '../views.ts';
import { fault, type Known } from './known.ts';

const longest = { name: 80, phone: 24, email: 254 };

/** Who asks, why, and a document to show it. */
export const applicationFaults = (pack: Pack, form: DraftForm, known: Known): FieldFault[] => {
  const faults: FieldFault[] = [];
  const wrong = (field: FormField, kind: FieldFault['fault']) => void faults.push(fault(field, kind));
  if (form.reason === undefined || form.reason === '') {
    if (pack.reasonRequired) wrong('reason', 'missing');
  } else if (!pack.reasons.some((reason) => reason.id === form.reason)) wrong('reason', 'unknown');

  const name = form.name?.trim() ?? '';
  if (name === '') wrong('name', 'missing');
  else if (name.length > longest.name) wrong('name', 'too-long');

  if ((form.email?.trim() ?? '') === '') wrong('email', 'missing');
  else {
    // Notices go there, so it must be the owner's: the account's own address, or support changes it after asking who is calling.
    const email = parseEMail(form.email ?? '');
    if (!email.ok) wrong('email', 'not-valid');
    else if (known.registered !== null && email.value.toLowerCase() !== known.registered.toLowerCase()) wrong('email', 'not-registered');
  }

  // Notices must arrive when the line is gone, so its own number is no contact.
  if ((form.phone?.trim() ?? '') !== '') {
    const phone = parseMsisdn(form.phone ?? '');
    if (!phone.ok) wrong('phone', 'not-valid');
    else if (phone.value === known.msisdn) wrong('phone', 'is-the-cancelled-number');
  }

  // Where a document is one proof among others, it is asked for on that way, at the end.
  if (pack.identity.documents.length > 0 && !documentIsProof(pack)) {
    if ((form.documentKind ?? '') === '') wrong('documentKind', 'missing');
    else if (!pack.identity.documents.some((kind) => kind === form.documentKind)) wrong('documentKind', 'unknown');
    if (!known.hasDocument) wrong('document', 'missing');
  }
  return faults;
};
