/** `signoff doctor`: whether this installation is fit for production, and what to mend. Looks at everything, changes nothing. */
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { allPacks, calendars, unreadInWords } from '../../policies/index.ts';
import { readSettings, type Settings } from '../settings.ts';
import { CannotStart } from '../store/cannot-start.ts';
import { systemClock } from '../store/clock.ts';
import { connectTo } from '../store/connect-to.ts';
import { checkCopy } from './check-copy.ts';
import { columns } from './columns.ts';
import { checkPeers, type Connect } from './connectors-command.ts';
import { checkCalendars, checkCertificates, checkDatabase, checkDisk, checkKeys, checkSettings, checkZones, type Finding } from './doctor-checks.ts';

/** What cannot be looked at is wrong as well, and the rest is looked at all the same. */
const looking = async (what: string, mend: string, look: () => Promise<readonly Finding[]> | readonly Finding[]): Promise<readonly Finding[]> => {
  try {
    return await look();
  } catch (fault) {
    return [{ what, kind: 'wrong', says: fault instanceof CannotStart ? fault.message : `can't be looked at (${(fault as { code?: string }).code ?? (fault as Error).name})`, mend }];
  }
};

const databaseOf = async (settings: Settings, zones: readonly string[]): Promise<readonly Finding[]> => {
  if (settings.databaseUrl === undefined)
    return [{ what: 'database', kind: 'warn', says: 'the one in the data folder: one machine, and no copy of it', mend: 'For more than one process set DATABASE_URL to a PostgreSQL of your own.' }];
  await connectTo(settings.databaseUrl);
  return checkDatabase(settings.databaseUrl, zones, () => systemClock.now());
};

const peersOf = async (connecting: Connect, { carrier }: Settings): Promise<readonly Finding[]> => {
  if (carrier === undefined) return [{ what: 'connectors', kind: 'wrong', says: 'nothing says where the carrier\'s systems are', mend: 'README.md lists the settings.' }];
  const connected = connecting(carrier, () => Promise.reject(new Error('only looking')), () => systemClock.now());
  try {
    return (await checkPeers(connected.peers, systemClock.now())).map(({ connector, kind, says, mend, daysLeft }): Finding => {
      if (kind !== 'ok') return { what: connector, kind: 'wrong', says: `${kind}: ${says}`, ...(mend === undefined ? {} : { mend }) };
      return daysLeft !== undefined && daysLeft < 30 ? { what: connector, kind: 'warn', says: `a certificate ends in ${daysLeft} days`, mend: 'Renew it.' } : { what: connector, kind: 'ok', says };
    });
  } finally {
    await connected.close();
  }
};

export const examine = async (connecting: Connect, env: NodeJS.ProcessEnv): Promise<readonly Finding[]> => {
  const now = systemClock.now();
  let settings: Settings;
  try {
    settings = readSettings(env);
  } catch (fault) {
    if (!(fault instanceof CannotStart)) throw fault;
    return [{ what: 'settings', kind: 'wrong', says: fault.message, mend: 'Nothing else can be looked at before.' }];
  }
  const zones = [...new Set(allPacks.map(({ calendar }) => calendar.zone))];
  const found = await Promise.all([
    checkSettings(settings),
    checkKeys(settings),
    looking('certificates', 'Correct the path or its permissions.', () => checkCertificates(env, (path) => readFileSync(path, 'utf8'), now)),
    looking('database', 'Correct DATABASE_URL, or mend the database.', () => databaseOf(settings, zones)),
    settings.readUrl === undefined || settings.databaseUrl === undefined ? [] : looking('copy to read from', 'Correct SIGNOFF_READ_URL, or mend the copy; until then lists are read from the database itself.', async () => [await checkCopy(settings.readUrl ?? '', settings.databaseUrl ?? '')]),
    [checkZones(zones)],
    unreadInWords === undefined ? [] : [{ what: 'policies', kind: 'wrong' as const, says: unreadInWords, mend: 'Run: signoff policy check' }],
    checkCalendars(allPacks, calendars, now),
    looking('disk', 'Make the folder of SIGNOFF_FOLDER, and let this user write there.', async () => {
      await mkdir(settings.folder, { recursive: true });
      return [await checkDisk(settings.folder)];
    }),
    looking('connectors', 'Run: signoff connectors check', () => peersOf(connecting, settings)),
  ]);
  return found.flat();
};

const mark = { ok: '✓', warn: '!', wrong: '✗' } as const;

export const doctorLines = (found: readonly Finding[]): string[] => {
  const count = (kind: Finding['kind']): number => found.filter((one) => one.kind === kind).length;
  return [
    ...columns(['', 'what', 'found', 'mend'], found.map(({ what, kind, says, mend = '' }) => [mark[kind], what, says.length > 160 ? `${says.slice(0, 159)}…` : says, mend])),
    '',
    `${count('wrong') > 0 ? mark.wrong : mark.ok} ${found.length} looked at; ${count('wrong')} wrong, ${count('warn')} to be watched`,
  ];
};

/** Resolves to 0 where nothing is wrong, to 1 where something is; a warning changes nothing. */
export const doctor = async (connecting: Connect, options: { readonly json: boolean; readonly env?: NodeJS.ProcessEnv }): Promise<number> => {
  const found = await examine(connecting, options.env ?? process.env);
  const isFit = found.every(({ kind }) => kind !== 'wrong');
  for (const line of options.json ? [JSON.stringify({ ok: isFit, found })] : doctorLines(found)) console.log(line);
  return isFit ? 0 : 1;
};
