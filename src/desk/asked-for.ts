/** What a pack's forms ask for and what its reasons bring: for doors, which decide nothing themselves. */
export { barsAtOnce } from '../policy/bars-at-once.ts';
export { dayIsOver } from '../policy/end.ts';
export { documentIsProof } from '../policy/proof-ways.ts';
