import type { RegisterFact } from '../ports.ts';
import { carrierStep, networkRetry } from '../step.ts';

/** The serving node learns that the subscription is gone. Must come before removal, which tells nobody (OsmoHLR, Open5GS). */
export const detachSubscriber = carrierStep<RegisterFact>({
  name: 'detach-subscriber',
  after: ['bar-line', 'end-sessions'],
  phase: 'final',
  wanted: (line) => line.inHomeRegister && line.imsi !== undefined,
  act: ({ line, ports, call }) => ports.homeRegister.detach(line.imsi ?? '', call),
  // What a register reads says that the line is barred, never that the node was told; telling it again is harmless.
  read: 'repeat',
  isDone: (fact) => fact === 'absent' || (!fact.circuitSwitched && !fact.packetSwitched),
  undo: 'none',
  retry: networkRetry,
});
