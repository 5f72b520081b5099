/** Bodies of openapi.yaml. */
import { z } from 'zod';
import { no, ok, type Result } from '../../cancellation/result.ts';

export const maxBody = 65_536;

const currency = z.string().regex(/^[A-Z]{3}$/);
const reference = z.string().min(1).max(200);

export const refundOrder = z.object({ payment: reference, amountMinor: z.int().min(1), currency });
export type RefundBody = z.infer<typeof refundOrder>;

export const refund = z.object({ ref: reference, status: z.enum(['sent', 'done', 'failed']), payment: reference, amountMinor: z.int().min(1), currency });
export type RefundRecord = z.infer<typeof refund>;

/** RFC 9457, with the code of openapi.yaml. */
const problem = z.object({ code: z.string().regex(/^[a-z0-9-]{1,64}$/), title: z.string().max(500) });
export type Problem = z.infer<typeof problem>;

export type CannotDecode = { readonly kind: 'not-payouts'; readonly says: string };

const parse = <Value>(schema: z.ZodType<Value>, body: string): Result<Value, CannotDecode> => {
  if (Buffer.byteLength(body) > maxBody) return no({ kind: 'not-payouts', says: `longer than ${maxBody} bytes` });
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return no({ kind: 'not-payouts', says: 'not JSON' });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const first = parsed.error.issues[0];
  return no({ kind: 'not-payouts', says: `${first?.path.join('.') || 'body'}: ${first?.code ?? 'invalid'}` });
};

export const decodeOrder = (body: string): Result<RefundBody, CannotDecode> => parse(refundOrder, body);
export const decodeRefund = (body: string): Result<RefundRecord, CannotDecode> => parse(refund, body);
export const decodeProblem = (body: string): Result<Problem, CannotDecode> => parse(problem, body);
