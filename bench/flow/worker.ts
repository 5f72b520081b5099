/** The worker as a process of its own, as `--role worker` has it: against a carrier over the network, or with its ports in memory. */
import pino from 'pino';
import { assemble, type Signoff } from '../../src/main.ts';
import type { CarrierSettings } from '../../src/settings.ts';
import { loadOrMakeDocumentKey } from '../../src/signature/keys-folder.ts';
import { systemClock } from '../../src/store/clock.ts';
import { makeSigningKey } from '../../src/vault/signing-key.ts';
import { serve } from '../child.ts';
import { portsInProcess } from './in-process.ts';
import { benchPack } from './pack.ts';

/** `carrier` absent: ports in memory. */
export type WorkerOrder = { readonly databaseUrl: string; readonly operatorKey: string; readonly keys: string; readonly carrier?: CarrierSettings };

let signoff: Signoff | undefined;
serve({
  start: async ({ databaseUrl, operatorKey, keys, carrier }: WorkerOrder) => {
    const documentKey = await loadOrMakeDocumentKey(keys);
    if (!documentKey.ok) throw new Error(documentKey.why.says);
    signoff = await assemble({
      databaseUrl, clock: systemClock, operatorKey: Buffer.from(operatorKey, 'hex'), signingKey: makeSigningKey(), documentKey: documentKey.value, carrier: carrier ?? {} as never,
      ...(carrier === undefined ? { connected: portsInProcess() } : {}), production: true, publicUrl: () => 'http://127.0.0.1', log: pino({ level: 'error' }, pino.destination(2)), packs: [benchPack], works: true,
    });
  },
  wake: () => signoff?.desk.jobs.wake(),
}, async () => signoff?.stop());
