/** A security question: in addition to a code or a document, never instead of one. Its answer is kept as a password is. */
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Clock } from '../store/clock.ts';
import type { Db, Tx } from '../store/db.ts';
import { saveProof } from '../store/proofs.ts';
import type { Vault } from '../vault/vault.ts';
import { decoyHash, hashPassword, verifyPassword } from './password-hash.ts';
import { countTry, forgiveTry, sourceKey, type Wait, waitShortly } from './throttle.ts';

/** Words for each are in messages/portal, `question.<name>`. */
export const questions = ['first-school', 'first-pet', 'childhood-street', 'first-journey', 'first-job'] as const;
export type Question = (typeof questions)[number];

/** What people write differently each time is not the answer: width, case, blanks, the stop at its end. */
const asAnswer = (typed: string): string => typed.normalize('NFKC').toLowerCase().replace(/[\s.。,，]+/gu, '');

/** Characters that count. */
export const answerLength = (typed: string): number => [...asAnswer(typed)].length;

/** `hash` from `hashAnswer`, which takes its time and so stays outside the transaction. */
export const keepAnswer = async (tx: Tx, now: Date, { brand, subscriberId, question, hash }: { brand: string; subscriberId: string; question: Question; hash: string }): Promise<void> => {
  await tx.query(
    `insert into security_answers (subscriber_id, brand, question, hash, set_at) values ($1, $2, $3, $4, $5)
     on conflict (subscriber_id) do update set question = excluded.question, hash = excluded.hash, set_at = excluded.set_at`, [subscriberId, brand, question, hash, now]);
};
export const hashAnswer = (answer: string): Promise<string | 'busy'> => hashPassword(asAnswer(answer));

export type CannotAnswer = { readonly kind: 'wrong-answer' } | Wait;

/** The try is counted and committed before the answer is looked at; right or wrong, it costs the same. */
export const answerQuestion = async (
  db: Db,
  vault: Vault,
  clock: Clock,
  asked: { brand: string; subscriberId: string; sessionId: string; caseId: string; answer: string; from: string },
): Promise<Result<undefined, CannotAnswer>> => {
  const { brand, subscriberId, sessionId, caseId } = asked;
  const own = { bucket: 'question', key: vault.mark('security question', brand, subscriberId) } as const;
  const source = { bucket: 'code-source', key: sourceKey(vault, brand, asked.from) } as const;
  const counted = await db.inBrand(brand, async (tx) => {
    const result = await countTry(tx, brand, clock.now(), [source, own]);
    if (!result.ok) return result;
    const [kept] = await tx.query<{ hash: string }>(`select hash from security_answers where subscriber_id = $1`, [subscriberId]);
    return ok(kept?.hash);
  });
  if (!counted.ok) return counted;
  const right = await verifyPassword(counted.value ?? decoyHash, asAnswer(asked.answer));
  if (right === 'busy') return no(waitShortly);
  if (!right || counted.value === undefined) return no({ kind: 'wrong-answer' });
  await db.inBrand(brand, async (tx) => {
    const now = clock.now();
    await forgiveTry(tx, brand, now, [source, own]);
    await saveProof(tx, now, { brand, caseId, sessionId, proof: 'security-question' });
  });
  return ok(undefined);
};
