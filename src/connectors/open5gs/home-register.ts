/** Open5GS as the home register, over its WebUI: bar, have the location cancelled, see that it is, and only then delete. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Call, Checkable, Checked, HomeRegister, Outcome, RegisterFact } from '../../plan/ports.ts';
import { unanswered, unread } from '../exchange.ts';
import { whyNoConnection } from '../http-check.ts';
import { outcomeOfStatus, type HttpReply } from '../http-exchange.ts';
import { decodeSubscriber, saysNotFound, type SubscriberRecord } from './codec.ts';
import { openMmes } from './served-by.ts';
import { openWebUi, type Asked, type WebUiOptions } from './web-ui.ts';

export type Open5gsOptions = WebUiOptions & {
  /** Roots of the metrics servers (`/ue-info`) of every MME, and AMF, that may serve a subscriber. */
  readonly mmeUrls: readonly string[];
  /** For how long it is looked whether the location is cancelled, before the step pauses and asks again; a third of the time-out where not said. */
  readonly confirmMs?: number;
};

type NotSeen = { readonly kind: 'not-seen'; readonly outcome: Outcome<never> };
type Seen = { readonly kind: 'absent' } | { readonly kind: 'known'; readonly record: SubscriberRecord } | NotSeen;

const unknown = (says: string): Outcome<never> => ({ kind: 'unknown', says });
const notSeen = (outcome: Outcome<never>): NotSeen => ({ kind: 'not-seen', outcome });
const isAbsent: Outcome<RegisterFact> = { kind: 'done', fact: 'absent' };
const noSubscriber: Outcome<never> = { kind: 'refused', code: 'no-such-subscriber', says: 'The register does not know this IMSI.' };

/** TS 29.272 §7.3.30: bit 0 all packet services, bit 3 all outgoing calls. */
const packet = 1;
const outgoing = 8;
const ours = packet | outgoing;
const barred = 1;

const factOf = ({ status, barring }: SubscriberRecord): RegisterFact => ({
  packetSwitched: status !== barred || (barring & packet) === 0,
  circuitSwitched: status !== barred || (barring & outgoing) === 0,
});
const isOff = (record: SubscriberRecord): boolean => {
  const fact = factOf(record);
  return fact !== 'absent' && !fact.circuitSwitched && !fact.packetSwitched;
};

const pathOf = (imsi: string): string => `/api/db/Subscriber/${imsi}`;
const withImsi = (act: (imsi: string, call: Call) => Promise<Outcome<RegisterFact>>) =>
  async (imsi: string, call: Call): Promise<Outcome<RegisterFact>> => (/^\d{6,15}$/.test(imsi) ? act(imsi, call) : { kind: 'refused', code: 'invalid-imsi', says: 'An IMSI has 6 to 15 digits.' });

/** What is surely an answer of the API about this subscriber. */
const seenIn = (imsi: string, reply: HttpReply): Seen => {
  if (reply.status === 404) return reply.unfit === undefined && saysNotFound(reply.body) ? { kind: 'absent' } : notSeen(unknown('HTTP 404, but not the API\'s own'));
  if (reply.status === 401 || reply.status === 403) return notSeen({ kind: 'refused', code: `http-${reply.status}`, says: 'The WebUI let us sign in, and does not let us do this.' });
  if (reply.status !== 200) return notSeen(outcomeOfStatus(reply.status));
  if (reply.unfit !== undefined) return notSeen(unknown(`not understood: ${reply.unfit}`));
  const record = decodeSubscriber(reply.body);
  if (!record.ok) return notSeen(unknown(`not understood: ${record.why.says}`));
  return record.value.imsi === imsi ? { kind: 'known', record: record.value } : notSeen(unknown('the register answered with another subscriber'));
};

export const open5gsRegister = (options: Open5gsOptions): HomeRegister & Checkable & { close(): Promise<void> } => {
  const web = openWebUi(options);
  const mmes = openMmes(options.mmeUrls, options.timeoutMs);
  const confirmMs = options.confirmMs ?? options.timeoutMs / 3;

  const send = async (imsi: string, asked: Asked, call: Call): Promise<Seen> => {
    const exchange = await web.ask(asked, call.signal);
    if (exchange.kind === 'not-let-in') return notSeen({ kind: 'refused', code: 'not-let-in', says: exchange.says });
    if (exchange.kind !== 'replied') return notSeen((asked.method === 'GET' ? unread : unanswered)(exchange));
    return seenIn(imsi, exchange.reply);
  };
  const read = (imsi: string, call: Call): Promise<Seen> => send(imsi, { method: 'GET', path: pathOf(imsi) }, call);
  const write = (imsi: string, body: object, call: Call): Promise<Seen> => send(imsi, { method: 'PATCH', path: pathOf(imsi), body }, call);

  /** Until the record or every MME says that nobody serves the subscriber, or the time is over. */
  const confirmed = async (imsi: string, call: Call): Promise<Outcome<RegisterFact>> => {
    const end = performance.now() + confirmMs;
    for (let wait = 50; ; wait = Math.min(wait * 2, 1_000)) {
      const seen = await read(imsi, call);
      if (seen.kind === 'not-seen') return seen.outcome;
      if (seen.kind === 'absent') return isAbsent;
      const fact: Outcome<RegisterFact> = { kind: 'done', fact: factOf(seen.record) };
      if (!seen.record.served) return fact;
      if (!seen.record.cancelRequested)
        return { kind: 'refused', code: 'cancel-location-dropped', says: 'The WebUI did not keep request_cancel_location: its model lacks the field. See the README of this connector.' };
      if (options.mmeUrls.length === 0)
        return { kind: 'refused', code: 'serving-node-not-confirmed', says: 'The register was asked to cancel the location; no MME is named that could confirm it.' };
      const served = await mmes.isServed(imsi, call.signal);
      if (served.kind === 'not-served') return fact;
      // Asking again is harmless; taking it for done is a phone that goes on.
      if (performance.now() + wait > end) return { kind: 'unreachable', says: served.kind === 'served' ? 'the location was asked to be cancelled, and an MME still serves the subscriber' : `whether an MME still serves the subscriber can't be told: ${served.says}` };
      await pause(wait);
    }
  };

  /** Barring and the request in one write, of which the HSS makes one Cancel-Location (src/hss/hss-context.c). */
  const takeOff = async (imsi: string, call: Call): Promise<Outcome<RegisterFact>> => {
    const before = await read(imsi, call);
    if (before.kind === 'not-seen') return before.outcome;
    if (before.kind === 'absent') return isAbsent;
    // The HSS acts on what changes: a request that stands there already would be no news.
    if (before.record.cancelRequested) {
      const cleared = await write(imsi, { request_cancel_location: false }, call);
      if (cleared.kind === 'not-seen') return cleared.outcome;
    }
    // While service is granted the other bits mean nothing (TS 29.272 §7.3.30), and would come to life with the status.
    const barring = before.record.status === barred ? before.record.barring | ours : ours;
    const written = await write(imsi, { subscriber_status: barred, operator_determined_barring: barring, request_cancel_location: true }, call);
    if (written.kind === 'not-seen') return written.outcome;
    if (written.kind === 'absent') return isAbsent;
    if (!isOff(written.record)) return unknown('told to bar, the register still reads otherwise');
    const end = await confirmed(imsi, call);
    // It is written; only that it has reached the MME is open.
    return end.kind === 'unknown' ? { kind: 'unreachable', says: end.says } : end;
  };

  return {
    bar: withImsi(async (imsi, call) => {
      const outcome = await takeOff(imsi, call);
      return outcome.kind === 'done' && outcome.fact === 'absent' ? noSubscriber : outcome;
    }),
    unbar: withImsi(async (imsi, call) => {
      const before = await read(imsi, call);
      if (before.kind === 'not-seen') return before.outcome;
      if (before.kind === 'absent') return noSubscriber;
      // What the operator had barred besides stays barred.
      const left = before.record.status === barred ? before.record.barring & ~ours : 0;
      const written = await write(imsi, { subscriber_status: left === 0 ? 0 : barred, operator_determined_barring: left, request_cancel_location: false }, call);
      if (written.kind === 'not-seen') return written.outcome;
      return written.kind === 'absent' ? noSubscriber : { kind: 'done', fact: factOf(written.record) };
    }),
    detach: withImsi(async (imsi, call) => {
      const outcome = await takeOff(imsi, call);
      // A read would find the line barred and take that for detached.
      return outcome.kind === 'unknown' ? { kind: 'unreachable', says: outcome.says } : outcome;
    }),
    remove: withImsi(async (imsi, call) => {
      const before = await read(imsi, call);
      if (before.kind === 'not-seen') return before.outcome;
      if (before.kind === 'absent') return isAbsent;
      if (before.record.served && !before.record.cancelRequested)
        return { kind: 'refused', code: 'not-detached', says: 'An MME serves the subscriber, and its location was never cancelled: deleting would leave nothing to cancel it by.' };
      const exchange = await web.ask({ method: 'DELETE', path: pathOf(imsi) }, call.signal);
      if (exchange.kind === 'replied' && exchange.reply.status === 204) return isAbsent;
      if (exchange.kind === 'not-let-in') return { kind: 'refused', code: 'not-let-in', says: exchange.says };
      if (exchange.kind !== 'replied') return unanswered(exchange);
      const seen = seenIn(imsi, exchange.reply);
      if (seen.kind === 'absent') return isAbsent;
      return seen.kind === 'not-seen' ? seen.outcome : unknown(`DELETE was answered with HTTP ${exchange.reply.status}`);
    }),
    read: withImsi(async (imsi, call) => {
      const seen = await read(imsi, call);
      if (seen.kind === 'not-seen') return seen.outcome;
      return seen.kind === 'absent' ? isAbsent : { kind: 'done', fact: factOf(seen.record) };
    }),
    check: async (signal): Promise<Checked> => {
      const { where } = web;
      const exchange = await web.ask({ method: 'GET', path: pathOf('001010000000000') }, signal); // of a test network: nobody
      if (exchange.kind === 'not-let-in') return { kind: 'credentials', where, says: exchange.says };
      if (exchange.kind !== 'replied') return { kind: /HTTP \d/.test(exchange.says) ? 'protocol' : whyNoConnection(exchange.says), where, says: exchange.says };
      const seen = seenIn('001010000000000', exchange.reply);
      if (seen.kind === 'not-seen') return { kind: exchange.reply.status === 401 || exchange.reply.status === 403 ? 'credentials' : 'protocol', where, says: 'says' in seen.outcome ? seen.outcome.says : '' };
      const served = await mmes.isServed('001010000000000', signal);
      return served.kind === 'not-told' ? { kind: 'protocol', where, says: `the WebUI answers; ${served.says}` } : { kind: 'ok', where, says: 'the WebUI answers, and so does every MME' };
    },
    close: async () => {
      await Promise.all([web.close(), mmes.close()]);
    },
  };
};
