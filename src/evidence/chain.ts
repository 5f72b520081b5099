/** The journal's hash chain, one a case: each entry's hash covers all of it and the hash of the one before. */
import { no, ok, type Result } from '../cancellation/result.ts';
import { canonical, sameBytes, toHex, utf8, type Json, type Sha256 } from './canonical.ts';

/** What happened, before it has its place in the chain. `facts` are free of personal data. */
export type Unchained = {
  readonly cancellationId: string;
  readonly brand: string;
  readonly at: Date;
  readonly event: string;
  readonly actor: string;
  readonly facts: { readonly [name: string]: Json | undefined };
};
/** `entry` counts from 1; `previous` and `hash` are 32 bytes each. */
export type Entry = Unchained & { readonly entry: number; readonly previous: Uint8Array; readonly hash: Uint8Array };
/** The last entry of a case. */
export type Head = { readonly entry: number; readonly hash: Uint8Array };

/** Before the first entry there is nothing: 32 zero bytes. */
export const beginning: Head = { entry: 0, hash: new Uint8Array(32) };

/**
 * What is hashed of an entry: its canonical form, with the members spelled out in their order, because a case has some fifteen
 * entries. `form`: a later form of entry can never be taken for this one.
 */
export const hashedText = ({ actor, at, brand, cancellationId, entry, event, facts, previous }: Omit<Entry, 'hash'>): string =>
  `{"actor":${canonical(actor)},"at":"${at.toISOString()}","brand":${canonical(brand)},"cancellationId":${canonical(cancellationId)},"entry":${canonical(entry)},"event":${canonical(event)},"facts":${canonical(facts)},"form":"signoff-journal-1","previous":"${toHex(previous)}"}`;

/** The hash of an entry with this content in this place. */
export const hashOf = (entry: Omit<Entry, 'hash'>, sha256: Sha256): Uint8Array => sha256(utf8(hashedText(entry)));

/**
 * Gives each entry its place and hash, for any number of cases at once. `heads`: the last entry of each case by its id;
 * a case that is not in it begins. Entries of one case are chained in the order given.
 */
export const chainOn = (heads: ReadonlyMap<string, Head>, entries: readonly Unchained[], sha256: Sha256): Entry[] => {
  const last = new Map(heads);
  return entries.map((one) => {
    const head = last.get(one.cancellationId) ?? beginning;
    const placed = { ...one, entry: head.entry + 1, previous: head.hash };
    const entry: Entry = { ...placed, hash: hashOf(placed, sha256) };
    last.set(one.cancellationId, entry);
    return entry;
  });
};

/** What a certificate says of the journal: how many entries it had then, and the hash of the last, in hex. */
export type Anchor = { readonly entries: number; readonly head: string };

/** `entry` is always the first bad one. */
export type BrokenChain =
  | { readonly kind: 'edited'; readonly entry: number }
  | { readonly kind: 'removed'; readonly entry: number }
  | { readonly kind: 'reordered'; readonly entry: number; readonly found: number }
  | { readonly kind: 'of-another-case'; readonly entry: number }
  | { readonly kind: 'tail-cut'; readonly entry: number; readonly expected: number }
  /** Consistent in itself, but not what the certificate was signed over: some entry up to this one was written anew. */
  | { readonly kind: 'rewritten'; readonly entry: number };

/**
 * Checks the journal of one case, in the order in which it was stored. With an anchor from a certificate also finds what
 * leaves no trace inside: a tail that was cut, and a chain that was computed anew. Entries after the anchor are checked too.
 */
export const verifyChain = (entries: readonly Entry[], sha256: Sha256, anchor?: Anchor): Result<Anchor, BrokenChain> => {
  const caseId = entries[0]?.cancellationId;
  let before: Head = beginning;
  for (const [index, one] of entries.entries()) {
    const place = index + 1;
    if (one.cancellationId !== caseId) return no({ kind: 'of-another-case', entry: place });
    if (one.entry !== place) {
      return entries.some((other) => other.entry === place)
        ? no({ kind: 'reordered', entry: place, found: one.entry })
        : no({ kind: 'removed', entry: place });
    }
    if (!sameBytes(hashOf(one, sha256), one.hash)) {
      const origin = entries.find((other) => other.entry !== place && sameBytes(hashOf({ ...one, entry: other.entry }, sha256), one.hash));
      return no(origin ? { kind: 'reordered', entry: place, found: origin.entry } : { kind: 'edited', entry: place });
    }
    // Whole in itself but not what it points back to: so it is the one before that was changed, hash and all.
    if (!sameBytes(one.previous, before.hash)) return no({ kind: 'edited', entry: Math.max(1, place - 1) });
    before = one;
  }
  if (anchor) {
    if (entries.length < anchor.entries) return no({ kind: 'tail-cut', entry: entries.length + 1, expected: anchor.entries });
    const anchored = anchor.entries === 0 ? beginning : entries[anchor.entries - 1];
    if (anchored === undefined || toHex(anchored.hash) !== anchor.head) return no({ kind: 'rewritten', entry: anchor.entries });
  }
  return ok({ entries: before.entry, head: toHex(before.hash) });
};

/** Where a chain stands, as a certificate says it. */
export const anchorOf = (head: Head): Anchor => ({ entries: head.entry, head: toHex(head.hash) });
