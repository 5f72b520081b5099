/** E-mail by SMTP. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Call, Message, MessageChannel, Outcome, SentFact } from '../../plan/ports.ts';
import { deadline, inOneLine, whyAborted } from '../exchange.ts';
import { turnstile } from '../turnstile.ts';

export type SmtpOptions = {
  readonly host: string;
  readonly port: number;
  /** `implicit`: TLS from the first byte (465). `starttls`: refused where the server has none. `none`: inside one machine only. */
  readonly tls: 'implicit' | 'starttls' | 'none';
  /** PEM; where absent, the system's roots. */
  readonly ca?: string;
  readonly auth?: { readonly user: string; readonly pass: string };
  readonly timeoutMs: number;
  /** Sessions at once; 8 where not said. */
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

type Failure = Error & { readonly code?: string; readonly responseCode?: number; readonly command?: string };

/** A server's words can carry the address, so only its code and the command go on record. */
const outcomeOf = (failure: Failure, messageLeft: boolean): Outcome<never> => {
  const code = failure.responseCode;
  const at = failure.command ?? 'CONN';
  if (code !== undefined && /^(MAIL|RCPT|DATA)/.test(at)) {
    return code >= 500 ? { kind: 'refused', code: `smtp-${code}`, says: `Refused at ${at}.` } : { kind: 'unreachable', says: `SMTP ${code} at ${at}` };
  }
  const says = code === undefined ? `${at}: ${inOneLine(failure)}` : `SMTP ${code} at ${at}`;
  return messageLeft ? { kind: 'unknown', says } : { kind: 'unreachable', says };
};

export const smtpMail = (options: SmtpOptions): MessageChannel & { close(): Promise<void> } => {
  const sessions = turnstile(options.sessions ?? 8);
  const limits = { connectionTimeout: options.timeoutMs, greetingTimeout: options.timeoutMs, socketTimeout: options.timeoutMs, dnsTimeout: options.timeoutMs, socketCloseTimeout: 500 };
  const security = {
    secure: options.tls === 'implicit', requireTLS: options.tls === 'starttls', ignoreTLS: options.tls === 'none',
    tls: { minVersion: 'TLSv1.2' as const, ...(options.ca === undefined ? {} : { ca: options.ca }) },
  };

  const session = (envelope: { readonly from: string; readonly to: string[] }, bytes: Buffer, until: AbortSignal): Promise<Outcome<true>> =>
    new Promise((resolve) => {
      let messageLeft = false;
      const connection = new SMTPConnection({ host: options.host, port: options.port, ...security, ...limits, maxResponseSize: maxReply, logger: false });
      const finish = (outcome: Outcome<true>): void => {
        until.removeEventListener('abort', late);
        resolve(outcome);
        if (outcome.kind === 'done') connection.quit();
        else connection.close();
      };
      const late = (): void => finish({ kind: messageLeft ? 'unknown' : 'unreachable', says: whyAborted(until, options.timeoutMs) });
      until.addEventListener('abort', late, { once: true });
      const fail = (error: Failure): void => finish(outcomeOf(error, messageLeft));
      // Stays listening: what the server does after we have our answer changes nothing.
      connection.on('error', fail);
      const message = new Readable({
        read() {
          messageLeft = true;
          this.push(bytes);
          this.push(null);
        },
      });
      const send = (): void => connection.send({ ...envelope, size: bytes.length }, message, (error) => (error ? fail(error as Failure) : finish({ kind: 'done', fact: true })));
      connection.connect((error) => {
        if (error) return fail(error as Failure);
        if (!options.auth) return send();
        connection.login({ credentials: options.auth }, (refusal) => (refusal ? fail(refusal as Failure) : send()));
      });
    });

  const send = async (message: Message, call: Call): Promise<Outcome<SentFact>> => {
    const sender = senderOf(message.from);
    if (!sender) return { kind: 'refused', code: 'invalid-sender', says: 'Not a sender of e-mail.' };
    if (!plainAddress.test(message.to)) return { kind: 'refused', code: 'invalid-receiver', says: 'Not one plain e-mail address.' };
    const messageId = messageIdOf(call.key, sender.address);
    const bytes = await compose(message, sender, messageId);
    const until = deadline(call.signal, options.timeoutMs);
    const leave = await sessions.enter(until);
    if (!leave) return { kind: 'unreachable', says: whyAborted(until, options.timeoutMs) };
    const outcome = await session({ from: sender.address, to: [message.to] }, bytes, until).finally(leave);
    return outcome.kind === 'done' ? { kind: 'done', fact: { providerId: messageId } } : outcome;
  };
  return { send, close: async () => undefined };
};
