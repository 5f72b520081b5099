/** The SM-DP+ over ES2+. */
import { X509Certificate } from 'node:crypto';
import { unreachable } from '../../cancellation/result.ts';
import type { Call, Checkable, EsimFact, EsimOrder, EsimPlatform, Outcome } from '../../plan/ports.ts';
import { unanswered } from '../exchange.ts';
import { checkHttp } from '../http-check.ts';
import { httpClient } from '../http-client.ts';
import { outcomeOfStatus, type HttpReply } from '../http-exchange.ts';
import { adminProtocol, cancelOrderRequest, decodeStatus, encodeCancelOrder, es2plusPath, maxBody, speaksOurVersion, type ExecutionStatus } from './codec.ts';
import { inWords, statusCodes } from './status-codes.ts';

export type Es2plusOptions = {
  /** Root of the SM-DP+, `https://host:port`. */
  readonly url: string;
  /** PEM texts. `ca` is who may sign the SM-DP+'s certificate: no other root is trusted. */
  readonly tls: { readonly ca: string; readonly cert: string; readonly key: string };
  /** Who we are to the SM-DP+ (SGP.22 §5.2.2). */
  readonly functionRequesterIdentifier: string;
  readonly timeoutMs: number;
};

/** A business failure comes with HTTP 200 as well; only its own status says what became of the call (SGP.22 §5.2.6). */
const outcomeOf = ({ status, code }: ExecutionStatus): Outcome<EsimFact> => {
  switch (status) {
    case 'Executed-Success':
      return { kind: 'done', fact: 'order-cancelled' };
    case 'Executed-WithWarning':
      return { kind: 'done', fact: 'order-cancelled', says: `Executed with a warning${code === undefined ? '' : ` ${code}`}. ${inWords(code)}` };
    case 'Expired':
      return { kind: 'refused', code: 'expired', says: `The SM-DP+ did not execute the call in its validity period. ${inWords(code)}` };
    case 'Failed':
      if (code !== undefined && statusCodes[code]?.kind === 'already-on-device') return { kind: 'done', fact: 'already-on-device', says: `${code}. ${inWords(code)}` };
      return { kind: 'refused', code: code ?? 'failed', says: inWords(code) };
    default:
      return unreachable(status);
  }
};

/** A certificate of one side was not good enough for the other: nothing was sent, and tomorrow it is the same. */
const isMistrust = /\b(CERT_|ERR_TLS_CERT|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_PURPOSE)/;

/** Anything that is not ES2+ of our version may come from whatever stands in between, and after the effect: never done, never a no. */
const outcomeOfReply = ({ status, headers, body, unfit }: HttpReply): Outcome<EsimFact> => {
  const protocol = headers['x-admin-protocol'];
  // A no of another version says at least that: not to be repeated.
  if (protocol !== undefined && !speaksOurVersion(String(protocol))) {
    const says = `HTTP ${status}: the SM-DP+ answers in another version, not ${adminProtocol}.`;
    return status >= 400 && status < 500 ? { kind: 'refused', code: 'other-version', says } : { kind: 'unknown', says };
  }
  if (status !== 200) return outcomeOfStatus(status);
  if (unfit !== undefined) return { kind: 'unknown', says: `not ES2+: the reply is ${unfit}` };
  const decoded = decodeStatus(body);
  return decoded.ok ? outcomeOf(decoded.value) : { kind: 'unknown', says: `not ES2+: ${decoded.why.says}` };
};

export const es2plus = (options: Es2plusOptions): EsimPlatform & Checkable & { close(): Promise<void> } => {
  const client = httpClient({ url: options.url, timeoutMs: options.timeoutMs, maxReplyBytes: maxBody, tls: options.tls });
  const path = `${es2plusPath}/cancelOrder`;

  const cancelOrder = async (order: EsimOrder, call: Call): Promise<Outcome<EsimFact>> => {
    const request = cancelOrderRequest.safeParse({
      header: { functionRequesterIdentifier: options.functionRequesterIdentifier, functionCallIdentifier: call.key },
      iccid: order.iccid,
      ...(order.eid === undefined ? {} : { eid: order.eid }),
      ...(order.matchingId === undefined ? {} : { matchingId: order.matchingId }),
      finalProfileStatusIndicator: 'Unavailable',
    });
    if (!request.success) return { kind: 'refused', code: 'invalid-order', says: `Not an order that ES2+ can name: ${request.error.issues[0]?.path.join('.') ?? ''}.` };
    const exchange = await client.ask({
      path, method: 'POST', body: encodeCancelOrder(request.data), signal: call.signal,
      headers: { 'content-type': 'application/json', 'x-admin-protocol': adminProtocol },
    });
    if (exchange.kind !== 'replied') return exchange.kind === 'never-sent' && isMistrust.test(exchange.says) ? { kind: 'unreachable', says: exchange.says, wantsPeople: true } : unanswered(exchange);
    return outcomeOfReply(exchange.reply);
  };

  return {
    cancelOrder,
    // Every function of ES2+ acts, and each is a POST: a GET gets as far as TLS and HTTP, and cancels nothing.
    check: async (signal) => {
      const checked = await checkHttp(client, { path, method: 'GET', headers: { 'x-admin-protocol': adminProtocol }, signal }, ({ status }) => (status < 500 ? null : `HTTP ${status}`));
      const ours = { whose: 'ours' as const, endsAt: new X509Certificate(options.tls.cert).validToDate.toISOString() };
      // Under TLS 1.3 a server looks at our certificate when we think that we are in; that it then hangs up is most often its no.
      const notLetIn = checked.kind === 'unreachable' && /^connected, then .*(ECONNRESET|EPIPE|hang up)/.test(checked.says);
      return { ...checked, ...(checked.kind === 'ok' ? { says: 'takes our certificate and answers over HTTP' } : notLetIn ? { kind: 'certificate' as const } : {}), certificates: [...(checked.certificates ?? []), ours] };
    },
    close: client.close,
  };
};
