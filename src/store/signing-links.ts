/** Links under which the agreements of a draft are signed, while an agent acts for its subscriber. Only the hash of a token is kept. */
import type { Tx } from './db.ts';

export type SigningLink = { readonly caseId: string; readonly channel: 'mail' | 'sms'; readonly to: string; readonly madeAt: Date; readonly until: Date; readonly replaced: boolean; readonly signedAt?: Date };
type Row = { id: string; channel: 'mail' | 'sms'; to_masked: string; made_at: Date; until: Date; replaced_at: Date | null; signed_at: Date | null };
const toLink = (row: Row): SigningLink => ({ caseId: row.id, channel: row.channel, to: row.to_masked, madeAt: row.made_at, until: row.until, replaced: row.replaced_at !== null, ...(row.signed_at === null ? {} : { signedAt: row.signed_at }) });
const columns = 'cancellation_id as id, channel, to_masked, made_at, until, replaced_at, signed_at';

/** The one before it is dead from then on. */
export const keepSigningLink = async (tx: Tx, link: { readonly tokenHash: Buffer; readonly brand: string; readonly caseId: string; readonly callId: string; readonly channel: 'mail' | 'sms'; readonly to: string; readonly now: Date; readonly until: Date }): Promise<void> => {
  await tx.query(`update signing_links set replaced_at = $2 where cancellation_id = $1 and replaced_at is null and signed_at is null`, [link.caseId, link.now]);
  await tx.query(
    `insert into signing_links (token_hash, brand, cancellation_id, call_id, channel, to_masked, made_at, until) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [link.tokenHash, link.brand, link.caseId, link.callId, link.channel, link.to, link.now, link.until]);
};

export const signingLinkOf = async (tx: Tx, brand: string, tokenHash: Buffer): Promise<SigningLink | undefined> => {
  const [row] = await tx.query<Row>(`select ${columns} from signing_links where token_hash = $1 and brand = $2`, [tokenHash, brand]);
  return row && toLink(row);
};

export const lastSigningLink = async (tx: Tx, caseId: string): Promise<SigningLink | undefined> => {
  const [row] = await tx.query<Row>(`select ${columns} from signing_links where cancellation_id = $1 order by made_at desc limit 1`, [caseId]);
  return row && toLink(row);
};

export const signedByLink = async (tx: Tx, tokenHash: Buffer, now: Date): Promise<void> => {
  await tx.query(`update signing_links set signed_at = $2 where token_hash = $1`, [tokenHash, now]);
};
