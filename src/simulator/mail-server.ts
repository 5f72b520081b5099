/** A mail server that takes every mail and keeps it in the ledger. */
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Carrier } from './carrier.ts';
import { underFault, type Faults } from './faults.ts';
import { listen, type Listener } from './listener.ts';

const system = 'mail';
const maxMail = 2 * 1024 * 1024;
type Said = { readonly code: number; readonly words: string };

const bytesOf = async (stream: Readable): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const take = async (carrier: Carrier, session: SMTPServerSession, bytes: Buffer): Promise<Said> => {
  const mail = await PostalMime.parse(bytes);
  const detail = { from: mail.from?.address ?? '', name: mail.from?.name ?? '', subject: mail.subject ?? '', text: mail.text ?? '', ...(mail.html ? { html: mail.html } : {}) };
  const key = mail.messageId ?? '';
  await Promise.all(session.envelope.rcptTo.map(({ address }) => carrier.happen({ system, effect: 'mail-accepted', subject: address, key, detail })));
  return { code: 250, words: 'Accepted' };
};

/** `550` or `451`, as the fault says. */
const refusal = (code = '550'): Said => ({ code: /^[45]\d\d$/.test(code) ? Number(code) : 550, words: 'Refused' });

export const startMailServer = async (carrier: Carrier, faults: Faults, port: number): Promise<Listener> => {
  const sockets = new Map<number, Socket>();
  const server = new SMTPServer({
    name: 'mail.carrier.example', disabledCommands: ['AUTH', 'STARTTLS'], size: maxMail, logger: false, disableReverseLookup: true,
    onData: (stream, session, callback) => {
      const socket = sockets.get(session.remotePort);
      let answered = false;
      const send = ({ code, words }: Said): void => {
        // A second answer has no place in the library: it goes onto the bare connection.
        if (answered) return void socket?.write(`${code} ${words}\r\n`);
        answered = true;
        if (code === 250) callback(null, words);
        else callback(Object.assign(new Error(words), { responseCode: code }));
      };
      void bytesOf(stream).then((bytes) => underFault<Said>(faults.take(system, 'send'), {
        act: async () => (stream.sizeExceeded ? { code: 552, words: 'Too long' } : take(carrier, session, bytes)),
        refusal, send, cut: () => void socket?.destroy(),
      })).catch(() => void socket?.destroy());
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    const from = socket.remotePort ?? 0;
    sockets.set(from, socket);
    socket.on('close', () => sockets.delete(from));
  });
  return listen(server.server, port);
};
