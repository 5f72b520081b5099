/** What `signoff doctor` looks at. Each check resolves to findings in words that name no secret; none changes anything. */
import { X509Certificate } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import pg from 'pg';
import type { Calendar } from '../policy/calendar.ts';
import type { Pack } from '../policy/pack.ts';
import type { Settings } from '../settings.ts';
import { migrationState } from '../store/migrate.ts';

/** `warn`: works, and will not always. `wrong`: does not work, or protects nothing. */
export type Finding = { readonly what: string; readonly kind: 'ok' | 'warn' | 'wrong'; readonly says: string; readonly mend?: string };

const ok = (what: string, says: string): Finding => ({ what, kind: 'ok', says });
const warn = (what: string, says: string, mend: string): Finding => ({ what, kind: 'warn', says, mend });
const wrong = (what: string, says: string, mend: string): Finding => ({ what, kind: 'wrong', says, mend });

const day = 86_400_000;
const daysFrom = (now: Date, at: Date): number => Math.floor((at.getTime() - now.getTime()) / day);
const oldKeyDays = 3 * 365;

export const checkSettings = (settings: Settings): Finding[] => [
  settings.production ? ok('settings', 'complete, SIGNOFF_ENV is production') : wrong('settings', 'this is not production: keys are in the data folder, and accounts are invented', 'Set SIGNOFF_ENV=production; what is missing then is named.'),
  settings.publicUrl?.startsWith('https://') === true ? ok('public address', settings.publicUrl) : wrong('public address', `${settings.publicUrl ?? 'none'}: cookies and links need https`, 'Set SIGNOFF_PUBLIC_URL to the https address of the portal.'),
  settings.operation === undefined ? warn('operation port', 'nobody can ask whether a process is ready, and nothing is measured', 'Set SIGNOFF_OPERATION_PORT, and have Prometheus ask there (deploy/prometheus).') : ok('operation port', `${settings.operation.host}:${settings.operation.port}`),
];

/** Random bytes of 32 have about 30 different values among them; a word written out has not. */
const looksRandom = (key: Buffer): boolean => new Set(key).size >= 20;

export const checkKeys = (settings: Settings): Finding[] => {
  const { operatorKey, signingKey, documentKey } = settings;
  return [
    operatorKey === undefined ? wrong('operator\'s key', 'none is set', 'Set SIGNOFF_OPERATOR_KEY (openssl rand -hex 32), and keep it apart from the database\'s back-ups.')
      : looksRandom(operatorKey) ? ok('operator\'s key', `${operatorKey.length * 8} bits`) : wrong('operator\'s key', 'it does not look random', 'Make one with: openssl rand -hex 32. The one of now goes into SIGNOFF_PREVIOUS_OPERATOR_KEYS.'),
    signingKey === undefined ? wrong('signing key', 'none is set', 'Set SIGNOFF_SIGNING_KEY (openssl genpkey -algorithm ed25519).') : ok('signing key', `Ed25519, ${signingKey.kid.slice(0, 12)}`),
    documentKey === undefined ? wrong('document key', 'none is set', 'Set SIGNOFF_DOCUMENT_KEY and SIGNOFF_DOCUMENT_CERT.') : ok('document key', 'there, with its certificate'),
  ];
};

/** Each PEM certificate of our own that is set; those of peers are looked at by asking the peers. */
export const checkCertificates = (env: NodeJS.ProcessEnv, read: (path: string) => string, now: Date): Finding[] =>
  ['SIGNOFF_DOCUMENT_CERT', 'SIGNOFF_ES2PLUS_CERT', 'SIGNOFF_ES2PLUS_CA', 'SIGNOFF_ES2PLUS_DOOR_CERT', 'SIGNOFF_ES2PLUS_DOOR_CA'].flatMap((name) => {
    const value = env[name] ?? '';
    if (value === '') return [];
    const text = value.includes('-----BEGIN') ? value : read(value);
    return (text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).slice(0, 5).map((pem): Finding => {
      const certificate = new X509Certificate(pem);
      const left = daysFrom(now, new Date(certificate.validTo));
      if (left < 0) return wrong(name, `ended ${-left} days ago`, 'Renew it.');
      if (left < 30) return warn(name, `ends in ${left} days`, 'Renew it now.');
      return daysFrom(now, new Date(certificate.validFrom)) < -oldKeyDays ? warn(name, `ends in ${left} days; its key is more than three years old`, 'Renew it with a new key.') : ok(name, `ends in ${left} days`);
    });
  });

type Facts = {
  version: number; text: string; superuser: boolean; desk: boolean; deskBypasses: boolean; unforced: string[]; at: Date; archives: boolean; archived: Date | null; failing: boolean;
  bytes: number; standby: boolean;
};
const facts = `select current_setting('server_version_num')::int as version, current_setting('server_version') as text, pg_is_in_recovery() as standby,
  (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as superuser,
  exists (select from pg_roles where rolname = 'signoff_desk') as desk,
  exists (select from pg_roles where rolname = 'signoff_desk' and (rolsuper or rolbypassrls or rolcanlogin)) as "deskBypasses",
  array(select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'brand'
    and not a.attisdropped and not (c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid)) order by 1) as unforced,
  clock_timestamp() as at, current_setting('archive_mode') <> 'off' as archives, (select last_archived_time from pg_stat_archiver) as archived,
  (select coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) from pg_stat_archiver) as failing, pg_database_size(current_database())::float8 as bytes`;

const versionOf = ({ version, text, standby }: Facts): Finding =>
  standby ? wrong('database', 'it is a read-only copy', 'Give the address of the primary as DATABASE_URL.')
    : version < 150_000 ? wrong('database', `PostgreSQL ${text}`, 'Signoff needs PostgreSQL 15 or later.') : ok('database', `PostgreSQL ${text}`);

const migrationsOf = (state: Awaited<ReturnType<typeof migrationState>> | undefined): Finding[] => {
  if (state === undefined) return [warn('migrations', 'nothing was prepared here yet', 'Start Signoff once.')];
  if (state.changed.length > 0) return [wrong('migrations', `changed after they were applied: ${state.changed.join(', ')}`, 'Restore the files of the release.')];
  if (state.newer.length > 0) return [warn('migrations', `the database was made by a newer Signoff (${state.newer.join(', ')})`, 'Bring this installation to the same version.')];
  return [state.missing.length > 0 ? warn('migrations', `${state.missing.length} to be run`, 'The next start runs them.') : ok('migrations', 'all applied, none changed')];
};

const rightsOf = (found: Facts): Finding[] => [
  !found.desk ? wrong('database role', 'there is no role signoff_desk', 'Start Signoff once as the database\'s owner, or: create role signoff_desk nologin;')
    : found.deskBypasses ? wrong('database role', 'signoff_desk may sign in or ignores row-level security', 'alter role signoff_desk nologin nosuperuser nobypassrls;') : ok('database role', 'signoff_desk has no rights past row-level security'),
  found.superuser ? warn('database user', 'the user of DATABASE_URL is a superuser or ignores row-level security; Signoff never works as it, but its password opens everything', 'Use the owner of this database alone.') : ok('database user', 'an owner without more rights'),
  found.unforced.length > 0 ? wrong('brand boundary', `not forced on ${found.unforced.join(', ')}`, 'Start Signoff once: it puts the boundary on every table with a brand.') : ok('brand boundary', 'forced on every table with a brand'),
];

const skewOf = (seconds: number): Finding =>
  Math.abs(seconds) > 30 ? wrong('clock', `this machine is ${Math.abs(seconds).toFixed(1)} s ${seconds > 0 ? 'ahead of' : 'behind'} the database`, 'Set both by NTP: timers and due dates go by these clocks.')
    : Math.abs(seconds) > 2 ? warn('clock', `${Math.abs(seconds).toFixed(1)} s between this machine and the database`, 'Set both by NTP.') : ok('clock', `${Math.abs(seconds).toFixed(1)} s from the database's`);

const backUpsOf = ({ archives, archived, failing }: Facts, now: Date): Finding => {
  const mend = 'docs/backup.md says how, and what besides the database has to be kept (the keys). Try a restore before it is needed.';
  if (!archives) return warn('back-ups', 'the database does not archive its log; whether it is dumped can\'t be seen from here', mend);
  if (failing) return wrong('back-ups', 'the database\'s archive command fails', `See pg_stat_archiver and the server's log. ${mend}`);
  return archived === null || now.getTime() - archived.getTime() > day ? warn('back-ups', `last archived: ${archived === null ? 'never' : archived.toISOString()}`, mend) : ok('back-ups', `log archived at ${archived.toISOString()}`);
};

/** @param url as its owner opens it. `now` is read anew after the answer, so that the clocks can be compared. */
export const checkDatabase = async (url: string, zones: readonly string[], now: () => Date): Promise<Finding[]> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, statement_timeout: 20_000, application_name: `signoff doctor ${process.pid}` });
  client.on('error', () => undefined); // the query under way reports it
  await client.connect();
  try {
    const before = now();
    const { rows: [found] } = await client.query<Facts>(facts);
    if (found === undefined) throw new Error('no facts');
    const skew = ((before.getTime() + now().getTime()) / 2 - found.at.getTime()) / 1000;
    const { rows: unknown } = await client.query<{ zone: string }>(`select zone from unnest($1::text[]) zone where not exists (select from pg_timezone_names where name = zone)`, [zones]);
    const state = await migrationState(url).catch(() => undefined);
    return [
      versionOf(found), ...migrationsOf(state), ...rightsOf(found), skewOf(skew),
      unknown.length > 0 ? wrong('time zones', `the database does not know ${unknown.map(({ zone }) => zone).join(', ')}`, 'Install tzdata on its machine.') : ok('time zones', `${zones.length} known to the database`),
      backUpsOf(found, now()), ok('size', `${(found.bytes / 2 ** 20).toFixed(0)} MiB in the database`),
    ];
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** Of every zone that a policy works in. */
export const checkZones = (zones: readonly string[]): Finding => {
  const unknown = zones.filter((zone) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) === '';
    } catch {
      return true;
    }
  });
  return unknown.length > 0 ? wrong('time zones here', `Node does not know ${unknown.join(', ')}`, 'Use a Node with full ICU.') : ok('time zones here', `${zones.length} known to Node`);
};

/** By whose working days reviews are due; a year that is not there is never guessed. */
export const checkCalendars = (packs: readonly Pack[], calendars: readonly Calendar[], now: Date): Finding[] => {
  const counting = packs.filter((pack) => pack.review.reviewers > 0 && !pack.review.everyDayCounts);
  return [...new Set(counting.map(({ calendar }) => calendar.region))].toSorted().map((region): Finding => {
    const known = calendars.find((one) => one.region === region)?.knownYears ?? new Set<number>();
    const [year, brands] = [now.getUTCFullYear(), counting.filter(({ calendar }) => calendar.region === region).map(({ brand }) => brand).join(', ')];
    const mend = `signoff calendar import FILE.ics --region ${region} --year YEAR prints a table to be read against the official notice.`;
    if (!known.has(year)) return wrong(`calendar ${region}`, `${year} is not there; reviews of ${brands} have no due date`, mend);
    return known.has(year + 1) ? ok(`calendar ${region}`, `to the end of ${Math.max(...known)}`) : warn(`calendar ${region}`, `${year + 1} is not there; reviews of ${brands} that reach into it will have no due date`, mend);
  });
};

export const checkDisk = async (folder: string): Promise<Finding> => {
  const { bavail, blocks, bsize } = await statfs(folder);
  const [free, part] = [(bavail * bsize) / 2 ** 30, bavail / blocks];
  const says = `${free.toFixed(1)} GiB free, ${(part * 100).toFixed(0)} %`;
  if (free < 1) return wrong('disk', says, `Make room where ${folder} is.`);
  return part < 0.1 ? warn('disk', says, `Make room where ${folder} is.`) : ok('disk', says);
};
