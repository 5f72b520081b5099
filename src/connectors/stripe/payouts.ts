/** Paying back through Stripe. */
import { Agent as PlainAgent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import Stripe from 'stripe';
import type { Call, Checkable, Outcome, Payouts, RefundFact } from '../../plan/ports.ts';
import { inOneLine } from '../exchange.ts';
import { whyNoConnection } from '../http-check.ts';

export type StripeOptions = {
  /** `sk_…`, or a restricted key that may write refunds. */
  readonly secretKey: string;
  /** Where its API is, if not at its own address. */
  readonly url?: string;
  readonly timeoutMs: number;
};

type Fact = Exclude<RefundFact, 'absent'>;

/** https://docs.stripe.com/api/refunds/object#refund_object-status */
const statusOf = { pending: 'sent', requires_action: 'sent', succeeded: 'done', failed: 'failed', canceled: 'failed' } as const satisfies Record<string, Fact['status']>;
const isKnown = (status: string | null): status is keyof typeof statusOf => status !== null && Object.hasOwn(statusOf, status);

const factOf = (refund: Stripe.Refund): Fact => ({
  status: isKnown(refund.status) ? statusOf[refund.status] : 'sent', ref: refund.id, amountMinor: refund.amount, currency: refund.currency.toUpperCase(),
});

/** No connection was made, so nothing can have been asked. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** What an error means for the act. 409: the first request with this key is still at work. 5xx and lost replies: it may have acted. */
const outcomeOf = (error: unknown): Outcome<never> => {
  if (error instanceof Stripe.errors.StripeConnectionError) {
    const cause = error.detail instanceof Error && 'code' in error.detail ? String(error.detail.code) : '';
    return neverConnected.has(cause) ? { kind: 'unreachable', says: `Stripe: ${cause}` } : { kind: 'unknown', says: `Stripe: no answer (${cause || 'connection lost'})` };
  }
  if (!(error instanceof Stripe.errors.StripeError)) return { kind: 'unknown', says: `Stripe: ${inOneLine(error)}` };
  const status = error.statusCode ?? 0;
  if (status === 429) return { kind: 'unreachable', says: 'Stripe: too many requests' };
  // The message may name somebody; the code does not.
  if (status >= 400 && status < 500 && status !== 409) return { kind: 'refused', code: (error.code ?? error.rawType ?? 'refused').replace(/_/g, '-').toLowerCase(), says: `Stripe said no (HTTP ${status}).` };
  return { kind: 'unknown', says: `Stripe: HTTP ${status}` };
};

/**
 * The library repeats a request by itself when a connection is closed under it, though that may have come after the effect. The error
 * gets a code that it does not know, so that it is ours to read first.
 */
const withoutRepeats = (client: Stripe.HttpClient): Stripe.HttpClient => ({
  getClientName: () => client.getClientName(),
  makeRequest: (...request: Parameters<Stripe.HttpClient['makeRequest']>) => client.makeRequest(...request).catch((error: unknown) => {
    const closed = error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
    throw closed ? Object.assign(new Error('connection closed', { cause: error }), { code: 'CLOSED' }) : error;
  }),
});

const paymentOf = (ref: string): { readonly payment_intent: string } | { readonly charge: string } => (ref.startsWith('pi_') ? { payment_intent: ref } : { charge: ref });

/** One that failed may have been followed by one that did not: the best of them says how things stand. */
const rank = { done: 0, sent: 1, failed: 2 } as const;

export const stripePayouts = (options: StripeOptions): Payouts & Checkable & { close(): Promise<void> } => {
  const at = options.url === undefined ? undefined : new URL(options.url);
  const agent = at?.protocol === 'http:' ? new PlainAgent({ keepAlive: true, maxSockets: 16 }) : new TlsAgent({ keepAlive: true, maxSockets: 16, minVersion: 'TLSv1.2' });
  const stripe = new Stripe(options.secretKey, {
    httpClient: withoutRepeats(Stripe.createNodeHttpClient(agent)), maxNetworkRetries: 0, timeout: options.timeoutMs, telemetry: false,
    ...(at === undefined ? {} : { host: at.hostname, port: at.port || (at.protocol === 'https:' ? '443' : '80'), protocol: at.protocol === 'https:' ? 'https' : 'http' }),
  });
  const ask = async <Value>(call: Call, then: () => Promise<Value>): Promise<Outcome<Value>> => {
    if (call.signal.aborted) return { kind: 'unreachable', says: 'the caller gave up waiting' };
    try {
      return { kind: 'done', fact: await then() };
    } catch (error) {
      return outcomeOf(error);
    }
  };

  const currencyOf = async (payment: string): Promise<string> =>
    (payment.startsWith('pi_') ? await stripe.paymentIntents.retrieve(payment) : await stripe.charges.retrieve(payment)).currency.toUpperCase();

  return {
    refund: async ({ payment, amountMinor, currency }, call) => {
      // Stripe takes a refund's currency from its payment: an amount meant in another one would be paid out wrongly.
      const paidIn = await ask(call, () => currencyOf(payment));
      if (paidIn.kind !== 'done') return paidIn.kind === 'unknown' ? { kind: 'unreachable', says: paidIn.says } : paidIn;
      if (paidIn.fact !== currency) return { kind: 'refused', code: 'other-currency', says: 'The payment was in another currency.' };
      const outcome = await ask(call, async () => factOf(await stripe.refunds.create(
        { ...paymentOf(payment), amount: amountMinor, metadata: { signoff_key: call.key } }, { idempotencyKey: call.key })));
      if (outcome.kind !== 'done') return outcome;
      if (outcome.fact.status === 'failed') return { kind: 'refused', code: 'refund-failed', says: 'Stripe could not pay it back.' };
      return outcome;
    },
    read: async (payment, call) => {
      const outcome = await ask(call, async (): Promise<RefundFact> => {
        const found: Fact[] = [];
        for await (const refund of stripe.refunds.list({ ...paymentOf(payment), limit: 100 }))
          if (refund.metadata?.['signoff_key'] === call.key) found.push(factOf(refund));
        return found.toSorted((one, other) => rank[one.status] - rank[other.status])[0] ?? 'absent';
      });
      // A read acts on nothing, so a lost answer may be asked for again.
      return outcome.kind === 'unknown' ? { kind: 'unreachable', says: outcome.says } : outcome;
    },
    // What paying back and reading need the key to be allowed to.
    check: async (signal) => {
      const where = at?.host ?? 'api.stripe.com';
      try {
        await Promise.race([stripe.refunds.list({ limit: 1 }), new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true }))]);
        return { kind: 'ok', where, says: 'lists refunds with our key' };
      } catch (error) {
        if (error instanceof Stripe.errors.StripeAuthenticationError || error instanceof Stripe.errors.StripePermissionError) return { kind: 'credentials', where, says: `HTTP ${error.statusCode ?? 0}: the key is not known, or may not list refunds` };
        const cause = error instanceof Stripe.errors.StripeConnectionError && error.detail instanceof Error ? error.detail : error;
        if (!(error instanceof Stripe.errors.StripeError) || error instanceof Stripe.errors.StripeConnectionError) return { kind: whyNoConnection(inOneLine(cause)), where, says: inOneLine(cause) };
        return { kind: 'protocol', where, says: `HTTP ${error.statusCode ?? 0} where refunds should be listed` };
      }
    },
    close: async () => agent.destroy(),
  };
};
