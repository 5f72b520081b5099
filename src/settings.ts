/** What is set from outside. A wrong or missing setting is one plain sentence that says what to do. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { CannotStart } from './store/cannot-start.ts';
import { profiles, type Profile } from './store/profile.ts';
import { readDocumentKey, type DocumentKey } from './signature/document-key.ts';
import type { CannotReadKey } from './vault/operator-key.ts';
import { readOperatorKey } from './vault/operator-key.ts';
import { readSigningKey, type SigningKey } from './vault/signing-key.ts';

/** Ports that a file can describe (src/connectors/http-by-data), and the settings that such a file stands in for. */
const describable = { homeRegister: /^SIGNOFF_(HLR|OPEN5GS)/, billing: /^SIGNOFF_BILLING/, linkedServices: /^SIGNOFF_SERVICES/, payouts: /^SIGNOFF_(PAYOUTS|STRIPE)/, sessions: /^SIGNOFF_RADIUS/ } as const;
export type DescribablePort = keyof typeof describable;

/** Where the carrier's side is. Times in milliseconds. */
export type CarrierSettings = {
  readonly homeRegister:
    | { readonly kind: 'osmo-hlr'; readonly host: string; readonly port: number; readonly vtyPort?: number }
    | { readonly kind: 'open5gs'; readonly url: string; readonly user: string; readonly password: string; readonly mmeUrls: readonly string[] };
  /** Gateways that hold data sessions. Absent: none; then no policy may have `end-sessions`. */
  readonly radius?: { readonly nas: readonly { readonly host: string; readonly port: number }[]; readonly secret: string; readonly identifyBy: readonly (typeof identifyBy)[number][] };
  /** Peers that a file describes; where a port is among them, what stands here besides is not used. `variable` looks into the environment. */
  readonly described?: { readonly files: Readonly<Partial<Record<DescribablePort, string>>>; readonly variable: (name: string) => string | undefined };
  readonly esimPlatform: { readonly url: string; readonly tls: { readonly ca: string; readonly cert: string; readonly key: string }; readonly requester: string };
  readonly billing: { readonly url: string; readonly token: string };
  /** Who pays back. `stripe`: `url` only where its API is not at its own address. */
  readonly payouts: { readonly kind: 'http'; readonly url: string; readonly token: string } | { readonly kind: 'stripe'; readonly secretKey: string; readonly url?: string };
  /** What is sold along with a line. */
  readonly services: { readonly url: string; readonly token: string };
  readonly mail: { readonly host: string; readonly port: number; readonly tls: 'implicit' | 'starttls' | 'none'; readonly auth?: { readonly user: string; readonly pass: string } };
  readonly sms: { readonly host: string; readonly port: number; readonly systemId: string; readonly password: string; /** `parts` where not said. */ readonly long?: 'parts' | 'whole'; /** `same` where not said. */ readonly receiptIds?: 'same' | 'decimal' };
};

/** Where the SM-DP+ reports what becomes of profiles. `points`: what this platform numbers otherwise, `5=deleted,201=enabled`. */
export type CardDoorSettings = { readonly host: string; readonly port: number; readonly tls: { readonly ca: string; readonly cert: string; readonly key: string }; readonly points?: string };

export type Settings = {
  readonly production: boolean;
  readonly folder: string;
  readonly databaseUrl?: string;
  readonly host: string;
  readonly port: number;
  /** Where `/healthz`, `/readyz` and `/metrics` are; absent: nowhere. */
  readonly operation?: { readonly host: string; readonly port: number };
  /** Seconds in which it still serves after it was told to end, and says that it is not ready. */
  readonly drainSeconds: number;
  /** A copy of the database that queue lists may be read from. */
  readonly readUrl?: string;
  readonly profile: Profile;
  /** How the doors are reached from outside, without a slash at the end; absent: by host and port. */
  readonly publicUrl?: string;
  readonly operatorKey?: Buffer;
  readonly previousOperatorKeys: readonly Buffer[];
  readonly signingKey?: SigningKey;
  readonly documentKey?: DocumentKey;
  readonly carrier?: CarrierSettings;
  readonly cardDoor?: CardDoorSettings;
  /** How many days after its end a line is still asked about every night. */
  readonly reconcileDays: number;
  /** How many cases of bulk orders a second: for every brand and carrier, and for those that are named `brand/<id>` or `carrier/<id>`. */
  /** Cases a second, whoever ordered them, by `carrier/<id>` and `brand/<id>`. */
  readonly caps: Readonly<Record<string, number>>;
  readonly bulkRates: { readonly usual: number; readonly named: Readonly<Record<string, number>> };
  /** As registered with the US Reassigned Numbers Database. */
  readonly rndCompany?: string;
};

/** What names a subscriber to a gateway; see src/connectors/radius-disconnect. */
const identifyBy = ['imsi', 'calling-station-id', 'user-name'] as const;
const port = z.coerce.number().int().min(0).max(65_535);
const address = z.string().regex(/^[^\s:]+:\d{1,5}$/, 'is written host:port');
const webUrl = z.url({ protocol: /^https?$/, error: 'is written http://host:port or https://host:port' });
const listOf = <Value extends string>(item: z.ZodType<Value, string>) => z.string().transform((text) => text.split(',').map((one) => one.trim())).pipe(z.array(item).min(1));
const environment = z.object({
  SIGNOFF_ENV: z.enum(['demo', 'production']).default('demo'),
  SIGNOFF_FOLDER: z.string().min(1).default('.signoff'),
  DATABASE_URL: z.string().min(1).optional(),
  SIGNOFF_HOST: z.string().min(1).default('127.0.0.1'),
  SIGNOFF_PORT: port.default(4600),
  SIGNOFF_OPERATION_HOST: z.string().min(1).default('127.0.0.1'),
  SIGNOFF_OPERATION_PORT: port.optional(),
  SIGNOFF_DRAIN_SECONDS: z.coerce.number().int().min(0).max(300).default(0),
  SIGNOFF_READ_URL: z.string().min(1).optional(),
  SIGNOFF_DB_PROFILE: z.enum(profiles, { error: `is one of ${profiles.join(', ')}` }).default('postgres'),
  SIGNOFF_PUBLIC_URL: z.url().optional(),
  SIGNOFF_OPERATOR_KEY: z.string().optional(),
  SIGNOFF_PREVIOUS_OPERATOR_KEYS: z.string().optional(),
  SIGNOFF_SIGNING_KEY: z.string().optional(),
  SIGNOFF_DOCUMENT_KEY: z.string().optional(),
  SIGNOFF_DOCUMENT_CERT: z.string().optional(),
  SIGNOFF_HLR: address.optional(),
  SIGNOFF_HLR_VTY_PORT: port.optional(),
  SIGNOFF_OPEN5GS_URL: webUrl.optional(),
  SIGNOFF_OPEN5GS_USER: z.string().optional(),
  SIGNOFF_OPEN5GS_PASSWORD: z.string().optional(),
  SIGNOFF_OPEN5GS_MME_URL: listOf(webUrl).optional(),
  SIGNOFF_RADIUS_NAS: listOf(address).optional(),
  SIGNOFF_RADIUS_SECRET: z.string().optional(),
  SIGNOFF_RADIUS_IDENTIFY: listOf(z.enum(identifyBy, { error: `is one or more of ${identifyBy.join(', ')}, with commas between` })).default(['imsi']),
  SIGNOFF_HTTP_CONNECTORS: z.string().regex(new RegExp(`^(${Object.keys(describable).join('|')})=[^,=]+(,\\s*(${Object.keys(describable).join('|')})=[^,=]+)*$`), `is written port=file, with commas between; ports are ${Object.keys(describable).join(', ')}`).optional(),
  SIGNOFF_ES2PLUS_URL: z.url({ protocol: /^https$/ }).optional(),
  SIGNOFF_ES2PLUS_CA: z.string().optional(),
  SIGNOFF_ES2PLUS_CERT: z.string().optional(),
  SIGNOFF_ES2PLUS_KEY: z.string().optional(),
  SIGNOFF_ES2PLUS_REQUESTER: z.string().default('signoff'),
  SIGNOFF_ES2PLUS_DOOR_HOST: z.string().min(1).optional(),
  SIGNOFF_ES2PLUS_DOOR_PORT: port.optional(),
  SIGNOFF_ES2PLUS_DOOR_CERT: z.string().optional(),
  SIGNOFF_ES2PLUS_DOOR_KEY: z.string().optional(),
  SIGNOFF_ES2PLUS_DOOR_CA: z.string().optional(),
  SIGNOFF_ES2PLUS_POINTS: z.string().optional(),
  SIGNOFF_BILLING_URL: z.url().optional(),
  SIGNOFF_BILLING_TOKEN: z.string().optional(),
  SIGNOFF_PAYOUTS_URL: z.url().optional(),
  SIGNOFF_PAYOUTS_TOKEN: z.string().optional(),
  SIGNOFF_STRIPE_KEY: z.string().regex(/^(sk|rk)_/, 'is a secret or restricted key of Stripe, sk_… or rk_…').optional(),
  SIGNOFF_STRIPE_URL: z.url().optional(),
  SIGNOFF_SERVICES_URL: z.url().optional(),
  SIGNOFF_SERVICES_TOKEN: z.string().optional(),
  SIGNOFF_SMTP_URL: z.url({ protocol: /^(smtps?|smtp\+starttls)$/ }).optional(),
  SIGNOFF_RECONCILE_DAYS: z.coerce.number().int().min(1).max(3650).default(400),
  SIGNOFF_BULK_RATES: z.string().regex(/^\s*((brand|carrier)\/[\w-]+=)?[1-9]\d{0,4}(\s*,\s*((brand|carrier)\/[\w-]+=)?[1-9]\d{0,4})*\s*$/, 'is cases a second, written 100 or 100,brand/<id>=20,carrier/<id>=50').default('100'),
  SIGNOFF_RATES: z.string().regex(/^\s*(brand|carrier)\/[\w-]+=[1-9]\d{0,4}(\s*,\s*(brand|carrier)\/[\w-]+=[1-9]\d{0,4})*\s*$/, 'is cases a second for those that are named, written carrier/<id>=50,brand/<id>=20').optional(),
  SIGNOFF_RND_COMPANY: z.string().optional(),
  SIGNOFF_SMPP_URL: z.url({ protocol: /^smpp$/ }).regex(/^[^?#]*(\?(long=(parts|whole)|receipts=(same|decimal))(&(long=(parts|whole)|receipts=(same|decimal)))?)?$/, 'may say ?long=whole and ?receipts=decimal, and nothing else after the port').optional(),
});
type Environment = z.infer<typeof environment>;

/** What production can't be without, and what it is for. */
const demanded = {
  SIGNOFF_OPERATOR_KEY: 'the key that every personal datum lies under (openssl rand -hex 32)',
  SIGNOFF_SIGNING_KEY: 'the Ed25519 key that signs certificates (openssl genpkey -algorithm ed25519)',
  SIGNOFF_DOCUMENT_KEY: 'a PEM file: the key that signs agreements, EC P-256 or RSA',
  SIGNOFF_DOCUMENT_CERT: 'a PEM file: the X.509 certificate of that key, then those that vouch for it',
  SIGNOFF_PUBLIC_URL: 'the https address under which subscribers reach the portal',
  SIGNOFF_HLR: 'the home register, OsmoHLR, host:port (or SIGNOFF_OPEN5GS_URL, where that is Open5GS)',
  SIGNOFF_HLR_VTY_PORT: 'the home register\'s VTY port: only over it a serving node is told that a subscriber is barred',
  SIGNOFF_OPEN5GS_USER: 'our account at the home register\'s WebUI',
  SIGNOFF_OPEN5GS_PASSWORD: 'its password',
  SIGNOFF_OPEN5GS_MME_URL: 'where its MMEs say whom they serve, http://host:9090, with commas between: only there is a detachment confirmed',
  SIGNOFF_RADIUS_SECRET: 'our secret towards the gateways of SIGNOFF_RADIUS_NAS',
  SIGNOFF_ES2PLUS_URL: 'the SM-DP+, https://…',
  SIGNOFF_ES2PLUS_CA: 'a PEM file: who signs the SM-DP+\'s certificate',
  SIGNOFF_ES2PLUS_CERT: 'a PEM file: our certificate towards the SM-DP+',
  SIGNOFF_ES2PLUS_KEY: 'a PEM file: the key of that certificate',
  SIGNOFF_BILLING_URL: 'the operator\'s billing',
  SIGNOFF_BILLING_TOKEN: 'our token towards billing',
  SIGNOFF_PAYOUTS_URL: 'who pays back (or SIGNOFF_STRIPE_KEY, where that is Stripe)',
  SIGNOFF_PAYOUTS_TOKEN: 'our token towards that',
  SIGNOFF_SERVICES_URL: 'what the operator sells along with a line, and ends with it',
  SIGNOFF_SERVICES_TOKEN: 'our token towards that',
  SIGNOFF_SMTP_URL: 'smtps://user:password@host:465, the way out for mail',
  SIGNOFF_SMPP_URL: 'smpp://system-id:password@host:2775, the way out for SMS',
} as const satisfies Partial<Record<keyof Environment, string>>;

/** @throws CannotStart with one sentence a person can act on; never with a secret in it. */
export const readSettings = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new CannotStart(`${String(issue?.path[0])} is not right: ${issue?.message ?? 'unknown'}. Correct it and start again.`);
  }
  const found = parsed.data;
  const production = found.SIGNOFF_ENV === 'production';
  if (found.SIGNOFF_HLR !== undefined && found.SIGNOFF_OPEN5GS_URL !== undefined)
    throw new CannotStart('SIGNOFF_HLR and SIGNOFF_OPEN5GS_URL both name a home register. Set the one in which the subscribers are, and not the other.');
  const described = describedOf(found);
  const twice = Object.keys(given).find((name) => isDescribed(name, described) && !/^SIGNOFF_RADIUS_IDENTIFY$/.test(name));
  if (twice !== undefined) throw new CannotStart(`${twice} and SIGNOFF_HTTP_CONNECTORS both say where a peer is. Keep the one that is meant.`);
  const missing = Object.entries(demanded).filter(([name]) => found[name as keyof Environment] === undefined && isNeeded(name, found));
  if (production && missing.length > 0)
    throw new CannotStart(`Production does not start without: ${missing.map(([name, what]) => `${name} (${what})`).join('; ')}.`);

  const operatorKey = found.SIGNOFF_OPERATOR_KEY === undefined ? undefined : keyOrStop(readOperatorKey(found.SIGNOFF_OPERATOR_KEY));
  const signingKey = found.SIGNOFF_SIGNING_KEY === undefined ? undefined : keyOrStop(readSigningKey(found.SIGNOFF_SIGNING_KEY));
  const documentKey = documentKeyOf(found);
  const carrier = missing.some(([name]) => /HLR|OPEN5GS|RADIUS|ES2PLUS|BILLING|PAYOUTS|SERVICES|SMTP|SMPP/.test(name)) ? undefined : carrierOf(found, env);
  return {
    production,
    folder: resolve(found.SIGNOFF_FOLDER),
    host: found.SIGNOFF_HOST,
    port: found.SIGNOFF_PORT,
    ...(found.SIGNOFF_OPERATION_PORT === undefined ? {} : { operation: { host: found.SIGNOFF_OPERATION_HOST, port: found.SIGNOFF_OPERATION_PORT } }),
    drainSeconds: found.SIGNOFF_DRAIN_SECONDS,
    ...(found.SIGNOFF_READ_URL === undefined ? {} : { readUrl: found.SIGNOFF_READ_URL }),
    profile: found.SIGNOFF_DB_PROFILE,
    previousOperatorKeys: (found.SIGNOFF_PREVIOUS_OPERATOR_KEYS?.split(/[\s,]+/) ?? []).map((key) => keyOrStop(readOperatorKey(key, 'SIGNOFF_PREVIOUS_OPERATOR_KEYS'))),
    ...(found.DATABASE_URL === undefined ? {} : { databaseUrl: found.DATABASE_URL }),
    ...(found.SIGNOFF_PUBLIC_URL === undefined ? {} : { publicUrl: found.SIGNOFF_PUBLIC_URL.replace(/\/$/, '') }),
    ...(operatorKey === undefined ? {} : { operatorKey }),
    ...(signingKey === undefined ? {} : { signingKey }),
    ...(documentKey === undefined ? {} : { documentKey }),
    ...(carrier === undefined ? {} : { carrier }),
    reconcileDays: found.SIGNOFF_RECONCILE_DAYS,
    bulkRates: bulkRatesOf(found.SIGNOFF_BULK_RATES),
    caps: found.SIGNOFF_RATES === undefined ? {} : bulkRatesOf(found.SIGNOFF_RATES).named,
    ...(found.SIGNOFF_RND_COMPANY === undefined ? {} : { rndCompany: found.SIGNOFF_RND_COMPANY }),
    ...cardDoorOf(found),
  };
};

const bulkRatesOf = (written: string): Settings['bulkRates'] => {
  const all = written.split(',').map((one) => one.trim().split('='));
  const named = Object.fromEntries(all.flatMap(([name = '', rate]) => (rate === undefined ? [] : [[name, Number(rate)]])));
  return { usual: Number(all.find(([, rate]) => rate === undefined)?.[0] ?? 100), named };
};

const describedOf = ({ SIGNOFF_HTTP_CONNECTORS: written }: Environment): Readonly<Partial<Record<DescribablePort, string>>> =>
  Object.fromEntries((written?.split(',') ?? []).map((one) => one.trim().split('=').map((part) => part.trim())) as [DescribablePort, string][]);
const isDescribed = (name: string, described: Readonly<Partial<Record<DescribablePort, string>>>): boolean =>
  Object.keys(described).some((port) => describable[port as DescribablePort].test(name));

/** What one way of doing a thing needs, where another has been chosen, is not missing. */
const isNeeded = (name: string, found: Environment): boolean => {
  if (isDescribed(name, describedOf(found))) return false;
  if (name.startsWith('SIGNOFF_PAYOUTS')) return found.SIGNOFF_STRIPE_KEY === undefined;
  if (name.startsWith('SIGNOFF_HLR')) return found.SIGNOFF_OPEN5GS_URL === undefined;
  if (name.startsWith('SIGNOFF_OPEN5GS')) return found.SIGNOFF_OPEN5GS_URL !== undefined;
  if (name.startsWith('SIGNOFF_RADIUS')) return found.SIGNOFF_RADIUS_NAS !== undefined;
  return true;
};

const documentKeyOf = ({ SIGNOFF_DOCUMENT_KEY: key, SIGNOFF_DOCUMENT_CERT: certificate }: Environment): DocumentKey | undefined => {
  if (key === undefined && certificate === undefined) return undefined;
  return keyOrStop(readDocumentKey({ key: pem('SIGNOFF_DOCUMENT_KEY', key ?? ''), certificate: pem('SIGNOFF_DOCUMENT_CERT', certificate ?? '') }));
};

/** All of it or nothing: a door without the authority of its callers would be open to everybody. */
const cardDoorOf = (found: Environment): { readonly cardDoor?: CardDoorSettings } => {
  const parts = { SIGNOFF_ES2PLUS_DOOR_PORT: found.SIGNOFF_ES2PLUS_DOOR_PORT, SIGNOFF_ES2PLUS_DOOR_CERT: found.SIGNOFF_ES2PLUS_DOOR_CERT, SIGNOFF_ES2PLUS_DOOR_KEY: found.SIGNOFF_ES2PLUS_DOOR_KEY, SIGNOFF_ES2PLUS_DOOR_CA: found.SIGNOFF_ES2PLUS_DOOR_CA };
  const absent = Object.entries(parts).filter(([, value]) => value === undefined).map(([name]) => name);
  if (absent.length === Object.keys(parts).length) return {};
  if (absent.length > 0) throw new CannotStart(`The door of the SM-DP+ is set in part; ${absent.join(', ')} ${absent.length === 1 ? 'is' : 'are'} missing. Set all four, or none.`);
  const file = (name: keyof typeof parts): string => pem(name, String(parts[name]));
  return {
    cardDoor: {
      host: found.SIGNOFF_ES2PLUS_DOOR_HOST ?? found.SIGNOFF_HOST, port: parts.SIGNOFF_ES2PLUS_DOOR_PORT ?? 0,
      tls: { cert: file('SIGNOFF_ES2PLUS_DOOR_CERT'), key: file('SIGNOFF_ES2PLUS_DOOR_KEY'), ca: file('SIGNOFF_ES2PLUS_DOOR_CA') },
      ...(found.SIGNOFF_ES2PLUS_POINTS === undefined ? {} : { points: found.SIGNOFF_ES2PLUS_POINTS }),
    },
  };
};

const keyOrStop = <Key>(result: { readonly ok: true; readonly value: Key } | { readonly ok: false; readonly why: { readonly says: CannotReadKey['says'] } }): Key => {
  if (!result.ok) throw new CannotStart(result.why.says);
  return result.value;
};

const pem = (name: string, path: string): string => {
  if (path.includes('-----BEGIN')) return path;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new CannotStart(`${name} names the file ${path}, which can't be read. Correct the path or its permissions.`);
  }
};

const hostAndPort = (text: string): { host: string; port: number } => {
  const at = text.lastIndexOf(':');
  return { host: text.slice(0, at), port: Number(text.slice(at + 1)) };
};

const carrierOf = (found: Environment, env: Readonly<Record<string, string | undefined>>): CarrierSettings => {
  const mail = new URL(found.SIGNOFF_SMTP_URL ?? '');
  const sms = new URL(found.SIGNOFF_SMPP_URL ?? '');
  return {
    homeRegister: found.SIGNOFF_OPEN5GS_URL === undefined
      ? { kind: 'osmo-hlr', ...hostAndPort(found.SIGNOFF_HLR ?? ''), ...(found.SIGNOFF_HLR_VTY_PORT === undefined ? {} : { vtyPort: found.SIGNOFF_HLR_VTY_PORT }) }
      : { kind: 'open5gs', url: found.SIGNOFF_OPEN5GS_URL, user: found.SIGNOFF_OPEN5GS_USER ?? '', password: found.SIGNOFF_OPEN5GS_PASSWORD ?? '', mmeUrls: found.SIGNOFF_OPEN5GS_MME_URL ?? [] },
    ...(found.SIGNOFF_RADIUS_NAS === undefined ? {} : { radius: { nas: found.SIGNOFF_RADIUS_NAS.map(hostAndPort), secret: found.SIGNOFF_RADIUS_SECRET ?? '', identifyBy: found.SIGNOFF_RADIUS_IDENTIFY } }),
    ...(found.SIGNOFF_HTTP_CONNECTORS === undefined ? {} : { described: { files: describedOf(found), variable: (name: string) => env[name] } }),
    esimPlatform: {
      url: found.SIGNOFF_ES2PLUS_URL ?? '',
      requester: found.SIGNOFF_ES2PLUS_REQUESTER,
      tls: {
        ca: pem('SIGNOFF_ES2PLUS_CA', found.SIGNOFF_ES2PLUS_CA ?? ''),
        cert: pem('SIGNOFF_ES2PLUS_CERT', found.SIGNOFF_ES2PLUS_CERT ?? ''),
        key: pem('SIGNOFF_ES2PLUS_KEY', found.SIGNOFF_ES2PLUS_KEY ?? ''),
      },
    },
    billing: { url: found.SIGNOFF_BILLING_URL ?? '', token: found.SIGNOFF_BILLING_TOKEN ?? '' },
    payouts: found.SIGNOFF_STRIPE_KEY === undefined
      ? { kind: 'http', url: found.SIGNOFF_PAYOUTS_URL ?? '', token: found.SIGNOFF_PAYOUTS_TOKEN ?? '' }
      : { kind: 'stripe', secretKey: found.SIGNOFF_STRIPE_KEY, ...(found.SIGNOFF_STRIPE_URL === undefined ? {} : { url: found.SIGNOFF_STRIPE_URL }) },
    services: { url: found.SIGNOFF_SERVICES_URL ?? '', token: found.SIGNOFF_SERVICES_TOKEN ?? '' },
    mail: {
      host: mail.hostname,
      port: Number(mail.port || (mail.protocol === 'smtps:' ? 465 : 25)),
      tls: mail.protocol === 'smtps:' ? 'implicit' : mail.protocol === 'smtp+starttls:' ? 'starttls' : 'none',
      ...(mail.username === '' ? {} : { auth: { user: decodeURIComponent(mail.username), pass: decodeURIComponent(mail.password) } }),
    },
    sms: { host: sms.hostname, port: Number(sms.port || 2775), systemId: decodeURIComponent(sms.username), password: decodeURIComponent(sms.password), ...(sms.searchParams.get('long') === 'whole' ? { long: 'whole' as const } : {}), ...(sms.searchParams.get('receipts') === 'decimal' ? { receiptIds: 'decimal' as const } : {}) },
  };
};
