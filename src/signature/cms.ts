/** A detached CMS signature (RFC 5652) as PAdES B-B wants it (ETSI EN 319 142-1 §6.3): the certificate is signed along, the time stands in the PDF. */
import { createHash, sign } from 'node:crypto';
import { elements, integer, nothing, objectId, octets, sequence, set, tlv, type Element } from './der.ts';
import type { DocumentKey } from './document-key.ts';

const oid = {
  data: '1.2.840.113549.1.7.1', signedData: '1.2.840.113549.1.7.2', contentType: '1.2.840.113549.1.9.3', messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47', sha256: '2.16.840.1.101.3.4.2.1', ecdsaWithSha256: '1.2.840.10045.4.3.2', rsaWithSha256: '1.2.840.113549.1.1.11',
} as const;

const sha256 = (...parts: readonly Buffer[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const algorithm = sequence(objectId(oid.sha256));
const attribute = (id: string, value: Buffer): Buffer => sequence(objectId(id), set(value));
/** Context-specific and constructed, instead of the content's own tag. */
const inPlaceOf = (tag: number, element: Buffer): Buffer => tlv(0xa0 | tag, elements(element)[0]?.content ?? Buffer.alloc(0));

/** Issuer and serial number as they stand in the certificate (RFC 5280 §4.1). */
const issuerAndSerial = (certificate: Buffer): { issuer: Buffer; serial: Buffer } => {
  const [body] = elements(elements(certificate)[0]?.content ?? Buffer.alloc(0));
  const fields = elements(body?.content ?? Buffer.alloc(0));
  const [serial, , issuer] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields; // an explicit version comes first
  if (serial === undefined || issuer === undefined) throw new Error('a certificate without issuer or serial number');
  return { issuer: (issuer satisfies Element).whole, serial: serial.whole };
};

/** `signed`: the octets that the signature is over, in order. DER. */
export const detachedSignature = ({ privateKey, chain }: DocumentKey, signed: readonly Buffer[]): Buffer => {
  const [certificate] = chain;
  const { issuer, serial } = issuerAndSerial(certificate);
  // ESSCertIDv2 (RFC 5035 §4); SHA-256 is its default and so not written.
  const essCertId = sequence(octets(sha256(certificate)), sequence(sequence(tlv(0xa4, issuer)), serial));
  const attributes = set(
    attribute(oid.contentType, objectId(oid.data)),
    attribute(oid.messageDigest, octets(sha256(...signed))),
    attribute(oid.signingCertificateV2, sequence(sequence(essCertId))),
  );
  const signatureAlgorithm = privateKey.asymmetricKeyType === 'rsa' ? sequence(objectId(oid.rsaWithSha256), nothing) : sequence(objectId(oid.ecdsaWithSha256));
  const signerInfo = sequence(
    integer(Buffer.of(1)), sequence(issuer, serial), algorithm, inPlaceOf(0, attributes), signatureAlgorithm, octets(sign('sha256', attributes, privateKey)),
  );
  const signedData = sequence(integer(Buffer.of(1)), set(algorithm), sequence(objectId(oid.data)), inPlaceOf(0, set(...chain)), set(signerInfo));
  return sequence(objectId(oid.signedData), tlv(0xa0, signedData));
};
