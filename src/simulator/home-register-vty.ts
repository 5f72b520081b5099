/** The register's VTY, for `network-access-mode`: what OsmoHLR 1.5.0 echoes, prompts and complains. */
import { createServer, type Socket } from 'node:net';
import type { Carrier } from './carrier.ts';
import { underFault, type Faults } from './faults.ts';
import { switchDomain, system } from './home-register.ts';
import { listen, type Listener } from './listener.ts';

const maxLine = 512;
const banner = 'Welcome to the OsmoHLR VTY interface\r\n\r\n';

/** Lines that came in one write are worked off before anything else is looked at, so they have one effect together. */
const update = async (carrier: Carrier, imsi: string, modes: readonly string[]): Promise<void> => {
  const one = carrier.subscribers.get(imsi);
  if (!one) return;
  const state = { circuit: one.circuitSwitched, packet: one.packetSwitched };
  let told = false;
  for (const mode of modes) {
    const wanted = { circuit: mode.includes('cs'), packet: mode.includes('ps') };
    told ||= (state.circuit && !wanted.circuit) || (state.packet && !wanted.packet);
    Object.assign(state, wanted);
  }
  await switchDomain(carrier, one, 'circuit', state.circuit);
  await switchDomain(carrier, one, 'packet', state.packet);
  if (told && !one.purged && (one.vlr ?? one.sgsn)) await carrier.happen({ system, effect: 'serving-node-told', subject: imsi, key: '' });
};

const serve = (carrier: Carrier, faults: Faults, socket: Socket): void => {
  let text = '';
  let enabled = false;
  let last: Promise<void> = Promise.resolve();
  const prompt = (): string => `OsmoHLR${enabled ? '#' : '>'} `;
  socket.write(`${banner}${prompt()}`);

  const run = async (lines: readonly string[]): Promise<string> => {
    let said = '';
    const modes = new Map<string, string[]>();
    for (const line of lines) {
      const [, imsi, mode] = /^subscriber imsi (\S{1,32}) update network-access-mode (none|cs|ps|cs\+ps)$/.exec(line) ?? [];
      said += `${line}\r\n`;
      if (line === 'enable') enabled = true;
      else if (enabled && imsi !== undefined && mode !== undefined) {
        if (carrier.subscribers.has(imsi)) modes.set(imsi, [...(modes.get(imsi) ?? []), mode]);
        else said += `% No subscriber for imsi = '${imsi}'\r\n`;
      } else if (line !== '') said += '% Unknown command.\r\n';
      said += prompt();
    }
    for (const [imsi, wanted] of modes) await update(carrier, imsi, wanted);
    return said;
  };

  const answer = (lines: readonly string[]): Promise<void> => underFault<string>(lines.some((line) => line.startsWith('subscriber')) ? faults.take(system, 'network-access-mode') : undefined, {
    act: () => run(lines),
    refusal: (code = 'Refused') => `${lines.map((line) => `${line}\r\n% ${code}\r\n${prompt()}`).join('')}`,
    send: (said) => void socket.write(said),
    cut: () => socket.destroy(),
  });

  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    if (text.length > maxLine * 8) return void socket.destroy();
    const lines = text.split(/\r\n|\r|\n/);
    text = lines.pop() ?? '';
    if (lines.length > 0) last = last.then(() => answer(lines)).catch(() => void socket.destroy());
  });
};

export const startHomeRegisterVty = (carrier: Carrier, faults: Faults, port: number): Promise<Listener> =>
  listen(createServer({ noDelay: true }, (socket) => serve(carrier, faults, socket)), port);
