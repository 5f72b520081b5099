/** What a reply with a body amounts to, where the peer speaks one of docs/*.openapi.yaml: 200 with a fact, or a problem (RFC 9457). */
import { z } from 'zod';
import type { Result } from '../cancellation/result.ts';
import type { Outcome } from '../plan/ports.ts';
import type { HttpReply } from './http-exchange.ts';
import { outcomeOfStatus } from './http-exchange.ts';
import { parseBody } from './json-body.ts';

const maxBody = 65_536;
const problem = z.object({ code: z.string().regex(/^[a-z0-9-]{1,64}$/), title: z.string().max(500) });
export type Problem = z.infer<typeof problem>;
export const decodeProblem = (body: string): Result<Problem, { readonly kind: 'not-a-problem'; readonly says: string }> => parseBody('not-a-problem', problem, body, maxBody);

/** The words go on record and before people: one line, nothing that a terminal acts on. */
const inOneLine = (words: string): string => words.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').slice(0, 200);

export const outcomeOfProblem = (reply: HttpReply): Outcome<never> => {
  const outcome = outcomeOfStatus(reply.status);
  const found = decodeProblem(reply.body);
  // A redirect is one whatever stands in it.
  if (outcome.kind !== 'refused' || reply.status < 400 || reply.unfit !== undefined || !found.ok) return outcome;
  const says = inOneLine(found.value.title).trim() || `HTTP ${reply.status}`;
  // The first one with this key is still at work: what it does is not known yet.
  if (found.value.code === 'in-flight') return { kind: 'unknown', says };
  return { kind: 'refused', code: found.value.code, says };
};

export const outcomeOfReply = <Fact>(reply: HttpReply, decode: (body: string) => Result<Fact, { readonly says: string }>): Outcome<Fact> => {
  if (reply.status !== 200) return outcomeOfProblem(reply);
  if (reply.unfit !== undefined) return { kind: 'unknown', says: `not understood: ${reply.unfit}` };
  const decoded = decode(reply.body);
  return decoded.ok ? { kind: 'done', fact: decoded.value } : { kind: 'unknown', says: `not understood: ${decoded.why.says}` };
};

/** A value that can't stand in a path can't name anything at the peer either. */
export const notInAPath: Outcome<never> = { kind: 'refused', code: 'invalid-reference', says: 'This reference can not stand in a path.' };
