/** ES2+ CancelOrder as JSON (SGP.22 §5.3.3 and §6.5.2.3), both directions; what its functions share. */
import { z } from 'zod';
import { ok, type Result } from '../../cancellation/result.ts';
import { parseBody } from '../json-body.ts';

export const es2plusPath = '/gsma/rsp2/es2plus';
export const adminProtocol = 'gsma/rsp/v2.5.0';
/** `gsma/rsp/v2.<x>.<y>`: a minor version adds, a major one changes (SGP.22 §6.5.1.3). */
export const speaksOurVersion = (protocol: string | undefined): boolean => protocol !== undefined && /^gsma\/rsp\/v2\.\d{1,3}\.\d{1,3}$/.test(protocol.trim());
export const isJson = (contentType: string | undefined): boolean => contentType !== undefined && /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType.trim());
/** A reply is a header; what is longer is not one. */
export const maxBody = 65_536;

/** 18 to 20 digits; the 20th may be the padding `F`. */
export const iccidOnWire = z.string().regex(/^(\d{18,20}|\d{19}[Ff])$/);

export const eidOnWire = z.string().regex(/^\d{32}$/);
export const requestHeader = z.object({ functionRequesterIdentifier: z.string().min(1).max(256), functionCallIdentifier: z.string().min(1).max(256) });

export const cancelOrderRequest = z.object({
  header: requestHeader,
  iccid: iccidOnWire,
  eid: eidOnWire.optional(),
  matchingId: z.string().min(1).max(256).optional(),
  finalProfileStatusIndicator: z.enum(['Available', 'Unavailable']),
});
export type CancelOrderRequest = z.infer<typeof cancelOrderRequest>;

export const functionStatuses = ['Executed-Success', 'Executed-WithWarning', 'Failed', 'Expired'] as const;
export type FunctionStatus = (typeof functionStatuses)[number];

/** Object identifiers: digits and dots. What else stood there would be somebody's text, and is kept nowhere. */
const oid = z.string().max(64).regex(/^\d+(\.\d+)*$/);
export const statusCodeData = z.object({ subjectCode: oid, reasonCode: oid, subjectIdentifier: z.string().optional(), message: z.string().optional() });
const response = z.object({
  header: z.object({ functionExecutionStatus: z.object({ status: z.enum(functionStatuses), statusCodeData: statusCodeData.optional() }) }),
});
/** `code` is subject and reason as the tables of SGP.22 write them: `8.2.1/3.9`. */
export type ExecutionStatus = { readonly status: FunctionStatus; readonly code?: string };

export type CannotDecode = { readonly kind: 'not-es2plus'; readonly says: string };

/** Before 2.2 an ICCID of 19 digits had to be padded; servers since then take both. */
export const iccidToWire = (iccid: string): string => (iccid.length === 19 ? `${iccid}F` : iccid);
export const iccidFromWire = (iccid: string): string => iccid.replace(/[Ff]$/, '');

export const encodeCancelOrder = (request: CancelOrderRequest): string => JSON.stringify({ ...request, iccid: iccidToWire(request.iccid) });

export const parse = <Value>(schema: z.ZodType<Value>, body: string): Result<Value, CannotDecode> => parseBody('not-es2plus', schema, body, maxBody);

export const decodeCancelOrder = (body: string): Result<CancelOrderRequest, CannotDecode> => {
  const request = parse(cancelOrderRequest, body);
  return request.ok ? ok({ ...request.value, iccid: iccidFromWire(request.value.iccid) }) : request;
};

export const encodeStatus = ({ status, code }: ExecutionStatus): string => {
  const [subjectCode, reasonCode] = code?.split('/') ?? [];
  const data = subjectCode && reasonCode ? { statusCodeData: { subjectCode, reasonCode } } : {};
  return JSON.stringify({ header: { functionExecutionStatus: { status, ...data } } });
};

export const decodeStatus = (body: string): Result<ExecutionStatus, CannotDecode> => {
  const parsed = parse(response, body);
  if (!parsed.ok) return parsed;
  const { status, statusCodeData: data } = parsed.value.header.functionExecutionStatus;
  return ok(data ? { status, code: `${data.subjectCode}/${data.reasonCode}` } : { status });
};
