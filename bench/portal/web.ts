/** The doors in a process of their own, as `--role web` has them: no worker, nothing of the load's. Told over the channel to its parent what it has used. */
import pino from 'pino';
import { openDoors } from '../../src/doors.ts';
import { assemble } from '../../src/main.ts';
import { loadOrMakeDocumentKey } from '../../src/signature/keys-folder.ts';
import { systemClock } from '../../src/store/clock.ts';
import { makeSigningKey } from '../../src/vault/signing-key.ts';
import { portsInProcess } from '../flow/in-process.ts';

export type Told = { readonly address: string } | { readonly microseconds: number; readonly rss: number };

const [databaseUrl = '', operatorKey = '', folder = ''] = process.argv.slice(2);
const documentKey = await loadOrMakeDocumentKey(folder);
if (!documentKey.ok) throw new Error(documentKey.why.says);
const log = pino({ level: 'warn' }, pino.destination(2));
const parts = {
  databaseUrl, clock: systemClock, operatorKey: Buffer.from(operatorKey, 'hex'), signingKey: makeSigningKey(), documentKey: documentKey.value, carrier: {} as never, connected: portsInProcess(),
  production: true, publicUrl: () => 'http://127.0.0.1', log, works: false,
};
const signoff = await assemble(parts);
const app = await openDoors(signoff, parts);
const address = await app.listen({ host: '127.0.0.1', port: 0 });
const tell = (told: Told): void => void process.send?.(told);
process.on('message', (message) => {
  if (message === 'used') {
    const { user, system } = process.cpuUsage();
    tell({ microseconds: user + system, rss: process.memoryUsage.rss() });
  } else void app.close().then(() => signoff.stop()).then(() => process.exit(0));
});
tell({ address });
