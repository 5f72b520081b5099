/** A question is set or changed on the word of a code to a contact of record: who has the session alone can't. */
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Clock } from '../store/clock.ts';
import type { Db, Tx } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';
import { type CannotUseCode, useCodeIn, wasThisCode } from './one-time-codes.ts';
import { answerLength, hashAnswer, keepAnswer, questions, type Question } from './security-questions.ts';
import { countTry, forgiveTry, waitShortly, type Wait } from './throttle.ts';

/** Characters of an answer, blanks and stops aside. Names of streets and pets are short in Chinese. */
export const answerLeast = 2;
export const answerMost = 100;

export type CannotSetQuestion = CannotUseCode | Wait | { readonly kind: 'no-such-question' } | { readonly kind: 'answer-missing' } | { readonly kind: 'answer-short'; readonly least: number } | { readonly kind: 'answer-long'; readonly most: number };
export type Chosen = { readonly question: string; readonly answer: string };

/** What can be said before a code is spent on it. */
export const checkQuestion = ({ question, answer }: Chosen): Result<Question, CannotSetQuestion> => {
  const known = questions.find((one) => one === question);
  if (known === undefined) return no({ kind: 'no-such-question' });
  if (answer.trim() === '') return no({ kind: 'answer-missing' });
  const length = answerLength(answer);
  if (length < answerLeast) return no({ kind: 'answer-short', least: answerLeast });
  return length > answerMost ? no({ kind: 'answer-long', most: answerMost }) : ok(known);
};

/** Seconds in which a form that was sent twice is one. */
const pressedTwice = 60;

/** `tell`: puts the news on its way to every contact of record, in the transaction that changes it. */
export const setQuestion = async (
  db: Db,
  vault: Vault,
  clock: Clock,
  asked: Chosen & { readonly brand: string; readonly subscriberId: string; readonly codeId: string; readonly code: string; readonly from: string },
  tell: (tx: Tx, subscriberId: string) => Promise<void>,
): Promise<Result<undefined, CannotSetQuestion>> => {
  const { brand, subscriberId } = asked;
  const checked = checkQuestion(asked);
  if (!checked.ok) return checked;
  const counter = [{ bucket: 'question-set', key: vault.mark('question set', brand, subscriberId) }] as const;
  const counted = await db.inBrand(brand, (tx) => countTry(tx, brand, clock.now(), counter));
  if (!counted.ok) return counted;
  const hash = await hashAnswer(asked.answer);
  if (hash === 'busy') return no(waitShortly);
  return db.inBrand(brand, async (tx) => {
    const now = clock.now();
    const used = await useCodeIn(tx, vault, now, { brand, purpose: 'step-up', codeId: asked.codeId, code: asked.code, from: asked.from, subject: subscriberId });
    if (!used.ok) return used.why.kind === 'code-over' && (await setJustNow(tx, vault, asked, now)) ? ok(undefined) : used;
    await forgiveTry(tx, brand, now, counter);
    await keepAnswer(tx, now, { brand, subscriberId, question: checked.value, hash });
    await tell(tx, subscriberId);
    return ok(undefined);
  });
};

const setJustNow = async (tx: Tx, vault: Vault, { codeId, code, subscriberId }: { codeId: string; code: string; subscriberId: string }, now: Date): Promise<boolean> =>
  /^[0-9a-f-]{36}$/i.test(codeId) && (await wasThisCode(tx, vault, codeId, code))
  && (await tx.query('select 1 from security_answers where subscriber_id = $1 and set_at >= $2', [subscriberId, new Date(now.getTime() - pressedTwice * 1000)])).length > 0;
