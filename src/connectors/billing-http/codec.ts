/** Bodies of docs/billing.openapi.yaml. */
import { z } from 'zod';
import type { Result } from '../../cancellation/result.ts';
import { parseBody } from '../json-body.ts';

export const maxBody = 65_536;

const minor = z.int().min(0);
const currency = z.string().regex(/^[A-Z]{3}$/);

/** `ref` says whose answer it is. A stopped line has its `stoppedAt`. */
export const billedLine = z.object({
  ref: z.string().min(1).max(128),
  status: z.enum(['active', 'stopped']),
  stoppedAt: z.iso.datetime({ offset: true }).optional(),
  owedMinor: minor,
  creditMinor: minor,
  currency,
  chargesFrozen: z.boolean().exactOptional(),
  purchasesFrozen: z.boolean().exactOptional(),
}).refine(({ status, stoppedAt }) => status === 'active' || stoppedAt !== undefined, { path: ['stoppedAt'] });
export type BilledLine = z.infer<typeof billedLine>;

/** `payoutMinor`: of the credit, paid back by somebody else. `transfer`: of the credit, to another line. */
export const settlement = z.object({
  collectMinor: minor, offsetMinor: minor, refundMinor: minor, forfeitMinor: minor, currency,
  payoutMinor: minor.exactOptional(),
  transfer: z.object({ toRef: z.string().min(1).max(128), minor: z.int().min(1) }).exactOptional(),
});
export type Settlement = z.infer<typeof settlement>;

/** What is frozen from now on, and what is not. */
export const freezing = z.strictObject({ charges: z.boolean(), purchases: z.boolean() });
export type Freezing = z.infer<typeof freezing>;

export type CannotDecode = { readonly kind: 'not-billing'; readonly says: string };

export const decodeBilledLine = (body: string): Result<BilledLine, CannotDecode> => parseBody('not-billing', billedLine, body, maxBody);
export const decodeSettlement = (body: string): Result<Settlement, CannotDecode> => parseBody('not-billing', settlement, body, maxBody);
export const decodeFreezing = (body: string): Result<Freezing, CannotDecode> => parseBody('not-billing', freezing, body, maxBody);
