import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePeer } from '../../src/cli/peers.ts';
import { answers, freePort, host, startProgram, type Started } from './start-program.ts';

/** What Kannel heard of a message: `delivered`, `failed`, or that the centre took or refused it (Kannel user guide, dlr-mask). */
const reports = { 1: 'delivered', 2: 'failed', 8: 'taken', 16: 'refused' } as const;
export type Report = (typeof reports)[keyof typeof reports];

export type Kannel = {
  /** Over its HTTP door, as its users do; `key` stands in the reports. */
  readonly send: (message: { readonly to: string; readonly text: string; readonly key: string }) => Promise<void>;
  readonly reportsOf: (key: string) => readonly Report[];
  readonly stop: () => Promise<void>;
};

type Centre = { readonly port: number; readonly systemId: string; readonly password: string };

const configuration = ({ port, systemId, password }: Centre, [admin, box, door]: readonly [number, number, number]): string => `
group = core
admin-port = ${admin}
admin-interface = ${host}
admin-password = none
smsbox-port = ${box}
smsbox-interface = ${host}
dlr-storage = internal
sms-resend-freq = 1
log-level = 1

group = smsc
smsc = smpp
smsc-id = centre
host = ${host}
port = ${port}
transceiver-mode = true
smsc-username = ${systemId}
smsc-password = ${password}
system-type = ""
reconnect-delay = 1
enquire-link-interval = 1

group = smsbox
bearerbox-host = ${host}
sendsms-port = ${door}
sendsms-interface = ${host}
global-sender = Kannel

group = sendsms-user
username = us
password = us
max-messages = 10
concatenation = true

group = sms-service
keyword = default
text = ""
max-messages = 0
`;

/** A bearerbox bound to this centre as an SMPP client, and an smsbox beside it. */
export const startKannel = async (centre: Centre): Promise<Kannel> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-kannel-'));
  const heard: { readonly key: string; readonly report: Report }[] = [];
  const listener = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://kannel');
    const report = reports[Number(searchParams.get('type')) as keyof typeof reports];
    if (report) heard.push({ key: searchParams.get('key') ?? '', report });
    response.end();
  }).listen(0, host);
  await once(listener, 'listening');
  const address = listener.address();
  const reportTo = `http://${host}:${typeof address === 'object' && address ? address.port : 0}/`;
  const ports = [await freePort(), await freePort(), await freePort()] as const;
  const [, box, door] = ports;
  await writeFile(join(folder, 'kannel.conf'), configuration(centre, ports));
  const start = (program: string, port: number) => startProgram({ program: requirePeer(program), args: ['-v', '2', join(folder, 'kannel.conf')], cwd: folder, isReady: () => answers(port) });
  const started: Started[] = [];
  const stop = async (): Promise<void> => {
    for (const one of started.toReversed()) await one.stop();
    listener.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    for (const [program, port] of [['bearerbox', box], ['smsbox', door]] as const) started.push(await start(program, port));
  } catch (fault) {
    await stop();
    throw fault;
  }
  return {
    send: async ({ to, text, key }) => {
      const query = new URLSearchParams({ username: 'us', password: 'us', to, text, coding: /^[\x20-\x7e]*$/.test(text) ? '0' : '2', charset: 'UTF-8', 'dlr-mask': '27', 'dlr-url': `${reportTo}?key=${key}&type=%d` });
      const answer = await fetch(`http://${host}:${door}/cgi-bin/sendsms?${query}`);
      if (answer.status !== 202) throw new Error(`Kannel did not take it: ${answer.status} ${await answer.text()}`);
    },
    reportsOf: (key) => heard.filter((one) => one.key === key).map(({ report }) => report),
    stop,
  };
};
