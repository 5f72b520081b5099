/** The described peers of an installation, opened; or everything that is wrong with their files. */
import { readFileSync } from 'node:fs';
import { no, ok, type Result } from '../../cancellation/result.ts';
import { billingByData, homeRegisterByData, linkedServicesByData, payoutsByData, sessionsByData } from './connector.ts';
import type { PortName } from './operations.ts';
import { readDescription, type ReadDescription, type Wrong } from './read-description.ts';

const open = { homeRegister: homeRegisterByData, billing: billingByData, linkedServices: linkedServicesByData, payouts: payoutsByData, sessions: sessionsByData } as const;
export type Described = { readonly [Port in PortName]?: ReturnType<(typeof open)[Port]> };

const readFile = (port: PortName, file: string, env: (name: string) => string | undefined): Result<ReadDescription, readonly Wrong[]> => {
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch {
    return no([{ at: file, says: 'can not be read', mend: 'Correct the path in SIGNOFF_HTTP_CONNECTORS or the file\'s permissions.' }]);
  }
  const read = readDescription(source, file, env);
  return read.ok && read.value.port !== port ? no([{ at: file, says: `describes ${read.value.port}, and SIGNOFF_HTTP_CONNECTORS names it for ${port}`, mend: 'Correct one of them.' }]) : read;
};

/** Nothing is opened unless every file is right. */
export const openDescribed = (files: Readonly<Partial<Record<PortName, string>>>, env: (name: string) => string | undefined): Result<Described, readonly Wrong[]> => {
  const read = (Object.entries(files) as [PortName, string][]).map(([port, file]) => [port, readFile(port, file, env)] as const);
  const wrong = read.flatMap(([, one]) => (one.ok ? [] : one.why));
  if (wrong.length > 0) return no(wrong);
  return ok(Object.fromEntries(read.flatMap(([port, one]) => (one.ok ? [[port, open[port](one.value)]] : []))) as Described);
};

/** Whether a peer that a file describes has these calls; one that no file describes has all. What is wrong with a file is said where it is opened. */
export const describes = (port: PortName, calls: readonly string[], files: Readonly<Partial<Record<PortName, string>>>, env: (name: string) => string | undefined): boolean => {
  const file = files[port];
  const read = file === undefined ? undefined : readFile(port, file, env);
  return read === undefined || !read.ok || calls.every((call) => read.value.operations.has(call));
};
