/** What the bench consists of, in the order in which it runs. A new part is one line here. */
import { bulk } from './bulk-part.ts';
import { core } from './core.ts';
import { cost } from './cost.ts';
import type { Part } from './figure.ts';
import { inProcess } from './in-process.ts';
import { loopback } from './loopback.ts';
import { pages } from './pages.ts';
import { portal } from './portal/part.ts';
import { processes } from './processes.ts';
import { single } from './single.ts';
import { growth, waiting } from './sizes.ts';
import { start } from './start.ts';

export const parts: readonly Part[] = [loopback, inProcess, single, cost, waiting, growth, start, core, pages, portal, processes, bulk];
