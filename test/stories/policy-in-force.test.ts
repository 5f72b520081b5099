/** P12 N3 what a case is decided under: an unknown year, a law that changes, a policy that is gone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jurisdictions } from '../../policies/index.ts';
import { openDraft } from '../../src/desk/draft.ts';
import { seePreparation } from '../../src/desk/prepare.ts';
import { preview } from '../../src/desk/preview.ts';
import { packOf } from '../../src/desk/follow.ts';
import { seeQueue } from '../../src/desk/review-queue.ts';
import { seeStatus } from '../../src/desk/status.ts';
import { loadCancellations } from '../../src/store/cancellations.ts';
import { apply, applicantOf, fillIn, prepare, reviewerOf, stateOf } from '../apply.ts';
import { days, openStory, type Story } from '../harness.ts';
import { startWorkerProcess } from '../worker-process.ts';
import { person } from './up-setting.ts';

const inHongKong = person('65', { region: 'HK', language: 'en' });
const later = person('66', { region: 'HK', language: 'en' });

describe('P12 a year that no calendar knows', () => {
  let story: Story;
  beforeAll(async () => { story = await openStory({ at: new Date('2026-12-30T02:00:00Z'), works: false }); });
  afterAll(() => story?.stop());

  test('P12 the case is accepted, has no due date that somebody guessed, and people are alarmed: in the log, and first in the queue', async () => {
    const applicant = await applicantOf(story, 'B-100142');
    const number = await apply(story, applicant);
    expect(await stateOf(story, number)).toBe('reviewing');
    const [row] = await story.rows<{ id: string; due_at: Date | null }>(`select id, due_at from cancellations where application_number = $1`, [number]);
    expect(row?.due_at).toBeNull();
    expect(story.alarms).toContainEqual(expect.objectContaining({ caseId: row?.id, why: 'no due date: the calendar of that year is not known' }));
    const { rows } = await seeQueue(story.signoff.desk, await reviewerOf(story));
    expect([rows[0]?.applicationNumber, rows[0]?.dueAt, rows[0]?.left]).toEqual([number, undefined, undefined]);
    const status = await seeStatus(story.signoff.desk, applicant.who, number);
    expect([status?.state, status?.review]).toEqual(['reviewing', undefined]);
    const [entry] = await story.rows<{ facts: object }>(`select facts from journal where event = 'reviewing' and cancellation_id = $1`, [row?.id]);
    expect(entry?.facts).toMatchObject({ dueAt: null, alarm: 'calendar-unknown' });
  });
});

describe('N3 the law of the day of receipt', () => {
  let story: Story;
  const easier = jurisdictions.filter(({ id }) => id === 'hk').map((law) => ({ ...law, validFrom: '2026-11-27', deadlines: law.deadlines.map((one) => ({ ...one, most: 3 })) }));
  beforeAll(async () => { story = await openStory({ works: false, also: [inHongKong, later], jurisdictions: [...jurisdictions, ...easier] }); });
  afterAll(() => story?.stop());

  test('N3 the preparation page says what the law changes and why; a case received before it changed stays under the old one, a draft comes under the new', async () => {
    const { desk } = story.signoff;
    const [early, late] = [await applicantOf(story, 'B-100165'), await applicantOf(story, 'B-100166')];
    const seen = await seePreparation(desk, early.who, early.lineId);
    expect(seen?.law.map(({ what, from, to }) => `${what}: ${from.en} → ${to.en}`)).toEqual(['review: at most 7 working days → at most 1 calendar day', 'waiting: 7 days → 0 days']);
    expect(seen?.law[0]?.because['zh-CN']).toContain('一个自然日');
    const number = await apply(story, early);
    await prepare(story, late);
    await fillIn(story, late);
    await story.pass(days(4));
    const other = await apply(story, late);
    const cases = new Map((await desk.db.acrossBrands(async (tx) => {
      const rows = await tx.query<{ id: string }>(`select id from cancellations`);
      return loadCancellations(tx, rows.map(({ id }) => id));
    })).map((one) => [one.applicationNumber, packOf(desk, one)]));
    expect([cases.get(number)?.review.workingDays.most, cases.get(other)?.review.workingDays.most]).toEqual([1, 3]);
    const dates = await story.rows<{ application_number: string; due: string }>(`select application_number, to_char(due_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as due from cancellations`);
    expect(Object.fromEntries(dates.map(({ application_number: of, due }) => [of, due]))).toEqual({ [number]: '2026-11-25 18:00', [other]: '2026-12-01 18:00' });
  });
});

describe('N3 credit that the law gives back', () => {
  const keeps = 'ultra-keeps';
  let story: Story;
  beforeAll(async () => {
    story = await openStory({ works: false, brands: { [keeps]: (pack) => ({ ...pack, settlement: { ...pack.settlement, credit: 'forfeit' } }) } });
  });
  afterAll(() => story?.stop());

  test('N3 a brand that keeps unused credit gives it back in Taiwan, by the preview that execution follows; elsewhere it keeps it', async () => {
    const { desk } = story.signoff;
    const lines = await story.rows<{ id: string; subscriber_id: string }>(
      `select l.id, l.subscriber_id from lines l join subscribers s on s.id = l.subscriber_id where l.brand = $1 and s.region = 'CN' and l.credit_minor > 0 order by l.billing_ref`, [keeps]);
    const seen: Record<string, readonly string[] | undefined> = {};
    for (const [place, region] of ['CN', 'TW'].entries()) {
      const { id: lineId = '', subscriber_id: subscriberId = '' } = lines[place] ?? {};
      const who = { brand: keeps, subscriberId };
      await story.rows(`update subscribers set region = $2 where id = $1`, [subscriberId, region]); // the same person, moved
      await prepare(story, { who, lineId, person: { name: '', email: '', phone: '' } });
      expect((await openDraft(desk, who, lineId)).ok).toBe(true);
      seen[region] = (await preview(desk, who, lineId))?.money.map(({ what }) => what).filter((what) => what === 'refund' || what === 'forfeit');
    }
    expect(seen).toEqual({ CN: ['forfeit'], TW: ['refund'] });
  });
});

describe('a policy that is gone', () => {
  let story: Story;
  beforeAll(async () => { story = await openStory({ works: false }); });
  afterAll(() => story?.stop());

  test('a case whose policy is not there: the program refuses to start, and names it', async () => {
    const number = await apply(story, await applicantOf(story, 'B-100142'));
    await story.rows(`update cancellations set pack_version = 'ultra-purple@2020-01-01' where application_number = $1`, [number]);
    const worker = await startWorkerProcess(story);
    expect(await worker.ended).toBe(1);
    expect(worker.said()).toContain('1 case stands on the policy ultra-purple@2020-01-01, which is not there. Put policies/brands/ultra-purple/2020-01-01.ts back and list it in policies/index.ts.');
  });
});
