import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadOrMakeKeys } from '../../src/vault/keys-folder.ts';
import { readOperatorKey } from '../../src/vault/operator-key.ts';
import { makeSigningKey, readSigningKey, signingKeyAsPem } from '../../src/vault/signing-key.ts';

describe('keys from settings', () => {
  const hex = '00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210';

  test("the operator's key: hexadecimal or base64 of 32 bytes", () => {
    const bytes = Buffer.from(hex, 'hex');
    for (const text of [hex, hex.toUpperCase(), ` ${hex}\n`, bytes.toString('base64'), bytes.toString('base64url')]) expect(readOperatorKey(text)).toEqual({ ok: true, value: bytes });
  });

  test.each([
    [undefined, 'missing'], ['', 'missing'], ['changeme', 'not-a-key'], [hex.slice(2), 'not-a-key'], [`${hex}00`, 'not-a-key'], ['0'.repeat(64), 'too-weak'], ['deadbeef'.repeat(8), 'too-weak'],
  ])('the operator’s key %j is refused: %s', (text, kind) => {
    const read = readOperatorKey(text);
    expect(read).toMatchObject({ ok: false, why: { kind, says: expect.stringContaining('SIGNOFF_OPERATOR_KEY') } });
    if (!read.ok && text) expect(read.why.says).not.toContain(text);
  });

  test('the signing key: PEM, PEM on one line, or JWK, all the same key', () => {
    const made = makeSigningKey();
    const pem = signingKeyAsPem(made);
    const jwk = JSON.stringify(made.privateKey.export({ format: 'jwk' }));
    for (const text of [pem, pem.trim().replaceAll('\n', '\\n'), jwk]) {
      const read = readSigningKey(text);
      expect(read.ok && read.value.publicJwk).toEqual(made.publicJwk);
      expect(read.ok && verify(null, Buffer.from('x'), made.publicKey, sign(null, Buffer.from('x'), read.value.privateKey))).toBe(true);
    }
  });

  test('its name is the RFC 7638 thumbprint of RFC 8037 appendix A', () => {
    const read = readSigningKey('{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}');
    expect(read.ok && read.value.kid).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
    expect(read.ok && read.value.publicJwk.x).toBe('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo');
  });

  test.each([
    [undefined, 'missing'],
    ['hello', 'not-a-key'],
    ['{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}', 'not-a-key'],
    [generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'not-a-key'],
    [generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'not-a-key'],
  ])('another signing key is refused (%#): %s', (text, kind) => {
    expect(readSigningKey(text)).toMatchObject({ ok: false, why: { kind, says: expect.stringContaining('SIGNOFF_SIGNING_KEY') } });
  });
});

describe('keys in a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'signoff-keys-')), 'data');
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true }));

  test('are made once, for their owner alone, and found again, also by several at once', async () => {
    const loaded = await Promise.all([1, 2, 3, 4].map(() => loadOrMakeKeys(folder)));
    loaded.push(await loadOrMakeKeys(folder));
    const keys = loaded.map((each) => (each.ok ? `${each.value.operatorKey.toString('hex')} ${each.value.signingKey.kid}` : each.why.says));
    expect(new Set(keys).size).toBe(1);
    for (const name of ['operator-key', 'signing-key.pem']) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  test('a damaged one is named, not replaced', async () => {
    await loadOrMakeKeys(folder);
    await writeFile(join(folder, 'operator-key'), 'half');
    expect(await loadOrMakeKeys(folder)).toMatchObject({ ok: false, why: { kind: 'not-a-key', says: expect.stringContaining(join(folder, 'operator-key')) } });
    expect(await readFile(join(folder, 'operator-key'), 'utf8')).toBe('half');
  });
});
