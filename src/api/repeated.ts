/** A request that names itself: carried out once, and answered the same to whoever asks again (`identity/repeated-requests.ts`). */
import { Readable } from 'node:stream';
import { no, type Result } from '../cancellation/result.ts';
import { fileLimit } from '../desk/bulk/cut-file.ts';
import type { Desk } from '../desk/desk.ts';
import type { ApiClient } from '../identity/api-clients.ts';
import { fingerprint, readKey, repeatedRequest, type Made } from '../identity/repeated-requests.ts';
import { problems, type ApiProblem } from './problems.ts';

type Answer = Result<object, ApiProblem>;
type Once = {
  readonly desk: Desk; readonly client: ApiClient; readonly url: string;
  /** As it was sent. */
  readonly header: string;
  readonly body: Readable;
  readonly first: (body: Readable, made: Made) => Promise<Answer>;
  /** What there is to say of what was made, where its answer was lost. */
  readonly again: (made: string) => Promise<Answer>;
};

export const answerOnce = async ({ desk, client, url, header, body, first, again }: Once): Promise<Answer> => {
  const key = readKey(header);
  if (key === undefined) return no(problems.key);
  const request = repeatedRequest(desk, client, url, key);
  const claimed = await request.claim();
  if (claimed.kind === 'in-flight') return no(problems.inFlight);
  let whole: string | undefined;
  const source = fingerprint(body as AsyncIterable<Buffer>, (text) => { whole = text; });
  const keep = async (text: string, answer: Answer): Promise<void> => request.answered(text, { status: answer.ok ? 200 : answer.why.status, text: JSON.stringify(answer) });

  if (claimed.kind === 'before') {
    let bytes = 0;
    for await (const chunk of source) if ((bytes += chunk.length) > fileLimit) break;
    if (whole === undefined || !request.markOf(whole).equals(claimed.bodyMark)) return no(problems.otherBody);
    if (claimed.answer !== undefined) return JSON.parse(claimed.answer.text) as Answer;
    const answer = await again(claimed.made ?? '');
    await keep(whole, answer);
    return answer;
  }

  const letGo = request.hold();
  try {
    const answer = await first(Readable.from(source, { objectMode: false }), (tx, id) => request.made(tx, id, whole ?? ''));
    await (whole === undefined ? request.forget() : keep(whole, answer)); // of what was not read to its end nobody can say that it is the same
    return answer;
  } catch (fault) {
    await request.forget();
    throw fault;
  } finally {
    letGo();
  }
};
