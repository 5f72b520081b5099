import type { EsimFact } from '../ports.ts';
import { carrierStep, networkRetry } from '../step.ts';

/**
 * The SM-DP+ will not give the profile out any more (SGP.22 §5.3.5). It never removes an installed profile:
 * `already-on-device` is a done step and an honest fact, told on status page and certificate.
 */
export const cancelEsimOrder = carrierStep<EsimFact>({
  name: 'cancel-esim-order',
  after: ['bar-line'],
  phase: 'final',
  wanted: (line) => line.iccid !== undefined && (line.kind === 'esim' || line.eid !== undefined || line.matchingId !== undefined),
  act: ({ line, ports, call }) =>
    ports.esimPlatform.cancelOrder(
      {
        iccid: line.iccid ?? '',
        ...(line.eid === undefined ? {} : { eid: line.eid }),
        ...(line.matchingId === undefined ? {} : { matchingId: line.matchingId }),
      },
      call,
    ),
  read: 'repeat',
  isDone: () => true,
  undo: 'none',
  retry: networkRetry,
});
