/** What a reply means, by the table of its description: the first row that fits. What no row has is `unknown`, or for a read not understood. */
import type { Outcome } from '../../plan/ports.ts';
import type { HttpReply } from '../http-exchange.ts';
import { parseJson } from '../json-body.ts';
import type { Row, ValueInReply } from './description.ts';
import type { OperationRule } from './operations.ts';
import { fillText, type Template, type Values } from './template.ts';

export type CheckedRow = Omit<Row, 'about' | 'status'> & { readonly statuses: readonly number[]; readonly about: readonly (readonly [string, Template])[] };

const nothing = Symbol('nothing');

/** RFC 6901, own properties only. */
export const at = (body: unknown, pointer: string): unknown => pointer.split('/').slice(1).reduce<unknown>((node, escaped) => {
  const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
  return typeof node === 'object' && node !== null && Object.hasOwn(node, key) ? (node as Record<string, unknown>)[key] : nothing;
}, body);

const asText = (found: unknown): string | undefined => (typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : undefined);

/** `12.3` with two decimals is 1230; more decimals than that are none of that currency's. */
export const minorOf = (written: unknown, decimals: number): number | undefined => {
  const [, whole, fraction = ''] = /^(\d{1,15})(?:\.(\d{1,10}))?$/.exec(asText(written) ?? '') ?? [];
  if (whole === undefined || fraction.slice(decimals).replaceAll('0', '') !== '') return undefined;
  const minor = Number(`${whole}${fraction.slice(0, decimals).padEnd(decimals, '0')}`);
  return Number.isSafeInteger(minor) ? minor : undefined;
};

/** What stands there; `nothing` where it is left out; a reason where it can't be taken. */
const read = (body: unknown, value: ValueInReply): { readonly value: unknown } | { readonly wrong: string } => {
  if (typeof value !== 'object' || value === null) return { value };
  const found = at(body, value.at);
  if (found === nothing || found === null) return value.optional === true ? { value: nothing } : { wrong: `nothing at ${value.at}` };
  if (value.decimals !== undefined) {
    const minor = minorOf(found, value.decimals);
    return minor === undefined ? { wrong: `no amount at ${value.at}` } : { value: minor };
  }
  if (value.map === undefined) return { value: found };
  const text = asText(found);
  return text !== undefined && Object.hasOwn(value.map, text) ? { value: value.map[text] } : { wrong: `a value at ${value.at} that is not described` };
};

const fits = (row: CheckedRow, status: number, body: unknown): boolean => row.statuses.includes(status) && Object.entries(row.where ?? {}).every(([pointer, wanted]) => {
  const found = at(body, pointer);
  if (typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted)) return (found !== nothing) === wanted.present;
  return Array.isArray(wanted) ? wanted.includes(found as never) : found === wanted;
});

/** A peer's words on record: one line, and none of the values that were asked about, which may be somebody's. */
const wordsOf = (words: Row['says'], body: unknown, { facts, secrets }: Values): string | undefined => {
  if (words === undefined || typeof words === 'string') return words;
  const found = asText(at(body, words.at));
  if (found === undefined) return undefined;
  return [...Object.values(facts), ...secrets.values()].flatMap((one) => (typeof one === 'string' && one.length > 3 ? [one] : []))
    .reduce((text, one) => text.replaceAll(one, '…'), found)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').replace(/\d{6,}/g, '…').slice(0, 200).trim() || undefined;
};

const codeOf = (words: Row['code'], body: unknown, status: number): string => {
  const found = typeof words === 'object' ? asText(at(body, words.at)) : words;
  const code = (found ?? '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 64);
  return code === '' || /\d{6,}/.test(code) ? `http-${status}` : code;
};

export type Meaning =
  | { readonly kind: 'done'; readonly fact: unknown }
  /** Done or gone, and the reply does not say how it is now. */
  | { readonly kind: 'to-be-read' }
  | Exclude<Outcome<never>, { readonly kind: 'done' }>;

const unknown = (says: string): Meaning => ({ kind: 'unknown', says });

const factsOf = (row: CheckedRow, body: unknown, rule: OperationRule): Meaning => {
  const one = (item: unknown): { readonly value: unknown } | { readonly wrong: string } => {
    const fields: [string, unknown][] = [];
    for (const [name, value] of Object.entries(row.fact ?? {})) {
      const found = read(item, value);
      if ('wrong' in found) return found;
      if (found.value !== nothing) fields.push([name, found.value]);
    }
    const parsed = rule.fact.safeParse(Object.fromEntries(fields));
    const issue = parsed.error?.issues[0];
    return parsed.success ? { value: parsed.data } : { wrong: `${issue?.path.join('.') || 'the fact'}: ${issue?.code ?? 'invalid'}` };
  };
  if (rule.many !== true) {
    const found = one(body);
    return 'wrong' in found ? unknown(`not understood: ${found.wrong}`) : { kind: 'done', fact: found.value };
  }
  const items = at(body, row.list ?? '');
  if (!Array.isArray(items) || items.length > 200) return unknown(`not understood: no list of at most 200 at ${row.list ?? ''}`);
  const all = items.map(one);
  const wrong = all.find((each) => 'wrong' in each);
  return wrong !== undefined && 'wrong' in wrong ? unknown(`not understood: ${wrong.wrong}`) : { kind: 'done', fact: all.map((each) => ('value' in each ? each.value : undefined)) };
};

export const meaningOf = (rows: readonly CheckedRow[], rule: OperationRule, reply: HttpReply, values: Values, maxBytes: number): Meaning => {
  const json = reply.unfit === undefined ? parseJson(reply.body, maxBytes) : { ok: false as const, why: reply.unfit };
  const body = json.ok ? json.value : nothing;
  const row = rows.find((one) => fits(one, reply.status, body));
  if (row === undefined) return unknown(`HTTP ${reply.status}${json.ok || reply.body === '' ? '' : `, ${json.why}`}: not described`);
  if (row.about.some(([pointer, template]) => asText(at(body, pointer)) !== fillText(template, values))) return unknown('the answer is about another one');
  switch (row.is) {
    case 'refused': return { kind: 'refused', code: codeOf(row.code, body, reply.status), says: wordsOf(row.says, body, values) ?? `HTTP ${reply.status}` };
    case 'not-now': return { kind: 'unreachable', says: wordsOf(row.says, body, values) ?? `HTTP ${reply.status}: not now` };
    case 'unknown': return unknown(wordsOf(row.says, body, values) ?? `HTTP ${reply.status}`);
    case 'gone': return typeof rule.gone === 'object' ? { kind: 'done', fact: rule.gone.fact } : { kind: 'to-be-read' };
    case 'done':
      if (row.fact !== undefined) return json.ok ? factsOf(row, body, rule) : unknown(`not understood: ${json.why}`);
      return rule.done === undefined ? { kind: 'to-be-read' } : { kind: 'done', fact: rule.done.fact };
  }
};
