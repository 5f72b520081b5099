/** Invented accounts: who can sign in, with what on their lines, and what the carrier's side knows of them. */
import { randomBytes, randomUUID } from 'node:crypto';
import { openAccounts } from '../identity/accounts.ts';
import { hashPassword } from '../identity/password-hash.ts';
import type { Role } from '../identity/sessions.ts';
import { hashAnswer, keepAnswer, type Question } from '../identity/security-questions.ts';
import type { SignInNameKind } from '../identity/sign-in-name.ts';
import { addStaff } from '../identity/staff.ts';
import type { Clock } from '../store/clock.ts';
import type { Db, Tx } from '../store/db.ts';
import { contextOf, type LineContents, type PaymentMethodContents, type PersonContents } from '../vault/contents.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { Vault } from '../vault/vault.ts';
import type { Seeding } from '../simulator/seed.ts';

export type DemoLine = {
  readonly kind: 'physical-sim' | 'esim' | 'virtual-number' | 'data-card';
  /** Of a brand that has several. */
  readonly carrier?: string;
  readonly identifiers: Omit<LineContents, 'salt'>;
  readonly billingRef: string;
  readonly creditMinor: number;
  /** The running month that no bill has charged yet; days as YYYY-MM-DD. */
  readonly month?: { readonly feeMinor: number; readonly from: string; readonly to: string };
  readonly bills: readonly { readonly amountMinor: number; readonly dueOn: string }[];
  readonly devices: readonly { readonly name: string; readonly model?: string; readonly imei?: string }[];
  readonly contacts: readonly { readonly name: string; readonly number: string }[];
  readonly messages: readonly { readonly from: string; readonly at: string; readonly text: string }[];
  readonly calls: readonly { readonly with: string; readonly at: string; readonly seconds: number }[];
  /** What is sold along with it: by its id in the policy, and its name at the operator. */
  readonly services?: readonly { readonly id: string; readonly provider: string }[];
  /** Where its profile is, as the SM-DP+ sees it. */
  readonly profile?: 'released' | 'installed';
};
export type DemoSubscriber = {
  readonly phone: string;
  readonly password: string;
  /** What they sign in with; absent: the phone number. */
  readonly names?: readonly { readonly kind: SignInNameKind; readonly name: string }[];
  readonly question?: { readonly question: Question; readonly answer: string };
  readonly person: PersonContents;
  readonly region: string;
  readonly language: 'zh-CN' | 'zh-TW' | 'en';
  /** What they choose in the story, where it is offered; absent: the first there is. */
  readonly reason?: string;
  readonly credit?: 'refund' | 'transfer';
  readonly lines: readonly DemoLine[];
  readonly paysWith?: readonly PaymentMethodContents[];
};
export type DemoStaff = { readonly name: string; readonly email: string; readonly password: string; readonly roles: readonly Role[] };
export type DemoData = { readonly brand: string; readonly subscribers: readonly DemoSubscriber[]; readonly staff: readonly DemoStaff[] };

export const namesOf = ({ names, phone }: DemoSubscriber): readonly { readonly kind: SignInNameKind; readonly name: string }[] => names ?? [{ kind: 'phone', name: phone }];

const contacts = [
  { name: '陈安宁', number: '+12025550121' }, { name: '周一帆', number: '+12025550122' },
  { name: '王书禾', number: '+12025550123' }, { name: 'Mia Calder', number: '+12025550124' },
];
const messages = [
  { from: '+12025550121', at: '2026-11-02T08:12:00Z', text: '到机场了吗？' },
  { from: '+12025550122', at: '2026-11-09T03:40:00Z', text: '文件收到了，谢谢。' },
  { from: 'ultraPurple', at: '2026-11-15T01:00:00Z', text: '您的11月账单已出。' },
];
const calls = [{ with: '+12025550121', at: '2026-11-03T09:30:00Z', seconds: 184 }, { with: '+12025550124', at: '2026-11-12T14:05:00Z', seconds: 62 }];

/** Made for the brand whose pack holds such lines. */
export const demoData = (brand: string, site: string): DemoData => ({
  brand,
  subscribers: [
    {
      phone: '+12025550142', password: 'purple-river-lantern-42', region: 'CN', language: 'zh-CN',
      person: { name: '林晓雨', email: 'lin.xiaoyu@mail.example', contactPhone: '+12025550110' },
      lines: [
        {
          kind: 'esim', billingRef: 'B-100142', creditMinor: 420, profile: 'released',
          identifiers: { msisdn: '+12025550142', imsi: '001010000000142', iccid: '89001999900000001426', eid: '89049032999900000000000000014226', matchingId: 'M0142-KD7Q-41XP' },
          bills: [{ amountMinor: 690, dueOn: '2026-11-30' }],
          devices: [{ name: 'iPhone 15', imei: '357613004448485' }, { name: 'iPad', imei: '357613005559124' }, { name: 'Pixel 8', imei: '357613006660772' }],
          contacts, messages, calls,
        },
        {
          kind: 'data-card', billingRef: 'B-100178', creditMinor: 1250, profile: 'installed',
          identifiers: { msisdn: '+12025550178', imsi: '001010000000178', iccid: '89001999900000001780', eid: '89049032999900000000000000017815', matchingId: 'M0178-ZZ4T-09BC' },
          bills: [], devices: [{ name: 'MiFi 7' }], contacts: contacts.slice(0, 2), messages: messages.slice(0, 1), calls: [],
        },
      ],
    },
    {
      phone: '+12025550190', password: 'quiet-harbour-morning-90', region: 'TW', language: 'zh-TW',
      person: { name: '許若水', email: `ruoshui@${site}`, contactPhone: '+12025550111' },
      lines: [
        {
          kind: 'esim', billingRef: 'B-100190', creditMinor: 0, profile: 'released',
          identifiers: { msisdn: '+12025550190', imsi: '001010000000190', iccid: '89001999900000001905', eid: '89049032999900000000000000019076', matchingId: 'M0190-PL2W-77HG' },
          bills: [], devices: [], contacts: contacts.slice(2), messages: [], calls: calls.slice(1),
        },
      ],
    },
  ],
  staff: [
    { name: '审核员 甲', email: `review@${site}`, password: 'seven-hills-desk-lantern', roles: ['reviewer', 'agent'] },
    // The same person as the second subscriber, and so never allowed to decide on that case.
    { name: '許若水', email: `ruoshui@${site}`, password: 'eleven-doors-west-window', roles: ['reviewer'] },
    { name: '稽核', email: `audit@${site}`, password: 'paper-trail-north-star-1', roles: ['auditor'] },
  ],
});

const notBusy = (hash: string | 'busy'): string => {
  if (hash === 'busy') throw new Error('too many passwords at once');
  return hash;
};

/** Invented people share passwords; a hash takes its time, so each is made once. Real ones never share one: there the salt is each one's own. */
const made = new Map<string, Promise<string>>();
const hashedOnce = (password: string): Promise<string> => {
  const hash = made.get(password) ?? hashPassword(password).then(notBusy);
  made.set(password, hash);
  return hash;
};

/** Plants the accounts once; a database that has them already is left alone. Resolves to whether it did. */
export const plantAccounts = async (to: { readonly db: Db; readonly vault: Vault; readonly clock: Clock }, data: DemoData, currency: string): Promise<boolean> => {
  const refs = data.subscribers.flatMap((one) => one.lines.map(({ billingRef }) => billingRef));
  const there = await to.db.inBrand(data.brand, (tx) => tx.query(`select 1 from lines where billing_ref = any($1) limit 1`, [refs]));
  if (there.length > 0) return false;
  const hashes = await Promise.all(data.subscribers.map((one) => hashedOnce(one.password)));
  const answers = await Promise.all(data.subscribers.map(async ({ question }) => (question === undefined ? undefined : notBusy(await hashAnswer(question.answer)))));
  await to.db.inBrand(data.brand, async (tx) => {
    const now = to.clock.now();
    const ids = data.subscribers.map(() => randomUUID());
    await to.vault.newKeys(tx, data.brand, ids);
    const keyring = await to.vault.keyring(tx, ids);
    for (const [index, one] of data.subscribers.entries()) {
      const id = ids[index] ?? '';
      await tx.query(`insert into subscribers (id, brand, language, region, sealed, created_at) values ($1, $2, $3, $4, $5, $6)`,
        [id, data.brand, one.language, one.region, keyring.sealJson(id, contextOf.person(id), one.person), now]);
      for (const line of one.lines) await plantLine(tx, to.vault, keyring, data.brand, id, line, currency, now);
      for (const method of one.paysWith ?? []) {
        const methodId = randomUUID();
        await tx.query(`insert into payment_methods (id, brand, subscriber_id, sealed, added_at) values ($1, $2, $3, $4, $5)`,
          [methodId, data.brand, id, keyring.sealJson(id, contextOf.paymentMethod(methodId), method), now]);
      }
      const hash = answers[index];
      if (one.question !== undefined && hash !== undefined) await keepAnswer(tx, now, { brand: data.brand, subscriberId: id, question: one.question.question, hash });
    }
    const opened = await openAccounts(tx, to.vault, data.brand, now,
      data.subscribers.map((one, index) => ({ subscriberId: ids[index] ?? '', names: namesOf(one), passwordHash: hashes[index] ?? '' })));
    if (!opened.ok) throw new Error(`a demo account could not be opened: ${opened.why.kind}`);
  });
  for (const one of data.staff) {
    const added = await addStaff(to.db, to.vault, to.clock, { brand: data.brand, ...one }, hashedOnce);
    // Of a brand on several carriers the desk is one.
    if (!added.ok && added.why.kind !== 'already-there') throw new Error(`a demo reviewer could not be added: ${added.why.kind}`);
  }
  return true;
};

/** Credit was paid in once, and goes back there. */
const paymentOf = ({ creditMinor, billingRef }: DemoLine): string | null => (creditMinor > 0 ? `pay-${billingRef}` : null);

const plantLine = async (tx: Tx, vault: Vault, keyring: Keyring, brand: string, subscriberId: string, line: DemoLine, currency: string, now: Date): Promise<void> => {
  const id = randomUUID();
  const contents: LineContents = { ...line.identifiers, salt: randomBytes(16).toString('hex') };
  await tx.query(
    `insert into lines (id, brand, subscriber_id, kind, carrier, billing_ref, in_home_register, sealed, msisdn_index, credit_minor, currency, contacts, messages, calls, payment_ref, monthly_fee_minor, period_from, period_to, iccid_index)
     values ($1, $2, $3, $4, $17, $5, true, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $18)`,
    [id, brand, subscriberId, line.kind, line.billingRef, keyring.sealJson(subscriberId, contextOf.line(id), contents),
      vault.blindIndex(brand, 'number', contents.msisdn), line.creditMinor, currency, line.contacts.length, line.messages.length, line.calls.length,
      paymentOf(line), line.month?.feeMinor ?? 0, line.month?.from ?? null, line.month?.to ?? null, line.carrier ?? 'simulated',
      contents.iccid === undefined ? null : vault.blindIndex(brand, 'iccid', contents.iccid)]);
  for (const bill of line.bills)
    await tx.query(`insert into bills (id, brand, line_id, amount_minor, due_on) values ($1, $2, $3, $4, $5)`, [randomUUID(), brand, id, bill.amountMinor, bill.dueOn]);
  for (const device of line.devices) {
    const deviceId = randomUUID();
    await tx.query(`insert into devices (id, brand, line_id, sealed) values ($1, $2, $3, $4)`,
      [deviceId, brand, id, keyring.sealJson(subscriberId, contextOf.device(deviceId), device)]);
  }
  for (const service of line.services ?? [])
    await tx.query(`insert into line_services (line_id, service, brand, since) values ($1, $2, $3, $4)`, [id, service.id, brand, now]);
  const records = [...line.contacts.map((one) => ['contact', one] as const), ...line.messages.map((one) => ['message', one] as const), ...line.calls.map((one) => ['call', one] as const)];
  for (const [kind, contents] of records) {
    const recordId = randomUUID();
    await tx.query(`insert into stored_records (id, brand, line_id, kind, sealed) values ($1, $2, $3, $4, $5)`,
      [recordId, brand, id, kind, keyring.sealJson(subscriberId, contextOf.record(recordId), contents)]);
  }
};

/** The same lines as the carrier's systems know them. */
export const carrierSeed = (data: DemoData, currency: string): Seeding => {
  const lines = data.subscribers.flatMap((one) => one.lines);
  return {
    subscribers: lines.flatMap(({ identifiers: { imsi, msisdn } }) => (imsi === undefined ? [] : [{ imsi, msisdn: msisdn.slice(1), sgsn: 'sgsn-1' }])),
    sessions: lines.flatMap(({ kind, billingRef, identifiers: { imsi, msisdn } }) => (imsi === undefined || kind === 'virtual-number' ? [] : [{ id: `session-${billingRef}`, imsi, msisdn: msisdn.slice(1) }])),
    orders: lines.flatMap(({ identifiers: { iccid, eid, matchingId }, profile }) =>
      iccid === undefined ? [] : [{ iccid, ...(eid === undefined ? {} : { eid }), ...(matchingId === undefined ? {} : { matchingId }), state: profile ?? ('released' as const) }]),
    payments: lines.flatMap((line) => {
      const ref = paymentOf(line);
      return ref === null ? [] : [{ ref, currency, paidMinor: line.creditMinor }];
    }),
    lines: lines.map(({ billingRef, creditMinor, bills, services = [] }) =>
      ({ ref: billingRef, currency, creditMinor, owedMinor: bills.reduce((sum, bill) => sum + bill.amountMinor, 0), services: services.map(({ provider }) => provider) })),
  };
};
