/** The open keys of some subscribers, for one transaction's work. Hold it briefly; it can open what they gave us. */
import type { KeyObject } from 'node:crypto';
import type { z } from 'zod';
import { no, ok, type Result } from '../cancellation/result.ts';
import { closeBox, openBox } from './sealed-box.ts';

/**
 * `no-key`: never had one, was destroyed, or belongs to another brand. `wrong-operator-key`: wrapped under a key that
 * was not given. `not-authentic`: changed, moved from another row, or sealed under another key. `not-as-expected`: it
 * opened and is not what the schema says.
 */
export type CannotOpen =
  | { readonly kind: 'no-key'; readonly subscriberId: string }
  | { readonly kind: 'wrong-operator-key'; readonly says: string }
  | { readonly kind: 'not-authentic' | 'unknown-version'; readonly context: string }
  | { readonly kind: 'not-as-expected'; readonly context: string; readonly paths: readonly string[] };

/** One person's data key: open, or why it is not. */
export type HeldKey = { readonly brand: string; readonly key: Result<KeyObject, CannotOpen> };

export interface Keyring {
  /** Under the subscriber's own key, bound to brand, subscriber and context (e.g. `line:<id>`). Throws where there is no key. */
  seal(subscriberId: string, context: string, plaintext: string | Buffer): Buffer;
  open(subscriberId: string, context: string, sealed: Buffer): Result<Buffer, CannotOpen>;
  sealJson(subscriberId: string, context: string, value: unknown): Buffer;
  openJson<Schema extends z.ZodType>(subscriberId: string, context: string, sealed: Buffer, schema: Schema): Result<z.output<Schema>, CannotOpen>;
}

export const keyringOf = (held: ReadonlyMap<string, HeldKey>): Keyring => {
  const keyOf = (subscriberId: string): Result<{ brand: string; key: KeyObject }, CannotOpen> => {
    const found = held.get(subscriberId);
    if (found === undefined) return no({ kind: 'no-key', subscriberId });
    return found.key.ok ? ok({ brand: found.brand, key: found.key.value }) : found.key;
  };

  const keyring: Keyring = {
    seal: (subscriberId, context, plaintext) => {
      const found = keyOf(subscriberId);
      if (!found.ok) throw new Error(`nothing can be sealed for this subscriber: ${found.why.kind}`);
      return closeBox(found.value.key, [found.value.brand, subscriberId, context], typeof plaintext === 'string' ? Buffer.from(plaintext) : plaintext);
    },
    open: (subscriberId, context, sealed) => {
      const found = keyOf(subscriberId);
      if (!found.ok) return found;
      const opened = openBox(found.value.key, [found.value.brand, subscriberId, context], sealed);
      return typeof opened === 'string' ? no({ kind: opened, context }) : ok(opened);
    },
    sealJson: (subscriberId, context, value) => keyring.seal(subscriberId, context, JSON.stringify(value)),
    openJson: (subscriberId, context, sealed, schema) => {
      const opened = keyring.open(subscriberId, context, sealed);
      if (!opened.ok) return opened;
      const parsed = schema.safeParse(JSON.parse(opened.value.toString()));
      // Paths only: a value would carry personal data into a log.
      return parsed.success ? ok(parsed.data) : no({ kind: 'not-as-expected', context, paths: parsed.error.issues.map((issue) => issue.path.join('.')) });
    },
  };
  return keyring;
};
