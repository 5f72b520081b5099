import type { Pack } from './pack.ts';

/** Whether a case with this reason has its line barred at receipt, before anybody has looked at it: somebody else may hold the device. */
export const barsAtOnce = (pack: Pack, reason: string | undefined): boolean =>
  pack.reasons.some((one) => one.id === reason && one.barsAtOnce) && pack.steps.includes('bar-line');
