/** What each call of a port knows, must say, and may come to. A placeholder is one of these facts and nothing else. */
import { z } from 'zod';

export const ports = ['homeRegister', 'billing', 'linkedServices', 'payouts', 'sessions'] as const;
export type PortName = (typeof ports)[number];

/** How a value must look before it goes anywhere near a request. */
export const factKinds = {
  imsi: z.string().regex(/^\d{6,15}$/),
  msisdn: z.string().regex(/^\+?\d{3,15}$/),
  /** An operator's own reference: anything printable. */
  reference: z.string().min(1).max(200).regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+$/u),
  service: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(64),
  currency: z.string().regex(/^[A-Z]{3}$/),
  amount: z.int().min(0),
  key: z.string().regex(/^[\x21-\x7e]{1,255}$/),
} as const;
export type FactKind = keyof typeof factKinds;
export type Facts = Readonly<Record<string, string | number | undefined>>;

export type OperationRule = {
  /** It changes something: a lost reply is `unknown`. A read that is lost is asked again. */
  readonly acts: boolean;
  readonly facts: Readonly<Record<string, FactKind>>;
  /** May be missing from a call. */
  readonly optional: readonly string[];
  /** What a request must say, or it would ask for something else, or for the same thing twice. */
  readonly must: readonly string[];
  /** Described only where the peer has it; without, what asks for it is refused. */
  readonly mayLack?: true;
  /** The shape of the fact: what the port promises. */
  readonly fact: z.ZodType;
  /** The reply holds several. */
  readonly many?: true;
  /** What "gone already" comes to; absent: it is read. `never`: there is no such thing here. */
  readonly gone?: { readonly fact: unknown } | 'never';
  /** What "done" comes to where neither the reply nor a read says more. */
  readonly done?: { readonly fact: unknown };
  /** Of what the port reads, what this call is about; absent: all of it. */
  readonly ofRead?: (fact: unknown, asked: Facts) => unknown;
  /** What must hold once it is done; null where it does. */
  readonly holds: (fact: unknown, asked: Facts) => string | null;
};

const minor = z.int().min(0);
const registerFact = z.union([z.literal('absent'), z.strictObject({ circuitSwitched: z.boolean(), packetSwitched: z.boolean() })]);
type RegisterFact = z.infer<typeof registerFact>;
const billingFact = z.strictObject({ status: z.enum(['active', 'stopped']), stoppedAt: z.iso.datetime({ offset: true }).exactOptional(), owedMinor: minor, creditMinor: minor, currency: factKinds.currency, chargesFrozen: z.boolean().exactOptional(), purchasesFrozen: z.boolean().exactOptional() });
const frozenOf = (fact: unknown): string => {
  const { chargesFrozen = false, purchasesFrozen = false } = fact as z.infer<typeof billingFact>;
  return [...(chargesFrozen ? ['charges'] : []), ...(purchasesFrozen ? ['purchases'] : [])].join('-and-');
};
const serviceFact = z.discriminatedUnion('status', [
  z.strictObject({ service: factKinds.service, status: z.literal('active') }),
  z.strictObject({ service: factKinds.service, status: z.literal('ended'), endedAt: z.iso.datetime({ offset: true }).exactOptional() }),
]);
const refundFact = z.union([z.literal('absent'), z.strictObject({ status: z.enum(['sent', 'done', 'failed']), ref: z.string().min(1).max(200), amountMinor: z.int().min(1), currency: factKinds.currency })]);

const always = (): null => null;
const isOff = (fact: unknown): boolean => fact === 'absent' || (!(fact as Exclude<RegisterFact, 'absent'>).circuitSwitched && !(fact as Exclude<RegisterFact, 'absent'>).packetSwitched);
const off = (fact: unknown): string | null => (isOff(fact) ? null : 'told to switch off, the register still reads otherwise');

const register = { acts: true, facts: { imsi: 'imsi', key: 'key' }, optional: [], must: ['imsi'], fact: registerFact } as const;
const line = { acts: true, facts: { ref: 'reference', key: 'key' }, optional: [], must: ['ref'], fact: billingFact } as const;

export const operations = {
  homeRegister: {
    bar: { ...register, gone: 'never', holds: off },
    unbar: { ...register, gone: 'never', holds: (fact: unknown) => (fact !== 'absent' && (fact as Exclude<RegisterFact, 'absent'>).circuitSwitched && (fact as Exclude<RegisterFact, 'absent'>).packetSwitched ? null : 'told to switch on, the register still reads otherwise') },
    detach: { ...register, gone: { fact: 'absent' }, holds: off },
    remove: { ...register, gone: { fact: 'absent' }, holds: (fact: unknown) => (fact === 'absent' ? null : 'told to remove, the register still has it') },
    read: { ...register, acts: false, gone: { fact: 'absent' }, holds: always },
  },
  billing: {
    settle: {
      ...line, must: ['ref', 'key', 'currency', 'collectMinor', 'offsetMinor', 'refundMinor', 'forfeitMinor'], gone: 'never', holds: always,
      facts: { ...line.facts, currency: 'currency', collectMinor: 'amount', offsetMinor: 'amount', refundMinor: 'amount', forfeitMinor: 'amount', payoutMinor: 'amount', transferMinor: 'amount', transferTo: 'reference' },
      optional: ['transferTo', 'transferMinor'],
    },
    stop: { ...line, holds: (fact: unknown) => ((fact as z.infer<typeof billingFact>).status === 'stopped' ? null : 'told to stop, billing still says active') },
    freeze: {
      // `what`: charges, purchases or charges-and-purchases. More may be frozen than that where a peer knows no less.
      ...line, facts: { ...line.facts, what: 'service' }, mayLack: true, gone: 'never',
      holds: (fact: unknown, asked: Facts) => (String(asked['what']).split('-and-').every((one) => frozenOf(fact).split('-and-').includes(one)) ? null : 'told to freeze, billing still says otherwise'),
    },
    unfreeze: { ...line, mayLack: true, gone: 'never', holds: (fact: unknown) => (frozenOf(fact) === '' ? null : 'told to unfreeze, billing still says otherwise') },
    read: { ...line, acts: false, gone: 'never', holds: always },
  },
  linkedServices: {
    end: {
      acts: true, facts: { ref: 'reference', service: 'service', key: 'key' }, optional: [], must: ['ref', 'service'], fact: serviceFact,
      // One that is not listed any more does not run.
      ofRead: (facts: unknown, asked: Facts) => (facts as z.infer<typeof serviceFact>[]).find(({ service }) => service === asked['service']) ?? { service: asked['service'], status: 'ended' },
      holds: (fact: unknown, asked: Facts) => {
        const { service, status } = fact as z.infer<typeof serviceFact>;
        return service !== asked['service'] ? 'the answer is about another service' : status === 'ended' ? null : 'told to end, the service still says active';
      },
    },
    read: { acts: false, facts: { ref: 'reference', key: 'key' }, optional: [], must: ['ref'], fact: serviceFact, many: true, gone: 'never', holds: always },
  },
  payouts: {
    refund: {
      acts: true, facts: { payment: 'reference', amountMinor: 'amount', currency: 'currency', key: 'key' }, optional: [], must: ['payment', 'amountMinor', 'currency', 'key'], fact: refundFact, gone: 'never',
      holds: (fact: unknown, asked: Facts) => {
        if (fact === 'absent') return 'told to pay back, the provider has nothing on record';
        const { amountMinor, currency } = fact as Exclude<z.infer<typeof refundFact>, 'absent'>;
        return amountMinor === asked['amountMinor'] && currency === asked['currency'] ? null : 'the answer is about another amount';
      },
    },
    read: { acts: false, facts: { payment: 'reference', key: 'key' }, optional: [], must: ['key'], fact: refundFact, gone: { fact: 'absent' }, holds: always },
  },
  sessions: {
    endAll: { acts: true, facts: { imsi: 'imsi', msisdn: 'msisdn', key: 'key' }, optional: [], must: [], fact: z.enum(['ended', 'none-there']), done: { fact: 'ended' }, gone: { fact: 'none-there' }, holds: always },
  },
} as const satisfies Record<PortName, Readonly<Record<string, OperationRule>>>;

export const rulesOf = (port: PortName): Readonly<Record<string, OperationRule>> => operations[port];
/** Where a port can be read, that settles what a reply left open. */
export const readOf = (port: PortName): OperationRule | undefined => rulesOf(port)['read'];

/** Who is asked about when nobody is meant (`check`): a test network's IMSI, references that nobody has. */
export const nobody: Facts = { imsi: '001010000000000', ref: 'signoff-check', payment: 'signoff-check', key: 'signoff-check' };
