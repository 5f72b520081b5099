/** Measures in a process of its own: the client's times must not hold the pauses of one that has measured much else before. */
import { serve } from '../child.ts';
import { measurePortal, type PortalOptions } from './portal.ts';

const say = (text: string): void => { process.stderr.write(`  portal: ${text}\n`); };
serve({ measure: (options: PortalOptions) => measurePortal(say, options) }, async () => undefined);
