/** SMTP sessions over nodemailer's connection, kept for the next mail: a greeting alone can take seconds. */
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import type { Outcome } from '../../plan/ports.ts';
import { inOneLine, whyAborted } from '../exchange.ts';

export type SessionOptions = { readonly connection: SMTPConnectionOptions; readonly auth?: { readonly user: string; readonly pass: string }; readonly timeoutMs: number };
export type Envelope = { readonly from: string; readonly to: string };
type Failure = Error & { readonly code?: string; readonly responseCode?: number; readonly command?: string; /** What the server said. */ readonly response?: string };
type Session = { readonly connection: SMTPConnection; open: boolean; fail: (failure: Failure) => void };
/** `left`: the first byte of the message is out. */
type Sent = { readonly outcome: Outcome<true>; readonly left: boolean };

export type Sessions = {
  /** `rested`: when the session that was used is free for the next mail. */
  readonly send: (envelope: Envelope, bytes: Buffer, until: AbortSignal) => Promise<{ readonly outcome: Outcome<true>; readonly rested: Promise<void> }>;
  /** Greeted, secured and signed in, then ended in order. Without an error: when the server's certificate ends, where it has shown one. */
  readonly hello: (until: AbortSignal) => Promise<{ readonly failure?: string; readonly certificateEndsAt?: string }>;
  readonly close: () => void;
};

const idleMs = 5_000;
/** Before it is used again a session rests: a server that says more than it was asked is found out meanwhile. */
const restMs = 20;

/** Three digits, the first of them a 2, then a space, a hyphen or the end (RFC 5321 §4.2). The library asks for the first alone. */
const taken = /^2\d\d(?:[ -]|$)/;

/** A server's words can carry the address, so only its code and the command go on record. */
const outcomeOf = (failure: Failure, left: boolean): Outcome<never> => {
  const code = failure.responseCode;
  const at = failure.command ?? 'CONN';
  if (code !== undefined && code >= 400 && /^(MAIL|RCPT|DATA)/.test(at)) {
    return code >= 500 ? { kind: 'refused', code: `smtp-${code}`, says: `Refused at ${at}.` } : { kind: 'unreachable', says: `SMTP ${code} at ${at}` };
  }
  // Not offered at all, because the server said how much it takes (RFC 1870 §6.1); so it will say next time.
  if (failure.code === 'EMESSAGE' && code === undefined && !left) return { kind: 'refused', code: 'smtp-552', says: 'Longer than the server takes.' };
  const says = code === undefined ? `${at}: ${failure.response === undefined ? inOneLine(failure) : `${failure.code ?? 'EPROTOCOL'}: what the server said is no SMTP`}` : `SMTP ${code} at ${at}`;
  return left ? { kind: 'unknown', says } : { kind: 'unreachable', says };
};

export const openSessions = (options: SessionOptions): Sessions => {
  const idle = new Set<Session>();
  let closed = false;

  const end = (session: Session): void => {
    session.open = false;
    idle.delete(session);
    session.connection.close();
  };

  /** Resolves to a session that is signed in, or to why there is none. */
  const begin = (until: AbortSignal): Promise<Session | Sent> => new Promise((resolve) => {
    const connection = new SMTPConnection(options.connection);
    const session: Session = { connection, open: true, fail: (failure) => giveUp(outcomeOf(failure, false)) };
    const giveUp = (outcome: Outcome<true>): void => {
      until.removeEventListener('abort', late);
      end(session);
      resolve({ outcome, left: false });
    };
    const late = (): void => giveUp({ kind: 'unreachable', says: whyAborted(until, options.timeoutMs) });
    until.addEventListener('abort', late, { once: true });
    const ready = (): void => {
      until.removeEventListener('abort', late);
      resolve(session);
    };
    // For the whole life of the session; what comes after an answer changes nothing but that it can't be used again.
    connection.on('error', (failure: Failure) => {
      session.open = false;
      idle.delete(session);
      session.fail(failure);
    });
    connection.on('end', () => {
      session.open = false;
      idle.delete(session);
      // Why it ended comes after the end, where the server said why.
      setImmediate(() => session.fail(new Error('the server ended the session')));
    });
    connection.connect((failure) => {
      if (failure) return session.fail(failure as Failure);
      if (!options.auth) return ready();
      connection.login({ credentials: options.auth }, (refusal) => (refusal ? session.fail(refusal as Failure) : ready()));
    });
  });

  const deliver = (session: Session, { from, to }: Envelope, bytes: Buffer, until: AbortSignal): Promise<Sent> => new Promise((resolve) => {
    let left = false;
    const finish = (outcome: Outcome<true>): void => {
      until.removeEventListener('abort', late);
      session.fail = () => undefined;
      if (outcome.kind !== 'done') end(session);
      resolve({ outcome, left });
    };
    const late = (): void => finish({ kind: left ? 'unknown' : 'unreachable', says: whyAborted(until, options.timeoutMs) });
    until.addEventListener('abort', late, { once: true });
    session.fail = (failure) => finish(outcomeOf(failure, left));
    // Read only when the server has answered DATA with 354.
    const message = new Readable({
      read() {
        left = true;
        this.push(bytes);
        this.push(null);
      },
    });
    session.connection.send({ from, to: [to], size: bytes.length }, message, (failure, info) => {
      if (failure) return session.fail(failure as Failure);
      finish(taken.test(info?.response ?? '') ? { kind: 'done', fact: true } : { kind: 'unknown', says: 'DATA: what the server said is no SMTP' });
    });
  });

  const rest = async (session: Session): Promise<void> => {
    if (!session.open) return;
    await pause(restMs);
    if (!session.open || closed) return end(session);
    idle.add(session);
    void pause(idleMs, undefined, { ref: false }).then(() => { if (idle.delete(session)) session.connection.quit(); });
  };

  const send: Sessions['send'] = async (envelope, bytes, until) => {
    const [kept] = idle;
    if (kept) idle.delete(kept);
    const session = kept ?? (await begin(until));
    if ('outcome' in session) return { outcome: session.outcome, rested: Promise.resolve() };
    const sent = await deliver(session, envelope, bytes, until);
    // A kept session may have ended without our having heard of it: nothing was lost, so once more on a fresh one.
    if (kept !== undefined && !session.open && sent.outcome.kind === 'unreachable' && !sent.left && !until.aborted) return send(envelope, bytes, until);
    return { outcome: sent.outcome, rested: rest(session) };
  };

  return {
    send,
    hello: async (until) => {
      const session = await begin(until);
      if ('outcome' in session) return 'says' in session.outcome ? { failure: session.outcome.says ?? '' } : {};
      const socket = session.connection['_socket'];
      const ends = socket instanceof TLSSocket ? socket.getPeerCertificate().valid_to : undefined;
      session.connection.quit();
      return ends === undefined ? {} : { certificateEndsAt: new Date(ends).toISOString() };
    },
    close: () => {
      closed = true;
      for (const session of idle) end(session);
    },
  };
};
