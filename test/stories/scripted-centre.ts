import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { commands, cutPdus, encodeMessageId, encodePdu, isResponse, requestOf, responseId, type Command, type RawPdu } from '../../src/connectors/smpp/codec.ts';

/** One of the client's connections, seen from the centre. */
export type Caller = {
  /** Every PDU that came on it, requests and answers. */
  readonly said: RawPdu[];
  /** Any octets at all. */
  readonly raw: (bytes: Buffer) => void;
  readonly ask: (command: Command, body?: Buffer) => void;
  readonly answer: (pdu: RawPdu, change?: { readonly id?: number; readonly status?: number; readonly sequence?: number; readonly body?: Buffer }) => void;
  readonly hangUp: () => void;
};
/** Called for each request that came; `false` leaves the answer to the centre: it binds anybody and takes anything. */
export type Script = (caller: Caller, command: Command, pdu: RawPdu) => boolean | void;

export type Centre = { readonly at: { readonly host: string; readonly port: number }; readonly callers: Caller[]; readonly stop: () => Promise<void> };

/** A message centre that does what a test says, however wrong. */
export const startCentre = async (script: Script = () => false): Promise<Centre> => {
  const sockets = new Set<Socket>();
  const callers: Caller[] = [];
  let ids = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    let sequence = 0;
    const caller: Caller = {
      said: [],
      raw: (bytes) => void socket.write(bytes),
      ask: (command, body) => void socket.write(encodePdu({ id: commands[command], sequence: (sequence += 1), ...(body ? { body } : {}) })),
      answer: (pdu, change = {}) => {
        const body = change.body ?? ((change.status ?? 0) === 0 && pdu.id !== commands.unbind && pdu.id !== commands.enquire_link ? encodeMessageId(`m-${(ids += 1)}`) : Buffer.alloc(0));
        socket.write(encodePdu({ id: change.id ?? responseId(requestOf(pdu) ?? 'submit_sm'), status: change.status ?? 0, sequence: change.sequence ?? pdu.sequence, body }));
      },
      hangUp: () => socket.destroy(),
    };
    callers.push(caller);
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      const cut = cutPdus(Buffer.concat([rest, chunk]));
      if (typeof cut === 'string') throw new Error(cut);
      rest = cut.rest;
      for (const pdu of cut.frames) {
        caller.said.push(pdu);
        const command = requestOf(pdu);
        if (isResponse(pdu) || command === undefined) continue;
        if (script(caller, command, pdu) === false) caller.answer(pdu);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    at: { host: '127.0.0.1', port: typeof address === 'object' && address ? address.port : 0 },
    callers,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
