/** Many lines ended by one order, for a program: its file, its dry run, its release by another program or person, its progress, its result. */
import { Readable } from 'node:stream';
import { z } from 'zod';
import { no, ok, unreachable, type Result } from '../cancellation/result.ts';
import { fileInWords } from '../desk/bulk/in-words.ts';
import { casesOf, pause, release, resume, seeOrder, stop, type BulkView, type CannotChangeOrder } from '../desk/bulk/order.ts';
import { resultOf } from '../desk/bulk/result.ts';
import { takeFile, type BulkWho } from '../desk/bulk/take-file.ts';
import type { Desk } from '../desk/desk.ts';
import { apiRoute, type ApiAsked, type ApiRoute } from './frame.ts';
import type { ApiProblem } from './problems.ts';

const whoIs = ({ client }: Pick<ApiAsked<unknown>, 'client'>): BulkWho => ({ brand: client.brand, person: `client:${client.clientId}` });
const unknown: ApiProblem = { status: 404, code: 'NOT_FOUND', message: 'There is no such order.' };
const nothing = z.unknown().transform(() => ({}));

const told = async (desk: Desk, who: BulkWho, view: BulkView): Promise<object> => {
  const by = ({ person, at }: { readonly person: string; readonly at: Date }) => ({ by: person, at: at.toISOString() });
  return {
    id: view.orderId, state: view.state, lines: view.lines, read: view.share, eligible: view.eligible,
    refused: Object.fromEntries(view.refused.map(({ why, count }) => [why, count])),
    opened: view.opened, dropped: view.dropped, left: view.left, secondsLeft: view.secondsLeft ?? null,
    cases: Object.fromEntries(await casesOf(desk, who, view.orderId)),
    uploaded: by(view.uploaded), released: view.released === undefined ? null : by(view.released),
  };
};

const see = async ({ desk, ...asked }: ApiAsked<unknown>, orderId: string): Promise<Result<object, ApiProblem>> => {
  const view = await seeOrder(desk, whoIs(asked), orderId);
  return view === undefined ? no(unknown) : ok(await told(desk, whoIs(asked), view));
};

const problemOf = (why: CannotChangeOrder): ApiProblem => {
  switch (why.kind) {
    case 'not-found': return unknown;
    case 'wrong-state': return { status: 409, code: 'CONFLICT', message: `An order that is ${why.state} can't be changed so.` };
    case 'same-person': return { status: 403, code: 'PERMISSION_DENIED', message: 'Whoever brought the file does not release it: another program or a reviewer does.' };
    case 'nothing-eligible': return { status: 409, code: 'CONFLICT', message: 'No line of it can be cancelled.' };
    default: return unreachable(why);
  }
};

const acts = { release, pause, resume, stop } as const;

export const bulkRoutes: readonly ApiRoute[] = [
  apiRoute({
    method: 'POST', url: '/v1/bulk-orders', scope: 'bulk', form: 'problem', streamed: ['text/csv', 'application/x-ndjson'], status: 202,
    body: z.custom<Readable>((sent) => sent instanceof Readable),
    again: (asked, orderId) => see(asked, orderId),
    answer: async ({ body, made, ...asked }) => {
      const taken = await takeFile(asked.desk, whoIs(asked), 'api', body, 'worker', made);
      return taken.ok ? see({ ...asked, body }, taken.value.orderId) : no({ status: taken.why.kind === 'too-large' ? 413 : 422, code: 'INVALID_ARGUMENT', message: `${fileInWords('en', taken.why)}.` });
    },
  }),
  apiRoute({ method: 'GET', url: '/v1/bulk-orders/:orderId', scope: 'bulk', form: 'problem', body: nothing, answer: (asked) => see(asked, asked.params['orderId'] ?? '') }),
  apiRoute({
    method: 'GET', url: '/v1/bulk-orders/:orderId/result', scope: 'bulk', form: 'problem', body: nothing, answers: 'text/csv; charset=utf-8',
    answer: async ({ desk, params, ...asked }) => {
      const view = await seeOrder(desk, whoIs(asked), params['orderId'] ?? '');
      return view === undefined ? no(unknown) : ok(Readable.from(resultOf(desk, whoIs(asked), view.orderId, 'en')));
    },
  }),
  ...(['release', 'pause', 'resume', 'stop'] as const).map((act) => apiRoute({
    method: 'POST', url: `/v1/bulk-orders/:orderId/${act}`, scope: 'bulk', form: 'problem', body: nothing,
    answer: async (asked) => {
      const orderId = asked.params['orderId'] ?? '';
      const done = await acts[act](asked.desk, whoIs(asked), orderId);
      return done.ok ? see(asked, orderId) : no(problemOf(done.why));
    },
  })),
];
