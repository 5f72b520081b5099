/** Brands that differ in what they do with money alone, and their applicants. */
import { openDraft, saveDraft, attachIdentity } from '../../src/desk/draft.ts';
import { checkLedger, type LedgerReport } from '../../src/desk/check-ledger.ts';
import { submit } from '../../src/desk/submit.ts';
import type { DraftForm, Subscriber } from '../../src/desk/views.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { photo } from '../apply.ts';
import { days, openStory, type Story } from '../harness.ts';

const always = { 'zh-CN': '可以注销', 'zh-TW': '可以註銷', en: 'You can cancel' };
/** Nothing stands in the way, nobody reviews, and a day is left to change one's mind. */
const open = (pack: Pack, settlement: Partial<Pack['settlement']>): Pack => ({
  ...pack, eligibility: [{ id: 'always', when: {}, answer: 'eligible', because: always }], examples: [], recoverableDays: 1,
  preparation: pack.preparation.map((item) => ({ ...item, required: false })),
  identity: { ...pack.identity, level: 'basic' }, review: { ...pack.review, reviewers: 0, workingDays: { least: 1, most: 1 } }, settlement: { ...pack.settlement, ...settlement },
});

export const chooses = 'let-choose';
export const forfeits = 'keeps-rest';
export const brands = {
  [chooses]: (pack: Pack) => open(pack, { credit: 'zero-demanded', choices: ['refund', 'transfer'], period: 'by-days' }),
  [forfeits]: (pack: Pack) => open(pack, { credit: 'forfeit' }),
};
export const openMoneyStory = (): Promise<Story> => openStory({ brands });

export type Payer = { readonly who: Subscriber; readonly lineId: string; readonly ref: string };
export const payer = async (story: Story, of: string, ref: string): Promise<Payer> => {
  const billingRef = `${of}-${ref}`;
  const [line] = await story.rows<{ id: string; subscriber_id: string }>(`select id, subscriber_id from lines where billing_ref = $1`, [billingRef]);
  if (line === undefined) throw new Error(`no line ${billingRef}`);
  return { who: { brand: of, subscriberId: line.subscriber_id }, lineId: line.id, ref: billingRef };
};

export const draftOf = async (story: Story, { who, lineId }: Payer, form: Partial<DraftForm>): Promise<void> => {
  const { desk } = story.signoff;
  const opened = await openDraft(desk, who, lineId);
  if (!opened.ok) throw new Error(`no draft: ${JSON.stringify(opened.why)}`);
  await attachIdentity(desk, who, lineId, await photo());
  const { pack } = opened.value;
  const email = story.dataOf(who.brand).subscribers.find((one) => one.lines.some((line) => opened.value.line.msisdn === line.identifiers.msisdn))?.person.email ?? '';
  const saved = await saveDraft(desk, who, lineId, {
    reason: pack.reasons[0]?.id ?? '', name: '林晓雨', email, documentKind: 'passport', acknowledged: pack.consequences.map(({ id }) => id), ...form,
  });
  if (!saved.ok) throw new Error(`not filled in: ${JSON.stringify(saved.why)}`);
};

/** Resolves to the application number. */
export const send = async (story: Story, one: Payer, form: Partial<DraftForm>): Promise<string> => {
  await draftOf(story, one, form);
  const sent = await submit(story.signoff.desk, one.who, one.lineId);
  if (!sent.ok) throw new Error(`not submitted: ${JSON.stringify(sent.why)}`);
  return sent.value.applicationNumber;
};

/** Past the point of no return. */
export const passTheDay = (story: Story): Promise<void> => story.pass(days(1) + 1000);

export const booksOf = (story: Story): Promise<LedgerReport> => checkLedger(story.signoff.desk, story.signoff.execution.ports.payouts);
/** What the last settlement and the refunds moved, by account, debit positive. */
export const entriesOf = async (story: Story, number: string): Promise<Record<string, Record<string, number>>> => {
  const rows = await story.rows<{ cause: string; account: string; sum: number }>(
    `select e.cause, p.account, sum(p.amount_minor)::int as sum from ledger_entries e join ledger_postings p on p.entry_id = e.id join cancellations c on c.id = e.cancellation_id
     where c.application_number = $1 group by e.cause, p.account having sum(p.amount_minor) <> 0 order by 1, 2`, [number]);
  const causes: Record<string, Record<string, number>> = {};
  for (const { cause, account, sum } of rows) causes[cause] = { ...causes[cause], [account]: sum };
  return causes;
};
export const refundOf = async (story: Story, lineId: string): Promise<{ state: string; amount_minor: number; provider_ref: string | null } | undefined> =>
  (await story.rows<{ state: string; amount_minor: number; provider_ref: string | null }>(`select state, amount_minor, provider_ref from refunds where line_id = $1`, [lineId]))[0];
export const paidBack = (story: Story, ref: string): readonly number[] =>
  story.simulator.effects().filter(({ system, effect, subject }) => system === 'payouts' && effect === 'refunded' && subject === `pay-${ref}`).map(({ detail }) => Number(detail?.['amountMinor']));
