/** The way of one line up to a submitted application, through the desk. */
import sharp from 'sharp';
import { attachIdentity, openDraft, saveDraft } from '../src/desk/draft.ts';
import { payBill, seePreparation, unbindDevices } from '../src/desk/prepare.ts';
import { approve } from '../src/desk/review-case.ts';
import type { Reviewer } from '../src/desk/review-queue.ts';
import { submit } from '../src/desk/submit.ts';
import type { Subscriber } from '../src/desk/views.ts';
import { acceptDocument, type AcceptedDocument } from '../src/vault/documents/accept-document.ts';
import { brand, eventually, type Story } from './harness.ts';

export type Applicant = { readonly who: Subscriber; readonly lineId: string; readonly person: { readonly name: string; readonly email: string; readonly phone: string } };

export const applicantOf = async (story: Story, billingRef: string): Promise<Applicant> => {
  const [line] = await story.rows<{ id: string; subscriber_id: string }>(`select id, subscriber_id from lines where billing_ref = $1`, [billingRef]);
  if (line === undefined) throw new Error(`no line ${billingRef}`);
  const person = story.data.subscribers.find((one) => one.lines.some((own) => own.billingRef === billingRef))?.person;
  return { who: { brand, subscriberId: line.subscriber_id }, lineId: line.id, person: { name: person?.name ?? '', email: person?.email ?? '', phone: person?.contactPhone ?? '' } };
};

export const reviewerOf = async (story: Story): Promise<Reviewer> => {
  const [staff] = await story.rows<{ id: string }>(`select id from staff where brand = $1 and 'agent' = any(roles)`, [brand]);
  return { brand, staffId: staff?.id ?? '' };
};

/** A picture with nothing on it: what it shows is for people. */
export const photo = async (): Promise<AcceptedDocument> => {
  const accepted = await acceptDocument(await sharp({ create: { width: 600, height: 400, channels: 3, background: '#c8d6e5' } }).png().toBuffer());
  if (!accepted.ok) throw new Error(accepted.why.kind);
  return accepted.value;
};

/** Everything that stands in the way, cleared. */
export const prepare = async (story: Story, { who, lineId }: Applicant): Promise<void> => {
  const { desk } = story.signoff;
  const seen = await seePreparation(desk, who, lineId);
  for (const bill of seen?.items.flatMap((item) => item.bills ?? []) ?? []) await payBill(desk, who, bill.billId);
  await unbindDevices(desk, who, lineId, 'all');
};

export const fillIn = async (story: Story, { who, lineId, person }: Applicant): Promise<void> => {
  const { desk } = story.signoff;
  const opened = await openDraft(desk, who, lineId);
  if (!opened.ok) throw new Error(`no draft: ${JSON.stringify(opened.why)}`);
  await attachIdentity(desk, who, lineId, await photo());
  const pack = desk.packs.latest(brand);
  if (!pack.ok) throw new Error('no pack');
  const saved = await saveDraft(desk, who, lineId, {
    reason: pack.value.reasons[0]?.id ?? '', ...person, documentKind: 'passport',
    acknowledged: pack.value.consequences.map(({ id }) => id),
  });
  if (!saved.ok) throw new Error(`not filled in: ${JSON.stringify(saved.why)}`);
};

/** Resolves to the application number. */
export const apply = async (story: Story, applicant: Applicant): Promise<string> => {
  await prepare(story, applicant);
  await fillIn(story, applicant);
  const sent = await submit(story.signoff.desk, applicant.who, applicant.lineId);
  if (!sent.ok) throw new Error(`not submitted: ${JSON.stringify(sent.why)}`);
  return sent.value.applicationNumber;
};

export const applyAndApprove = async (story: Story, applicant: Applicant): Promise<string> => {
  const number = await apply(story, applicant);
  const approved = await approve(story.signoff.desk, await reviewerOf(story), number);
  if (!approved.ok) throw new Error(`not approved: ${JSON.stringify(approved.why)}`);
  return number;
};

export const stateOf = async (story: Story, number: string): Promise<string | undefined> =>
  (await story.rows<{ state: string }>(`select state from cancellations where application_number = $1`, [number]))[0]?.state;

export const comesTo = (story: Story, number: string, state: string, seconds = 60): Promise<true> =>
  eventually(`${number} is ${state}`, async () => ((await stateOf(story, number)) === state ? true : undefined), seconds);

export const stepsOf = (story: Story, number: string): Promise<{ name: string; phase: string; state: string; attempts: number; outcome: { kind: string; code?: string } | null }[]> =>
  story.rows(`select s.name, s.phase, s.state, s.attempts, s.outcome from steps s join cancellations c on c.id = s.cancellation_id where c.application_number = $1 order by ordinal`, [number]);

/** What happened at the carrier, messages left out. */
export const effectsOn = (story: Story): string[] =>
  story.simulator.effects().filter(({ system }) => system !== 'mail' && system !== 'message-centre').map(({ system, effect, subject }) => `${system} ${effect} ${subject}`);
