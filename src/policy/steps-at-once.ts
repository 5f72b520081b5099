import { barsAtOnce } from './bars-at-once.ts';
import type { Pack } from './pack.ts';

/** What is carried out from receipt on, before anybody has looked at the case, and taken back when it ends otherwise. */
export const stepsAtOnce = (pack: Pack, reason: string | undefined): Pack['steps'][number][] => [
  ...(barsAtOnce(pack, reason) ? ['bar-line' as const] : []),
  ...(pack.freeze.length > 0 && pack.steps.includes('freeze-line') ? ['freeze-line' as const] : []),
];
export const actsAtOnce = (pack: Pack, reason: string | undefined): boolean => stepsAtOnce(pack, reason).length > 0;
