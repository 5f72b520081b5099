/** A home register that answers over CTRL as OsmoHLR 1.5.0 does, word for word (src/ctrl.c; transcripts in test/pure). */
import { createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { cutIpa, decodeCtrl, encodeCtrl, type CtrlMessage } from '../connectors/osmo-hlr-ctrl/codec.ts';
import type { Carrier, Subscriber } from './carrier.ts';
import { underFault, type Fault, type Faults } from './faults.ts';
import { listen, type Listener } from './listener.ts';

export const system = 'home-register';
type Request = Extract<CtrlMessage, { kind: 'GET' | 'SET' }>;
type Said = { readonly value: string } | { readonly error: string };

const isImsi = (text: string): boolean => /^\d{6,15}$/.test(text);

const infoOf = (one: Subscriber): string => [
  '', `id\t${one.id}`, `imsi\t${one.imsi}`, ...(one.msisdn ? [`msisdn\t${one.msisdn}`] : []),
  `nam_cs\t${one.circuitSwitched ? 1 : 0}`, `nam_ps\t${one.packetSwitched ? 1 : 0}`,
  ...(one.vlr ? [`vlr_number\t${one.vlr}`] : []), ...(one.sgsn ? [`sgsn_number\t${one.sgsn}`] : []),
  `ms_purged_cs\t${one.purged ? 1 : 0}`, `ms_purged_ps\t${one.purged ? 1 : 0}`, 'periodic_lu_timer\t0', 'periodic_rau_tau_timer\t0', 'lmsi\t00000000',
].join('\n');

/** Writes only what changes: switching off what is off is no effect. */
export const switchDomain = async (carrier: Carrier, one: Subscriber, domain: 'circuit' | 'packet', on: boolean): Promise<void> => {
  if ((domain === 'circuit' ? one.circuitSwitched : one.packetSwitched) === on) return carrier.ledger.settled();
  return carrier.happen({ system, effect: `${domain}-switched-${on ? 'on' : 'off'}`, subject: one.imsi, key: '' });
};

const remove = async (carrier: Carrier, imsi: string): Promise<Said> => {
  if (!isImsi(imsi)) return { error: 'Invalid IMSI value.' };
  const one = carrier.subscribers.get(imsi);
  if (!one) {
    await carrier.ledger.settled();
    return { error: "Subscriber doesn't exist." };
  }
  await carrier.happen({ system, effect: 'subscriber-removed', subject: imsi, key: '' });
  return { value: String(one.id) };
};

const operationOf = (request: Request): string => (request.variable === 'subscriber.delete' ? request.variable : (request.variable.split('.').at(-1) ?? ''));

const act = async (carrier: Carrier, request: Request): Promise<Said> => {
  if (request.variable === 'subscriber.delete') return request.kind === 'SET' ? remove(carrier, request.value) : { error: 'Command not found' };
  const [, selector, attribute] = /^subscriber\.(by-[^.]+)\.(info|ps-enabled|cs-enabled)$/.exec(request.variable) ?? [];
  if (selector === undefined) return { error: 'Command not found' };
  const imsi = selector.replace(/^by-imsi-/, '');
  if (imsi === selector) return { error: "Not a known subscriber 'by-xxx-' selector." };
  const one = carrier.subscribers.get(imsi);
  if (request.kind === 'SET') {
    if (attribute === 'info') return { error: 'Attribute is read-only' };
    if (request.value !== '0' && request.value !== '1') return { error: 'Value failed verification.' };
    if (!one) return { error: 'An error has occurred.' };
    await switchDomain(carrier, one, attribute === 'ps-enabled' ? 'packet' : 'circuit', request.value === '1');
    return { value: 'OK' };
  }
  if (!isImsi(imsi)) return { error: "Invalid value part of 'by-xxx-value' selector." };
  await carrier.ledger.settled();
  if (!one) return { error: 'No such subscriber.' };
  if (attribute === 'info') return { value: infoOf(one) };
  return { value: (attribute === 'ps-enabled' ? one.packetSwitched : one.circuitSwitched) ? '1' : '0' };
};

const serve = (carrier: Carrier, faults: Faults, socket: Socket): void => {
  let bytes: Buffer = Buffer.alloc(0);
  // Begun one after the other, as the register does: a read behind a write sees what the write did. Writing to disk is
  // not waited for in between, so that one fsync serves all that came together.
  let last: Promise<void> = Promise.resolve();
  const begin = async (request: Request): Promise<void> => {
    const found = faults.take(system, operationOf(request));
    if (found?.delayMs) await pause(found.delayMs);
    // What was asked is done also where the asker has gone meanwhile.
    void answer(request, found && { ...found, delayMs: 0 }).catch(() => void socket.destroy());
  };
  const answer = (request: Request, found: Fault | undefined): Promise<void> => underFault<Said>(found, {
    act: () => act(carrier, request),
    refusal: (code = 'Cannot delete subscriber.') => ({ error: code }),
    send: (said) => void socket.write(encodeCtrl('error' in said
      ? { kind: 'ERROR', id: request.id, reason: said.error }
      : { kind: `${request.kind}_REPLY`, id: request.id, variable: request.variable, value: said.value })),
    cut: () => socket.destroy(),
  });
  socket.on('data', (chunk) => {
    const cut = cutIpa(Buffer.concat([bytes, chunk]));
    if (typeof cut === 'string') return void socket.destroy();
    bytes = cut.rest;
    for (const frame of cut.frames) {
      const request = decodeCtrl(frame);
      if (request.ok && (request.value.kind === 'GET' || request.value.kind === 'SET')) {
        const asked = request.value;
        last = last.then(() => begin(asked));
      } else {
        socket.write(encodeCtrl({ kind: 'ERROR', id: 'err', reason: 'Request type unknown' }));
      }
    }
  });
};

export const startHomeRegister = (carrier: Carrier, faults: Faults, port: number): Promise<Listener> =>
  listen(createServer({ noDelay: true }, (socket) => serve(carrier, faults, socket)), port);
