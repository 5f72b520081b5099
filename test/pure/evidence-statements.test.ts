import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseStatement } from '../../src/evidence/statements.ts';
import { isSubject, maskNumber, subjectOf } from '../../src/evidence/subject.ts';
import { aStatement } from '../statement.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const line = { msisdn: '+12025550142', imsi: '001010000000042', iccid: '89461177710001700003', eid: '89049032123451234512345678901235' };
const salt = new Uint8Array(16).fill(7);

describe('the subject of a certificate', () => {
  it.each([
    ['+12025550142', '+1 202 ••• ••42'],
    ['+447700900123', '+44 770 ••• ••23'],
    ['+61491570156', '+61 491 ••• •56'],
    ['+353209100123', '+353 209 ••• •23'],
  ])('%s is masked as %s', (number, masked) => expect(maskNumber(number)).toBe(masked));

  it('N10 is bound to every identifier, and opens only with the salt', () => {
    const subject = subjectOf(line, salt, sha256);
    expect(isSubject(subject, line, salt, sha256)).toBe(true);
    expect(isSubject(subject, { ...line, imsi: '001010000000043' }, salt, sha256)).toBe(false);
    expect(isSubject(subject, { msisdn: line.msisdn }, salt, sha256)).toBe(false);
    expect(isSubject(subject, line, new Uint8Array(16).fill(8), sha256)).toBe(false);
    for (const secret of [...Object.values(line), line.msisdn.slice(1)]) expect(JSON.stringify(subject)).not.toContain(secret);
    expect(() => subjectOf(line, new Uint8Array(8), sha256)).toThrow();
  });
});

describe('the statement', () => {
  it('is what the schema says, and names the first field that is not', () => {
    expect(parseStatement(aStatement())).toEqual({ ok: true, value: aStatement() });
    expect(parseStatement({ ...aStatement(), cancelledAt: 'yesterday' })).toMatchObject({ ok: false, why: { kind: 'not-conforming', field: 'cancelledAt' } });
    expect(parseStatement({ ...aStatement(), version: 2 })).toMatchObject({ ok: false, why: { field: 'version' } });
    expect(parseStatement({ ...aStatement(), holder: 'A person' })).toMatchObject({ ok: false });
    expect(parseStatement(undefined)).toMatchObject({ ok: false, why: { field: '(whole)' } });
  });

  it('N10 has no room for personal data: a full number is refused', () => {
    const statement = aStatement();
    expect(parseStatement({ ...statement, subject: { ...statement.subject, email: 'a@b.example' } })).toMatchObject({ ok: false });
  });
});
