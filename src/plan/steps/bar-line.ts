import { carrierStep, networkRetry } from '../step.ts';
import type { RegisterFact } from '../ports.ts';

const isBarred = (fact: RegisterFact) => fact === 'absent' || (!fact.circuitSwitched && !fact.packetSwitched);

/** No calls, no SMS, no data from now on; the one network step that can be undone. */
export const barLine = carrierStep<RegisterFact>({
  name: 'bar-line',
  after: [],
  phase: 'recoverable',
  wanted: (line) => line.inHomeRegister && line.imsi !== undefined,
  act: ({ line, ports, call }) => ports.homeRegister.bar(line.imsi ?? '', call),
  read: ({ line, ports, call }) => ports.homeRegister.read(line.imsi ?? '', call),
  isDone: isBarred,
  undo: {
    act: ({ line, ports, call }) => ports.homeRegister.unbar(line.imsi ?? '', call),
    isUndone: (fact) => fact !== 'absent' && fact.circuitSwitched && fact.packetSwitched,
  },
  retry: networkRetry,
});
