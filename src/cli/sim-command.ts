import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The simulation, in a process of its own because it changes how modules are loaded (test/sim). Resolves to its exit status. */
export const simulate = (words: readonly string[]): Promise<number> => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../test/sim/main.ts', import.meta.url)), ...words], { stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals): void => { child.kill(signal); };
  process.on('SIGTERM', forward).on('SIGINT', forward);
  return new Promise((resolve) => child.once('error', () => resolve(1)).once('close', (status) => resolve(status ?? 1)));
};
