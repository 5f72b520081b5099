/** All of the carrier's systems, on loopback. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BillingHttpOptions } from '../connectors/billing-http/billing.ts';
import type { Es2plusOptions } from '../connectors/es2plus/esim-platform.ts';
import type { Open5gsOptions } from '../connectors/open5gs/home-register.ts';
import type { OsmoHlrOptions } from '../connectors/osmo-hlr-ctrl/home-register.ts';
import type { RadiusOptions } from '../connectors/radius-disconnect/sessions.ts';
import type { PayoutsHttpOptions } from '../connectors/payouts-http/payouts.ts';
import type { ServicesHttpOptions } from '../connectors/linked-services-http/linked-services.ts';
import type { SmppOptions } from '../connectors/smpp/sms-channel.ts';
import type { SmtpOptions } from '../connectors/smtp/mail-channel.ts';
import { openCarrier } from './carrier.ts';
import { certificatesIn, type Certificates } from './certificates.ts';
import { startBilling } from './billing.ts';
import { startControlDoor } from './control-door.ts';
import { openFaults, type Fault, type FaultOrder } from './faults.ts';
import { startHomeRegisterVty } from './home-register-vty.ts';
import { startHomeRegister } from './home-register.ts';
import { startLinkedServices } from './linked-services.ts';
import { host, type Listener } from './listener.ts';
import { startMailServer } from './mail-server.ts';
import { startMessageCentre } from './message-centre.ts';
import { startNas } from './nas.ts';
import { startMmeInfo, startOpen5gs } from './open5gs.ts';
import type { Seeding } from './seed.ts';
import { startPayouts } from './payouts.ts';
import { openReports, type DeviceAct } from './card-reports.ts';
import { startSmDpPlus } from './sm-dp-plus.ts';
import type { Effect, System } from './systems.ts';

/** 0 or absent: a free one. */
export type SimulatorPorts = Partial<Record<'smDpPlus' | 'homeRegister' | 'homeRegisterVty' | 'open5gs' | 'mmeInfo' | 'nas' | 'billing' | 'payouts' | 'linkedServices' | 'mail' | 'messageCentre' | 'control', number>>;
export type SimulatorOptions = {
  /** Holds ledger, seeds, certificates and passwords; made where it does not exist. */
  readonly folder: string;
  readonly ports?: SimulatorPorts;
  readonly now: () => Date;
  /** Of the inbox page; UTC where not said. */
  readonly zone?: string;
};

/** What the production connectors are configured with; only time-outs are missing. */
export type SimulatorEndpoints = {
  readonly es2plus: Omit<Es2plusOptions, 'timeoutMs'>;
  readonly homeRegister: Omit<OsmoHlrOptions, 'timeoutMs'> & { readonly vtyPort: number };
  /** The same register behind another door. */
  readonly open5gs: Omit<Open5gsOptions, 'timeoutMs'>;
  readonly radius: Omit<RadiusOptions, 'timeoutMs' | 'now'>;
  readonly billing: Omit<BillingHttpOptions, 'timeoutMs'>;
  readonly payouts: Omit<PayoutsHttpOptions, 'timeoutMs'>;
  readonly linkedServices: Omit<ServicesHttpOptions, 'timeoutMs'>;
  readonly smtp: Omit<SmtpOptions, 'timeoutMs'>;
  readonly smpp: Omit<SmppOptions, 'timeoutMs'>;
};

export type Simulator = {
  readonly endpoints: SimulatorEndpoints;
  readonly controlUrl: string;
  readonly certificates: Certificates;
  readonly effects: () => readonly Effect[];
  readonly seed: (seeding: Seeding) => Promise<void>;
  /** Where the SM-DP+ reports what devices do, `https://host:port`; until it is said, nowhere. */
  readonly reportTo: (url: string) => void;
  /** A device with this profile does something, and the SM-DP+ reports it. */
  readonly device: (does: DeviceAct) => Promise<void>;
  readonly addFault: (order: FaultOrder) => Promise<Fault>;
  readonly clearFaults: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type Secrets = { readonly billingToken: string; readonly smppPassword: string; readonly radiusSecret: string; readonly open5gsPassword: string };

const secretsIn = async (folder: string): Promise<Secrets> => {
  const path = join(folder, 'secrets.json');
  const held = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  // 8 characters are all that SMPP has for a password (§5.2.2).
  const fresh: Secrets = { billingToken: randomBytes(24).toString('base64url'), smppPassword: randomBytes(6).toString('base64url'), radiusSecret: randomBytes(24).toString('base64url'), open5gsPassword: randomBytes(24).toString('base64url') };
  // A folder of an earlier build lacks what came since.
  const made: Secrets = { ...fresh, ...(held === null ? {} : (JSON.parse(held) as Partial<Secrets>)) };
  await writeFile(`${path}.new`, JSON.stringify(made), { mode: 0o600 });
  await rename(`${path}.new`, path);
  return made;
};

export const startSimulator = async ({ folder, ports = {}, now, zone = 'UTC' }: SimulatorOptions): Promise<Simulator> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [carrier, certificates, secrets] = await Promise.all([openCarrier(folder, now), certificatesIn(folder), secretsIn(folder)]);
  const faults = openFaults();
  const smppLogin = { systemId: 'desk', password: secrets.smppPassword };
  const started: Listener[] = [];
  const begin = async <Started extends Listener>(starting: Promise<Started>): Promise<Started> => {
    const listener = await starting;
    started.push(listener);
    return listener;
  };
  const stopAll = async (): Promise<void> => {
    await Promise.all(started.map((one) => one.stop()));
    await carrier.close();
  };
  try {
    const smDpPlus = await begin(startSmDpPlus(carrier, faults, certificates, ports.smDpPlus ?? 0));
    const homeRegister = await begin(startHomeRegister(carrier, faults, ports.homeRegister ?? 0));
    const vty = await begin(startHomeRegisterVty(carrier, faults, ports.homeRegisterVty ?? 0));
    const open5gsLogin = { user: 'desk', password: secrets.open5gsPassword };
    const open5gs = await begin(startOpen5gs(carrier, faults, open5gsLogin, ports.open5gs ?? 0));
    const mmeInfo = await begin(startMmeInfo(carrier, faults, ports.mmeInfo ?? 0));
    const nas = await begin(startNas(carrier, faults, secrets.radiusSecret, ports.nas ?? 0));
    const billing = await begin(startBilling(carrier, faults, secrets.billingToken, ports.billing ?? 0));
    // One house, one token.
    const linkedServices = await begin(startLinkedServices(carrier, faults, secrets.billingToken, ports.linkedServices ?? 0));
    const payouts = await begin(startPayouts(carrier, faults, secrets.billingToken, ports.payouts ?? 0));
    const mail = await begin(startMailServer(carrier, faults, ports.mail ?? 0));
    const centre = await begin(startMessageCentre(carrier, faults, smppLogin, ports.messageCentre ?? 0));
    const listenersOf: Record<System, readonly Listener[]> = { 'sm-dp-plus': [smDpPlus], 'home-register': [homeRegister, vty, open5gs, mmeInfo], nas: [nas], billing: [billing], payouts: [payouts], 'linked-services': [linkedServices], mail: [mail], 'message-centre': [centre] };

    const up = (system: System): Promise<unknown> => Promise.all(listenersOf[system].map((one) => one.up()));
    let stopped = false;
    const addFault = async (order: FaultOrder): Promise<Fault> => {
      const fault = faults.add(order);
      if (fault.fault !== 'down') return fault;
      await Promise.all(listenersOf[fault.system].map((one) => one.down()));
      if (fault.delayMs !== undefined) void pause(fault.delayMs, undefined, { ref: false }).then(() => {
        faults.drop(fault);
        return stopped ? undefined : up(fault.system);
      });
      return fault;
    };
    const clearFaults = async (): Promise<void> => {
      faults.clear();
      await Promise.all((Object.keys(listenersOf) as System[]).map(up));
    };
    const reports = openReports(carrier, faults, certificates);
    started.push(reports);
    const control = await begin(startControlDoor({ carrier, addFault, clearFaults, faults: faults.list, device: reports.device, zone }, ports.control ?? 0));
    return {
      endpoints: {
        es2plus: { url: `https://${host}:${smDpPlus.port}`, tls: { ca: certificates.ca, ...certificates.client }, functionRequesterIdentifier: '1.3.6.1.4.1.99999.1' },
        homeRegister: { host, port: homeRegister.port, vtyPort: vty.port },
        open5gs: { url: `http://${host}:${open5gs.port}`, ...open5gsLogin, mmeUrls: [`http://${host}:${mmeInfo.port}`] },
        radius: { nas: [{ host, port: nas.port }], secret: secrets.radiusSecret, identifyBy: ['imsi'] },
        billing: { url: `http://${host}:${billing.port}`, token: secrets.billingToken },
        payouts: { url: `http://${host}:${payouts.port}`, token: secrets.billingToken },
        linkedServices: { url: `http://${host}:${linkedServices.port}`, token: secrets.billingToken },
        smtp: { host, port: mail.port, tls: 'none' },
        smpp: { host, port: centre.port, ...smppLogin },
      },
      controlUrl: `http://${host}:${control.port}`,
      certificates,
      effects: () => carrier.ledger.effects(),
      seed: carrier.seed,
      reportTo: reports.to,
      device: reports.device,
      addFault, clearFaults,
      stop: async () => {
        stopped = true;
        centre.end();
        await stopAll();
      },
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
};
