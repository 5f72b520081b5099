import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseEid } from '../../src/cancellation/identifiers/eid.ts';
import { parseEMail } from '../../src/cancellation/identifiers/e-mail.ts';
import { iccidWarning, parseIccid } from '../../src/cancellation/identifiers/iccid.ts';
import { parseImei } from '../../src/cancellation/identifiers/imei.ts';
import { parseImsi } from '../../src/cancellation/identifiers/imsi.ts';
import { parseMsisdn } from '../../src/cancellation/identifiers/msisdn.ts';
import { luhnDigit, passesLuhn } from '../../src/cancellation/identifiers/luhn.ts';
import type { Result } from '../../src/cancellation/result.ts';

const digits = (least: number, most = least) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: least, maxLength: most });
const value = <Value>(result: Result<Value, unknown>): Value => {
  if (!result.ok) throw new Error(`expected a value, got ${JSON.stringify(result.why)}`);
  return result.value;
};
const why = <Why>(result: Result<unknown, Why>): Why => {
  if (result.ok) throw new Error(`expected a refusal, got ${JSON.stringify(result.value)}`);
  return result.why;
};
const wide = (text: string) => [...text].map((digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0)).join('');

describe('Luhn', () => {
  test('the completed number passes, and with any one digit changed it does not', () => {
    fc.assert(fc.property(digits(1, 19), fc.nat(), fc.integer({ min: 1, max: 9 }), (start, where, by) => {
      const whole = start + luhnDigit(start);
      expect(passesLuhn(whole)).toBe(true);
      const place = where % whole.length;
      const changed = whole.slice(0, place) + String((Number(whole[place]) + by) % 10) + whole.slice(place + 1);
      expect(passesLuhn(changed)).toBe(false);
    }));
  });
});

describe('ICCID', () => {
  test('a known card passes without a warning', () => {
    const iccid = value(parseIccid('89461177710001700003'));
    expect(iccid).toBe('89461177710001700003');
    expect(iccidWarning(iccid)).toBeUndefined();
  });
  test('a wrong check digit warns and does not refuse', () => {
    expect(iccidWarning(value(parseIccid('89461177710001700004')))).toEqual({ kind: 'check-digit' });
  });
  test('padding and grouping are taken off', () => {
    expect(value(parseIccid('8946 1177 7100 0170 000F'))).toBe('8946117771000170000');
    expect(value(parseIccid('894611777100017000ff'))).toBe('894611777100017000');
    expect(value(parseIccid(wide('89461177710001700003')))).toBe('89461177710001700003');
  });
  test('what is no ICCID says why', () => {
    expect(why(parseIccid(' '))).toEqual({ kind: 'empty' });
    expect(why(parseIccid('8946117F71000170000'))).toEqual({ kind: 'not-digits', found: 'F' });
    expect(why(parseIccid('89461177710001700'))).toEqual({ kind: 'wrong-length', length: 17 });
    expect(why(parseIccid('894611777100017000031'))).toEqual({ kind: 'wrong-length', length: 21 });
    expect(why(parseIccid('89461177710001700003F'))).toEqual({ kind: 'not-digits', found: 'F' });
  });
  test('18 to 20 digits and no others', () => {
    fc.assert(fc.property(digits(1, 24), (text) => parseIccid(text).ok === (text.length >= 18 && text.length <= 20)));
  });
});

describe('EID', () => {
  const valid = '89049032123451234512345678901235';
  test('a known eUICC passes, grouped or not', () => {
    expect(value(parseEid(valid))).toBe(valid);
    expect(value(parseEid('8904 9032 1234 5123 4512 3456 7890 1235'))).toBe(valid);
  });
  test('every other pair of check digits is refused', () => {
    const passing = Array.from({ length: 100 }, (_, pair) => valid.slice(0, 30) + String(pair).padStart(2, '0')).filter((text) => parseEid(text).ok);
    expect(passing).toEqual([valid]);
  });
  test('every single wrong digit and every two neighbours swapped are refused', () => {
    for (let place = 0; place < 32; place += 1) {
      for (const digit of '0123456789') {
        if (digit !== valid[place]) expect(parseEid(valid.slice(0, place) + digit + valid.slice(place + 1)).ok).toBe(false);
      }
      const [left, right] = [valid[place], valid[place + 1]];
      if (right !== undefined && left !== right) expect(parseEid(`${valid.slice(0, place)}${right}${left}${valid.slice(place + 2)}`).ok).toBe(false);
    }
  });
  test('what is no EID says why', () => {
    expect(why(parseEid(''))).toEqual({ kind: 'empty' });
    expect(why(parseEid(valid.slice(1)))).toEqual({ kind: 'wrong-length', length: 31 });
    expect(why(parseEid(valid.replace('9', 'g')))).toEqual({ kind: 'not-digits', found: 'g' });
    expect(why(parseEid(`${valid.slice(0, 31)}6`))).toEqual({ kind: 'check-digits' });
  });
});

describe('IMEI', () => {
  test('a known device passes, as printed on boxes too', () => {
    for (const text of ['357613004448485', '35-761300-444848-5', '35/761300/444848/5', '35 761300 444848 5']) expect(value(parseImei(text))).toBe('357613004448485');
  });
  test('14 and 16 digits are refused and named, since they carry no check digit', () => {
    expect(why(parseImei('35761300444848'))).toEqual({ kind: 'wrong-length', length: 14, perhaps: 'imei-without-check-digit' });
    expect(why(parseImei('3576130044484801'))).toEqual({ kind: 'wrong-length', length: 16, perhaps: 'imeisv' });
    expect(why(parseImei('357613004448'))).toEqual({ kind: 'wrong-length', length: 12 });
  });
  test('a wrong digit is refused', () => {
    expect(why(parseImei('357613004448486'))).toEqual({ kind: 'check-digit' });
    expect(why(parseImei('35761300444848O'))).toEqual({ kind: 'not-digits', found: 'O' });
  });
});

describe('IMSI', () => {
  test('6 to 15 digits and no others', () => {
    fc.assert(fc.property(digits(1, 20), (text) => parseImsi(text).ok === (text.length >= 6 && text.length <= 15)));
    expect(value(parseImsi('001010123456789'))).toBe('001010123456789');
    expect(why(parseImsi('00101x'))).toEqual({ kind: 'not-digits', found: 'x' });
  });
});

describe('phone number', () => {
  test('as people write it', () => {
    for (const text of ['+12025550142', '+1 202 555 0142', '＋１ ２０２ ５５５ ０１４２', '+1 (202) 555-0142', '001-202-555-0142', '+1.202.555.0142', '\u202a+1\u00a0202\u2011555\u20110142\u202c'])
      expect(value(parseMsisdn(text))).toBe('+12025550142');
    expect(value(parseMsisdn('+44 (0)7700 900123'))).toBe('+447700900123');
  });
  test('what can not be a number says why', () => {
    expect(why(parseMsisdn('202 555 0142'))).toEqual({ kind: 'no-country-code', digits: 10 });
    expect(why(parseMsisdn('+1 202 555 CALL'))).toEqual({ kind: 'not-a-number', found: 'C' });
    expect(why(parseMsisdn('+1+2025550142'))).toEqual({ kind: 'not-a-number', found: '+' });
    expect(why(parseMsisdn('+0202555014'))).toEqual({ kind: 'country-code-zero' });
    expect(why(parseMsisdn('+1202'))).toEqual({ kind: 'too-short', digits: 4 });
    expect(why(parseMsisdn('+1234567890123456'))).toEqual({ kind: 'too-long', digits: 16 });
    expect(why(parseMsisdn(' - '))).toEqual({ kind: 'empty' });
  });
  test('what was parsed parses to itself', () => {
    fc.assert(fc.property(fc.constantFrom('+', '00', '＋'), fc.constantFrom(...'123456789'), digits(6, 14), (prefix, first, rest) => {
      const once = value(parseMsisdn(prefix + first + rest));
      expect(once).toBe(`+${first}${rest}`);
      expect(value(parseMsisdn(once))).toBe(once);
    }));
  });
});

describe('e-mail', () => {
  test('the domain in lower case, the name as typed', () => {
    expect(value(parseEMail(' Lin.Yue+sim@Mail.EXAMPLE '))).toBe('Lin.Yue+sim@mail.example');
    expect(value(parseEMail('ｌｉｎ＠ｍａｉｌ．ｅｘａｍｐｌｅ'))).toBe('lin@mail.example');
    expect(value(parseEMail('lin@mail。example'))).toBe('lin@mail.example');
  });
  test('an international domain in its ASCII form', () => {
    expect(value(parseEMail('lin@例子.example'))).toBe('lin@xn--fsqu00a.example');
    expect(value(parseEMail('lin@BÜCHER.example'))).toBe('lin@xn--bcher-kva.example');
  });
  test('what no mail server would take says why', () => {
    const cases: [string, object][] = [
      ['', { kind: 'empty' }],
      ['lin.mail.example', { kind: 'no-at-sign' }],
      ['lin@yue@mail.example', { kind: 'several-at-signs' }],
      ['@mail.example', { kind: 'nothing-before-at-sign' }],
      ['lin yue@mail.example', { kind: 'bad-name', found: ' ' }],
      ['lin\r\nBcc: x@mail.example', { kind: 'bad-name', found: '\r' }],
      ['.lin@mail.example', { kind: 'bad-name', found: '.' }],
      ['lin..yue@mail.example', { kind: 'bad-name', found: '.' }],
      ['林@mail.example', { kind: 'name-not-ascii', found: '林' }],
      [`${'l'.repeat(65)}@mail.example`, { kind: 'name-too-long', octets: 65 }],
      ['lin@', { kind: 'bad-domain' }],
      ['lin@mail', { kind: 'incomplete-domain' }],
      ['lin@192.0.2.1', { kind: 'incomplete-domain' }],
      ['lin@mail..example', { kind: 'bad-domain' }],
      ['lin@-mail.example', { kind: 'bad-domain' }],
      ['lin@mail.example/x', { kind: 'bad-domain' }],
      ['lin@ma%2eil.example', { kind: 'bad-domain' }],
      ['lin@[192.0.2.1]', { kind: 'bad-domain' }],
      [`lin@${'a'.repeat(64)}.example`, { kind: 'bad-domain' }],
    ];
    for (const [text, fault] of cases) expect(why(parseEMail(text)), text).toEqual(fault);
  });
  test('at most 254 octets in all', () => {
    const domain = `${'a'.repeat(61)}.${'b'.repeat(61)}.${'c'.repeat(57)}.example`; // 189
    expect(domain.length).toBe(189);
    expect(parseEMail(`${'l'.repeat(64)}@${domain}`).ok).toBe(true);
    expect(why(parseEMail(`${'l'.repeat(64)}@d.${domain}`))).toEqual({ kind: 'too-long', octets: 256 });
  });
  test('whatever is typed, the answer is a value, and what was parsed parses to itself', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (text) => {
      const once = parseEMail(text);
      if (once.ok) expect(value(parseEMail(once.value))).toBe(once.value);
    }));
  });
});
