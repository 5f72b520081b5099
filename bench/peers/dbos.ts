/** DBOS: a workflow of empty steps, each recorded in PostgreSQL before the next. */
import { serve } from '../child.ts';
import { rateOf, steps } from './empty-steps.ts';

type Dbos = {
  setConfig(config: object): void;
  registerWorkflow(flow: () => Promise<number>, options: { readonly name: string }): () => Promise<number>;
  runStep(step: () => Promise<number>, options: { readonly name: string }): Promise<number>;
  startWorkflow(flow: () => Promise<number>): () => Promise<{ getResult(): Promise<number> }>;
  launch(): Promise<void>;
  shutdown(): Promise<void>;
};
const name: string = '@dbos-inc/dbos-sdk'; // not there for the type checker before the bench has installed it
const { DBOS } = await import(name) as { readonly DBOS: Dbos };

const flow = DBOS.registerWorkflow(async () => {
  let sum = 0;
  for (let step = 1; step <= steps; step++) sum += await DBOS.runStep(async () => step, { name: `step-${step}` });
  return sum;
}, { name: 'empty-steps' });

serve({
  start: async (databaseUrl: string) => {
    DBOS.setConfig({ name: 'bench', systemDatabaseUrl: databaseUrl, systemDatabasePoolSize: 20, runAdminServer: false, logLevel: 'error' });
    await DBOS.launch();
  },
  rate: (count: number) => rateOf(count, async () => (await DBOS.startWorkflow(flow)()).getResult()),
}, () => DBOS.shutdown());
