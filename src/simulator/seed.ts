/** Whom the carrier knows to begin with. What is seeded again begins again. */
import { z } from 'zod';

const digits = (least: number, most: number) => z.string().regex(new RegExp(`^\\d{${least},${most}}$`));

export const seed = z.strictObject({
  subscribers: z.array(z.strictObject({
    imsi: digits(6, 15),
    msisdn: digits(3, 15).optional(),
    circuitSwitched: z.boolean().default(true),
    packetSwitched: z.boolean().default(true),
    /** Names of the nodes that serve the subscriber now. */
    vlr: z.string().regex(/^[\w.-]{1,32}$/).optional(),
    sgsn: z.string().regex(/^[\w.-]{1,32}$/).optional(),
    mme: z.string().regex(/^[\w.-]{1,64}$/).optional(),
  })).default([]),
  /** Data sessions that run, by their Acct-Session-Id. */
  sessions: z.array(z.strictObject({
    id: z.string().regex(/^[\w.-]{1,64}$/),
    imsi: digits(6, 15),
    msisdn: digits(3, 15).optional(),
    userName: z.string().min(1).max(253).optional(),
  })).default([]),
  orders: z.array(z.strictObject({
    iccid: digits(18, 20),
    eid: digits(32, 32).optional(),
    matchingId: z.string().min(1).max(256).optional(),
    /** Of the profile states of SGP.22 §3.1.6, those that CancelOrder tells apart. */
    state: z.enum(['available', 'released', 'downloaded', 'installed', 'unavailable']).default('released'),
  })).default([]),
  lines: z.array(z.strictObject({
    ref: z.string().min(1).max(128),
    currency: z.string().regex(/^[A-Z]{3}$/),
    owedMinor: z.int().min(0).default(0),
    creditMinor: z.int().min(0).default(0),
    /** What is sold along with it and runs, by its name at the operator. */
    services: z.array(z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)).default([]),
  })).default([]),
  /** What was paid once, and may go back. `refunds`: what becomes of them: arrived at once, still on their way, come back. */
  payments: z.array(z.strictObject({
    ref: z.string().min(1).max(200),
    currency: z.string().regex(/^[A-Z]{3}$/),
    paidMinor: z.int().min(0),
    refunds: z.enum(['done', 'sent', 'failed']).default('done'),
  })).default([]),
  /** Phones that can't be reached; every other can. */
  unreachable: z.array(z.string().regex(/^\+\d{6,15}$/)).default([]),
});
export type Seed = z.infer<typeof seed>;
export type Seeding = z.input<typeof seed>;
