import type { RegisterFact } from '../ports.ts';
import { carrierStep, networkRetry } from '../step.ts';

/** The home register forgets the IMSI. "Does not exist" is success: somebody, perhaps we, was there before. */
export const removeSubscriber = carrierStep<RegisterFact>({
  name: 'remove-subscriber',
  after: ['detach-subscriber'],
  phase: 'final',
  wanted: (line) => line.inHomeRegister && line.imsi !== undefined,
  act: ({ line, ports, call }) => ports.homeRegister.remove(line.imsi ?? '', call),
  read: ({ line, ports, call }) => ports.homeRegister.read(line.imsi ?? '', call),
  isDone: (fact) => fact === 'absent',
  undo: 'none',
  retry: networkRetry,
});
