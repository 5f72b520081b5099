import type { SessionsFact } from '../ports.ts';
import { carrierStep, networkRetry } from '../step.ts';

/** Data that flows at this moment stops. A gateway can't be asked what runs; asking again for the end is harmless, and settles what is unknown. */
export const endSessions = carrierStep<SessionsFact>({
  name: 'end-sessions',
  after: ['bar-line'], // or the device would open the next one at once
  phase: 'final',
  wanted: (line) => line.imsi !== undefined && line.kind !== 'virtual-number',
  act: ({ line, ports, call }) => ports.sessions.endAll({ imsi: line.imsi ?? '', msisdn: line.msisdn }, call),
  read: 'repeat',
  isDone: () => true,
  undo: 'none',
  retry: networkRetry,
});
