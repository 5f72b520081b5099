/** Which agreements of a case are signed, and by which document. */
import type { Language } from '../policy/pack.ts';
import type { Tx } from './db.ts';

export type AgreementSignature = {
  readonly agreementId: string;
  readonly documentId: string;
  readonly language: Language;
  /** Of the signed PDF, hex. */
  readonly sha256: string;
  readonly signedAt: Date;
};

/** In the order of their ids. */
export const signaturesOf = (tx: Tx, caseId: string): Promise<AgreementSignature[]> =>
  tx.query<AgreementSignature>(
    `select agreement_id as "agreementId", document_id as "documentId", language, encode(sha256, 'hex') as sha256, signed_at as "signedAt"
     from agreement_signatures where cancellation_id = $1 order by agreement_id`, [caseId]);

/** What was signed before is signed anew: the papers of before go, and their signatures with them. */
export const forgetSignatures = async (tx: Tx, caseId: string): Promise<void> => {
  await tx.query(`delete from documents where cancellation_id = $1 and purpose = 'agreement'`, [caseId]);
};

export const saveSignatures = async (tx: Tx, of: { readonly brand: string; readonly caseId: string; readonly provenAt: Date }, signed: readonly AgreementSignature[]): Promise<void> => {
  await tx.query(
    `insert into agreement_signatures (cancellation_id, agreement_id, brand, document_id, language, sha256, proven_at, signed_at)
     select $1, agreement_id, $2, document_id, language, decode(sha256, 'hex'), $3, signed_at
     from unnest($4::text[], $5::uuid[], $6::text[], $7::text[], $8::timestamptz[]) as s (agreement_id, document_id, language, sha256, signed_at)`,
    [of.caseId, of.brand, of.provenAt, signed.map((one) => one.agreementId), signed.map((one) => one.documentId), signed.map((one) => one.language), signed.map((one) => one.sha256), signed.map((one) => one.signedAt)]);
};
