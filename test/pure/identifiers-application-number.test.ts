import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alphabet, applicationNumber, parseApplicationNumber } from '../../src/cancellation/identifiers/application-number.ts';

const anyNumber = fc.uint8Array({ minLength: 8, maxLength: 16 }).map((bytes) => applicationNumber(bytes));
const plain = (number: string) => number.replaceAll('-', '');

test('three groups of four and a check character, in letters that are not taken for digits', () => {
  fc.assert(fc.property(anyNumber, (number) => {
    expect(number).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]$/);
  }));
  expect(alphabet).toHaveLength(32);
});

test('60 random bits: each of them changes the number', () => {
  const zero = applicationNumber(new Uint8Array(8));
  const numbers = Array.from({ length: 60 }, (_, bit) => {
    const bytes = new Uint8Array(8);
    bytes[7 - (bit >> 3)] = 1 << (bit & 7);
    return applicationNumber(bytes);
  });
  expect(new Set([zero, ...numbers]).size).toBe(61);
  expect(() => applicationNumber(new Uint8Array(7))).toThrow(RangeError);
});

test('every single wrong character is noticed, at every place and for every pair of characters', () => {
  // The check is linear, so the error alone decides; all errors are tried on many numbers nevertheless.
  fc.assert(fc.property(anyNumber, (number) => {
    const right = plain(number);
    for (let place = 0; place < right.length; place += 1) {
      for (const wrong of alphabet) {
        if (wrong !== right[place]) expect(parseApplicationNumber(right.slice(0, place) + wrong + right.slice(place + 1)).ok).toBe(false);
      }
    }
  }), { numRuns: 40 });
});

test('every two different neighbours that changed places are noticed, for every pair of characters at every place', () => {
  const zeros = '0'.repeat(12);
  for (let place = 0; place < 12; place += 1) {
    for (const left of alphabet) {
      for (const right of alphabet) {
        if (left === right) continue;
        const pair = place === 11 ? left : left + right;
        const start = (zeros.slice(0, place) + pair + zeros).slice(0, 12);
        const check = [...alphabet].find((character) => parseApplicationNumber(start + character).ok) ?? '';
        const whole = start + check;
        const [one, two] = [whole[place] ?? '', whole[place + 1] ?? ''];
        if (one === two) continue;
        expect(parseApplicationNumber(whole.slice(0, place) + two + one + whole.slice(place + 2)).ok).toBe(false);
      }
    }
  }
});

test('any two characters that changed places are noticed', () => {
  fc.assert(fc.property(anyNumber, fc.nat(12), fc.nat(12), (number, first, second) => {
    const characters = [...plain(number)];
    const [one, two] = [characters[first] ?? '', characters[second] ?? ''];
    fc.pre(one !== two);
    characters[first] = two;
    characters[second] = one;
    expect(parseApplicationNumber(characters.join('')).ok).toBe(false);
  }));
});

test('what people type is understood', () => {
  fc.assert(fc.property(anyNumber, (number) => {
    const typed = [
      number.toLowerCase(),
      ` ${number.replaceAll('-', ' ')} `,
      plain(number),
      number.replaceAll('-', '－'),
      number.replaceAll('0', 'O'),
      number.replaceAll('0', 'o').replaceAll('1', 'l'),
      number.replaceAll('1', 'I').replaceAll('V', 'u'),
    ];
    for (const text of typed) expect(parseApplicationNumber(text)).toEqual({ ok: true, value: number });
  }));
});

test('what is no application number says why', () => {
  expect(parseApplicationNumber('')).toEqual({ ok: false, why: { kind: 'empty' } });
  expect(parseApplicationNumber('7F3K-9Q2M')).toEqual({ ok: false, why: { kind: 'wrong-length', length: 8 } });
  expect(parseApplicationNumber('7F3K-9Q2M-4T*B-X')).toEqual({ ok: false, why: { kind: 'not-in-alphabet', found: '*' } });
});
