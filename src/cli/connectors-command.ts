/** `signoff connectors check`: how every configured peer stands, all at once, and what to do about those that don't. Changes nothing there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { carrierOfSimulator } from '../demo/carrier.ts';
import type { connect, Peer } from '../main.ts';
import type { Checked } from '../plan/ports.ts';
import { readSettings, type CarrierSettings } from '../settings.ts';
import { startSimulator } from '../simulator/start.ts';
import { CannotStart } from '../store/cannot-start.ts';
import { systemClock } from '../store/clock.ts';
import { columns } from './columns.ts';

export type Connect = typeof connect;

/** `milliseconds`: until its answer, with the connection. `daysLeft`: of the certificate that ends first. */
export type CheckedPeer = Checked & { readonly connector: string; readonly milliseconds: number; readonly daysLeft?: number; readonly mend?: string };

const longestMs = 15_000;
const warnDays = 30;
const day = 86_400_000;

const mendOf = ({ settings: { address, credentials, certificate, describedIn } }: Peer, kind: Checked['kind']): string | undefined => {
  switch (kind) {
    case 'ok': return undefined;
    case 'unreachable': return `Is it running, is ${address} its address, and does every firewall in between let us through?`;
    case 'certificate': return `One side does not accept the other's certificate: renew it, or correct ${certificate ?? `the host name in ${address}; an authority of your own goes into NODE_EXTRA_CA_CERTS`}.`;
    case 'credentials': return credentials === undefined ? `Allow this machine in at the peer named by ${address}.` : `Correct ${credentials}, or let the peer take it.`;
    case 'protocol': return `Something else than expected answers: look at ${address}${describedIn === undefined ? '' : `, and hold the peer against ${describedIn}`}.`;
  }
};

const never = (peer: Peer): Promise<Checked> => new Promise((resolve) => {
  setTimeout(() => resolve({ kind: 'unreachable', where: peer.name, says: `no answer within ${longestMs} ms` }), longestMs).unref();
});

/** A peer's own words may be among it. */
const inOneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 160);

const checkOne = async (peer: Peer, now: Date): Promise<CheckedPeer> => {
  const begun = performance.now();
  const checked = await Promise.race([peer.connector.check(AbortSignal.timeout(longestMs)), never(peer)]);
  const ends = checked.certificates?.map(({ endsAt }) => Date.parse(endsAt)) ?? [];
  const mend = mendOf(peer, checked.kind);
  return {
    ...checked, says: inOneLine(checked.says), connector: peer.name, milliseconds: Math.round(performance.now() - begun),
    ...(ends.length === 0 ? {} : { daysLeft: Math.floor((Math.min(...ends) - now.getTime()) / day) }), ...(mend === undefined ? {} : { mend }),
  };
};

/** In the order of the configuration. */
export const checkPeers = (peers: readonly Peer[], now: Date): Promise<CheckedPeer[]> => Promise.all(peers.map((peer) => checkOne(peer, now)));

const endsSoon = ({ daysLeft }: CheckedPeer): boolean => daysLeft !== undefined && daysLeft < warnDays;
const certificateOf = ({ certificates = [] }: CheckedPeer): string => certificates.map(({ whose, endsAt }) => `${whose} ${endsAt.slice(0, 10)}`).join(', ');

export const checkedLines = (all: readonly CheckedPeer[]): string[] => {
  const wrong = all.filter(({ kind }) => kind !== 'ok');
  const soon = all.filter(endsSoon);
  return [
    ...columns(['', 'connector', 'where', 'ms', 'certificates end', 'found'], all.map((one) =>
      [one.kind !== 'ok' ? '✗' : endsSoon(one) ? '!' : '✓', one.connector, one.where, one.milliseconds, certificateOf(one), `${one.kind === 'ok' ? '' : `${one.kind}: `}${one.says}`])),
    '',
    ...wrong.map((one) => `✗ ${one.connector}: ${one.mend ?? ''}`),
    ...soon.map((one) => `! ${one.connector}: a certificate ${(one.daysLeft ?? 0) < 0 ? 'has ended' : `ends in ${one.daysLeft} days`}; renew it.`),
    `${wrong.length === 0 ? '✓' : '✗'} ${all.length} connectors; ${wrong.length === 0 ? 'all of them answer' : `${wrong.length} of them ${wrong.length === 1 ? 'does' : 'do'} not`}`,
  ];
};

/** Where the carrier is: as set; else, outside production, a simulated one for the time being. */
const withCarrier = async <Value>(env: NodeJS.ProcessEnv, say: (text: string) => void, use: (carrier: CarrierSettings) => Promise<Value>): Promise<Value> => {
  const settings = readSettings(env);
  if (settings.carrier !== undefined) return use(settings.carrier);
  const some = Object.keys(env).filter((name) => env[name] !== '' && /^SIGNOFF_(HTTP_CONNECTORS|HLR|OPEN5GS|RADIUS|ES2PLUS|BILLING|PAYOUTS|STRIPE|SERVICES|SMTP|SMPP)/.test(name));
  if (some.length > 0) throw new CannotStart(`Only a part of the carrier's side is set (${some.toSorted().join(', ')}). README.md lists what belongs to it; missing is one of SIGNOFF_HLR or SIGNOFF_OPEN5GS_URL, SIGNOFF_ES2PLUS_URL, SIGNOFF_BILLING_URL, SIGNOFF_PAYOUTS_URL, SIGNOFF_SERVICES_URL, SIGNOFF_SMTP_URL, SIGNOFF_SMPP_URL, or what comes with it.`);
  say('Nothing is configured (README.md lists the settings), so these are the simulated systems of the demo.');
  const folder = await mkdtemp(join(tmpdir(), 'signoff-connectors-'));
  const simulator = await startSimulator({ folder, now: () => systemClock.now() });
  try {
    return await use(carrierOfSimulator(simulator.endpoints));
  } finally {
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

/** Resolves to 0 where every peer answers as it should, to 1 where one does not. A certificate that ends soon is a warning. */
export const connectorsCheck = (connecting: Connect, options: { readonly json: boolean; readonly env?: NodeJS.ProcessEnv }, say: (text: string) => void): Promise<number> =>
  withCarrier(options.env ?? process.env, say, async (carrier) => {
    // A receipt that comes while we are bound belongs to the desk: the centre is asked to keep it.
    const connected = connecting(carrier, () => Promise.reject(new Error('only looking')), () => systemClock.now());
    try {
      const all = await checkPeers(connected.peers, systemClock.now());
      const ok = all.every(({ kind }) => kind === 'ok');
      for (const line of options.json ? [JSON.stringify({ ok, warnings: all.filter(endsSoon).map(({ connector, daysLeft }) => ({ connector, daysLeft })), checked: all })] : checkedLines(all)) console.log(line);
      return ok ? 0 : 1;
    } finally {
      await connected.close();
    }
  });
