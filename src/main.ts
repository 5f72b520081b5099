/** Puts Signoff together. The only file that names concrete connectors. */
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { allPacks, calendars, jurisdictions, unreadInWords } from '../policies/index.ts';
import type { PublishedKeys } from './certificate/published-keys.ts';
import { sign } from './certificate/sign.ts';
import { billingHttp } from './connectors/billing-http/billing.ts';
import { billingConformance } from './connectors/billing-http/conformance.ts';
import { es2plus } from './connectors/es2plus/esim-platform.ts';
import { describes, openDescribed, type Described } from './connectors/http-by-data/open.ts';
import { readPoints } from './connectors/es2plus/notification-points.ts';
import { openProgressDoor, type ProgressDoor } from './connectors/es2plus/progress-door.ts';
import { osmoHlrCtrl } from './connectors/osmo-hlr-ctrl/home-register.ts';
import { open5gsRegister } from './connectors/open5gs/home-register.ts';
import { payoutsHttp } from './connectors/payouts-http/payouts.ts';
import { radiusDisconnect } from './connectors/radius-disconnect/sessions.ts';
import { servicesHttp } from './connectors/linked-services-http/linked-services.ts';
import type { Receipt } from './connectors/smpp/receipt.ts';
import { smppSms } from './connectors/smpp/sms-channel.ts';
import { smtpMail } from './connectors/smtp/mail-channel.ts';
import { stripePayouts } from './connectors/stripe/payouts.ts';
import type { Desk } from './desk/desk.ts';
import { carryOn, reviveAll } from './desk/bulk/carry-on.ts';
import { usualRates, type BulkRates } from './desk/bulk/pace.ts';
import { forgetCut } from './desk/bulk/take-file.ts';
import { destroyUnmatched } from './desk/destroy-statement.ts';
import { watchDisconnectFiles } from './desk/disconnect-report.ts';
import { matchByNumber } from './desk/match-statement.ts';
import { recordCardReport } from './execution/card-reports.ts';
import type { Caps } from './execution/caps.ts';
import type { Execution } from './execution/execution.ts';
import { erasePersons } from './execution/erase-persons.ts';
import { followRefunds } from './execution/follow-refunds.ts';
import { startNightly } from './execution/nightly.ts';
import { returnNumbers } from './execution/quarantine.ts';
import { reckonUndated } from './execution/reckon-due.ts';
import { watchDataRequests, watchDeadlines } from './execution/watch-deadlines.ts';
import { sendRefund } from './execution/send-refund.ts';
import { tellSetAside } from './execution/set-aside.ts';
import { startWorker } from './execution/worker.ts';
import { closeAccounts } from './identity/accounts.ts';
import { sweepIdentity } from './identity/sweep.ts';
import { enqueueOn } from './notices/queue.ts';
import { recordReceipt } from './notices/receipts.ts';
import { sendNotices } from './notices/send.ts';
import { tellDataRequest, tellDrafts, tellNames, tellRefund, tellToSign } from './notices/tell-of.ts';
import { tellStatement } from './notices/tell-statement.ts';
import { tellAnswer, tellCases, type TellTools } from './notices/tell.ts';
import { voicesOf } from './notices/voices.ts';
import { watchedChannels, watchedPorts, type Watch } from './operation/watch.ts';
import type { CarrierPorts, Checkable, MessageChannel } from './plan/ports.ts';
import type { Calendar } from './policy/calendar.ts';
import { packName, type Pack } from './policy/pack.ts';
import { packsOf } from './policy/packs.ts';
import type { CardDoorSettings, CarrierSettings } from './settings.ts';
import type { Jurisdiction } from './policy/jurisdiction.ts';
import type { DocumentKey } from './signature/document-key.ts';
import { CannotStart } from './store/cannot-start.ts';
import { systemTimers, type Clock, type MovableClock } from './store/clock.ts';
import { openDb } from './store/db.ts';
import { openJobs } from './store/jobs.ts';
import { readsFrom } from './store/reads.ts';
import type { Profile } from './store/profile.ts';
import type { SigningKey } from './vault/signing-key.ts';
import { openVault } from './vault/vault.ts';

export type Connected = { readonly ports: CarrierPorts; readonly channels: { readonly mail: MessageChannel; readonly sms: MessageChannel }; close(): Promise<void> };

export type Parts = {
  readonly databaseUrl: string;
  readonly clock: Clock | MovableClock;
  readonly operatorKey: Buffer;
  readonly previousOperatorKeys?: readonly Buffer[];
  readonly signingKey: SigningKey;
  readonly documentKey: DocumentKey;
  /** That key and those of before, under which older certificates were signed. Absent: that key alone. */
  readonly published?: PublishedKeys;
  readonly carrier: CarrierSettings;
  readonly production: boolean;
  /** How the doors are reached from outside, for links in notices and on certificates. */
  readonly publicUrl: () => string;
  readonly log: Logger;
  /** Whether this process carries plans out and sends notices. */
  readonly works: boolean;
  readonly reached?: Execution['reached'];
  /** Who looks on: metrics, traces. */
  readonly watch?: Watch;
  /** A copy of the database that lists and figures are read from while it answers. */
  readonly readUrl?: string;
  /** What the database is, where it is not PostgreSQL itself. */
  readonly profile?: Profile;
  /** How many days after its end a line is still asked about every night; 400 where not said. */
  readonly reconcileDays?: number;
  /** How fast cases of bulk orders are opened and carried out; 100 a second by brand and by carrier where not said. */
  readonly bulkRates?: BulkRates;
  /** How many cases a second may be begun at a carrier or by a brand, whoever ordered them; as many as come where not said. */
  readonly caps?: Caps;
  /** The carrier's side without its network: for measuring what the desk itself costs. */
  readonly connected?: Connected;
  /** Other policies than those under policies/: for stories of more than one brand. */
  readonly packs?: readonly Pack[];
  /** Other law than under policies/: for stories in which it changes. */
  readonly jurisdictions?: readonly Jurisdiction[];
  /** Other working days than under policies/: for stories in which a year becomes known. */
  readonly calendars?: readonly Calendar[];
};

/** Receipts that settle nothing (SMPP 3.4 §5.2.28). */
const stillOnItsWay = new Set<Receipt['state']>(['enroute', 'accepted', 'unknown']);

/** Milliseconds until a peer that does not answer counts as silent. */
const timeoutMs = 10_000;

/** `assemble` does not start with a policy that would have something to end there. */
const noGateways = { nas: [], secret: '', identifyBy: ['imsi'] } as const;

/** For `signoff connectors check`: a connector, and the settings that say where its peer is and how it lets us in. */
export type Peer = {
  readonly name: string;
  readonly settings: { readonly address: string; readonly credentials?: string; readonly certificate?: string; readonly describedIn?: string };
  readonly connector: Checkable;
};

/** @throws CannotStart with every mistake in every file */
const describedPeers = ({ described }: CarrierSettings): Described => {
  const opened = openDescribed(described?.files ?? {}, described?.variable ?? (() => undefined));
  if (!opened.ok) throw new CannotStart(opened.why.map(({ at, says, mend }) => `${at}: ${says}. ${mend}`).join('\n'));
  return opened.value;
};

/** The production connectors, wherever the carrier's side is. @throws CannotStart */
export const connect = (carrier: CarrierSettings, onReceipt: (receipt: Receipt) => Promise<void>, now: () => Date) => {
  const described = describedPeers(carrier);
  const peer = (name: string, port: keyof Described, connector: Checkable, settings: Peer['settings']): Peer => {
    const file = carrier.described?.files[port];
    return { name, connector, settings: file === undefined ? settings : { address: `the origin in ${file}`, credentials: `what ${file} names under secrets`, describedIn: `${file} (docs/http-connectors.md)` } };
  };
  const homeRegister = described.homeRegister ?? (carrier.homeRegister.kind === 'open5gs' ? open5gsRegister({ ...carrier.homeRegister, timeoutMs }) : osmoHlrCtrl({ ...carrier.homeRegister, timeoutMs }));
  const sessions = described.sessions ?? radiusDisconnect({ ...(carrier.radius ?? noGateways), timeoutMs, now });
  const esimPlatform = es2plus({ url: carrier.esimPlatform.url, tls: carrier.esimPlatform.tls, functionRequesterIdentifier: carrier.esimPlatform.requester, timeoutMs });
  const billing = described.billing ?? billingHttp({ ...carrier.billing, timeoutMs });
  const payouts = described.payouts ?? (carrier.payouts.kind === 'stripe' ? stripePayouts({ ...carrier.payouts, timeoutMs }) : payoutsHttp({ ...carrier.payouts, timeoutMs }));
  const linkedServices = described.linkedServices ?? servicesHttp({ ...carrier.services, timeoutMs });
  const mail = smtpMail({ ...carrier.mail, timeoutMs });
  const sms = smppSms({ ...carrier.sms, timeoutMs, onReceipt });
  return {
    ports: { homeRegister, sessions, esimPlatform, billing, payouts, linkedServices },
    channels: { mail, sms },
    peers: [
      peer('home register', 'homeRegister', homeRegister, carrier.homeRegister.kind === 'open5gs'
        ? { address: 'SIGNOFF_OPEN5GS_URL', credentials: 'SIGNOFF_OPEN5GS_USER and SIGNOFF_OPEN5GS_PASSWORD' } : { address: 'SIGNOFF_HLR and SIGNOFF_HLR_VTY_PORT' }),
      ...(carrier.radius === undefined && described.sessions === undefined ? [] : [peer('session gateways', 'sessions', sessions, { address: 'SIGNOFF_RADIUS_NAS', credentials: 'SIGNOFF_RADIUS_SECRET' })]),
      { name: 'SM-DP+', settings: { address: 'SIGNOFF_ES2PLUS_URL', credentials: 'SIGNOFF_ES2PLUS_CERT and SIGNOFF_ES2PLUS_KEY', certificate: 'SIGNOFF_ES2PLUS_CA (who signs theirs), SIGNOFF_ES2PLUS_CERT and SIGNOFF_ES2PLUS_KEY (ours)' }, connector: esimPlatform },
      peer('billing', 'billing', billing, { address: 'SIGNOFF_BILLING_URL', credentials: 'SIGNOFF_BILLING_TOKEN', describedIn: 'docs/billing.openapi.yaml' }),
      peer('payouts', 'payouts', payouts, carrier.payouts.kind === 'stripe'
        ? { address: 'SIGNOFF_STRIPE_URL', credentials: 'SIGNOFF_STRIPE_KEY' } : { address: 'SIGNOFF_PAYOUTS_URL', credentials: 'SIGNOFF_PAYOUTS_TOKEN', describedIn: 'docs/payouts.openapi.yaml' }),
      peer('linked services', 'linkedServices', linkedServices, { address: 'SIGNOFF_SERVICES_URL', credentials: 'SIGNOFF_SERVICES_TOKEN', describedIn: 'docs/linked-services.openapi.yaml' }),
      { name: 'mail', settings: { address: 'SIGNOFF_SMTP_URL', credentials: 'user and password in SIGNOFF_SMTP_URL' }, connector: mail },
      { name: 'SMS', settings: { address: 'SIGNOFF_SMPP_URL', credentials: 'system id and password in SIGNOFF_SMPP_URL' }, connector: sms },
    ] satisfies Peer[],
    close: async () => {
      await Promise.all([homeRegister, sessions, esimPlatform, billing, payouts, linkedServices, mail, sms].map((one) => one.close()));
    },
  };
};

/** For `signoff connectors conformance`: who tries an operator's own implementation of a document of ours. */
export const conformance = { billing: billingConformance };

export type Signoff = {
  readonly desk: Desk;
  readonly execution: Execution;
  /** For codes: the doors pass it to identity. */
  readonly tellTools: TellTools;
  /** Opens the door at which the SM-DP+ reports what becomes of profiles. @throws CannotStart */
  listenToCards(door: CardDoorSettings): Promise<ProgressDoor>;
  stop(): Promise<void>;
};

/** The second signal: what the card reports, on record before it is answered. A report that belongs nowhere is an alarm, told at each doubling of its count. */
const listenToCards = async (execution: Execution, log: Logger, { host, port, tls, points: written }: CardDoorSettings): Promise<ProgressDoor> => {
  const points = readPoints(written ?? '');
  if (!points.ok) throw new CannotStart(`SIGNOFF_ES2PLUS_POINTS is not right at "${points.why}". It is written like 5=deleted,201=enabled.`);
  const isDoubled = (times: number): boolean => (times & (times - 1)) === 0;
  try {
    return await openProgressDoor({
      host, port, tls,
      onProgress: async ({ iccid, notificationPointId: point, notificationPointStatus: { status }, timestamp }) => {
        const event = points.value[point];
        const recorded = await recordCardReport(execution, { iccid, point, status, at: new Date(timestamp), ...(event === undefined ? {} : { event }) });
        if (recorded.kind === 'stray' && isDoubled(recorded.times)) log.error({ why: recorded.why, point, today: recorded.times }, 'the SM-DP+ reports what belongs nowhere here');
      },
      alarm: (what) => log.error(what, 'at the door of the SM-DP+'),
    });
  } catch (fault) {
    const code = (fault as { code?: string }).code ?? '';
    if (code === 'EADDRINUSE' || code === 'EACCES' || code === 'EADDRNOTAVAIL') throw new CannotStart(`The door of the SM-DP+ can't listen on ${host}, port ${port} (${code}). Choose another SIGNOFF_ES2PLUS_DOOR_PORT or SIGNOFF_ES2PLUS_DOOR_HOST.`, { cause: fault });
    if (/^ERR_(OSSL|SSL|CRYPTO)/.test(code)) throw new CannotStart(`SIGNOFF_ES2PLUS_DOOR_CERT, _KEY or _CA is not right (${code}). They are PEM files; the key is that of the certificate.`, { cause: fault });
    throw fault;
  }
};

/** Everything below the doors. The database must be migrated. */
export const assemble = async (parts: Parts): Promise<Signoff> => {
  const { clock, log } = parts;
  if (unreadInWords !== undefined && (parts.packs === undefined || parts.jurisdictions === undefined)) throw new CannotStart(unreadInWords);
  const endsSessions = (parts.packs ?? allPacks).find(({ steps }) => steps.includes('end-sessions'));
  if (endsSessions !== undefined && parts.connected === undefined && parts.carrier.radius === undefined && parts.carrier.described?.files.sessions === undefined)
    throw new CannotStart(`The policy of ${packName(endsSessions)} ends data sessions (end-sessions), and no gateway is named that holds them. Set SIGNOFF_RADIUS_NAS and SIGNOFF_RADIUS_SECRET, or take the step out of the policy.`);
  const freezing = (parts.packs ?? allPacks).find(({ freeze }) => freeze.length > 0);
  if (freezing !== undefined && parts.connected === undefined && parts.carrier.described !== undefined && !describes('billing', ['freeze', 'unfreeze'], parts.carrier.described.files, parts.carrier.described.variable))
    throw new CannotStart(`The policy of ${packName(freezing)} freezes lines from receipt on (freeze), and ${parts.carrier.described.files.billing} does not say how: no application under it could end by itself. Describe \`freeze\` and \`unfreeze\` there (docs/http-connectors.md), or take \`freeze\` and its step out of the policy.`);
  const db = openDb({ url: parts.databaseUrl, onIdleError: (error) => log.warn({ error: error.message }, 'a database connection was lost') });
  const vault = openVault({ operatorKey: parts.operatorKey, ...(parts.previousOperatorKeys === undefined ? {} : { previousKeys: parts.previousOperatorKeys }) });
  const packs = packsOf(parts.packs ?? allPacks, parts.jurisdictions ?? jurisdictions);
  const jobs = await openJobs({ url: parts.databaseUrl, clock, supervise: parts.works, onError: (error) => log.error({ error: error.message }, 'jobs'),
    ...(parts.works ? { onClock: (off) => (off === undefined ? log.warn('this machine\'s clock is right again: work goes on') : log.error({ why: off }, 'nothing is worked here until the clock is right')) } : {}), ...(parts.watch === undefined ? {} : { watch: parts.watch }), ...(parts.profile === undefined ? {} : { profile: parts.profile }) });
  const tellTools: TellTools = {
    vault, packs, clock,
    onUnreachable: (caseId, template) => log.error({ caseId, template }, 'nobody can be told'),
    enqueue: enqueueOn(jobs),
  };
  const connected: Connected = parts.connected ?? connect(parts.carrier, async (receipt) => {
    if (stillOnItsWay.has(receipt.state)) return;
    await recordReceipt({ db, clock, vault, enqueue: tellTools.enqueue, onUnreachable: tellTools.onUnreachable }, { messageId: receipt.messageId, delivered: receipt.state === 'delivered' });
  }, () => clock.now());
  const carrier = parts.watch === undefined ? connected : { ports: watchedPorts(parts.watch, connected.ports), channels: watchedChannels(parts.watch, connected.channels), close: () => connected.close() };
  const tell: Desk['tell'] = tellCases(tellTools);
  const alarm: Desk['alarm'] = (what) => log.error(what, 'a case needs people');
  const reads = parts.readUrl === undefined ? undefined
    : readsFrom(openDb({ url: parts.readUrl, most: 4 }), db, (fault) => log.warn({ error: (fault as { code?: string }).code ?? fault.name }, 'the copy of the database does not answer or is behind; lists are read from the database itself'));
  const desk: Desk = { db, ...(reads === undefined ? {} : { reads }), vault, clock, packs, calendars: parts.calendars ?? calendars, jobs, billing: carrier.ports.billing, documentKey: parts.documentKey, tell, alarm, tellAnswer: tellAnswer(tellTools), tellStatement: tellStatement(tellTools), tellDrafts: tellDrafts(tellTools), tellRefund: tellRefund(tellTools), tellToSign: tellToSign(tellTools), tellNames: tellNames(tellTools), tellDataRequest: tellDataRequest(tellTools) };
  const execution: Execution = {
    db, vault, clock: jobs.clock ?? clock, packs, calendars: desk.calendars, jobs, tell, alarm, closeAccounts, tellDrafts: desk.tellDrafts, tellRefund: desk.tellRefund,
    ports: carrier.ports, timers: systemTimers, bulkRates: parts.bulkRates ?? usualRates, caps: parts.caps ?? {},
    certify: (statement) => sign(statement, parts.signingKey),
    ...(parts.reached === undefined ? {} : { reached: parts.reached }),
  };
  let sweeping: NodeJS.Timeout | undefined;
  let settingAside: NodeJS.Timeout | undefined;
  if (parts.works) {
    const voiceOf = voicesOf(packs, clock, (brand) => `${parts.publicUrl()}/${brand}`);
    await startWorker(execution, (ids, theirJobs, signal) => sendNotices({
      db, clock, vault, voiceOf, channels: carrier.channels, enqueue: tellTools.enqueue, onUnreachable: tellTools.onUnreachable,
      onFault: (fault, noticeId) => log.error({ noticeId, fault: fault instanceof Error ? fault.message : 'unknown' }, 'a notice could not be written'),
    }, ids, theirJobs, signal));
    await jobs.work('refunds', 1, async ([job]) => (job === undefined ? undefined : sendRefund(execution, job)));
    await jobs.work('statements', 1, async ([job]) => (job === undefined ? undefined : job.data.destroy ? destroyUnmatched(desk, job) : matchByNumber(desk, job)));
    await reviveAll(execution);
    await jobs.work('bulk', 1, async ([job]) => (job === undefined ? undefined : carryOn(execution, job)));
    await startNightly(execution, jobs, parts.reconcileDays ?? 400);
    const sweep = async (now = execution.clock.now()): Promise<unknown> => Promise.all([ // nothing by a clock that is off
      db.acrossBrands((tx) => sweepIdentity(tx, now)),
      followRefunds(execution),
      returnNumbers(execution), erasePersons(execution),
      reckonUndated(execution).then(() => watchDeadlines(execution, parts.jurisdictions ?? jurisdictions)), watchDisconnectFiles(desk), watchDataRequests(execution),
      forgetCut(desk),
    ]);
    settingAside = setInterval(() => void tellSetAside(execution).catch((error: Error) => log.warn({ error: error.message }, 'set aside')), 10_000);
    sweeping = setInterval(() => void sweep().catch((error: Error) => log.warn({ error: error.message }, 'sweep')), 3_600_000);
  }
  return {
    desk, execution, tellTools,
    listenToCards: (door) => listenToCards(execution, log, door),
    stop: async () => {
      clearInterval(sweeping);
      clearInterval(settingAside);
      await jobs.stop();
      await carrier.close();
      await reads?.close();
      await db.close();
    },
  };
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { run } = await import('./cli/run.ts');
  process.exitCode = await run(process.argv.slice(2), { assemble, connect, conformance });
}
