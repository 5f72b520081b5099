/**
 * Certificates for mutual TLS inside one machine: an authority, the server's, the client's. Made once a folder, with
 * node's own keys and signatures (RFC 5280; ECDSA with SHA-256 on P-256, RFC 5758). Nothing outside trusts them.
 */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bits, boolean, explicit, implicit, integer, objectId, octets, sequence, set, utcTime, utf8 } from './der.ts';

/** PEM texts. */
export type Pair = { readonly cert: string; readonly key: string };
export type Certificates = { readonly ca: string; readonly server: Pair; readonly client: Pair };

const oid = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2', commonName: '2.5.4.3', subjectKeyId: '2.5.29.14', keyUsage: '2.5.29.15', subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19', authorityKeyId: '2.5.29.35', extendedKeyUsage: '2.5.29.37', serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

type Purpose = 'authority' | 'serverAuth' | 'clientAuth';
type Issuer = { readonly name: string; readonly key: KeyObject; readonly keyId: Buffer };

const name = (commonName: string): Buffer => sequence(set(sequence(objectId(oid.commonName), utf8(commonName))));
const extension = (id: string, critical: boolean, value: Buffer): Buffer =>
  sequence(objectId(id), ...(critical ? [boolean(true)] : []), octets(value));

const extensionsFor = (purpose: Purpose, keyId: Buffer, issuer: Issuer): Buffer => {
  const authority = purpose === 'authority';
  const usage = authority
    ? [extension(oid.keyUsage, true, bits(Buffer.of(0x06), 1))] // keyCertSign, cRLSign
    : [extension(oid.keyUsage, true, bits(Buffer.of(0x80), 7)), extension(oid.extendedKeyUsage, false, sequence(objectId(oid[purpose])))]; // digitalSignature
  const names = purpose === 'serverAuth'
    ? [extension(oid.subjectAltName, false, sequence(implicit(2, Buffer.from('localhost')), implicit(7, Buffer.of(127, 0, 0, 1))))]
    : [];
  return sequence(
    extension(oid.basicConstraints, true, authority ? sequence(boolean(true)) : sequence()),
    ...usage, ...names,
    extension(oid.subjectKeyId, false, octets(keyId)),
    extension(oid.authorityKeyId, false, sequence(implicit(0, issuer.keyId))),
  );
};

const pem = (der: Buffer): string => `-----BEGIN CERTIFICATE-----\n${der.toString('base64').match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END CERTIFICATE-----\n`;

/** The dates are wide and fixed: TLS looks at the system's clock, and a demo's clock is moved at will. YYMMDDhhmmssZ. */
const validFrom = '200101000000Z';
const validUntil = '491231235959Z';

const issue = (subject: string, purpose: Purpose, until: string, issuer?: Issuer): Pair & { readonly asIssuer: Issuer } => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const self: Issuer = { name: subject, key: privateKey, keyId: createHash('sha1').update(spki).digest() };
  const by = issuer ?? self;
  const algorithm = sequence(objectId(oid.ecdsaWithSha256));
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40; // positive, and without a leading zero
  const body = sequence(
    explicit(0, integer(Buffer.of(2))), integer(serial), algorithm, name(by.name), sequence(utcTime(validFrom), utcTime(until)), name(subject), spki,
    explicit(3, extensionsFor(purpose, self.keyId, by)),
  );
  const cert = pem(sequence(body, algorithm, bits(sign('sha256', body, by.key))));
  return { cert, key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })), asIssuer: self };
};

/** `until` is of the two that the authority signs. */
export const makeCertificates = (until = validUntil): Certificates => {
  const authority = issue('Simulated carrier, root', 'authority', validUntil);
  const [server, client] = [issue('Simulated SM-DP+', 'serverAuth', until, authority.asIssuer), issue('Desk', 'clientAuth', until, authority.asIssuer)];
  return { ca: authority.cert, server: { cert: server.cert, key: server.key }, client: { cert: client.cert, key: client.key } };
};

/** Those of the folder, made at the first call. One file, renamed into place: half a set never stands there. */
export const certificatesIn = async (folder: string): Promise<Certificates> => {
  const path = join(folder, 'tls.json');
  const held = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (held !== null) return JSON.parse(held) as Certificates;
  const made = makeCertificates();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, JSON.stringify(made, null, 1), { mode: 0o600 });
  await rename(`${path}.new`, path);
  return made;
};
