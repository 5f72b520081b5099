/** E-mail by SMTP. */
import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Call, Checkable, Message, MessageChannel, Outcome, SentFact } from '../../plan/ports.ts';
import { deadline, whyAborted } from '../exchange.ts';
import { whyNoConnection } from '../http-check.ts';
import { turnstile } from '../turnstile.ts';
import { openSessions } from './session.ts';

export type SmtpOptions = {
  readonly host: string;
  readonly port: number;
  /** `implicit`: TLS from the first byte (465). `starttls`: refused where the server has none. `none`: inside one machine only. */
  readonly tls: 'implicit' | 'starttls' | 'none';
  /** PEM; where absent, the system's roots. */
  readonly ca?: string;
  readonly auth?: { readonly user: string; readonly pass: string };
  readonly timeoutMs: number;
  /** Mails on their way at once; 8 where not said. */
  readonly sessions?: number;
};

const maxReply = 8_192;
/** One plain address: no list, no route, no quoted local part, nothing that could end a line (RFC 5321 §4.1.2). */
const plainAddress = /^[^\s@<>()[\]\\,;:"\u0000-\u001f\u007f]{1,64}@[^\s@<>()[\]\\,;:"\u0000-\u001f\u007f]{1,189}$/u;

/** `Name <a@b>` or `a@b`. */
const senderOf = (from: string): { readonly name: string; readonly address: string } | null => {
  const [, name, bracketed] = /^([^<>\r\n]*)<([^<>]+)>$/.exec(from) ?? [];
  const address = (bracketed ?? from).trim();
  return plainAddress.test(address) ? { name: (name ?? '').trim().replace(/^"|"$/g, ''), address } : null;
};

export const messageIdOf = (key: string, sender: string): string =>
  `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${sender.slice(sender.lastIndexOf('@') + 1)}>`;

const compose = (message: Message, sender: { readonly name: string; readonly address: string }, messageId: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const mail = new MailComposer({
      from: sender, to: { name: '', address: message.to }, subject: message.subject ?? '', text: message.text, messageId,
      ...(message.html === undefined ? {} : { html: message.html }),
      // RFC 3834: nobody's out-of-office should answer it.
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true, disableUrlAccess: true,
    });
    mail.compile().build((error, bytes) => (error || !bytes ? reject(error ?? new Error('nothing composed')) : resolve(bytes)));
  });

export const smtpMail = (options: SmtpOptions): MessageChannel & Checkable & { close(): Promise<void> } => {
  const places = turnstile(options.sessions ?? 8);
  const { host, port, timeoutMs, tls } = options;
  const sessions = openSessions({
    timeoutMs, ...(options.auth === undefined ? {} : { auth: options.auth }),
    connection: {
      host, port, secure: tls === 'implicit', requireTLS: tls === 'starttls', ignoreTLS: tls === 'none',
      tls: { minVersion: 'TLSv1.2', ...(options.ca === undefined ? {} : { ca: options.ca }) },
      connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, dnsTimeout: timeoutMs, socketTimeout: Math.max(timeoutMs, 10_000), socketCloseTimeout: 500,
      maxResponseSize: maxReply, logger: false,
    },
  });

  const send = async (message: Message, call: Call): Promise<Outcome<SentFact>> => {
    const sender = senderOf(message.from);
    if (!sender) return { kind: 'refused', code: 'invalid-sender', says: 'Not a sender of e-mail.' };
    if (!plainAddress.test(message.to)) return { kind: 'refused', code: 'invalid-receiver', says: 'Not one plain e-mail address.' };
    const providerId = messageIdOf(call.key, sender.address);
    const bytes = await compose(message, sender, providerId);
    const until = deadline(call.signal, timeoutMs);
    const leave = await places.enter(until);
    if (!leave) return { kind: 'unreachable', says: whyAborted(until, timeoutMs) };
    const { outcome, rested } = await sessions.send({ from: sender.address, to: message.to }, bytes, until);
    void rested.then(leave);
    return outcome.kind === 'done' ? { kind: 'done', fact: { providerId } } : outcome;
  };
  const check: Checkable['check'] = async (signal) => {
    const where = `${host}:${port}`;
    const { failure, certificateEndsAt } = await sessions.hello(deadline(signal, timeoutMs));
    if (failure === undefined) {
      const certificates = certificateEndsAt === undefined ? {} : { certificates: [{ whose: 'theirs' as const, endsAt: certificateEndsAt }] };
      return { kind: 'ok', where, says: options.auth === undefined ? 'greets us; no sign-in is set' : 'greets us and lets us sign in', ...certificates };
    }
    const kind = /^SMTP \d+ at AUTH|^AUTH|EAUTH/.test(failure) ? 'credentials' : whyNoConnection(failure);
    return { kind: kind === 'unreachable' && /^SMTP \d|EPROTOCOL|ETLS/.test(failure) ? 'protocol' : kind, where, says: failure };
  };
  return { send, check, close: async () => sessions.close() };
};
