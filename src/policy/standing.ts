import { z } from 'zod';
import type { LineStanding } from '../cancellation/line.ts';
import { currencies, type Currency, type Money } from '../cancellation/money.ts';

const amount = z.strictObject({ minor: z.int(), currency: z.enum(Object.keys(currencies) as [Currency, ...Currency[]]) }) satisfies z.ZodType<Money>;

/** A line's standing as JSON: in a pack's examples, and in the file given to `policy explain`. */
export const lineStanding = z.strictObject({
  credit: amount,
  unpaid: z.array(z.strictObject({ id: z.string(), amount, dueOn: z.iso.date() })),
  boundDevices: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  anomaly: z.enum(['fraud-check', 'port-out-running', 'ownership-disputed']).exactOptional(),
  stored: z.strictObject({ contacts: z.int().min(0), messages: z.int().min(0), calls: z.int().min(0) }),
  dataTakenAt: z.iso.datetime({ offset: true }).exactOptional(),
  region: z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'ISO 3166'),
}) satisfies z.ZodType<LineStanding>;

/** What is not named is in good standing. */
export const partialStanding = z.strictObject({
  credit: amount.exactOptional(),
  unpaid: lineStanding.shape.unpaid.exactOptional(),
  boundDevices: lineStanding.shape.boundDevices.exactOptional(),
  anomaly: lineStanding.shape.anomaly,
  stored: lineStanding.shape.stored.exactOptional(),
  dataTakenAt: lineStanding.shape.dataTakenAt,
  region: lineStanding.shape.region.exactOptional(),
}) satisfies z.ZodType<Partial<LineStanding>>;

/** Nothing owed, nothing left, nothing bound; at home where the pack's calendar is. */
export const standingFrom = (given: Partial<LineStanding>, home: { readonly currency: Currency; readonly region: string }): LineStanding => ({
  credit: { minor: 0, currency: home.currency },
  unpaid: [],
  boundDevices: [],
  stored: { contacts: 0, messages: 0, calls: 0 },
  region: home.region,
  ...given,
});
