/** The ports of a described peer. */
import type { Billing, Call, Checkable, HomeRegister, LinkedServices, Outcome, Payouts, Sessions } from '../../plan/ports.ts';
import { unanswered, unread } from '../exchange.ts';
import { checkHttp } from '../http-check.ts';
import { httpClient, type HttpRequest } from '../http-client.ts';
import { factKinds, nobody, type Facts } from './operations.ts';
import type { CheckedOperation, ReadDescription } from './read-description.ts';
import { meaningOf } from './reply-table.ts';
import { fillHeader, fillJson, fillPath, fillQuery, type Values } from './template.ts';

type Asked = Pick<HttpRequest, 'method' | 'path' | 'query' | 'headers' | 'body'>;
export type ByData = Checkable & {
  readonly ask: (operation: string, facts: Facts, call: Call) => Promise<Outcome<unknown>>;
  close(): Promise<void>;
};

const refused = (code: string, says: string): Outcome<never> => ({ kind: 'refused', code, says });

/** Why a call can't be put the way it is described; null where it can. */
const notAskable = ({ rule, named }: CheckedOperation, facts: Facts): Outcome<never> | null => {
  for (const [name, kind] of Object.entries(rule.facts)) {
    const value = facts[name];
    if (value === undefined ? !rule.optional.includes(name) : !factKinds[kind].safeParse(value).success) return refused(`invalid-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, `${name} is not what it should be, so nothing was sent.`);
    // What is asked for and not described would be lost without a word.
    const matters = kind === 'amount' ? value !== 0 : rule.optional.includes(name);
    if (value !== undefined && matters && !named.has(name)) return refused('not-described', `The description of this peer says nothing of ${name}, so nothing was sent.`);
  }
  return null;
};

const requestOf = ({ request }: CheckedOperation, values: Values): Asked | null => {
  const path = fillPath(request.path, values);
  const query = fillQuery(request.query, values);
  const headers: [string, string][] = [['accept', 'application/json']];
  for (const [name, template] of request.headers) {
    const value = fillHeader(template, values);
    if (value === null) return null;
    headers.push([name, value]);
  }
  const body = request.json !== undefined ? fillJson(request.json, values) : request.form !== undefined ? fillQuery(request.form, values) : undefined;
  if (path === null || query === null || body === null) return null;
  if (body !== undefined) headers.push(['content-type', request.json !== undefined ? 'application/json' : 'application/x-www-form-urlencoded']);
  return { method: request.method, path, query, headers: Object.fromEntries(headers), ...(body === undefined ? {} : { body }) };
};

export const byData = (described: ReadDescription): ByData => {
  const { timeoutMs, maxReplyBytes, tls, secrets } = described;
  const client = httpClient({ url: described.origin, timeoutMs, maxReplyBytes, tls });

  const askOnce = async (name: string, facts: Facts, call: Call): Promise<Outcome<unknown> | 'to-be-read'> => {
    const operation = described.operations.get(name);
    if (operation === undefined) return refused('not-described', `The description of this peer has no ${name}.`);
    const notAsked = notAskable(operation, facts);
    if (notAsked !== null) return notAsked;
    const values: Values = { facts, secrets };
    const request = requestOf(operation, values);
    if (request === null) return refused('not-sendable', 'A value can not stand where the description puts it, so nothing was sent.');
    const exchange = await client.ask({ ...request, signal: call.signal });
    if (exchange.kind !== 'replied') return operation.rule.acts ? unanswered(exchange) : unread(exchange);
    if (exchange.reply.status >= 300 && exchange.reply.status < 400) return refused(`http-${exchange.reply.status}`, 'The server points elsewhere; redirects are not followed.');
    const meaning = meaningOf(operation.rows, operation.rule, exchange.reply, values, maxReplyBytes);
    return meaning.kind === 'to-be-read' ? 'to-be-read' : meaning;
  };

  const ask: ByData['ask'] = async (name, facts, call) => {
    const all: Facts = { ...facts, key: call.key };
    const said = await askOnce(name, all, call);
    const outcome = said === 'to-be-read' ? await askOnce('read', all, call) : said;
    if (outcome === 'to-be-read') return { kind: 'unknown', says: 'it does not say how it is now' };
    // The act is done as far as the peer says; only how it is now is not known.
    if (said === 'to-be-read' && outcome.kind !== 'done') return { kind: 'unknown', says: `it says done, but reading back: ${outcome.says}` };
    if (outcome.kind !== 'done') return outcome;
    const rule = described.operations.get(name)?.rule;
    const fact = said === 'to-be-read' && rule?.ofRead !== undefined ? rule.ofRead(outcome.fact, all) : outcome.fact;
    const amiss = rule?.holds(fact, all) ?? null;
    return amiss === null ? { kind: 'done', fact } : { kind: 'unknown', says: amiss };
  };

  const check: ByData['check'] = async (signal) => {
    const read = described.operations.get('read');
    const request = read === undefined ? null : requestOf(read, { facts: nobody, secrets });
    // Where nothing can be read, that somebody answers over HTTP is all that can be seen without acting.
    if (read === undefined || request === null) {
      const checked = await checkHttp(client, { method: 'GET', path: '/', headers: {}, signal }, () => null);
      return checked.kind === 'ok' ? { ...checked, says: 'answers over HTTP; nothing can be read there' } : checked;
    }
    return checkHttp(client, { ...request, signal }, (reply) => {
      const meaning = meaningOf(read.rows, read.rule, reply, { facts: nobody, secrets }, maxReplyBytes);
      return meaning.kind === 'unknown' ? `asked about nobody: ${meaning.says}` : null;
    });
  };
  return { ask, check, close: client.close };
};

type Connector<Port> = Port & Checkable & { close(): Promise<void> };
/** What `operations.ts` has parsed by the port's own schema. */
const as = <Fact>(outcome: Promise<Outcome<unknown>>): Promise<Outcome<Fact>> => outcome as Promise<Outcome<Fact>>;

export const homeRegisterByData = (described: ReadDescription): Connector<HomeRegister> => {
  const { ask, check, close } = byData(described);
  const on = (name: string) => (imsi: string, call: Call) => as<never>(ask(name, { imsi }, call));
  return { bar: on('bar'), unbar: on('unbar'), detach: on('detach'), remove: on('remove'), read: on('read'), check, close };
};

export const billingByData = (described: ReadDescription): Connector<Billing> => {
  const { ask, check, close } = byData(described);
  return {
    settle: (ref, { transfer, payoutMinor = 0, ...settlement }, call) => {
      const { collectMinor, offsetMinor, refundMinor, forfeitMinor, currency } = settlement;
      return as(ask('settle', { ref, currency, collectMinor, offsetMinor, refundMinor, forfeitMinor, payoutMinor, ...(transfer === undefined ? {} : { transferTo: transfer.toRef, transferMinor: transfer.minor }) }, call));
    },
    stop: (ref, call) => as(ask('stop', { ref }, call)),
    freeze: (ref, what, call) => as(ask('freeze', { ref, what: what.toSorted().join('-and-') }, call)),
    unfreeze: (ref, call) => as(ask('unfreeze', { ref }, call)),
    read: (ref, call) => as(ask('read', { ref }, call)),
    check, close,
  };
};

export const linkedServicesByData = (described: ReadDescription): Connector<LinkedServices> => {
  const { ask, check, close } = byData(described);
  return {
    end: (ref, service, call) => as(ask('end', { ref, service }, call)),
    read: (ref, call) => as(ask('read', { ref }, call)),
    check, close,
  };
};

export const payoutsByData = (described: ReadDescription): Connector<Payouts> => {
  const { ask, check, close } = byData(described);
  return {
    refund: async ({ payment, amountMinor, currency }, call) => {
      const outcome = await as<{ readonly status: string }>(ask('refund', { payment, amountMinor, currency }, call));
      return outcome.kind === 'done' && outcome.fact.status === 'failed' ? refused('refund-failed', 'The provider could not pay it back.') : as<never>(Promise.resolve(outcome));
    },
    read: (payment, call) => as(ask('read', { payment }, call)),
    check, close,
  };
};

export const sessionsByData = (described: ReadDescription): Connector<Sessions> => {
  const { ask, check, close } = byData(described);
  return { endAll: ({ imsi, msisdn }, call) => as(ask('endAll', { imsi, msisdn }, call)), check, close };
};
