/** An SM-DP+ for CancelOrder: HTTPS that takes no client without our authority's certificate (SGP.22 §5.3.3, §6.5). */
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { adminProtocol, decodeCancelOrder, encodeStatus, es2plusPath, maxBody, type CancelOrderRequest, type ExecutionStatus } from '../connectors/es2plus/codec.ts';
import type { Carrier } from './carrier.ts';
import type { Certificates } from './certificates.ts';
import { underFault, type Faults } from './faults.ts';
import { bodyOf, sendRaw } from './http-body.ts';
import { listen, type Listener } from './listener.ts';

const system = 'sm-dp-plus';
const failed = (code: string): ExecutionStatus => ({ status: 'Failed', code });
const success: ExecutionStatus = { status: 'Executed-Success' };

const cancel = async (carrier: Carrier, request: CancelOrderRequest): Promise<ExecutionStatus> => {
  const key = request.header.functionCallIdentifier;
  const before = carrier.earlier(system, key);
  if (before) {
    // A retransmission answers the same; the same identifier for another order is no retransmission.
    await carrier.ledger.settled();
    return before.subject === request.iccid ? success : failed('1.6/3.3');
  }
  const order = carrier.orders.get(request.iccid);
  if (!order) return failed('8.2.1/3.9');
  if (order.state === 'downloaded' || order.state === 'installed') return failed('8.2.1/3.3');
  if (order.state !== 'released') return failed('8.2.1/1.2');
  if (order.eid !== undefined && request.eid === undefined) return failed('8.1.1/2.2');
  if (order.eid !== request.eid) return failed('8.1.1/3.10');
  if (request.matchingId !== undefined && order.matchingId !== request.matchingId) return failed('8.2.6/3.10');
  await carrier.happen({ system, effect: 'order-cancelled', subject: request.iccid, key });
  return success;
};

const answer = async (carrier: Carrier, faults: Faults, asked: IncomingMessage, reply: ServerResponse): Promise<void> => {
  const send = (status: number, body: string): void => sendRaw(reply, status, { 'content-type': 'application/json', 'x-admin-protocol': adminProtocol }, body);
  if (asked.method !== 'POST' || asked.url !== `${es2plusPath}/cancelOrder`) return send(404, '');
  const body = await bodyOf(asked, maxBody);
  if (body === null) return send(413, '');
  await underFault<ExecutionStatus>(faults.take(system, 'cancelOrder'), {
    act: async () => {
      const request = decodeCancelOrder(body);
      return request.ok ? cancel(carrier, request.value) : failed('1.6/2.1');
    },
    refusal: (code) => failed(code ?? '8.2.1/1.2'),
    send: (status) => send(200, encodeStatus(status)),
    cut: () => asked.socket.destroy(),
  });
};

export const startSmDpPlus = (carrier: Carrier, faults: Faults, certificates: Certificates, port: number): Promise<Listener> => {
  const server = createServer({ ca: certificates.ca, ...certificates.server, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    (asked, reply) => void answer(carrier, faults, asked, reply).catch(() => asked.socket.destroy()));
  return listen(server, port);
};
