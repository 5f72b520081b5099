/** What devices do with their profiles, and how the SM-DP+ reports it: HandleDownloadProgressInfo, with faults (SGP.22 §5.3.5). */
import { Agent, request } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { adminProtocol, es2plusPath } from '../connectors/es2plus/codec.ts';
import { encodeProgress } from '../connectors/es2plus/progress.ts';
import type { Carrier } from './carrier.ts';
import type { Certificates } from './certificates.ts';
import type { Faults } from './faults.ts';
import type { Listener } from './listener.ts';

const system = 'sm-dp-plus';
const operation = 'handleDownloadProgressInfo';
/** The notification point of each. */
const pointOf = { installs: 4, deletes: 5, enables: 101, disables: 102 } as const;
const pastOf = { installs: 'installed', deletes: 'deleted', enables: 'enabled', disables: 'disabled' } as const;

export const deviceAct = z.strictObject({ iccid: z.string().regex(/^\d{18,20}$/), does: z.enum(['installs', 'deletes', 'enables', 'disables']) });
export type DeviceAct = z.infer<typeof deviceAct>;

const againAfterMs = 200;
const tries = 25;

/** Resolves to the status of the answer; undefined where there was none. */
const post = (url: string, agent: Agent, body: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    const asked = request(new URL(`${es2plusPath}/${operation}`, url), {
      method: 'POST', agent, timeout: 5000,
      headers: { 'content-type': 'application/json', 'x-admin-protocol': adminProtocol, 'content-length': Buffer.byteLength(body) },
    }, (reply) => { reply.resume().on('end', () => resolve(reply.statusCode)); });
    asked.on('error', () => resolve(undefined));
    asked.on('timeout', () => asked.destroy());
    asked.end(body);
  });

export type Reports = Listener & { readonly to: (url: string) => void; readonly device: (does: DeviceAct) => Promise<void> };

export const openReports = (carrier: Carrier, faults: Faults, certificates: Certificates): Reports => {
  const agent = new Agent({ ca: certificates.ca, ...certificates.reporter, keepAlive: false });
  let url: string | undefined;
  const over = new AbortController();
  let calls = 0;
  const underWay = new Set<Promise<void>>();

  /** Again and again until it is taken, as one that wants to be rid of it. */
  const deliver = async (body: string, key: string, iccid: string): Promise<void> => {
    for (let tried = 0; tried < tries && !over.signal.aborted; tried++) {
      const status = url === undefined ? undefined : await post(url, agent, body);
      if (status === 204) return carrier.happen({ system, effect: 'report-taken', subject: iccid, key: `report ${key}` });
      if (status !== undefined && status >= 400 && status < 500) return;
      await pause(againAfterMs, undefined, { ref: false });
    }
  };

  const report = async (act: DeviceAct): Promise<void> => {
    const found = faults.take(system, operation);
    const key = `${act.iccid}:${calls += 1}`;
    const body = encodeProgress({
      header: { functionRequesterIdentifier: '1.3.6.1.4.1.99999.2', functionCallIdentifier: key }, iccid: act.iccid, profileType: 'Simulated', timestamp: carrier.now().toISOString(),
      notificationPointId: pointOf[act.does], notificationPointStatus: { status: 'Executed-Success' },
    });
    if (found?.fault === 'refuse' || found?.fault === 'drop-reply') return;
    if (found?.delayMs !== undefined) await pause(found.delayMs, undefined, { ref: false });
    await deliver(body, key, act.iccid);
    if (found?.fault === 'answer-twice') await deliver(body, `${key} again`, act.iccid);
  };

  return {
    port: 0, down: async () => undefined, up: async () => undefined,
    to: (to) => { url = to; },
    device: async (act) => {
      await carrier.happen({ system, effect: `profile-${pastOf[act.does]}`, subject: act.iccid, key: '' });
      const sending = report(act).finally(() => underWay.delete(sending));
      underWay.add(sending);
    },
    stop: async () => {
      over.abort();
      agent.destroy();
      await Promise.race([Promise.all(underWay), pause(500)]);
    },
  };
};
