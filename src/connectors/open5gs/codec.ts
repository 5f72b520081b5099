/**
 * Bodies of the WebUI's API (webui/server of 2.8.0) and of an MME's or AMF's `/ue-info` (src/mme/ue-info.c, src/amf/ue-info.c).
 * What is not named here is passed over: subscribers have keys in their records, and nothing here needs them.
 */
import { z } from 'zod';
import type { Result } from '../../cancellation/result.ts';
import { parseBody } from '../json-body.ts';

/** A record with a hundred sessions has some 60 kB; a full page of `/ue-info` some 80. */
export const maxBody = 262_144;

export type CannotDecode = { readonly kind: 'not-open5gs'; readonly says: string };
const parse = <Value>(schema: z.ZodType<Value>, body: string): Result<Value, CannotDecode> => parseBody('not-open5gs', schema, body, maxBody);

const csrf = z.object({ csrfToken: z.string().min(1).max(512) });
/** Without `authToken` nobody is signed in. */
const session = csrf.extend({ authToken: z.string().min(1).max(8_192).optional() });
export const decodeCsrf = (body: string): Result<z.infer<typeof csrf>, CannotDecode> => parse(csrf, body);
export const decodeSession = (body: string): Result<z.infer<typeof session>, CannotDecode> => parse(session, body);

/** A reading goes past mongoose and has the HSS's own values; an answer to a writing is cast to the WebUI's arrays. */
const oneOf = <Item extends z.ZodType>(item: Item) => z.union([item, z.array(item).transform((all) => all[0])]).optional();
const subscriber = z.object({
  imsi: z.string().max(32),
  /** TS 29.272 §7.3.29: 0 service granted, 1 operator determined barring. */
  subscriber_status: z.int().min(0).default(0),
  /** TS 29.272 §7.3.30, bits. */
  operator_determined_barring: z.int().min(0).default(0),
  mme_host: oneOf(z.string().max(255)),
  /** The MME has said that it let the subscriber go (Purge-UE). */
  purge_flag: oneOf(z.boolean()),
  request_cancel_location: z.boolean().optional(),
});
export type SubscriberRecord = {
  readonly imsi: string;
  readonly status: number;
  readonly barring: number;
  /** An MME has the subscriber, as far as the HSS knows. */
  readonly served: boolean;
  /** The request is on record. As the WebUI is shipped it never is: its model lacks the field, and mongoose drops what no model has. */
  readonly cancelRequested: boolean;
};
export const decodeSubscriber = (body: string): Result<SubscriberRecord, CannotDecode> => {
  const found = parse(subscriber, body);
  if (!found.ok) return found;
  const { imsi, subscriber_status: status, operator_determined_barring: barring, mme_host: mme, purge_flag: purged, request_cancel_location: requested } = found.value;
  return { ok: true, value: { imsi, status, barring, served: (mme ?? '') !== '' && purged !== true, cancelRequested: requested === true } };
};

/** express-restify-mongoose where there is no such record. A 404 of anything else in between says nothing of a subscriber. */
const notFound = z.object({ message: z.literal('Not Found') });
export const saysNotFound = (body: string): boolean => parse(notFound, body).ok;

const page = z.object({
  items: z.array(z.object({ supi: z.string().max(64).optional(), mm_state: z.string().max(64).optional() })).max(1_000),
  pager: z.object({ next: z.string().optional(), truncated: z.boolean().optional() }),
});
export type UePage = { readonly served: readonly string[]; readonly more: boolean };
/** IMSIs that are served. One that is `deregistered` has only its context left. */
export const decodeUePage = (body: string): Result<UePage, CannotDecode> => {
  const found = parse(page, body);
  if (!found.ok) return found;
  if (found.value.pager.truncated === true) return { ok: false, why: { kind: 'not-open5gs', says: 'a page that is cut off' } };
  const served = found.value.items.flatMap(({ supi, mm_state: state }) => (supi === undefined || state === 'deregistered' ? [] : [supi.replace(/^imsi-/, '')]));
  return { ok: true, value: { served, more: found.value.pager.next !== undefined } };
};
