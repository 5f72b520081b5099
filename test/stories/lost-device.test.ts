/** A reason that bars the line at once: at the register itself, while nobody has decided anything yet. */
import { afterEach, describe, expect, it } from 'vitest';
import { appeal } from '../../src/desk/appeal.ts';
import { openDraft, saveDraft } from '../../src/desk/draft.ts';
import { resume } from '../../src/desk/resume.ts';
import { approve, ask, refuse } from '../../src/desk/review-case.ts';
import { seeQueue } from '../../src/desk/review-queue.ts';
import { seeStatus } from '../../src/desk/status.ts';
import { submit } from '../../src/desk/submit.ts';
import { supply } from '../../src/desk/supply.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import { verifyChain, type Entry } from '../../src/evidence/chain.ts';
import { inboxOf } from '../../src/simulator/inbox.ts';
import { sha256 } from '../../src/store/journal.ts';
import { applicantOf, comesTo, effectsOn, fillIn, prepare, reviewerOf, stateOf, stepsOf, type Applicant } from '../apply.ts';
import { days, eventually, openStory, type Story, type StoryOptions } from '../harness.ts';

let story: Story;
let applicant: Applicant;
afterEach(() => story?.stop());

const lost = 'device-lost';
const off = 'home-register packet-switched-off 001010000000142';
const on = 'home-register packet-switched-on 001010000000142';
const counted = (effect: string): number => effectsOn(story).filter((one) => one === effect).length;

const begin = async (options: StoryOptions = {}): Promise<void> => {
  story = await openStory({
    change: (pack) => ({ ...pack, reasons: pack.reasons.map((reason) => ({ ...reason, barsAtOnce: reason.id === lost })), ...options.change?.(pack) }),
  });
  applicant = await applicantOf(story, 'B-100142');
};

const send = async (reason = lost): Promise<string> => {
  const { desk } = story.signoff;
  await prepare(story, applicant);
  await fillIn(story, applicant);
  expect((await openDraft(desk, applicant.who, applicant.lineId)).ok).toBe(true);
  expect((await saveDraft(desk, applicant.who, applicant.lineId, { reason })).ok).toBe(true);
  const sent = await submit(desk, applicant.who, applicant.lineId);
  if (!sent.ok) throw new Error(JSON.stringify(sent.why));
  return sent.value.applicationNumber;
};
const lineIs = (status: string): Promise<true> =>
  eventually(`the line is ${status}`, async () => (await story.rows(`select 1 from lines where id = $1 and status = $2`, [applicant.lineId, status])).length === 1 || undefined).then(() => true);
const look = async (number: string) => {
  const seen = await seeStatus(story.signoff.desk, applicant.who, number);
  if (seen === undefined) throw new Error('no status');
  return seen;
};
const mail = (subject: RegExp) => eventually(`a mail about ${subject}`, async () => inboxOf(story.simulator.effects(), applicant.person.email).mail.findLast((one) => subject.test(one.subject)));
const journalIsWhole = async () => {
  const entries = await story.rows<Entry>(`select cancellation_id as "cancellationId", brand, entry, at, event, actor, facts, previous, hash from journal order by entry`);
  expect(verifyChain(entries, sha256)).toMatchObject({ ok: true });
};

describe('ST2 a lost device', () => {
  it('ST2 bars the line at the register in review, and nothing else; every word says so; approval goes on from there and bars it no second time', async () => {
    await begin();
    const number = await send();
    expect(await stateOf(story, number)).toBe('reviewing');
    await lineIs('barred');
    expect(await stateOf(story, number)).toBe('reviewing');
    expect(effectsOn(story).filter((one) => one.startsWith('home-register'))).toEqual(expect.arrayContaining([off]));
    expect((await stepsOf(story, number)).filter(({ state }) => state === 'done').map(({ name }) => name)).toEqual(['bar-line']);
    expect(await look(number)).toMatchObject({ off: 'done', cancelled: { answer: 'not-yet' }, line: { status: 'barred', bars: 1 } });
    expect((await mail(/已收到/)).text).not.toContain('照常使用');

    expect((await ask(story.signoff.desk, await reviewerOf(story), number, { materials: await firstMaterial(number), note: '请补充。' })).ok).toBe(true);
    expect((await mail(/补充|需要/)).text).toContain('停用');
    expect((await supply(story.signoff.desk, applicant.who, number, { text: '见附件', documents: [] })).ok).toBe(true);
    await story.pass(days(2));
    expect((await approve(story.signoff.desk, await reviewerOf(story), number)).ok).toBe(true);
    await comesTo(story, number, 'recoverable');
    await lineIs('barred');
    await story.pass(days(7) + 1000);
    await comesTo(story, number, 'cancelled');
    expect([counted(off), counted(on)]).toEqual([1, 0]);
    await journalIsWhole();
  });

  it('ST2 any other reason waits for the decision', async () => {
    await begin();
    const number = await send('other');
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect([counted(off), (await stepsOf(story, number)).find(({ name }) => name === 'bar-line')?.state]).toEqual([0, 'waiting']);
    expect((await look(number)).off).toBeUndefined();
    expect((await mail(/已收到/)).text).toContain('照常使用');
  });

  it('ST2 EC9 withdrawn in review: it is on again, at the register', async () => {
    await begin();
    const number = await send();
    await lineIs('barred');
    expect((await withdraw(story.signoff.desk, applicant.who, number)).ok).toBe(true);
    await lineIs('active');
    expect([counted(off), counted(on)]).toEqual([1, 1]);
    await journalIsWhole();
  });

  it('ST2 withdrawn while the register does not answer: whatever it had done is taken back', async () => {
    await begin();
    await story.simulator.addFault({ system: 'home-register', fault: 'drop-reply', times: 1 });
    const number = await send();
    await eventually('the bar was tried', async () => (await stepsOf(story, number)).some(({ name, attempts }) => name === 'bar-line' && attempts > 0));
    expect((await withdraw(story.signoff.desk, applicant.who, number)).ok).toBe(true);
    await story.pass(60_000);
    await lineIs('active');
    await eventually('as many on as off', async () => counted(off) === counted(on));
  });

  it('ST2 refused, it is on again; appealed, it is off again; approved in the end, it is cancelled', async () => {
    await begin();
    const number = await send();
    await lineIs('barred');
    const { desk } = story.signoff;
    const refusal = desk.packs.latest('ultra-purple');
    if (!refusal.ok) throw new Error('no pack');
    expect((await refuse(desk, await reviewerOf(story), number, refusal.value.refusals[0]?.id ?? '')).ok).toBe(true);
    await lineIs('active');
    expect((await appeal(desk, applicant.who, number, '请再看一次。')).ok).toBe(true);
    await lineIs('barred');
    expect([counted(off), counted(on)]).toEqual([2, 1]);
    const [other] = await story.rows<{ id: string }>(`select id from staff where not 'agent' = any(roles) and 'reviewer' = any(roles)`);
    expect((await approve(desk, { brand: 'ultra-purple', staffId: other?.id ?? '' }, number)).ok).toBe(true);
    await story.pass(days(7) + 1000);
    await comesTo(story, number, 'cancelled');
    await journalIsWhole();
  });

  it('ST2 lapsed while it waited for material: it is on again, and that is said', async () => {
    await begin();
    const number = await send();
    await lineIs('barred');
    expect((await ask(story.signoff.desk, await reviewerOf(story), number, { materials: await firstMaterial(number), note: '请补充。' })).ok).toBe(true);
    const pack = story.signoff.desk.packs.latest('ultra-purple');
    await story.pass(days(pack.ok ? pack.value.draftDays : 0) + 1000);
    await comesTo(story, number, 'lapsed');
    await lineIs('active');
    expect((await mail(/失效/)).text).toContain('正在恢复使用');
  });

  it('ST2 a register that refuses is looked after by people, and the review goes on', async () => {
    await begin();
    await story.simulator.addFault({ system: 'home-register', fault: 'refuse', times: 1 });
    const number = await send();
    await eventually('an alarm', async () => story.alarms.some((alarm) => (alarm as { step?: string }).step === 'bar-line'));
    const waits = await eventually('it waits for people', async () => { const { rows } = await seeQueue(story.signoff.desk, await reviewerOf(story), 'stalled'); return rows.length > 0 ? rows : undefined; });
    expect(await look(number)).toMatchObject({ state: 'reviewing', off: 'ordered' });
    expect(waits.map((row) => [row.applicationNumber, row.step])).toEqual([[number, 'bar-line']]);
    expect((await seeQueue(story.signoff.desk, await reviewerOf(story))).rows).toHaveLength(1);
    expect((await resume(story.signoff.desk, await reviewerOf(story), number)).ok).toBe(true);
    await lineIs('barred');
  });

  it('ST2 EC9 without days to recover, the bar comes first all the same, and can be taken back until the decision', async () => {
    await begin({ change: (pack) => ({ ...pack, recoverableDays: 0, reasons: pack.reasons.map((reason) => ({ ...reason, barsAtOnce: reason.id === lost })) }) });
    const number = await send();
    await lineIs('barred');
    expect(await stateOf(story, number)).toBe('reviewing');
    expect((await approve(story.signoff.desk, await reviewerOf(story), number)).ok).toBe(true);
    await comesTo(story, number, 'cancelled');
    expect(counted(off)).toBe(1);
  });
});

const firstMaterial = async (number: string): Promise<string[]> => {
  const seen = await look(number);
  const pack = story.signoff.desk.packs.latest('ultra-purple');
  if (!pack.ok) throw new Error(seen.state);
  return [pack.value.materials[0]?.id ?? ''];
};
