/**
 * How values get into a request, and nowhere else. A value is never text that is parsed again: in a path it is one encoded segment, in a
 * query one encoded value, in a header visible ASCII, in JSON a value. So no value can change what a request is.
 */
import { pathOf } from '../http-client.ts';
import type { Facts } from './operations.ts';

/** `decimals`: `{collectMinor:2}` writes minor units with two of them, `1234` as `12.34`. */
export type Part = { readonly literal: string } | { readonly fact: string; readonly decimals?: number } | { readonly secret: string };
export type Template = readonly Part[];
export type JsonTemplate = { readonly text: Template } | { readonly value: number | boolean | null } | { readonly list: readonly JsonTemplate[] } | { readonly fields: readonly (readonly [string, JsonTemplate])[] };

/** A string says what is wrong with the text. */
export const parseTemplate = (text: string): Template | string => {
  const parts: Part[] = [];
  for (const piece of text.split(/(\{[^{}]*\})/)) {
    if (piece === '') continue;
    const [, name, decimals] = /^\{([A-Za-z]+(?:\.[A-Za-z0-9_]+)?)(?::([1-4]))?\}$/.exec(piece) ?? [];
    if (name === undefined) {
      if (/[{}]/.test(piece)) return `${JSON.stringify(piece.slice(0, 40))} is no placeholder`;
      parts.push({ literal: piece });
    } else if (name.startsWith('secret.')) parts.push({ secret: name.slice(7) });
    else parts.push(decimals === undefined ? { fact: name } : { fact: name, decimals: Number(decimals) });
  }
  return parts;
};

export const parseJsonTemplate = (value: unknown): JsonTemplate | string => {
  if (typeof value === 'string') {
    const text = parseTemplate(value);
    return typeof text === 'string' ? text : { text };
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return { value };
  if (Array.isArray(value)) {
    const list = value.map(parseJsonTemplate);
    return list.find((one) => typeof one === 'string') ?? { list: list as JsonTemplate[] };
  }
  const fields = Object.entries(value as object).map(([key, one]) => [key, parseJsonTemplate(one)] as const);
  const wrong = fields.find(([, one]) => typeof one === 'string')?.[1];
  return typeof wrong === 'string' ? wrong : { fields: fields as (readonly [string, JsonTemplate])[] };
};

/** Every placeholder in a template, in all that hangs below. */
export const partsIn = (template: Template | JsonTemplate): readonly Part[] => {
  if (Array.isArray(template)) return template as Template;
  const json = template as JsonTemplate;
  if ('text' in json) return json.text;
  if ('list' in json) return json.list.flatMap(partsIn);
  return 'fields' in json ? json.fields.flatMap(([, one]) => partsIn(one)) : [];
};

/** In whole minor units, without a float in between. */
const withDecimals = (minor: number, decimals: number): string => {
  const digits = String(minor).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

const valueOf = (part: Exclude<Part, { readonly literal: string } | { readonly secret: string }>, facts: Facts): string | undefined => {
  const value = facts[part.fact];
  if (value === undefined) return undefined;
  return part.decimals !== undefined && typeof value === 'number' ? withDecimals(value, part.decimals) : String(value);
};

export type Values = { readonly facts: Facts; readonly secrets: ReadonlyMap<string, string> };

/** Null where a value is missing. */
export const fillText = (template: Template, { facts, secrets }: Values): string | null => {
  const filled = template.map((part) => ('literal' in part ? part.literal : 'secret' in part ? secrets.get(part.secret) : valueOf(part, facts)));
  return filled.some((one) => one === undefined) ? null : filled.join('');
};

/** Null where a value can't stand in a path. */
export const fillPath = (segments: readonly Template[], values: Values): string | null => {
  const filled = segments.map((one) => fillText(one, values));
  return filled.some((one) => one === null) ? null : pathOf(...(filled as string[]));
};

export const fillQuery = (query: readonly (readonly [string, Template])[], values: Values): string | null => {
  const filled = query.map(([name, template]) => [name, fillText(template, values)] as const);
  return filled.some(([, value]) => value === null || !value.isWellFormed()) ? null : new URLSearchParams(filled as [string, string][]).toString();
};

/** Null where a value would end the header, or is not what one can hold. */
export const fillHeader = (template: Template, values: Values): string | null => {
  const filled = fillText(template, values);
  return filled !== null && /^[\x20-\x7e]*$/.test(filled) ? filled : null;
};

const absent = Symbol('absent');

/** One placeholder alone keeps its type; the object in which a missing value stands is left out. */
const fill = (template: JsonTemplate, values: Values): unknown => {
  if ('value' in template) return template.value;
  if ('list' in template) return template.list.map((one) => fill(one, values)).filter((one) => one !== absent);
  if ('fields' in template) {
    const filled = template.fields.map(([key, one]) => [key, fill(one, values), 'text' in one] as const);
    if (filled.some(([, one, isText]) => one === absent && isText)) return absent;
    return Object.fromEntries(filled.filter(([, one]) => one !== absent));
  }
  const [only] = template.text;
  if (template.text.length === 1 && only !== undefined && 'fact' in only && only.decimals === undefined) return values.facts[only.fact] ?? absent;
  return fillText(template.text, values) ?? absent;
};

/** Null where the whole of it is missing. */
export const fillJson = (template: JsonTemplate, values: Values): string | null => {
  const filled = fill(template, values);
  return filled === absent ? null : JSON.stringify(filled);
};
