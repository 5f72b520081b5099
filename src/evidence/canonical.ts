/** JSON with one spelling a value (RFC 8785), so that a hash over it means the value and not its spelling. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

/** SHA-256, given from outside: pure folders reach for no package. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/**
 * Members sorted by UTF-16 code units (RFC 8785 §3.2.3), numbers and strings as ECMAScript writes them (§3.2.2).
 * A member that is `undefined` is left out, as it is when the same object is stored. What JSON can't hold is a fault and thrown.
 */
export const canonical = (value: Json): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`not a JSON number: ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new Error('a lone surrogate has no canonical form'); // RFC 8785 §3.2.2.2
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) throw new Error(`not JSON: ${typeof value}`);
  let members = '';
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member !== undefined) members += `${members === '' ? '' : ','}${canonical(name)}:${canonical(member)}`;
  }
  return `{${members}}`;
};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const encoder = new TextEncoder();
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
export const toHex = (bytes: Uint8Array): string => {
  let hex = '';
  for (const byte of bytes) hex += hexOf[byte];
  return hex;
};

export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, place) => byte === other[place]);
