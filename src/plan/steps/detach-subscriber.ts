import type { RegisterFact } from '../ports.ts';
import { carrierStep, networkRetry } from '../step.ts';

/** The serving node learns that the subscription is gone. Must come before removal, which tells nobody (OsmoHLR, Open5GS). */
export const detachSubscriber = carrierStep<RegisterFact>({
  name: 'detach-subscriber',
  after: ['bar-line', 'end-sessions'],
  phase: 'final',
  wanted: (line) => line.inHomeRegister && line.imsi !== undefined,
  act: ({ line, ports, call }) => ports.homeRegister.detach(line.imsi ?? '', call),
  read: ({ line, ports, call }) => ports.homeRegister.read(line.imsi ?? '', call),
  isDone: (fact) => fact === 'absent' || (!fact.circuitSwitched && !fact.packetSwitched),
  undo: 'none',
  retry: networkRetry,
});
