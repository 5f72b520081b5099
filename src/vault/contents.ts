/** What the sealed columns hold. One schema a column; the context names the row, so that none opens in another's place. */
import { z } from 'zod';
import type { Line } from '../cancellation/line.ts';
import type { Keyring } from './keyring.ts';

export const personContents = z.strictObject({ name: z.string(), email: z.string().nullable(), contactPhone: z.string().nullable() });
export type PersonContents = z.infer<typeof personContents>;

/** One of the desk's own people; sealed under a key of theirs. */
export const staffContents = z.object({ name: z.string(), email: z.string() });
export type StaffContents = z.infer<typeof staffContents>;

/** `salt`: hex; opens the commitment of the line's certificate, and goes with the line's data. */
export const lineContents = z.strictObject({
  msisdn: z.string(),
  imsi: z.string().optional(),
  iccid: z.string().optional(),
  eid: z.string().optional(),
  matchingId: z.string().optional(),
  salt: z.string(),
});
export type LineContents = z.infer<typeof lineContents>;

/** `name`: as its owner knows it. `model`: as the operator recorded it. */
export const deviceContents = z.strictObject({ name: z.string(), model: z.string().optional(), imei: z.string().optional() });
/** What the account is paid with, as its owner knows it: no more of a card than its last digits. */
export const paymentMethodContents = z.strictObject({ label: z.string(), last4: z.string().regex(/^\d{4}$/).optional() });
export type PaymentMethodContents = z.infer<typeof paymentMethodContents>;
export const recordContents = z.looseObject({});

/** As typed, valid or not, so that nothing is lost between pages. */
export const formContents = z.strictObject({
  account: z.string().optional(),
  reason: z.string().optional(),
  name: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  documentKind: z.string().optional(),
  deviceModel: z.string().optional(),
  imei: z.string().optional(),
  eid: z.string().optional(),
  outside: z.array(z.string()).optional(),
  creditChoice: z.string().optional(),
  transferTo: z.string().optional(),
  endsOn: z.string().optional(),
  acknowledged: z.array(z.string()).optional(),
});
export type FormContents = z.infer<typeof formContents>;

/** A declaration without sign-in, as it was made. `ends`: a day, or empty for as soon as possible; absent where the act asks for none. */
export const statementContents = z.strictObject({
  kind: z.enum(['ordinary', 'extraordinary']).optional(),
  reason: z.string().optional(),
  name: z.string(),
  contract: z.string(),
  ends: z.string().optional(),
  email: z.string(),
});
export type StatementContents = z.infer<typeof statementContents>;

export const contextOf = {
  staff: 'staff',
  person: (subscriberId: string) => `subscriber:${subscriberId}`,
  /** By its blind index, which says nothing of it. */
  signInName: (kind: string, index: Buffer) => `sign-in-name:${kind}:${index.toString('hex')}`,
  line: (lineId: string) => `line:${lineId}`,
  device: (deviceId: string) => `device:${deviceId}`,
  paymentMethod: (id: string) => `payment-method:${id}`,
  record: (recordId: string) => `record:${recordId}`,
  form: (caseId: string) => `form:${caseId}`,
  statement: (statementId: string) => `statement:${statementId}`,
  /** By its blind index, which says nothing of it. */
  number: (index: Buffer) => `number:${index.toString('hex')}`,
  bulkPart: (orderId: string, part: number) => `bulk:${orderId}:${part}`,
  message: (messageId: string) => `message:${messageId}`,
  resolution: (resolutionId: string) => `resolution:${resolutionId}`,
};

/** For what the rows say must open: a key that is gone means an erased subscriber, and whoever asks must not have come here. */
export const opened = <Value>(result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly why: { readonly kind: string } }): Value => {
  if (!result.ok) throw new Error(`sealed data did not open: ${result.why.kind}`);
  return result.value;
};

export type LineRow = {
  readonly id: string; readonly brand: string; readonly subscriber_id: string; readonly kind: Line['kind']; readonly carrier: string;
  readonly billing_ref: string; readonly in_home_register: boolean; readonly sealed: Buffer; readonly payment_ref: string | null;
};

/** A line with its identifiers open, and the salt of its certificate. */
export const openLine = (keyring: Keyring, row: LineRow): { line: Line; salt: string } => {
  const { salt, msisdn, imsi, iccid, eid, matchingId } = opened(keyring.openJson(row.subscriber_id, contextOf.line(row.id), row.sealed, lineContents));
  return {
    salt,
    line: {
      id: row.id, brand: row.brand, kind: row.kind, carrier: row.carrier, billingRef: row.billing_ref, inHomeRegister: row.in_home_register, msisdn,
      ...(row.payment_ref === null ? {} : { paymentRef: row.payment_ref }),
      ...(imsi === undefined ? {} : { imsi }),
      ...(iccid === undefined ? {} : { iccid }),
      ...(eid === undefined ? {} : { eid }),
      ...(matchingId === undefined ? {} : { matchingId }),
    },
  };
};
