import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, type Json } from '../../src/evidence/canonical.ts';
import { anchorOf, beginning, chainOn, hashedText, verifyChain, type Entry, type Unchained } from '../../src/evidence/chain.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const happened = (cancellationId: string, event: string, facts: Unchained['facts'] = {}): Unchained => ({
  cancellationId, brand: 'plum', event, actor: 'clock', facts, at: new Date('2026-11-24T06:02:03.004Z'),
});
const events = ['received', 'proven', 'reviewing', 'approved', 'scheduled', 'executing', 'cancelled'];
const chain = (id = 'a'): Entry[] => chainOn(new Map(), events.map((event, n) => happened(id, event, { n })), sha256);
const anchor = (entries: readonly Entry[]) => anchorOf(entries.at(-1) ?? beginning);
const swapped = <T>(list: readonly T[], one: number, other: number): T[] => {
  const copy = [...list];
  [copy[one], copy[other]] = [copy[other] as T, copy[one] as T];
  return copy;
};
const changed = (entries: readonly Entry[], place: number, change: (entry: Entry) => Entry): Entry[] =>
  entries.map((entry) => (entry.entry === place ? change(entry) : entry));

describe('one spelling a value', () => {
  it('an entry is hashed in its canonical form', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(fc.property(fc.record({ cancellationId: text, brand: text, event: text, actor: text, entry: fc.nat(), at: fc.date({ noInvalidDate: true }), facts: fc.dictionary(text, fc.jsonValue({ stringUnit: 'binary' }), { noNullPrototype: true }), previous: fc.uint8Array() }), (entry) => {
      const facts = entry.facts as Unchained['facts'];
      expect(hashedText({ ...entry, facts })).toBe(canonical({ ...entry, facts, form: 'signoff-journal-1', at: entry.at.toISOString(), previous: Buffer.from(entry.previous).toString('hex') }));
    }));
  });

  it('sorts by UTF-16 code units and writes numbers as ECMAScript does (RFC 8785 §3.2)', () => {
    expect(canonical({ numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0], literals: [null, true, false] }))
      .toBe('{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0]}');
    expect(canonical({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }))
      .toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}');
  });

  it('means the value: any order of members, any store and back', () => {
    fc.assert(fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const text = canonical(value as Json);
      expect(canonical(JSON.parse(text) as Json)).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }));
    expect(canonical({ b: 1, a: undefined, c: { z: null, y: [] } })).toBe(canonical({ c: { y: [], z: null }, b: 1 }));
  });

  it('throws for what JSON cannot hold', () => {
    for (const value of [Number.NaN, Infinity, '\ud800', new Date(0), 1n, () => 1]) expect(() => canonical(value as Json)).toThrow();
  });
});

describe('the chain', () => {
  it('places entries of many cases at once, going on from each one’s head', () => {
    const both = chainOn(new Map(), [happened('a', 'received'), happened('b', 'received'), happened('a', 'proven')], sha256);
    expect(both.map((entry) => `${entry.cancellationId}${entry.entry}`)).toEqual(['a1', 'b1', 'a2']);
    const later = chainOn(new Map([['a', both[2] as Entry]]), [happened('a', 'reviewing')], sha256);
    const whole = [...both.filter((entry) => entry.cancellationId === 'a'), ...later];
    expect(verifyChain(whole, sha256)).toEqual({ ok: true, value: anchor(whole) });
    expect(whole.map((entry) => entry.entry)).toEqual([1, 2, 3]);
  });

  it('verifies, also with entries after the certificate, also empty', () => {
    expect(verifyChain(chain(), sha256, anchor(chain().slice(0, 4)))).toEqual({ ok: true, value: anchor(chain()) });
    expect(verifyChain([], sha256)).toEqual({ ok: true, value: anchor([]) });
  });
});

describe('fault 42: the verifier names the first bad entry', () => {
  const whole = chain();
  const edits: Record<string, (entry: Entry) => Entry> = {
    fact: (entry) => ({ ...entry, facts: { n: 99 } }),
    'fact added': (entry) => ({ ...entry, facts: { ...entry.facts, extra: true } }),
    event: (entry) => ({ ...entry, event: 'refused' }),
    actor: (entry) => ({ ...entry, actor: 'reviewer' }),
    brand: (entry) => ({ ...entry, brand: 'pear' }),
    time: (entry) => ({ ...entry, at: new Date(entry.at.getTime() + 1) }),
    hash: (entry) => ({ ...entry, hash: sha256(entry.hash) }),
    previous: (entry) => ({ ...entry, previous: sha256(entry.previous) }),
  };
  for (const [what, edit] of Object.entries(edits)) {
    it(`edited: ${what}`, () => {
      for (const place of events.keys()) expect(verifyChain(changed(whole, place + 1, edit), sha256)).toEqual({ ok: false, why: { kind: 'edited', entry: place + 1 } });
    });
  }

  it('edited, and its hash computed anew', () => {
    const rehashed = changed(whole, 3, (entry) => chainOn(new Map([['a', whole[1] as Entry]]), [{ ...entry, event: 'refused' }], sha256)[0] as Entry);
    expect(verifyChain(rehashed, sha256)).toEqual({ ok: false, why: { kind: 'edited', entry: 3 } });
  });

  it('removed', () => {
    expect(verifyChain(whole.filter((entry) => entry.entry !== 3), sha256)).toEqual({ ok: false, why: { kind: 'removed', entry: 3 } });
    expect(verifyChain(whole.slice(1), sha256)).toEqual({ ok: false, why: { kind: 'removed', entry: 1 } });
  });

  it('removed, and those after it numbered anew', () => {
    const closed = whole.filter((entry) => entry.entry !== 3).map((entry, index) => ({ ...entry, entry: index + 1 }));
    expect(verifyChain(closed, sha256)).toMatchObject({ ok: false, why: { entry: 3 } });
  });

  it('reordered', () => {
    expect(verifyChain(swapped(whole, 2, 4), sha256)).toEqual({ ok: false, why: { kind: 'reordered', entry: 3, found: 5 } });
  });

  it('reordered, and numbered anew', () => {
    const renumbered = swapped(whole, 2, 4).map((entry, index) => ({ ...entry, entry: index + 1 }));
    expect(verifyChain(renumbered, sha256)).toEqual({ ok: false, why: { kind: 'reordered', entry: 3, found: 5 } });
  });

  it('put in from another case', () => {
    const foreign = changed(whole, 2, () => chain('b')[1] as Entry);
    expect(verifyChain(foreign, sha256)).toEqual({ ok: false, why: { kind: 'of-another-case', entry: 2 } });
  });

  it('tail cut', () => {
    expect(verifyChain(whole.slice(0, 5), sha256, anchor(whole))).toEqual({ ok: false, why: { kind: 'tail-cut', entry: 6, expected: 7 } });
    expect(verifyChain([], sha256, anchor(whole))).toEqual({ ok: false, why: { kind: 'tail-cut', entry: 1, expected: 7 } });
  });

  it('the whole chain computed anew does not end where the certificate says', () => {
    const forged = chainOn(new Map(), events.map((event, n) => happened('a', event, { n: n + 1 })), sha256);
    expect(verifyChain(forged, sha256).ok).toBe(true);
    expect(verifyChain(forged, sha256, anchor(whole))).toEqual({ ok: false, why: { kind: 'rewritten', entry: 7 } });
  });
});
