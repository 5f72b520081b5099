/** Our SMPP client against node-smpp, which shares no line with us. */
import { once } from 'node:events';
import smpp, { type Pdu, type Session } from 'smpp';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Receipt } from '../../src/connectors/smpp/receipt.ts';
import { messageIdsOf, smppSms } from '../../src/connectors/smpp/sms-channel.ts';
import type { Call } from '../../src/plan/ports.ts';
import { freePort, host, until } from './start-program.ts';

const timeoutMs = 2_000;
let keys = 0;
const call = (): Call => ({ key: `key-${(keys += 1)}`, signal: new AbortController().signal });
const sms = (text: string) => ({ to: '+12025550101', from: 'Signoff', text });

type Taken = { readonly id: string; readonly pdu: Pdu };
const heard: Pdu[] = [];
let taken: Taken[] = [];
let sessions: Session[] = [];
/** What the next submit_sm are answered with; ESME_ROK when there is nothing more. */
let answers: number[] = [];
let sendReceipts = false;
let ids = 0;

const serve = (session: Session): void => {
  sessions.push(session);
  session.on('pdu', (pdu: Pdu) => heard.push(pdu));
  session.on('error', () => session.close());
  session.on('close', () => { sessions = sessions.filter((one) => one !== session); });
  session.on('bind_transceiver', (pdu: Pdu) => session.send(pdu.response(pdu.password === 'secret12' ? { system_id: 'other' } : { command_status: smpp.ESME_RINVPASWD })));
  session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
  session.on('unbind', (pdu: Pdu) => { session.send(pdu.response()); session.close(); });
  session.on('submit_sm', (pdu: Pdu) => {
    const status = answers.shift() ?? smpp.ESME_ROK;
    if (status !== smpp.ESME_ROK) return void session.send(pdu.response({ command_status: status }));
    const id = `${(ids += 1)}`.padStart(10, '0');
    taken.push({ id, pdu });
    // The receipt first: some centres do so.
    if (sendReceipts) session.deliver_sm({ source_addr: pdu.destination_addr, destination_addr: pdu.source_addr, esm_class: 4, short_message: `id:${id} sub:001 dlvrd:001 submit date:2612030400 done date:2612030401 stat:DELIVRD err:000 text:` });
    session.send(pdu.response({ message_id: id }));
  });
};

let port: number;
let server: ReturnType<typeof smpp.createServer>;
let channel: ReturnType<typeof smppSms>;
const receipts: Receipt[] = [];
const open = (more: Partial<Parameters<typeof smppSms>[0]> = {}) => smppSms({ host, port, systemId: 'desk', password: 'secret12', timeoutMs, onReceipt: async (receipt) => void receipts.push(receipt), ...more });
beforeAll(async () => {
  port = await freePort();
  server = smpp.createServer({}, serve);
  server.listen(port, host);
  await once(server, 'listening');
  channel = open();
});
afterEach(() => {
  taken = [];
  answers = [];
  sendReceipts = false;
});
afterAll(async () => {
  await channel.close();
  for (const session of sessions) session.close();
  server.close();
});

/** As that library reads them: it decodes the alphabet itself and cuts off the UDH. */
const textOf = (all: readonly Taken[]): string => all.map(({ pdu }) => String(pdu.message_payload === undefined || pdu.short_message.message !== '' ? pdu.short_message.message : pdu.message_payload.message)).join('');

describe('node-smpp as the message centre', () => {
  test.each([
    ['in GSM-7', 'Your line ends today: {5 €} [ok]', 1, 0],
    ['in GSM-7, in parts', `Price ${'{€} '.repeat(60)}`, 3, 0],
    ['in Chinese', '您的线路已注销。', 1, 8],
    ['in Chinese, in parts, with a character outside the plane at each edge', `${'码'.repeat(66)}𠮷`.repeat(3), 4, 8],
  ])('reads what we send %s', async (_, text, parts, coding) => {
    const outcome = await channel.send(sms(text), call());
    expect(outcome).toMatchObject({ kind: 'done' });
    expect(taken.map(({ id }) => id)).toEqual(outcome.kind === 'done' ? messageIdsOf(outcome.fact.providerId) : []);
    expect(taken).toHaveLength(parts);
    expect(textOf(taken)).toBe(text);
    for (const { pdu } of taken) expect([pdu.source_addr, pdu.source_addr_ton, pdu.destination_addr, pdu.dest_addr_ton, pdu.data_coding, pdu.registered_delivery]).toEqual(['Signoff', 5, '12025550101', 1, coding, 1]);
  });

  test('reads a long text that we send whole, from message_payload', async () => {
    const whole = open({ long: 'whole' });
    const text = '您的线路已注销。'.repeat(40);
    expect(await whole.send(sms(text), call())).toMatchObject({ kind: 'done' });
    await whole.close();
    expect(taken).toHaveLength(1);
    expect(textOf(taken)).toBe(text);
  });

  test('its receipts are ours, also those that come before the answer', async () => {
    sendReceipts = true;
    const outcome = await channel.send(sms('x'.repeat(400)), call());
    const sent = outcome.kind === 'done' ? messageIdsOf(outcome.fact.providerId) : [];
    expect(sent).toHaveLength(3);
    await until('every part has its receipt', () => sent.every((id) => receipts.some(({ messageId, state }) => messageId === id && state === 'delivered')));
    await until('each is acknowledged', () => heard.filter(({ command }) => command === 'deliver_sm_resp').length === sent.length);
    expect(heard.filter(({ command }) => command === 'deliver_sm_resp').map(({ command_status }) => command_status)).toEqual([0, 0, 0]);
  });

  test('throttled and with a full queue it is left alone, then goes on; in the middle of a text that is waited out', async () => {
    answers = [smpp.ESME_RTHROTTLED];
    expect(await channel.send(sms('x'), call())).toEqual({ kind: 'unreachable', says: 'ESME_RTHROTTLED' });
    answers = [smpp.ESME_ROK, smpp.ESME_RMSGQFUL];
    expect(await channel.send(sms('y'.repeat(300)), call())).toMatchObject({ kind: 'done' });
    expect(textOf(taken)).toBe('y'.repeat(300));
    answers = [smpp.ESME_RINVDSTADR];
    expect(await channel.send(sms('x'), call())).toMatchObject({ kind: 'refused', code: 'ESME_RINVDSTADR' });
  });

  test('a hundred at once are each taken once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 100 }, (_, at) => channel.send(sms(`number ${at}`), call())));
    expect(outcomes.filter(({ kind }) => kind !== 'done')).toEqual([]);
    expect(new Set(taken.map((one) => textOf([one]))).size).toBe(100);
    expect(taken).toHaveLength(100);
  });

  test('that ends the session is bound to again; its enquire_link is answered, ours too', async () => {
    const beating = open({ enquireEveryMs: 50 });
    await until('it asked', () => heard.some(({ command }) => command === 'enquire_link'));
    for (const session of sessions) session.unbind();
    await until('all answered', () => heard.filter(({ command }) => command === 'unbind_resp').length === 2);
    expect(await channel.send(sms('again'), call())).toMatchObject({ kind: 'done' });
    expect(await beating.send(sms('again'), call())).toMatchObject({ kind: 'done' });
    sessions[0]?.enquire_link({});
    await until('we answered', () => heard.some(({ command }) => command === 'enquire_link_resp'));
    await beating.close();
    await until('we said goodbye', () => heard.some(({ command }) => command === 'unbind'));
  });

  test('a wrong password binds nobody', async () => {
    const stranger = open({ password: 'wrong' });
    expect(await stranger.send(sms('x'), call())).toMatchObject({ kind: 'unreachable', says: 'not bound: ESME_RINVPASWD' });
    await stranger.close();
  });
});
