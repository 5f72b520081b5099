/**
 * The VTY, for the one thing that CTRL can't do: have the serving VLR and SGSN told. A person's interface: echo, prompts,
 * `%` before what went wrong. One short connection a time; commands go out only when the prompt before them has come.
 */
import { connect } from 'node:net';
import { deadline, inOneLine, neverSent, noReply, whyAborted, type Exchange } from '../exchange.ts';

const maxTranscript = 16_384;
const telnetCommand = 0xff;

/** Telnet negotiation taken out (RFC 854: IAC, command, option); the VTY works without our answering it. */
export const withoutTelnet = (bytes: Buffer): string => {
  const text: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === telnetCommand) at += 2;
    else text.push(bytes[at] ?? 0);
  }
  return Buffer.from(text).toString('utf8');
};

/** `>` before `enable`, `#` after it; null while the VTY is still talking. */
export const promptAtEnd = (text: string): '>' | '#' | 'password' | null => {
  const last = text.slice(text.lastIndexOf('\n') + 1);
  if (/^Password: ?$/.test(last)) return 'password';
  return /^[\w.-]{1,64}> $/.test(last) ? '>' : /^[\w.-]{1,64}# $/.test(last) ? '#' : null;
};

/** How often an `enable`d prompt has come. */
export const promptsIn = (text: string): number => text.match(/(^|\n)[\w.-]{1,64}# /g)?.length ?? 0;

/** What the VTY complains of, each without its `% `. */
export const complaintsIn = (text: string): readonly string[] =>
  text.split(/\r?\n/).filter((line) => line.startsWith('% ')).map((line) => line.slice(2));

export type VtyOptions = { readonly host: string; readonly port: number; readonly timeoutMs: number };

/**
 * Runs `enable`, then `commands` in a single write, so that the register executes them before it looks at anything
 * else. The reply is the complaints: empty where all went well.
 */
export const runInVty = (options: VtyOptions, commands: readonly string[], signal: AbortSignal): Promise<Exchange<readonly string[]>> => {
  const until = deadline(signal, options.timeoutMs);
  if (until.aborted) return Promise.resolve(neverSent(whyAborted(until, options.timeoutMs)));
  return new Promise((resolve) => {
    let stage: 'banner' | 'enable' | 'commands' = 'banner';
    let bytes: Buffer = Buffer.alloc(0);
    const socket = connect({ host: options.host, port: options.port, noDelay: true });
    const finish = (exchange: Exchange<readonly string[]>): void => {
      until.removeEventListener('abort', late);
      socket.destroy();
      resolve(exchange);
    };
    const fail = (says: string): void => finish((stage === 'commands' ? noReply : neverSent)(`VTY: ${says}`));
    const late = (): void => fail(whyAborted(until, options.timeoutMs));
    until.addEventListener('abort', late);
    const say = (next: typeof stage, lines: readonly string[]): void => {
      stage = next;
      bytes = Buffer.alloc(0);
      socket.write(lines.map((line) => `${line}\r`).join(''));
    };
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length > maxTranscript) return fail('it does not stop talking');
      const text = withoutTelnet(bytes);
      const prompt = promptAtEnd(text);
      if (prompt === 'password') return fail('it asks for a password');
      if (stage === 'banner' && prompt !== null) return say('enable', ['enable']);
      if (stage === 'enable' && prompt === '#') return say('commands', commands);
      if (stage === 'enable' && prompt === '>') return fail('it does not let us enable');
      if (stage === 'commands' && prompt === '#' && promptsIn(text) >= commands.length) finish({ kind: 'replied', reply: complaintsIn(text) });
    });
    socket.on('error', (error) => fail(inOneLine(error)));
    socket.on('close', () => fail('it closed the connection'));
  });
};
