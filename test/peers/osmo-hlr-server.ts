import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { requirePeer } from '../../src/cli/peers.ts';

export type OsmoHlr = { readonly host: string; readonly ctrlPort: 4259; readonly vtyPort: 4258; readonly gsupPort: 4222; readonly database: string; readonly stop: () => Promise<void> };

const answers = (host: string, port: number): Promise<boolean> => new Promise((resolve) => {
  const socket = connect({ host, port });
  socket.once('connect', () => { socket.destroy(); resolve(true); });
  socket.once('error', () => resolve(false));
});

/** A real osmo-hlr with a database of its own. 1.5.0 can't be told its ports, so it gets a loopback address of its own. */
export const startOsmoHlr = async (): Promise<OsmoHlr> => {
  const program = requirePeer('osmo-hlr');
  const host = `127.${randomInt(2, 250)}.${randomInt(1, 250)}.${randomInt(1, 250)}`;
  const folder = await mkdtemp(join(tmpdir(), 'signoff-hlr-'));
  const database = join(folder, 'hlr.db');
  await writeFile(join(folder, 'hlr.cfg'), ['log stderr', ' logging level main error', 'line vty', ' no login', ` bind ${host}`, 'ctrl', ` bind ${host}`, 'hlr', ' gsup', `  bind ip ${host}`, '  ipa-name hlr', ''].join('\n'));
  const child = spawn(program, ['-c', join(folder, 'hlr.cfg'), '-l', database], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => { said = `${said}${chunk.toString()}`.slice(-2_000); });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await Promise.race([ended, pause(2_000).then(() => child.kill('SIGKILL'))]);
    await rm(folder, { recursive: true, force: true });
  };
  for (let tried = 0; !(await answers(host, 4259) && await answers(host, 4222)); tried += 1) {
    if (child.exitCode !== null || tried > 100) {
      await stop();
      throw new Error(`osmo-hlr does not start: ${said}`);
    }
    await pause(50);
  }
  return { host, ctrlPort: 4259, vtyPort: 4258, gsupPort: 4222, database, stop };
};
