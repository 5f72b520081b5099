/** What goes wrong on demand. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { systems, type System } from './systems.ts';

/**
 * `refuse`: it says no, with `code` in the protocol's own words. `delay`: everything, the effect too, comes `delayMs`
 * later. `drop-reply`: the effect happens, then the connection is cut. `answer-twice`: the same answer two times.
 * `garbage`: the effect happens, the answer is none; `code` says in which way, where a server knows several.
 * `down`: nobody listens, for `delayMs` or until the faults are taken back.
 * Of what a system sends by itself (deliver_sm, handleDownloadProgressInfo): `refuse` or `drop-reply` loses it, `delay` makes it late, so that the next one overtakes it,
 * `answer-twice` sends it two times.
 */
export const faultKinds = ['refuse', 'delay', 'drop-reply', 'answer-twice', 'garbage', 'down'] as const;

/** In the words of each protocol; `*` is for every one. */
export const operations = {
  'sm-dp-plus': ['cancelOrder', 'handleDownloadProgressInfo'],
  'home-register': ['subscriber.delete', 'ps-enabled', 'cs-enabled', 'info', 'network-access-mode', 'login', 'read', 'update', 'delete', 'cancel-location', 'ue-info'],
  nas: ['disconnect'],
  billing: ['read', 'settle', 'stop', 'freeze', 'charges', 'purchases'],
  payouts: ['read', 'refund'],
  'linked-services': ['read', 'end'],
  mail: ['send'],
  'message-centre': ['bind', 'submit_sm', 'enquire_link', 'deliver_sm'],
} as const satisfies Record<System, readonly string[]>;

export const fault = z.strictObject({
  system: z.enum(systems),
  operation: z.string().default('*'),
  fault: z.enum(faultKinds),
  times: z.int().min(1).max(1_000_000).default(1),
  delayMs: z.int().min(0).max(3_600_000).optional(),
  /** With `refuse`: `8.2.1/3.9`, `Cannot delete subscriber.`, `504`, `not-allowed`, `550`, `ESME_RTHROTTLED`. With `garbage`: `wrong-authenticator`. */
  code: z.string().min(1).max(120).optional(),
}).refine((one) => one.operation === '*' || (operations[one.system] as readonly string[]).includes(one.operation), { path: ['operation'], error: 'this system has no such operation' });
export type Fault = z.infer<typeof fault>;
export type FaultOrder = z.input<typeof fault>;

export type Faults = {
  /** The next fault for an operation, used up by one. */
  readonly take: (system: System, operation: string) => Fault | undefined;
  readonly add: (order: FaultOrder) => Fault;
  readonly list: () => readonly Fault[];
  readonly drop: (fault: Fault) => void;
  readonly clear: () => void;
};

export const openFaults = (): Faults => {
  let left: Fault[] = [];
  return {
    take: (system, operation) => {
      const found = left.find((one) => one.fault !== 'down' && one.system === system && (one.operation === '*' || one.operation === operation));
      if (!found) return undefined;
      left = left.flatMap((one) => (one !== found ? [one] : one.times > 1 ? [{ ...one, times: one.times - 1 }] : []));
      return found;
    },
    add: (order) => {
      const checked = fault.parse(order);
      left.push(checked);
      return checked;
    },
    list: () => left,
    drop: (fault) => { left = left.filter((one) => one !== fault); },
    clear: () => { left = []; },
  };
};

/** One request under a fault: what it does, what a refusal is, how an answer goes out, how the connection is cut. */
export type Doing<Reply> = {
  readonly act: () => Promise<Reply>;
  readonly refusal: (code: string | undefined) => Reply;
  readonly send: (reply: Reply) => void;
  readonly cut: () => void;
  /** Garbage in place of the reply; absent: the connection is cut. */
  readonly spoil?: (reply: Reply, how: string | undefined) => void;
};

export const underFault = async <Reply>(found: Fault | undefined, doing: Doing<Reply>): Promise<void> => {
  if (found?.delayMs) await pause(found.delayMs);
  if (found?.fault === 'refuse') return doing.send(doing.refusal(found.code));
  const reply = await doing.act();
  if (found?.fault === 'drop-reply') return doing.cut();
  if (found?.fault === 'garbage') return doing.spoil ? doing.spoil(reply, found.code) : doing.cut();
  doing.send(reply);
  if (found?.fault === 'answer-twice') doing.send(reply);
};
