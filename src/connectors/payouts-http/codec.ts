/** Bodies of docs/payouts.openapi.yaml. */
import { z } from 'zod';
import type { Result } from '../../cancellation/result.ts';
import { parseBody } from '../json-body.ts';

export const maxBody = 65_536;

const currency = z.string().regex(/^[A-Z]{3}$/);
const reference = z.string().min(1).max(200);

export const refundOrder = z.object({ payment: reference, amountMinor: z.int().min(1), currency });
export type RefundBody = z.infer<typeof refundOrder>;

export const refund = z.object({ ref: reference, status: z.enum(['sent', 'done', 'failed']), payment: reference, amountMinor: z.int().min(1), currency });
export type RefundRecord = z.infer<typeof refund>;

export type CannotDecode = { readonly kind: 'not-payouts'; readonly says: string };

export const decodeOrder = (body: string): Result<RefundBody, CannotDecode> => parseBody('not-payouts', refundOrder, body, maxBody);
export const decodeRefund = (body: string): Result<RefundRecord, CannotDecode> => parseBody('not-payouts', refund, body, maxBody);
