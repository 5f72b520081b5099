/** A process that does nothing: what Node and the loader weigh by themselves. */
import { serve } from '../child.ts';

serve({}, async () => undefined);
