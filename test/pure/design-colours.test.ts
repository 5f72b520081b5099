import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrast, parseHex, tokensOf } from '../../src/design/colours.ts';

const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('whatever colour a brand has', () => {
  test.each(['light', 'dark'] as const)('every text reads on what it stands on, %s', (scheme) => {
    fc.assert(fc.property(hex, (brand) => {
      const token = tokensOf(brand, scheme);
      const on = (text: string, ground: string): number => contrast(parseHex(token[text] ?? ''), parseHex(token[ground] ?? ''));
      for (const ground of ['paper', 'card', 'tint']) for (const text of ['ink', 'quiet', 'link']) expect(on(text, ground), `${text} on ${ground} of ${brand}`).toBeGreaterThanOrEqual(4.5);
      for (const name of ['todo', 'done', 'stop']) for (const ground of ['paper', 'card', `${name}-tint`]) expect(on(name, ground), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      expect(on('on-brand', 'brand'), `button of ${brand}`).toBeGreaterThanOrEqual(4.5);
      expect(on('on-brand', 'brand-over'), `button of ${brand} under the pointer`).toBeGreaterThanOrEqual(4.5);
      expect(on('on-night', 'night')).toBeGreaterThanOrEqual(7);
      expect(on('quiet-night', 'night')).toBeGreaterThanOrEqual(4.5);
      // The edge of a field tells where it is (WCAG 1.4.11).
      expect(Math.min(on('edge', 'paper'), on('edge', 'card'))).toBeGreaterThanOrEqual(3);
    }), { numRuns: 2000 });
  });
});
