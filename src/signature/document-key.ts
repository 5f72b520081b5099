/** The key with which the operator signs documents, and the certificate that says whose it is. */
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { no, ok, type Result } from '../cancellation/result.ts';
import { issue } from './x509.ts';

/** `chain`: DER, the signer's own first, then who vouches for it. */
export type DocumentKey = {
  readonly privateKey: KeyObject;
  readonly chain: readonly [Buffer, ...Buffer[]];
  /** As the certificate names its holder. */
  readonly holder: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
};
/** `says` is one sentence for whoever sets it; it never repeats the key. */
export type CannotUseDocumentKey = { readonly kind: 'no-key' | 'no-certificate' | 'not-a-pair' | 'too-weak'; readonly says: string };
export type DocumentKeyTexts = { readonly key: string; readonly certificate: string };
type Named = { readonly key: string; readonly certificate: string };

const settings: Named = { key: 'SIGNOFF_DOCUMENT_KEY', certificate: 'SIGNOFF_DOCUMENT_CERT' };
const certificates = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const holderOf = (certificate: X509Certificate): string => (/^(?:O|CN)=.*$/m.exec(certificate.subject)?.[0] ?? certificate.subject).replace(/^\w+=/, '').replaceAll('\\', '');

/** From PEM texts: a private key (PKCS #8; RSA of 2,048 bits or more, or EC P-256), and certificates, the signer's own first. */
export const readDocumentKey = (texts: DocumentKeyTexts, named: Named = settings): Result<DocumentKey, CannotUseDocumentKey> => {
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(texts.key.replaceAll('\\n', '\n'));
  } catch {
    return no({ kind: 'no-key', says: `${named.key} must be a private key as PEM, without a password. Make one with: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256` });
  }
  const { asymmetricKeyType: kind, asymmetricKeyDetails: details } = privateKey;
  const strong = (kind === 'rsa' && (details?.modulusLength ?? 0) >= 2048) || (kind === 'ec' && details?.namedCurve === 'prime256v1');
  if (!strong) return no({ kind: 'too-weak', says: `${named.key} must be an RSA key of at least 2,048 bits or an EC key on P-256.` });
  let found: X509Certificate[];
  try {
    found = (texts.certificate.replaceAll('\\n', '\n').match(certificates) ?? []).map((pem) => new X509Certificate(pem));
  } catch {
    found = [];
  }
  const [own, ...others] = found;
  if (own === undefined) return no({ kind: 'no-certificate', says: `${named.certificate} must be the certificate of that key as PEM, followed by those that vouch for it.` });
  if (!own.checkPrivateKey(privateKey)) return no({ kind: 'not-a-pair', says: `The first certificate of ${named.certificate} is not that of the key ${named.key}.` });
  return ok({ privateKey, chain: [own.raw, ...others.map(({ raw }) => raw)], holder: holderOf(own), validFrom: new Date(own.validFrom), validUntil: new Date(own.validTo) });
};

/** For a demo, whose clock is moved at will: wide and fixed. */
const always = { from: '200101000000Z', until: '491231235959Z' } as const;
const usage = { keyCertSignAndCrlSign: 0x06, digitalSignatureAndContentCommitment: 0xc0 } as const;

/** A key of our own making, vouched for by an authority of our own making: whoever reads it must be told to trust that. */
export const makeDocumentKey = (): DocumentKeyTexts => {
  const authority = issue({ name: 'Signoff demo root', authority: true, usage: usage.keyCertSignAndCrlSign, ...always });
  const own = issue({ name: 'Signoff demo document signing', usage: usage.digitalSignatureAndContentCommitment, ...always }, authority.asIssuer);
  return { key: own.key, certificate: own.cert + authority.cert };
};
