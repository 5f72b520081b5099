/** The carrier's side in a process of its own: the simulator's servers, each with its own protocol. */
import { carrierOfSimulator } from '../../src/demo/carrier.ts';
import type { Seeding } from '../../src/simulator/seed.ts';
import { startSimulator, type Simulator } from '../../src/simulator/start.ts';
import { serve } from '../child.ts';

let simulator: Simulator | undefined;
serve({
  /** Resolves to the settings of a carrier. */
  start: async (folder: string) => {
    simulator = await startSimulator({ folder, now: () => new Date() });
    return carrierOfSimulator(simulator.endpoints);
  },
  seed: (seeding: Seeding) => simulator?.seed(seeding),
}, async () => simulator?.stop());
