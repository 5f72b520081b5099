/** Bodies of docs/linked-services.openapi.yaml. */
import { z } from 'zod';
import type { Result } from '../../cancellation/result.ts';
import { parseBody } from '../json-body.ts';

export const maxBody = 65_536;

const reference = z.string().min(1).max(128);
const serviceName = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(64);
const running = z.object({ service: serviceName, status: z.literal('active') });
const over = z.object({ service: serviceName, status: z.literal('ended'), endedAt: z.iso.datetime({ offset: true }) });
const service = z.discriminatedUnion('status', [running, over]);
export type Service = z.infer<typeof service>;
/** `ref` says whose answer it is. */
const ended = z.intersection(service, z.object({ ref: reference }));
export type ServiceOfLine = z.infer<typeof ended>;
const services = z.object({ ref: reference, services: z.array(service).max(200) });
export type ServicesOfLine = z.infer<typeof services>;

export type CannotDecode = { readonly kind: 'not-services'; readonly says: string };

export const decodeService = (body: string): Result<ServiceOfLine, CannotDecode> => parseBody('not-services', ended, body, maxBody);
export const decodeServices = (body: string): Result<ServicesOfLine, CannotDecode> => parseBody('not-services', services, body, maxBody);
