/** ES2+ HandleDownloadProgressInfo as JSON (SGP.22 §5.3.5, §6.5.2.3): what the card's side tells the operator by itself. */
import { z } from 'zod';
import { ok, type Result } from '../../cancellation/result.ts';
import { eidOnWire, functionStatuses, iccidFromWire, iccidOnWire, iccidToWire, parse, requestHeader, statusCodeData, type CannotDecode } from './codec.ts';

export const progressRequest = z.object({
  header: requestHeader,
  iccid: iccidOnWire,
  eid: eidOnWire.optional(),
  profileType: z.string().min(1).max(256),
  timestamp: z.iso.datetime({ offset: true }),
  notificationPointId: z.int().min(0).max(65_535),
  notificationPointStatus: z.object({ status: z.enum(functionStatuses), statusCodeData: statusCodeData.optional() }),
});
export type ProgressRequest = z.infer<typeof progressRequest>;

export const encodeProgress = (request: ProgressRequest): string => JSON.stringify({ ...request, iccid: iccidToWire(request.iccid) });

export const decodeProgress = (body: string): Result<ProgressRequest, CannotDecode> => {
  const request = parse(progressRequest, body);
  return request.ok ? ok({ ...request.value, iccid: iccidFromWire(request.value.iccid) }) : request;
};
