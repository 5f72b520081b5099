/** The home register over CTRL: what each act asks, and what each answer means. */
import type { Call, Checkable, HomeRegister, Outcome, RegisterFact } from '../../plan/ports.ts';
import { unanswered, unread, type Exchange } from '../exchange.ts';
import { openPipe, type Pipe } from '../request-pipe.ts';
import { cutIpa, decodeCtrl, decodeInfo, encodeCtrl, isCtrl, type IpaFrame, type SubscriberInfo } from './codec.ts';
import { runInVty } from './vty.ts';

export type OsmoHlrOptions = {
  readonly host: string;
  /** CTRL, 4259 on a register as it comes. */
  readonly port: number;
  /** VTY, 4258. Without it a subscriber that a VLR or SGSN serves can't be barred or detached: they would not be told. */
  readonly vtyPort?: number;
  readonly timeoutMs: number;
  /** Requests on their way at once; 64 where not said. */
  readonly window?: number;
};

/** What the register says where it does not know an IMSI: of `info`, of `delete`. */
const absentReasons = ['No such subscriber.', "Subscriber doesn't exist."];
const refusalCodes: Readonly<Record<string, string>> = {
  'Invalid IMSI value.': 'invalid-imsi',
  "Invalid value part of 'by-xxx-value' selector.": 'invalid-imsi',
  'Cannot delete subscriber.': 'cannot-delete',
  'Value failed verification.': 'invalid-value',
  'Command not found': 'command-not-found',
};

type Asked = { readonly kind: 'GET'; readonly variable: string } | { readonly kind: 'SET'; readonly variable: string; readonly value: string };
/** The register's answer to one line, or what the lack of a proper one amounts to. */
type Answered = { readonly kind: 'value'; readonly value: string } | { readonly kind: 'error'; readonly reason: string } | NotSeen;
type Seen = { readonly kind: 'absent' } | { readonly kind: 'known'; readonly info: SubscriberInfo } | NotSeen;
type NotSeen = { readonly kind: 'not-seen'; readonly outcome: Outcome<never> };

const notSeen = (outcome: Outcome<never>): NotSeen => ({ kind: 'not-seen', outcome });
const unknown = (says: string): Outcome<never> => ({ kind: 'unknown', says });
const refused = (reason: string): Outcome<never> => ({ kind: 'refused', code: refusalCodes[reason] ?? 'error', says: reason.slice(0, 200) });
const isAbsent: Outcome<RegisterFact> = { kind: 'done', fact: 'absent' };
const noSubscriber: Outcome<never> = { kind: 'refused', code: 'no-such-subscriber', says: 'The register does not know this IMSI.' };
const badImsi: Outcome<never> = { kind: 'refused', code: 'invalid-imsi', says: 'An IMSI has 6 to 15 digits.' };
const factOf = ({ circuitSwitched, packetSwitched }: SubscriberInfo): Outcome<RegisterFact> => ({ kind: 'done', fact: { circuitSwitched, packetSwitched } });

/** Of a test network (ITU-T E.212): read to see whether anybody answers. */
const imsiOfNobody = '001010000000000';

const infoOf = (imsi: string): Asked => ({ kind: 'GET', variable: `subscriber.by-imsi-${imsi}.info` });
const mode = (imsi: string, domain: 'ps' | 'cs', on: boolean): Asked => ({ kind: 'SET', variable: `subscriber.by-imsi-${imsi}.${domain}-enabled`, value: on ? '1' : '0' });

const answered = (asked: Asked, exchange: Exchange<IpaFrame>, lost: typeof unanswered): Answered => {
  if (exchange.kind !== 'replied') return notSeen(lost(exchange));
  const answer = decodeCtrl(exchange.reply);
  if (!answer.ok) return notSeen(unknown(`not understood: ${answer.why.says}`));
  const message = answer.value;
  if (message.kind === 'ERROR') return { kind: 'error', reason: message.reason };
  if (message.kind !== `${asked.kind}_REPLY`) return notSeen(unknown(`${asked.kind} was answered with ${message.kind}`));
  if (message.variable !== asked.variable) return notSeen(unknown(`${asked.kind} was answered about another variable`));
  return 'value' in message ? { kind: 'value', value: message.value } : notSeen(unknown('the answer has no value'));
};

const seenIn = (imsi: string, exchange: Exchange<IpaFrame>): Seen => {
  const answer = answered(infoOf(imsi), exchange, unread);
  if (answer.kind === 'not-seen') return answer;
  if (answer.kind === 'error') return absentReasons.includes(answer.reason) ? { kind: 'absent' } : notSeen(refused(answer.reason));
  const info = decodeInfo(answer.value);
  if (!info.ok) return notSeen(unknown(info.why.says));
  return info.value.imsi === imsi ? { kind: 'known', info: info.value } : notSeen(unknown('the register answered with another subscriber'));
};

/** For what can't be read back and is harmless to repeat. */
const onceMore = (outcome: Outcome<never>): Outcome<never> => (outcome.kind === 'unknown' ? { kind: 'unreachable', says: outcome.says } : outcome);

const wire = {
  cut: cutIpa,
  answers: (frame: IpaFrame): number | null | string => {
    if (!isCtrl(frame)) return null; // IPA's own ping and identity
    const message = decodeCtrl(frame);
    if (!message.ok) return message.why.says;
    if (message.value.kind === 'TRAP') return null;
    // What the register could not even number is nobody's answer.
    if (message.value.id === 'err') return message.value.kind === 'ERROR' ? message.value.reason : 'an answer without a number';
    return Number(message.value.id);
  },
};

/** What goes between the spaces and dots of a line must be digits, or it would be another command. */
const withImsi = (act: (imsi: string, call: Call) => Promise<Outcome<RegisterFact>>) =>
  async (imsi: string, call: Call): Promise<Outcome<RegisterFact>> => (/^\d{6,15}$/.test(imsi) ? act(imsi, call) : badImsi);

export const osmoHlrCtrl = (options: OsmoHlrOptions): HomeRegister & Checkable & { close(): Promise<void> } => {
  const pipe: Pipe<IpaFrame> = openPipe({ host: options.host, port: options.port, timeoutMs: options.timeoutMs, window: options.window ?? 64, wire });
  const send = (asked: Asked, call: Call): Promise<Exchange<IpaFrame>> => pipe.ask((id) => encodeCtrl({ ...asked, id: String(id) }), call.signal);
  const read = async (imsi: string, call: Call): Promise<Seen> => seenIn(imsi, await send(infoOf(imsi), call));

  /** Both domains and a read behind them, in one go: the register works off a connection in order. */
  const switchBoth = async (imsi: string, on: boolean, call: Call): Promise<Seen> => {
    const asked = [mode(imsi, 'ps', on), mode(imsi, 'cs', on)] as const;
    const [ps, cs, info] = await Promise.all([send(asked[0], call), send(asked[1], call), send(infoOf(imsi), call)]);
    const [first, second] = [answered(asked[0], ps, unanswered), answered(asked[1], cs, unanswered)];
    if (first.kind === 'not-seen' || second.kind === 'not-seen') {
      // Only two that were never sent are surely nothing; of anything else one domain may be switched.
      const both = [first, second].flatMap((one) => (one.kind === 'not-seen' ? [one] : []));
      const lost = both.find((one) => one.outcome.kind === 'unknown') ?? both[0];
      return lost?.outcome.kind === 'unreachable' && both.length === 1 ? notSeen(unknown('only one of two domains was switched')) : lost ?? notSeen(unknown('not switched'));
    }
    const seen = seenIn(imsi, info);
    if (seen.kind === 'absent') return seen;
    const error = [first, second].find((one) => one.kind === 'error');
    if (error?.kind === 'error') return notSeen(refused(error.reason));
    if (seen.kind === 'not-seen') return notSeen(unknown('says' in seen.outcome ? `switched, but not read back: ${seen.outcome.says}` : 'switched, but not read back'));
    const isSo = seen.info.circuitSwitched === on && seen.info.packetSwitched === on;
    return isSo ? seen : notSeen(unknown(`told to switch ${on ? 'on' : 'off'}, the register still reads otherwise`));
  };

  /**
   * Telling can't be read back: the register goes on naming the node that it has told. So a lost answer is never
   * `unknown` here: telling again is harmless, not telling is a phone that goes on calling.
   */
  const tellServingNode = async (imsi: string, info: SubscriberInfo, call: Call): Promise<Outcome<RegisterFact>> => {
    if (info.servedBy.length === 0) return factOf(info);
    if (options.vtyPort === undefined) return { kind: 'refused', code: 'serving-node-not-told', says: 'A serving node must be told, and this register tells it only through its VTY: no VTY port is configured.' };
    // The register tells on a change from on to off alone; both in one write leave no moment in which it is on.
    const update = `subscriber imsi ${imsi} update network-access-mode`;
    const told = await runInVty({ host: options.host, port: options.vtyPort, timeoutMs: options.timeoutMs }, [`${update} cs+ps`, `${update} none`], call.signal);
    if (told.kind !== 'replied') return { kind: 'unreachable', says: `the serving node may not have been told: ${told.says}` };
    if (told.reply.length > 0) return { kind: 'refused', code: 'vty-refused', says: told.reply.join(' ').replaceAll(imsi, '…').slice(0, 200) };
    const seen = await read(imsi, call);
    if (seen.kind === 'absent') return isAbsent;
    if (seen.kind === 'not-seen') return onceMore(seen.outcome);
    return seen.info.circuitSwitched || seen.info.packetSwitched ? { kind: 'unreachable', says: 'the VTY left the subscriber switched on' } : factOf(seen.info);
  };

  return {
    bar: withImsi(async (imsi, call) => {
      const seen = await switchBoth(imsi, false, call);
      if (seen.kind === 'not-seen') return seen.outcome;
      return seen.kind === 'absent' ? noSubscriber : tellServingNode(imsi, seen.info, call);
    }),
    unbar: withImsi(async (imsi, call) => {
      const seen = await switchBoth(imsi, true, call);
      if (seen.kind === 'not-seen') return seen.outcome;
      return seen.kind === 'absent' ? noSubscriber : factOf(seen.info);
    }),
    detach: withImsi(async (imsi, call) => {
      const seen = await switchBoth(imsi, false, call);
      // A read would find both switched off and take that for done, with the serving node never told.
      if (seen.kind === 'not-seen') return onceMore(seen.outcome);
      return seen.kind === 'absent' ? isAbsent : tellServingNode(imsi, seen.info, call);
    }),
    remove: withImsi(async (imsi, call) => {
      const asked: Asked = { kind: 'SET', variable: 'subscriber.delete', value: imsi };
      const answer = answered(asked, await send(asked, call), unanswered);
      if (answer.kind === 'not-seen') return answer.outcome;
      if (answer.kind === 'error') return absentReasons.includes(answer.reason) ? isAbsent : refused(answer.reason);
      return /^\d+$/.test(answer.value) ? isAbsent : unknown('the register names no record that it deleted');
    }),
    read: withImsi(async (imsi, call) => {
      const seen = await read(imsi, call);
      if (seen.kind === 'not-seen') return seen.outcome;
      return seen.kind === 'absent' ? isAbsent : factOf(seen.info);
    }),
    check: async (signal) => {
      const where = `${options.host}:${options.port}`;
      const seen = await read(imsiOfNobody, { key: '', signal });
      if (seen.kind === 'not-seen') return { kind: seen.outcome.kind === 'unreachable' && !/not understood/.test(seen.outcome.says) ? 'unreachable' : 'protocol', where, says: 'says' in seen.outcome ? seen.outcome.says : '' };
      if (options.vtyPort === undefined) return { kind: 'ok', where, says: 'CTRL answers; no VTY port is set, so no serving node can be told' };
      const vty = await runInVty({ host: options.host, port: options.vtyPort, timeoutMs: options.timeoutMs }, [''], signal);
      if (vty.kind !== 'replied') return { kind: /password|enable|talking/.test(vty.says) ? 'protocol' : 'unreachable', where: `${options.host}:${options.vtyPort}`, says: `CTRL answers. ${vty.says}` };
      return { kind: 'ok', where, says: 'CTRL answers, and the VTY lets us enable' };
    },
    close: () => pipe.close(),
  };
};
