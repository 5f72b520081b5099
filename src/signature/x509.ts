/** Certificates made with node's own keys and signatures (RFC 5280; ECDSA with SHA-256, RFC 5758). Nothing outside trusts them. */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { bits, boolean, explicit, implicit, integer, objectId, octets, sequence, set, utcTime, utf8 } from './der.ts';

const oid = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2', commonName: '2.5.4.3', subjectKeyId: '2.5.29.14', keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19', authorityKeyId: '2.5.29.35',
} as const;

/** Who signs certificates: as named in them, and with which key (EC P-256). */
export type Issuer = { readonly name: string; readonly key: KeyObject; readonly keyId: Buffer };
/** `cert` and `key` are PEM texts. */
export type Issued = { readonly cert: string; readonly key: string; readonly asIssuer: Issuer };

/** `usage`: the bits of KeyUsage (RFC 5280 §4.2.1.3) in one octet, the first of them highest. */
export type Wanted = {
  readonly name: string;
  readonly authority?: boolean;
  readonly usage: number;
  readonly more?: readonly Buffer[];
  /** YYMMDDhhmmssZ */
  readonly from: string;
  readonly until: string;
};

const nameOf = (commonName: string): Buffer => sequence(set(sequence(objectId(oid.commonName), utf8(commonName))));
export const extension = (id: string, critical: boolean, value: Buffer): Buffer => sequence(objectId(id), ...(critical ? [boolean(true)] : []), octets(value));

/** DER has no zero bits at the end of a list of named ones. */
const usageBits = (usage: number): Buffer => bits(Buffer.of(usage), Math.max(0, Math.min(7, 31 - Math.clz32(usage & -usage))));

export const pemOf = (der: Buffer): string => `-----BEGIN CERTIFICATE-----\n${der.toString('base64').match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END CERTIFICATE-----\n`;

/** A new key (EC P-256) and its certificate, by the issuer; without one it is its own. */
export const issue = (wanted: Wanted, issuer?: Issuer): Issued => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const self: Issuer = { name: wanted.name, key: privateKey, keyId: createHash('sha1').update(spki).digest() };
  const by = issuer ?? self;
  const algorithm = sequence(objectId(oid.ecdsaWithSha256));
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40; // positive, and without a leading zero
  const extensions = sequence(
    extension(oid.basicConstraints, true, wanted.authority === true ? sequence(boolean(true)) : sequence()),
    extension(oid.keyUsage, true, usageBits(wanted.usage)),
    ...(wanted.more ?? []),
    extension(oid.subjectKeyId, false, octets(self.keyId)),
    extension(oid.authorityKeyId, false, sequence(implicit(0, by.keyId))),
  );
  const body = sequence(
    explicit(0, integer(Buffer.of(2))), integer(serial), algorithm, nameOf(by.name), sequence(utcTime(wanted.from), utcTime(wanted.until)), nameOf(wanted.name), spki, explicit(3, extensions),
  );
  const cert = pemOf(sequence(body, algorithm, bits(sign('sha256', body, by.key))));
  return { cert, key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })), asIssuer: self };
};
