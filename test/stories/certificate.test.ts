import { readFileSync } from 'node:fs';
import { CompactSign, compactVerify, createLocalJWKSet } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { publishedKeys, readPublishedKeys } from '../../src/certificate/published-keys.ts';
import { sign } from '../../src/certificate/sign.ts';
import { headerOf } from '../../src/certificate/token.ts';
import { verify } from '../../src/certificate/verify.ts';
import { canonical } from '../../src/evidence/canonical.ts';
import type { Part } from '../../src/evidence/verification.ts';
import { makeSigningKey } from '../../src/vault/signing-key.ts';
import { aStatement } from '../statement.ts';

const key = makeSigningKey();
const published = publishedKeys([makeSigningKey(), key]);
let jws = '';
beforeAll(async () => {
  jws = await sign(aStatement(), key);
});

const partAt = (place: number): Part => {
  const [first, second] = [jws.indexOf('.'), jws.lastIndexOf('.')];
  if (place <= first) return 'header'; // each dot counts to the part beside it that has a fixed length
  return place < second ? 'statement' : 'signature';
};
const replaced = (text: string, place: number, by: string): string => text.slice(0, place) + by + text.slice(place + 1);

describe('N10 a certificate', () => {
  it('N10 verifies with the published keys and nothing else', () => {
    const keys = readPublishedKeys(JSON.stringify(published));
    expect(keys.ok && verify(`${jws}\n`, keys.value)).toEqual({ kind: 'valid', statement: aStatement(), keyId: key.kid, page: false });
  });

  it('N10 verifies with another’s implementation of JWS', async () => {
    const { payload, protectedHeader } = await compactVerify(jws, createLocalJWKSet({ keys: [...published.keys] }));
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(aStatement());
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', kid: key.kid });
  });

  it('is the same each time it is signed', async () => {
    expect(await sign(aStatement(), key)).toBe(jws);
  });

  it('is never signed over what would not verify', async () => {
    await expect(sign({ ...aStatement(), journal: { entries: 1, head: 'short' } }, key)).rejects.toThrow();
  });

  it('after any one changed byte the part that was changed is named', () => {
    for (let place = 0; place < jws.length; place++) {
      const old = jws[place] ?? '';
      for (const by of ['.', old === 'A' ? 'B' : 'A', String.fromCharCode(old.charCodeAt(0) ^ 1), '\u00e9', ' '].filter((other) => other !== old && (other !== ' ' || (place > 0 && place < jws.length - 1))))
        expect([place, by, verify(replaced(jws, place, by), published)]).toEqual([place, by, { kind: 'altered', part: partAt(place) }]);
    }
  });

  it('after a byte is lost or put in it is never taken for genuine', () => {
    for (let place = 0; place < jws.length; place += 7) {
      for (const other of [jws.slice(0, place) + jws.slice(place + 1), `${jws.slice(0, place)}A${jws.slice(place)}`])
        expect(verify(other, published).kind).not.toBe('valid');
    }
  });

  it('a statement put together from two certificates is none', async () => {
    const [head, , signature] = jws.split('.');
    const [, later] = (await sign(aStatement({ cancelledAt: '2027-01-01T00:00:00.000Z' }), key)).split('.');
    expect(verify([head, later, signature].join('.'), published)).toEqual({ kind: 'altered', part: 'statement' });
  });

  it('signed by a key that is not published: names the key', async () => {
    const stranger = makeSigningKey();
    expect(verify(await sign(aStatement(), stranger), published)).toEqual({ kind: 'unknown-key', keyId: stranger.kid });
    expect(verify(jws, { keys: [] })).toEqual({ kind: 'unknown-key', keyId: key.kid });
  });

  it('signed, but of a version that is not understood: names the field', async () => {
    const payload = canonical({ ...aStatement(), version: 2 });
    const other = await new CompactSign(new TextEncoder().encode(payload)).setProtectedHeader(headerOf(key.kid, Buffer.from(payload).toString('base64url'))).sign(key.privateKey);
    expect(verify(other, published)).toMatchObject({ kind: 'not-conforming', field: 'version' });
  });

  it('an unsigned token, a token of another kind, and no token at all are no certificates', async () => {
    const [, statement] = jws.split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${statement}.`;
    const otherKind = await new CompactSign(Buffer.from('{}')).setProtectedHeader({ alg: 'EdDSA', kid: key.kid }).sign(key.privateKey);
    for (const text of [unsigned, otherKind, 'hello', '..', readFileSync(import.meta.filename, 'utf8').slice(0, 5000)])
      expect(verify(text, published)).toEqual({ kind: 'not-a-certificate', because: 'other-format' });
    expect(verify(' \n', published)).toEqual({ kind: 'not-a-certificate', because: 'empty' });
    expect(verify('A'.repeat(100_000), published)).toEqual({ kind: 'not-a-certificate', because: 'too-large' });
  });

  it('what an unknown signer writes into the header cannot steer a terminal', () => {
    const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', digest: '', kid: '\u001b[2J', typ: 'signoff-certificate+jws' })).toString('base64url');
    expect(verify(`${header}.${'A'.repeat(50)}.${'A'.repeat(86)}`, published)).toEqual({ kind: 'not-a-certificate', because: 'other-format' });
  });

  it('a key file that is none, or has no usable key, is told apart', () => {
    expect(readPublishedKeys('<html>')).toEqual({ ok: false, why: { kind: 'not-a-key-set' } });
    expect(readPublishedKeys('{"keys":{}}')).toEqual({ ok: false, why: { kind: 'not-a-key-set' } });
    expect(readPublishedKeys('{"keys":[{"kty":"RSA"}]}')).toEqual({ ok: false, why: { kind: 'no-usable-key' } });
  });
});
