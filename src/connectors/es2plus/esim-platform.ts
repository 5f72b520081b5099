/** The SM-DP+ over ES2+. */
import { Agent } from 'node:https';
import type { Call, EsimFact, EsimOrder, EsimPlatform, Outcome } from '../../plan/ports.ts';
import { unanswered } from '../exchange.ts';
import { exchangeHttp, outcomeOfStatus } from '../http-exchange.ts';
import { adminProtocol, cancelOrderRequest, decodeStatus, encodeCancelOrder, es2plusPath, maxBody, type ExecutionStatus } from './codec.ts';
import { statusCodes } from './status-codes.ts';

export type Es2plusOptions = {
  /** Root of the SM-DP+, `https://host:port`. */
  readonly url: string;
  /** PEM texts. `ca` is who may sign the SM-DP+'s certificate: no other root is trusted. */
  readonly tls: { readonly ca: string; readonly cert: string; readonly key: string };
  /** Who we are to the SM-DP+ (SGP.22 §5.2.2). */
  readonly functionRequesterIdentifier: string;
  readonly timeoutMs: number;
};

const outcomeOf = ({ status, code }: ExecutionStatus): Outcome<EsimFact> => {
  if (status === 'Executed-Success' || status === 'Executed-WithWarning') return { kind: 'done', fact: 'order-cancelled' };
  if (status === 'Expired') return { kind: 'refused', code: 'expired', says: 'The SM-DP+ did not execute the call in its validity period.' };
  const meaning = code === undefined ? undefined : statusCodes[code];
  if (meaning?.kind === 'already-on-device') return { kind: 'done', fact: 'already-on-device' };
  return { kind: 'refused', code: code ?? 'failed', says: meaning?.says ?? 'The SM-DP+ refused without a reason that its specification knows.' };
};

export const es2plus = (options: Es2plusOptions): EsimPlatform & { close(): Promise<void> } => {
  const agent = new Agent({ ...options.tls, keepAlive: true, maxSockets: 16, minVersion: 'TLSv1.2' });
  const url = new URL(`${es2plusPath}/cancelOrder`, options.url);

  const cancelOrder = async (order: EsimOrder, call: Call): Promise<Outcome<EsimFact>> => {
    const request = cancelOrderRequest.safeParse({
      header: { functionRequesterIdentifier: options.functionRequesterIdentifier, functionCallIdentifier: call.key },
      iccid: order.iccid,
      ...(order.eid === undefined ? {} : { eid: order.eid }),
      ...(order.matchingId === undefined ? {} : { matchingId: order.matchingId }),
      finalProfileStatusIndicator: 'Unavailable',
    });
    if (!request.success) return { kind: 'refused', code: 'invalid-order', says: `Not an order that ES2+ can name: ${request.error.issues[0]?.path.join('.') ?? ''}.` };
    const exchange = await exchangeHttp({
      url, agent, method: 'POST', body: encodeCancelOrder(request.data), timeoutMs: options.timeoutMs, signal: call.signal, maxReplyBytes: maxBody,
      headers: { 'content-type': 'application/json', 'x-admin-protocol': adminProtocol },
    });
    if (exchange.kind !== 'replied') return unanswered(exchange);
    if (exchange.reply.status !== 200) return outcomeOfStatus(exchange.reply.status);
    const status = decodeStatus(exchange.reply.body);
    return status.ok ? outcomeOf(status.value) : { kind: 'unknown', says: `not ES2+: ${status.why.says}` };
  };

  return { cancelOrder, close: async () => agent.destroy() };
};
