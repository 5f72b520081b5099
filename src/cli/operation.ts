/** What a running process shows of itself: readiness always, figures and traces where they are asked for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { missingPolicies } from '../desk/pinned-policies.ts';
import { keptFor, readFigures } from '../operation/figures.ts';
import { openMetrics, type Metrics } from '../operation/metrics.ts';
import { openOperationDoor } from '../operation/operation-door.ts';
import { clocksAgree, databaseAnswers, migrationsAreRight, openReadiness, queuesMove, type Readiness } from '../operation/readiness.ts';
import { openTraces, type Traces } from '../operation/traces.ts';
import { watchedBy, type Watch } from '../operation/watch.ts';
import type { Settings } from '../settings.ts';
import { CannotStart } from '../store/cannot-start.ts';
import type { Opened } from './open-all.ts';
import type { Role } from './start-command.ts';

export type Operation = {
  /** Before the rest is opened: who looks on. */
  watch(settings: Settings): Promise<Watch | undefined>;
  /** When the rest is open. @throws CannotStart where somebody else has the port */
  open(opened: Opened): Promise<Readiness>;
  /** Not ready any more, and served on for as long as is set, so that whoever sends requests here has seen it. */
  drain(): Promise<void>;
  close(): Promise<void>;
};

const figuresHoldSeconds = 10;
const everyTenMinutes = 600;

export const operationOf = (role: Role, env: NodeJS.ProcessEnv): Operation => {
  let all: Opened | undefined;
  let metrics: Metrics | undefined;
  let traces: Traces | undefined;
  let readiness: Readiness | undefined;
  let door: { close(): Promise<void> } | undefined;
  const figures = keptFor(figuresHoldSeconds, async () => {
    if (all === undefined) throw new Error('not open yet');
    return readFigures(all.signoff.desk.reads ?? all.signoff.desk.db, all.parts.clock);
  });
  return {
    watch: async ({ operation }) => {
      metrics = operation === undefined ? undefined : openMetrics(figures);
      traces = (env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] ?? '') === '' ? undefined : await openTraces(role);
      const watches = [traces, metrics].filter((one) => one !== undefined);
      return watches.length === 0 ? undefined : watchedBy(...watches);
    },
    open: async (opened) => {
      all = opened;
      const { signoff: { desk }, parts, settings: { operation } } = opened;
      readiness = openReadiness([
        databaseAnswers(desk.db), clocksAgree(desk.db),
        migrationsAreRight(parts.databaseUrl),
        { name: 'policies', holds: everyTenMinutes, ask: async () => {
          const missing = await missingPolicies(desk);
          return missing.length === 0 ? undefined : `cases stand on policies that are not there: ${missing.map(({ version }) => version).join(', ')}`;
        } },
        ...(role === 'web' ? [] : [queuesMove(desk.jobs, figures)]),
      ]);
      if (operation !== undefined && metrics !== undefined) {
        door = await openOperationDoor(operation, readiness, metrics).catch((fault: unknown) => {
          throw new CannotStart(`The port for operation can't be opened on ${operation.host}, port ${operation.port} (${(fault as { code?: string }).code ?? 'unknown'}). Choose another SIGNOFF_OPERATION_PORT or SIGNOFF_OPERATION_HOST.`, { cause: fault });
        });
      }
      return readiness;
    },
    drain: async () => {
      readiness?.end();
      await sleep((all?.settings.drainSeconds ?? 0) * 1000);
    },
    close: async () => {
      await door?.close();
      await traces?.close().catch(() => undefined); // a collector that is away holds nobody up
    },
  };
};
