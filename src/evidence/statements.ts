/** What a certificate says, as data. It names no person: it must still verify when every personal datum is gone. */
import { z } from 'zod';
import { lineKinds } from '../cancellation/line.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import { text } from '../policy/pack.ts';

const instant = z.iso.datetime({ precision: 3 });
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Version 1. A field is never renamed: printed certificates outlive every build. */
export const lineCancelled = z.strictObject({
  version: z.literal(1),
  kind: z.literal('line-cancelled'),
  certificateId: z.uuid(),
  applicationNumber: z.string().min(1).max(40),
  /** The operator's official site. */
  issuer: z.string().min(1).max(253),
  brand: z.strictObject({ id: z.string().min(1), name: text }),
  policyVersion: z.string().min(1),
  subject: z.strictObject({
    lineKind: z.enum(lineKinds),
    maskedNumber: z.string().regex(/^\+[0-9 •]+$/),
    /** See `subject.ts`: opened only with a salt that is not in here. */
    commitment: hash,
  }),
  receivedAt: instant,
  cancelledAt: instant,
  /** In the order in which they were done. `attested`: no reply of the carrier's systems proves it, two of the operator's people do. A step that this line did not need has no time. */
  steps: z.array(z.strictObject({
    name: z.string().regex(/^[a-z]+(-[a-z0-9]+)*$/),
    outcome: z.enum(['done', 'attested', 'not-needed']),
    at: instant.nullable(),
  })),
  /**
   * `order-cancelled`: never downloaded, and never will be. `already-on-device`: no service any more, but its copy stays in the
   * device until its user deletes it there; nobody can see from outside whether that has happened (SGP.22 v2). `null`: no eSIM.
   */
  esimRemoval: z.enum(['order-cancelled', 'already-on-device']).nullable(),
  /**
   * The two signals of its removal, each with its date: ordered removed at the SM-DP+; deleted, as the card reported, or `null` while
   * that is not confirmed. Absent where there is no eSIM, and on certificates that were issued before it stood in them.
   */
  esimSignals: z.strictObject({ orderedAt: instant, deletionReportedAt: instant.nullable() }).exactOptional(),
  /** The certificate that this one says more than. That one was true when it was issued, and stays valid. */
  updates: z.uuid().exactOptional(),
  /** Nobody else gets the number before this day. */
  numberFreeFrom: z.iso.date(),
  journal: z.strictObject({ entries: z.int().min(1), head: hash }),
  /** IANA zone in which its times are to be read. */
  zone: z.string().min(1),
  issuedAt: instant,
});
export type Statement = z.infer<typeof lineCancelled>;

export type NotConforming = { readonly kind: 'not-conforming'; readonly field: string; readonly says: string };

/** From parsed JSON. Names the first field that is not as it must be. */
export const parseStatement = (value: unknown): Result<Statement, NotConforming> => {
  const parsed = lineCancelled.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return no({ kind: 'not-conforming', field: issue?.path.join('.') || '(whole)', says: issue?.message ?? 'not a statement' });
};
