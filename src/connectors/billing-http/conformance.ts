/**
 * Tries every rule of docs/billing.openapi.yaml against an operator's own billing, on one line of a sandbox that is settled and stopped
 * for good. Each rule asks for itself, so that the first broken one does not hide the others.
 */
import { decodeProblem } from '../http-outcome.ts';
import { httpClient, pathOf } from '../http-client.ts';
import { decodeBilledLine, maxBody, type BilledLine, type Settlement } from './codec.ts';

export type ConformanceOptions = {
  readonly url: string;
  readonly token: string;
  /** A line of the sandbox: active, with a credit of at least 3 minor units. It is settled and stopped. */
  readonly line: string;
  readonly timeoutMs: number;
  /** Names this run: keys of another run are other keys. */
  readonly run: string;
};
/** `expected` and `found` in the words of the interface. */
export type RuleTried = { readonly rule: string; readonly holds: boolean; readonly expected: string; readonly found: string };

type Reply = { readonly found: string; readonly line?: BilledLine; readonly code?: string; readonly status?: number };
type Ask = { readonly ref?: string; readonly act?: 'settle' | 'stop' | 'freeze'; readonly key?: string | null; readonly body?: unknown; readonly token?: string | null };

export const billingConformance = async (options: ConformanceOptions): Promise<readonly RuleTried[]> => {
  const client = httpClient({ url: options.url, timeoutMs: options.timeoutMs, maxReplyBytes: maxBody });
  const tried: RuleTried[] = [];

  const ask = async ({ ref = options.line, act, key = null, body = {}, token = options.token }: Ask): Promise<Reply> => {
    const path = pathOf('v1', 'lines', ref, ...(act === undefined ? [] : [act]));
    if (path === null) return { found: 'this reference can not stand in a path' };
    const exchange = await client.ask({
      path, method: act === undefined ? 'GET' : act === 'freeze' ? 'PUT' : 'POST', signal: AbortSignal.timeout(options.timeoutMs),
      headers: {
        accept: 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(act === undefined ? {} : { 'content-type': 'application/json' }), ...(key === null ? {} : { 'idempotency-key': `${options.run}:${key}` }),
      },
      ...(act === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (exchange.kind !== 'replied') return { found: exchange.says };
    const { status, unfit, body: said } = exchange.reply;
    if (unfit !== undefined) return { found: `HTTP ${status}, ${unfit}`, status };
    if (status === 200) {
      const line = decodeBilledLine(said);
      if (!line.ok) return { found: `HTTP 200, ${line.why.says}`, status };
      const { status: state, owedMinor, creditMinor, currency, stoppedAt } = line.value;
      return { found: `200 ${state}, owed ${owedMinor}, credit ${creditMinor} ${currency}${stoppedAt === undefined ? '' : `, stopped ${stoppedAt}`}`, line: line.value, status };
    }
    const problem = decodeProblem(said);
    return problem.ok ? { found: `${status} ${problem.value.code}`, code: problem.value.code, status } : { found: `HTTP ${status}, ${problem.why.says}`, status };
  };
  const note = (rule: string, expected: string, reply: Reply, holds: boolean, more = ''): void => void tried.push({ rule, expected, found: `${reply.found}${more}`, holds });

  const before = await ask({});
  note('the line is read', '200 active, with a credit of 3 or more', before, before.line?.ref === options.line && before.line.status === 'active' && before.line.creditMinor >= 3);
  const start = before.line;
  if (start === undefined || start.ref !== options.line || start.status !== 'active' || start.creditMinor < 3) {
    await client.close();
    return tried;
  }

  let now = start;
  const nothing: Settlement = { collectMinor: 0, offsetMinor: 0, refundMinor: 0, forfeitMinor: 0, currency: start.currency };
  const forfeit = (minor: number): Settlement => ({ ...nothing, forfeitMinor: minor });
  const otherCurrency = start.currency === 'EUR' ? 'USD' : 'EUR';
  const as = (line: BilledLine | undefined, owed: number, credit: number): boolean => line?.ref === options.line && line.owedMinor === owed && line.creditMinor === credit;

  /** A refusal in these words, after which the line reads as it did before. */
  const refused = async (rule: string, expected: string, asked: Ask): Promise<void> => {
    const reply = await ask(asked);
    const after = await ask({});
    const moved = !as(after.line, now.owedMinor, now.creditMinor) || after.line?.status !== now.status;
    note(rule, `${expected}, nothing moved`, reply, `${reply.status} ${reply.code}` === expected && !moved, moved ? `; the line then reads ${after.found}` : '');
    if (after.line !== undefined) now = after.line;
  };
  /** An act with these amounts after it, in its reply and read back at once. */
  const done = async (rule: string, asked: Ask, owed: number, credit: number): Promise<Reply> => {
    const reply = await ask(asked);
    const after = await ask({});
    const agrees = as(after.line, owed, credit) && after.line?.status === reply.line?.status;
    note(rule, `200, owed ${owed}, credit ${credit}, read back the same`, reply, as(reply.line, owed, credit) && agrees, agrees ? '' : `; read back: ${after.found}`);
    if (after.line !== undefined) now = after.line;
    return reply;
  };

  await refused('no token', '401 unauthorized', { token: null });
  await refused('a wrong token', '401 unauthorized', { token: `${options.token}x`, act: 'stop', key: 'wrong-token' });
  await refused('an unknown line', '404 no-such-line', { ref: `${options.run}-nobody` });
  await refused('an unknown line, with what must be encoded', '404 no-such-line', { ref: `${options.run} ü/?#%2F` });
  await refused('stopping an unknown line', '404 no-such-line', { ref: `${options.run}-nobody`, act: 'stop', key: 'unknown' });
  await refused('settling without a key', '400 key-missing', { act: 'settle', body: forfeit(1) });
  await refused('stopping without a key', '400 key-missing', { act: 'stop' });
  await refused('an amount below 0', '400 invalid', { act: 'settle', key: 'negative', body: { ...nothing, forfeitMinor: -1 } });
  await refused('a fraction', '400 invalid', { act: 'settle', key: 'fraction', body: { ...nothing, forfeitMinor: 0.5 } });
  await refused('another currency', '422 invalid', { act: 'settle', key: 'currency', body: { ...forfeit(1), currency: otherCurrency } });
  await refused('more than the line holds', '409 amounts-differ', { act: 'settle', key: 'too-much', body: forfeit(now.creditMinor + 1) });
  await refused('a transfer to nobody', '422 no-such-receiver', { act: 'settle', key: 'nobody', body: { ...nothing, transfer: { toRef: `${options.run}-nobody`, minor: 1 } } });
  await done('settling a part', { act: 'settle', key: 'part', body: forfeit(1) }, start.owedMinor, start.creditMinor - 1);
  await done('the same again under its key acts once', { act: 'settle', key: 'part', body: forfeit(1) }, start.owedMinor, start.creditMinor - 1);
  await refused('another body under that key', '422 key-reused', { act: 'settle', key: 'part', body: forfeit(2) });
  await refused('another act under that key', '422 key-reused', { act: 'stop', key: 'part' });
  await refused('a key whose act was refused is free', '409 amounts-differ', { act: 'settle', key: 'too-much', body: forfeit(now.creditMinor + 1) });

  const five = await Promise.all(Array.from({ length: 5 }, () => ask({ act: 'settle', key: 'at-once', body: forfeit(1) })));
  const together = await ask({});
  const proper = five.every(({ status, code }) => status === 200 || (status === 409 && code === 'in-flight'));
  note('five at once under one key act once', `each 200 or 409 in-flight, then credit ${start.creditMinor - 2}`, together, proper && as(together.line, start.owedMinor, start.creditMinor - 2), proper ? '' : `; answers: ${[...new Set(five.map(({ found }) => found))].join(' | ')}`);
  if (together.line !== undefined) now = together.line;

  const frozen = async (rule: string, charges: boolean, purchases: boolean): Promise<void> => {
    const [reply, after] = [await ask({ act: 'freeze', body: { charges, purchases } }), await ask({})];
    const is = ({ line }: Reply): boolean => as(line, now.owedMinor, now.creditMinor) && (line?.chargesFrozen ?? false) === charges && (line?.purchasesFrozen ?? false) === purchases;
    note(rule, `200, charges ${charges ? '' : 'not '}frozen, purchases ${purchases ? '' : 'not '}frozen, read back the same`, reply, is(reply) && is(after), is(after) ? '' : '; read back otherwise');
  };
  await frozen('freezing charges and purchases', true, true);
  await frozen('freezing them again changes nothing', true, true);
  await frozen('freezing purchases alone', false, true);
  await frozen('taking the freeze back', false, false);
  await done('settling all of it', { act: 'settle', key: 'all', body: { ...nothing, collectMinor: now.owedMinor, forfeitMinor: now.creditMinor } }, 0, 0);
  const stopped = await done('stopping', { act: 'stop', key: 'stop' }, 0, 0);
  const isSo = (reply: Reply): boolean => reply.line?.status === 'stopped' && reply.line.stoppedAt !== undefined && reply.line.stoppedAt === stopped.line?.stoppedAt;
  note('a stopped line says since when', '200 stopped, with stoppedAt', stopped, isSo(stopped));
  for (const [rule, asked] of [
    ['the same again under its key', { act: 'stop', key: 'stop' }], ['stopping twice, under another key', { act: 'stop', key: 'stop-2' }], ['a stopped line is read', {}],
  ] as const satisfies readonly (readonly [string, Ask])[]) {
    const reply = await ask(asked);
    note(rule, `200 stopped ${stopped.line?.stoppedAt ?? ''}`.trimEnd(), reply, isSo(reply));
  }
  const late = await ask({ act: 'settle', key: 'late', body: nothing });
  note('a stopped line can still be settled', '200 stopped', late, isSo(late));
  await client.close();
  return tried;
};
