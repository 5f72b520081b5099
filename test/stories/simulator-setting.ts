import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { billingHttp } from '../../src/connectors/billing-http/billing.ts';
import { es2plus } from '../../src/connectors/es2plus/esim-platform.ts';
import { open5gsRegister } from '../../src/connectors/open5gs/home-register.ts';
import { osmoHlrCtrl } from '../../src/connectors/osmo-hlr-ctrl/home-register.ts';
import { radiusDisconnect } from '../../src/connectors/radius-disconnect/sessions.ts';
import { servicesHttp } from '../../src/connectors/linked-services-http/linked-services.ts';
import type { Receipt } from '../../src/connectors/smpp/receipt.ts';
import { smppSms } from '../../src/connectors/smpp/sms-channel.ts';
import { smtpMail } from '../../src/connectors/smtp/mail-channel.ts';
import type { Call } from '../../src/plan/ports.ts';
import type { Seeding } from '../../src/simulator/seed.ts';
import { startSimulator, type Simulator, type SimulatorPorts } from '../../src/simulator/start.ts';

export const noon = new Date('2026-12-03T04:00:00Z');

export const carrierSeed = {
  subscribers: [{ imsi: '001010000000001', msisdn: '12025550101' }, { imsi: '001010000000002', msisdn: '12025550102', vlr: 'MSC-1', sgsn: 'SGSN-1' }],
  orders: [
    { iccid: '8988211000000000018', eid: '89049032123451234512345678901235', matchingId: 'MATCH-1' },
    { iccid: '8988211000000000026', state: 'installed' },
    { iccid: '8988211000000000034', state: 'available' },
  ],
  lines: [{ ref: 'line-1', currency: 'CNY', owedMinor: 1_200, creditMinor: 5_000, services: ['cloud-200', 'music'] }],
  unreachable: ['+12025550199'],
} satisfies Seeding;

/** Every time-out is short, so that what never comes is soon over. */
/** Long enough for a machine with much else to do, short enough to be waited for. */
export const timeoutMs = 2000;

let calls = 0;
export const call = (key = `key-${(calls += 1)}`, signal: AbortSignal = new AbortController().signal): Call => ({ key, signal });

export type Setting = {
  readonly folder: string;
  readonly simulator: Simulator;
  readonly connect: () => ReturnType<typeof connectTo>;
  /** Stops the servers and starts them again on the same ports, as after a crash. */
  readonly restart: () => Promise<Simulator>;
  readonly end: () => Promise<void>;
};

const connectTo = ({ endpoints }: Simulator, receipts: Receipt[]) => ({
  homeRegister: osmoHlrCtrl({ ...endpoints.homeRegister, timeoutMs }),
  open5gs: open5gsRegister({ ...endpoints.open5gs, timeoutMs }),
  sessions: radiusDisconnect({ ...endpoints.radius, timeoutMs, firstPauseMs: 200, now: () => noon }),
  esim: es2plus({ ...endpoints.es2plus, timeoutMs }),
  billing: billingHttp({ ...endpoints.billing, timeoutMs }),
  linkedServices: servicesHttp({ ...endpoints.linkedServices, timeoutMs }),
  mail: smtpMail({ ...endpoints.smtp, timeoutMs: timeoutMs * 4 }),
  sms: smppSms({ ...endpoints.smpp, timeoutMs, onReceipt: async (receipt) => void receipts.push(receipt) }),
  receipts,
});

/** A carrier with its seed, and the production connectors to it. */
export const openSetting = async (): Promise<Setting> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-carrier-'));
  const open: ReturnType<typeof connectTo>[] = [];
  const start = (ports?: SimulatorPorts): Promise<Simulator> => startSimulator({ folder, now: () => noon, ...(ports ? { ports } : {}) });
  let simulator = await start();
  await simulator.seed(carrierSeed);
  const portOf = (url: string): number => Number(new URL(url).port);
  return {
    folder,
    get simulator() { return simulator; },
    connect: () => {
      const connectors = connectTo(simulator, []);
      open.push(connectors);
      return connectors;
    },
    restart: async () => {
      const { endpoints, controlUrl } = simulator;
      await simulator.stop();
      simulator = await start({
        smDpPlus: portOf(endpoints.es2plus.url), homeRegister: endpoints.homeRegister.port, homeRegisterVty: endpoints.homeRegister.vtyPort, open5gs: portOf(endpoints.open5gs.url), mmeInfo: portOf(endpoints.open5gs.mmeUrls[0] ?? ''), nas: endpoints.radius.nas[0]?.port ?? 0,
        billing: portOf(endpoints.billing.url), linkedServices: portOf(endpoints.linkedServices.url), mail: endpoints.smtp.port, messageCentre: endpoints.smpp.port, control: portOf(controlUrl),
      });
      return simulator;
    },
    end: async () => {
      await Promise.all(open.flatMap((one) => [one.homeRegister.close(), one.open5gs.close(), one.sessions.close(), one.esim.close(), one.billing.close(), one.linkedServices.close(), one.mail.close(), one.sms.close()]));
      await simulator.stop();
      await rm(folder, { recursive: true });
    },
  };
};

/** Waits until it holds; fails by the test's own time limit. */
export const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
};
