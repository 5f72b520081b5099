/** What goes over the wire to HTTP peers, held against the transcripts to the letter: what is sent, and what is made of what comes. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { billingHttp } from '../../src/connectors/billing-http/billing.ts';
import { billingByData } from '../../src/connectors/http-by-data/connector.ts';
import { readDescription } from '../../src/connectors/http-by-data/read-description.ts';
import { servicesHttp } from '../../src/connectors/linked-services-http/linked-services.ts';
import { payoutsHttp } from '../../src/connectors/payouts-http/payouts.ts';
import type { Outcome } from '../../src/plan/ports.ts';
import { rawPeer, replyOf, type RawPeer } from '../raw-peer.ts';
import { call } from './simulator-setting.ts';

type Exchange = { readonly name: string; readonly sent: string; readonly reply: string; readonly means: unknown };

const exchanges: readonly Exchange[] = readFileSync('test/pure/transcripts/http-peers.txt', 'utf8').split(/^# /m).slice(2).map((block) => {
  const [name = '', ...lines] = block.trimEnd().split('\n');
  const of = (side: string): string[] => lines.filter((line) => line.startsWith(side)).map((line) => line.slice(2));
  const came = of('<');
  const end = came.indexOf('');
  const [first = '', ...headers] = came.slice(0, end);
  return { name, sent: of('>').join('\n'), reply: replyOf(first.replace('HTTP/1.1 ', ''), came.slice(end + 1).join('\n'), headers.join('\r\n')), means: JSON.parse(of('=').join('')) };
});

let peer: RawPeer;
const open: { close(): Promise<void> }[] = [];
const acts: Record<string, () => Promise<Outcome<unknown>>> = {};
const signal = AbortSignal.timeout(60_000);
const ref = 'B 100/142';

beforeAll(async () => {
  peer = await rawPeer();
  const options = { url: peer.url, token: 'token', timeoutMs: 2_000 };
  const described = readDescription(readFileSync('docs/http-connectors/billing.example.yaml', 'utf8'), 'acme.yaml', (name) => ({ ACME_BILLING_ORIGIN: `${peer.url}/crm/v3`, ACME_BILLING_TOKEN: 'acme-token' })[name]);
  if (!described.ok) throw new Error(JSON.stringify(described.why));
  const [billing, payouts, services, acme] = [billingHttp(options), payoutsHttp(options), servicesHttp(options), billingByData(described.value)];
  open.push(billing, payouts, services, acme);
  const settlement = { collectMinor: 0, offsetMinor: 1_200, refundMinor: 0, forfeitMinor: 0, currency: 'CNY', transfer: { toRef: 'B-100178', minor: 3_800 } };
  const settle = call('0192:settle-balance:act', signal);
  const [read, stop] = [() => billing.read(ref, call('0192', signal)), () => billing.stop(ref, call('0192:stop-billing:act', signal))];
  const bill = () => acme.settle(ref, { ...settlement, forfeitMinor: 5 }, settle);
  Object.assign(acts, {
    'billing: a line is read': read, 'billing: a line that it does not have': read, 'billing: settled, with credit moved to another line': () => billing.settle(ref, settlement, settle),
    'billing: stopped, while the first request with this key is still at work': stop, 'billing: stopped': stop,
    'payouts: paid back': () => payouts.refund({ payment: 'pay_2026_0815', amountMinor: 3_800, currency: 'CNY' }, call('0192:refund-credit:act', signal)),
    'payouts: nothing under this key': () => payouts.read('pay_2026_0815', call('0192:refund-credit:act', signal)),
    'services: one has ended': () => services.end(ref, 'cloud-200', call('0192:end-linked-services:act:cloud-200', signal)), 'services: all of a line': () => services.read(ref, call('0192', signal)),
    'described: a bill of an operator\'s own billing': bill, 'described: the same, refused inside HTTP 200': bill,
  });
});
afterAll(() => Promise.all([...open.map((one) => one.close()), peer.close()]));

describe('over the wire', () => {
  test.each(exchanges)('$name', async ({ name, sent, reply, means }) => {
    peer.answer((socket) => void socket.write(reply));
    expect(await acts[name]?.()).toEqual(means);
    expect((peer.heard.at(-1) ?? '').replace(/^Host: .*\r\n/m, '').replaceAll('\r\n', '\n').trimEnd()).toBe(sent);
  });

  test('every act that is tried here stands in the transcripts', () => {
    expect(exchanges.map(({ name }) => name).toSorted()).toEqual(Object.keys(acts).toSorted());
  });
});
