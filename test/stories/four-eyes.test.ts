/** Where two people decide: the first approval is on record and moves nothing, the second is another's. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addStaff } from '../../src/identity/staff.ts';
import { approve, ask, refuse, seeCase } from '../../src/desk/review-case.ts';
import type { Reviewer } from '../../src/desk/review-queue.ts';
import { supply } from '../../src/desk/supply.ts';
import { verifyChain, type Entry } from '../../src/evidence/chain.ts';
import { sha256 } from '../../src/store/journal.ts';
import { applicantOf, apply, comesTo, reviewerOf, stateOf, type Applicant } from '../apply.ts';
import { brand } from '../harness.ts';
import { visitor } from '../../src/demo/visitor.ts';
import { person, reviewer, serve, words, type Served } from './up-setting.ts';

let served: Served;
let first: Reviewer;
let second: Reviewer;
const secret = { email: 'second@ultra-purple.example', password: 'nine-lamps-by-the-weir' };
const also = ['30', '31', '32', '33', '34'].map((digits) => person(digits));
beforeAll(async () => {
  served = await serve({ also, change: (pack) => ({ ...pack, review: { ...pack.review, reviewers: 2 } }) });
  first = await reviewerOf(served.story);
  const { desk } = served.story.signoff;
  const added = await addStaff(desk.db, desk.vault, desk.clock, { brand, name: '审核员 乙', roles: ['reviewer'], ...secret });
  if (!added.ok) throw new Error(added.why.kind);
  second = { brand, staffId: added.value.staffId };
});
afterAll(() => served?.close());

const caseOf = async (digits: string): Promise<{ number: string; applicant: Applicant }> => {
  const applicant = await applicantOf(served.story, `B-1001${digits}`);
  return { number: await apply(served.story, applicant), applicant };
};
const events = async (number: string, event: string) =>
  served.story.rows<{ by: string }>(`select facts ->> 'decidedBy' as by from journal j join cancellations c on c.id = j.cancellation_id where c.application_number = $1 and event = $2 order by entry`, [number, event]);

describe('four eyes', () => {
  it('fault 19: one approval, also pressed twice, moves nothing; the second person’s does', async () => {
    const { desk } = served.story.signoff;
    const { number } = await caseOf('30');
    const seen = (await seeCase(desk, first, number))?.version;
    for (const _ of [1, 2]) expect(await approve(desk, first, number, seen)).toEqual({ ok: true, value: undefined });
    expect([await stateOf(served.story, number), await events(number, 'approved-by-first')]).toEqual(['reviewing', [{ by: first.staffId }]]);
    expect((await seeCase(desk, first, number))?.approvals).toEqual({ given: 1, of: 2, mine: true });
    expect((await seeCase(desk, second, number))?.approvals).toEqual({ given: 1, of: 2, mine: false });
    expect(await approve(desk, second, number, seen)).toEqual({ ok: true, value: undefined });
    await comesTo(served.story, number, 'recoverable');
    expect(await events(number, 'approved')).toEqual([{ by: second.staffId }]);
    const entries = await served.story.rows<Entry>(
      `select j.cancellation_id as "cancellationId", j.brand, entry, at, event, actor, facts, previous, hash from journal j join cancellations c on c.id = j.cancellation_id where application_number = $1 order by entry`, [number]);
    expect(verifyChain(entries, sha256)).toMatchObject({ ok: true });
  });

  it('fault 19: both at the same moment: one is first, one decides, never none and never twice', async () => {
    const { desk } = served.story.signoff;
    const { number } = await caseOf('31');
    const all = await Promise.all([approve(desk, first, number), approve(desk, second, number), approve(desk, first, number), approve(desk, second, number)]);
    expect(all.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(2);
    await comesTo(served.story, number, 'recoverable');
    expect([(await events(number, 'approved-by-first')).length, (await events(number, 'approved')).length]).toEqual([1, 1]);
    expect((await events(number, 'approved-by-first'))[0]?.by).not.toBe((await events(number, 'approved'))[0]?.by);
  });

  it('fault 19: an approval is of what was seen: after the subscriber added to it, both look again', async () => {
    const { desk } = served.story.signoff;
    const { number, applicant } = await caseOf('32');
    await approve(desk, first, number);
    const pack = desk.packs.latest(brand);
    expect((await ask(desk, second, number, { materials: [pack.ok ? pack.value.materials[0]?.id ?? '' : ''], note: '请补充。' })).ok).toBe(true);
    expect((await supply(desk, applicant.who, number, { text: '好的', documents: [] })).ok).toBe(true);
    await approve(desk, second, number);
    expect(await stateOf(served.story, number)).toBe('reviewing');
    await approve(desk, first, number);
    await comesTo(served.story, number, 'recoverable');
  });

  it('fault 19: one alone can refuse', async () => {
    const { desk } = served.story.signoff;
    const { number } = await caseOf('33');
    const pack = desk.packs.latest(brand);
    await approve(desk, first, number);
    expect((await refuse(desk, second, number, pack.ok ? pack.value.refusals[0]?.id ?? '' : '')).ok).toBe(true);
    expect(await stateOf(served.story, number)).toBe('refused');
  });

  it('fault 19: the console says how many have approved, and offers nobody a second time what they have given', async () => {
    const { number } = await caseOf('34');
    const address = `${served.root()}/console/cases/${number}`;
    const one = await reviewer(served);
    await one.visit(address);
    expect(words(one)).toContain('已批准 0 / 2');
    await one.submit('/approve');
    expect(words(one)).toContain('还需要另一位审核员批准');
    await one.visit(address);
    expect([words(one).includes('已批准 1 / 2'), one.page().root.querySelectorAll('form[action$="/approve"] button').length]).toEqual([true, 0]);
    const other = visitor(`${served.root()}/console`, 'zh-CN');
    await other.visit(`${served.root()}/console/sign-in`);
    await other.submit('/sign-in', secret);
    await other.visit(address);
    expect(words(other)).toContain('另一位审核员已经批准');
    await other.submit('/approve');
    await comesTo(served.story, number, 'recoverable');
  });
});
