import type { LinkedServiceFact, Outcome } from '../ports.ts';
import { carrierStep, networkRetry, type StepContext } from '../step.ts';

/** `left`: by their names at the connector, those of this line that still run. */
export type ServicesFact = { readonly ended: readonly { readonly service: string; readonly at: string }[]; readonly left: readonly string[] };

/** How the services of this line stand; one that the operator does not know is not running. */
const factOf = ({ line }: StepContext, told: readonly LinkedServiceFact[]): ServicesFact => {
  const ours = told.filter(({ service }) => line.services?.some(({ provider }) => provider === service));
  return {
    ended: ours.flatMap(({ service, endedAt }) => (endedAt === undefined ? [] : [{ service, at: endedAt }])),
    left: ours.filter(({ status }) => status === 'active').map(({ service }) => service),
  };
};

export const readServices = async (context: StepContext): Promise<Outcome<ServicesFact>> => {
  const told = await context.ports.linkedServices.read(context.line.billingRef, context.call);
  return told.kind === 'done' ? { kind: 'done', fact: factOf(context, told.fact) } : told;
};

/** One after another, each under a key of its own, so that a repeat after half of them ends none twice. */
const endAll = async (context: StepContext): Promise<Outcome<ServicesFact>> => {
  const told: LinkedServiceFact[] = [];
  for (const { provider } of context.line.services ?? []) {
    const outcome = await context.ports.linkedServices.end(context.line.billingRef, provider, { ...context.call, key: `${context.call.key}:${provider}` });
    if (outcome.kind !== 'done') return outcome;
    told.push(outcome.fact);
  }
  return { kind: 'done', fact: factOf(context, told) };
};

/** Cloud storage, music and what else the operator sells with a line: it ends with the line, so nobody goes on paying for it. */
export const endLinkedServices = carrierStep<ServicesFact>({
  name: 'end-linked-services',
  after: ['bar-line'],
  phase: 'final',
  wanted: (line) => (line.services?.length ?? 0) > 0,
  act: endAll,
  read: readServices,
  isDone: ({ left }) => left.length === 0,
  undo: 'none',
  retry: networkRetry,
});
