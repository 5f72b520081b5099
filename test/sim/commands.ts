/** What people do at the doors: subscribers, reviewers, whoever mends what is stuck; each by a random choice of the seed. */
import { appeal } from '../../src/desk/appeal.ts';
import { confirmByLink } from '../../src/desk/confirm.ts';
import { attachIdentity, discardDraft, openDraft, saveDraft } from '../../src/desk/draft.ts';
import { payBill, seePreparation } from '../../src/desk/prepare.ts';
import { resume } from '../../src/desk/resume.ts';
import { approve, ask, refuse } from '../../src/desk/review-case.ts';
import type { Reviewer } from '../../src/desk/review-queue.ts';
import { submit } from '../../src/desk/submit.ts';
import { supply } from '../../src/desk/supply.ts';
import type { Subscriber } from '../../src/desk/views.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import type { AcceptedDocument } from '../../src/vault/documents/accept-document.ts';
import type { Pack } from '../../src/policy/pack.ts';
import type { Carrier } from './carrier.ts';
import type { Invariants, PlacedLine } from './invariants.ts';
import { at, insist } from './people.ts';
import type { SignoffProcess } from './signoff-process.ts';
import type { SeenCase } from './state-of-things.ts';
import { isForTwo, settleByTwo } from './two-people.ts';
import { owner, type Owner, type World } from './world.ts';

const hour = 3_600_000;
const closed = new Set(['cancelled', 'withdrawn', 'refused', 'lapsed', 'erased']);

export type Applicant = { readonly who: Subscriber; readonly lineId: string; readonly name: string; readonly email: string; readonly phone: string; /** The number of the subscriber's other line. */ readonly otherNumber: string };
export type Scene = {
  readonly world: World; readonly carrier: Carrier; readonly invariants: Invariants; readonly packs: readonly Pack[]; readonly document: AcceptedDocument;
  readonly reviewers: readonly Reviewer[]; readonly lines: readonly PlacedLine[]; readonly applicants: readonly Applicant[];
  readonly web: () => SignoffProcess | undefined; readonly worker: () => SignoffProcess | undefined;
  /** Somebody of another brand, and another subscriber of the same. */
  readonly strangers: (who: Subscriber) => readonly Subscriber[];
  /** No new commands: what is open is brought to its end. */
  quiet: boolean;
};

const apply = async (scene: Scene, person: Owner, one: Applicant): Promise<string | undefined> => {
  const { world: { random }, invariants } = scene;
  const pack = scene.packs.find(({ brand }) => brand === one.who.brand);
  if (pack === undefined) throw new Error('no policy');
  const prepared = await insist(scene, person, 'looks at what is open', (desk) => seePreparation(desk, one.who, one.lineId));
  if (prepared === 'no-answer') return undefined;
  if (prepared === undefined) scene.world.violate('I7', 'a subscriber does not find their own line');
  if (prepared === undefined) return undefined;
  for (const bill of prepared.items.flatMap((item) => item.bills ?? []))
    for (let tries = 0; tries < 6; tries++) {
      const paid = await insist(scene, person, 'pays a bill', (desk) => payBill(desk, one.who, bill.billId));
      if (paid === 'no-answer' || paid.ok || paid.why.kind !== 'try-later') break;
      await scene.world.sleep(person, 60_000 + random.below(hour));
    }
  const opened = await insist(scene, person, 'opens a draft', (desk) => openDraft(desk, one.who, one.lineId));
  if (opened === 'no-answer' || !opened.ok) return undefined;
  await insist(scene, person, 'attaches a document', (desk) => attachIdentity(desk, one.who, one.lineId, scene.document));
  const choice = pack.settlement.choices.length === 0 ? {} : random.chance(0.5) ? { creditChoice: 'transfer', transferTo: one.otherNumber } : { creditChoice: 'refund' };
  const saved = await insist(scene, person, 'fills it in', (desk) => saveDraft(desk, one.who, one.lineId, {
    reason: pack.reasons[0]?.id ?? '', name: one.name, email: one.email, phone: one.phone, documentKind: 'passport', acknowledged: pack.consequences.map(({ id }) => id), ...choice,
  }));
  if (saved !== 'no-answer' && !saved.ok && !saved.why.some(({ field }) => field === 'transferTo' || field === 'creditChoice') && saved.why.length > 0) scene.world.violate('setup', `not filled in: ${JSON.stringify(saved.why)}`);
  if (random.chance(0.07)) {
    await at(scene, person, 'throws the draft away', (desk) => discardDraft(desk, one.who, one.lineId));
    return undefined;
  }
  const tabs = random.chance(0.3) ? 3 : 1;
  for (let tries = 0; tries < 3; tries++) {
    const sent = await Promise.all(Array.from({ length: tabs }, () => at(scene, person, 'submits', (desk) => submit(desk, one.who, one.lineId))));
    const numbers = new Set(sent.flatMap((answer) => (answer !== 'no-answer' && answer.ok ? [answer.value.applicationNumber] : [])));
    for (const number of numbers) invariants.acknowledged.add(number);
    if (numbers.size > 1) scene.world.violate('I1', `one line was acknowledged under ${[...numbers].join(' and ')}`);
    const [number] = numbers;
    if (number !== undefined) return number;
    await scene.world.sleep(person, 5000 + random.below(60_000));
  }
  return undefined;
};

const linkTo = (carrier: Carrier, one: Applicant): string | undefined => {
  const mail = carrier.mails.findLast(({ to, text }) => (to === one.email || to === one.phone) && text.includes('/confirm/'));
  return mail === undefined ? undefined : /\/confirm\/([\w-]{20,})/.exec(mail.text)?.[1];
};

const withdraws = async (scene: Scene, person: Owner, one: Applicant, seen: SeenCase): Promise<void> => {
  const { world, invariants } = scene;
  const number = seen.number ?? '';
  // At the very moment of the point of no return, half of the time.
  if (seen.effective !== null && world.random.chance(0.5)) await world.sleep(person, Math.max(0, seen.effective - world.now + world.random.between(-300, 700)));
  const answers = await Promise.all(Array.from({ length: world.random.chance(0.2) ? 2 : 1 }, () => at(scene, person, 'withdraws', (desk) => withdraw(desk, one.who, number))));
  if (answers.some((answer) => answer !== 'no-answer' && answer.ok)) invariants.withdrawn.add(number);
};

/** Withdraws while something is just being done for the case. */
const withdrawsMeanwhile = (scene: Scene, person: Owner, one: Applicant, number: string): void => {
  const { carrier, world, invariants } = scene;
  const watcher = (key: string): void => {
    const seen = invariants.seen.cases.find((other) => other.number === number);
    if (seen === undefined || !key.startsWith(seen.id) || scene.quiet || !world.random.chance(0.6)) return;
    carrier.watchers.delete(watcher);
    void world.sleep(person, world.random.below(150)).then(() => withdraws(scene, person, one, { ...seen, effective: null }));
  };
  carrier.watchers.add(watcher);
};

const meddles = async (scene: Scene, person: Owner, one: Applicant, number: string): Promise<void> => {
  for (const stranger of scene.strangers(one.who)) {
    const answer = await at(scene, person, 'withdraws as somebody else', (desk) => withdraw(desk, stranger, number));
    if (answer !== 'no-answer' && (answer.ok || answer.why.kind !== 'not-found')) scene.world.violate('I7', `somebody else's case was found: ${JSON.stringify(answer)}`);
  }
};

/** A subscriber with one line, from the first look to the end. */
export const subscriberLives = async (scene: Scene, one: Applicant, name: string): Promise<void> => {
  const { world, invariants } = scene;
  const { random } = world;
  const person = owner(name);
  await world.sleep(person, random.below(6 * hour));
  for (let application = 0; application < 2 && !scene.quiet; application++) {
    const number = await apply(scene, person, one);
    const changesMind = random.chance(0.3);
    if (number !== undefined && random.chance(0.25)) withdrawsMeanwhile(scene, person, one, number);
    for (let looks = number === undefined ? 14 : 0; looks < 14; looks++) {
      await world.sleep(person, random.chance(0.3) ? random.below(60_000) : random.below(36 * hour));
      const seen = invariants.seen.cases.find((other) => other.number === number);
      if (seen === undefined || scene.quiet) break;
      if (random.chance(0.06)) await meddles(scene, person, one, seen.number ?? '');
      if (closed.has(seen.state)) {
        if (seen.state === 'refused' && random.chance(0.5)) {
          await at(scene, person, 'appeals', (desk) => appeal(desk, one.who, seen.number ?? '', '请再看一次'));
          continue;
        }
        break;
      }
      if (seen.state === 'waiting' && random.chance(0.8)) await at(scene, person, 'supplies', (desk) => supply(desk, one.who, seen.number ?? '', { text: '补充说明', documents: [] }));
      else if (seen.state === 'approved' && random.chance(0.9)) {
        const token = linkTo(scene.carrier, one);
        if (token !== undefined) await at(scene, person, 'confirms', (desk) => confirmByLink(desk, one.who.brand, token));
      } else if (changesMind && random.chance(0.35)) await withdraws(scene, person, one, seen);
    }
    if (!random.chance(0.5)) return;
    await world.sleep(person, random.below(12 * hour));
  }
};

const decides = (scene: Scene, person: Owner, who: Reviewer, seen: SeenCase, alwaysApproves = false): Promise<unknown> => {
  const { random } = scene.world;
  const [number, kind] = [seen.number ?? '', scene.quiet || alwaysApproves ? 0 : random.next()];
  const version = random.chance(0.8) ? seen.version : undefined;
  if (kind < 0.7) return at(scene, person, 'approves', (desk) => approve(desk, who, number, version));
  if (kind < 0.85) return at(scene, person, 'refuses', (desk) => refuse(desk, who, number, 'details-differ', version));
  return at(scene, person, 'asks', (desk) => ask(desk, who, number, { materials: [scene.packs[0]?.materials[0]?.id ?? ''], note: '' }, version));
};

/** `alwaysApproves`: who refuses does not decide on an appeal, so somebody is there who never refused. */
export const reviewerWorks = async (scene: Scene, who: Reviewer, name: string, alwaysApproves: boolean, over: () => boolean): Promise<void> => {
  const person = owner(name);
  const { world } = scene;
  while (!over()) {
    await world.sleep(person, world.random.below((alwaysApproves ? 60 : 24) * hour));
    for (const seen of scene.invariants.seen.cases.filter((one) => one.brand === who.brand && one.state === 'reviewing' && one.number !== null)) {
      if (!scene.quiet && world.random.chance(0.2)) continue;
      const other = scene.reviewers.find((one) => one.brand === who.brand && one !== who);
      await Promise.all([decides(scene, person, who, seen, alwaysApproves), ...(other !== undefined && !alwaysApproves && world.random.chance(0.25) ? [decides(scene, person, other, seen)] : [])]);
    }
  }
};

/** Somebody mends what stood in the way of what is stuck. */
export const mends = async (scene: Scene, over: () => boolean): Promise<void> => {
  const person = owner('operator');
  const { world, invariants } = scene;
  while (!over()) {
    await world.sleep(person, hour + world.random.below(6 * hour));
    const stuck = new Set(invariants.seen.steps.filter(({ state }) => state === 'stalled' || state === 'refused').map((step) => step.case));
    for (const seen of invariants.seen.cases.filter((one) => one.number !== null && (one.state === 'stalled' || stuck.has(one.id)))) {
      const who = scene.reviewers.find(({ brand }) => brand === seen.brand);
      const forTwo = invariants.seen.steps.find((step) => step.case === seen.id && isForTwo(step));
      if (forTwo !== undefined && world.random.chance(0.8)) await settleByTwo(scene, seen, forTwo);
      else if (who !== undefined) await at(scene, person, 'resumes', (desk) => resume(desk, who, seen.number ?? ''));
    }
  }
};
