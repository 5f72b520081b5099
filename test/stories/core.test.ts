import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptDocument } from '../../src/vault/documents/accept-document.ts';
import { attachIdentity, openDraft, saveDraft } from '../../src/desk/draft.ts';
import { payBill, seePreparation, takeData, unbindDevices } from '../../src/desk/prepare.ts';
import { preview } from '../../src/desk/preview.ts';
import { approve } from '../../src/desk/review-case.ts';
import { seeLines } from '../../src/desk/see-lines.ts';
import { seeStatus } from '../../src/desk/status.ts';
import { submit } from '../../src/desk/submit.ts';
import type { Subscriber } from '../../src/desk/views.ts';
import { verifyChain, type Entry } from '../../src/evidence/chain.ts';
import { sha256 } from '../../src/store/journal.ts';
import { brand, days, eventually, openStory, type Story } from '../harness.ts';
import sharp from 'sharp';

let story: Story;
let who: Subscriber;
let reviewer: { brand: string; staffId: string };
beforeAll(async () => {
  story = await openStory();
  const [line] = await story.rows<{ subscriber_id: string }>(`select subscriber_id from lines where billing_ref = 'B-100142'`);
  who = { brand, subscriberId: line?.subscriber_id ?? '' };
  const [staff] = await story.rows<{ id: string }>(`select id from staff where 'agent' = any(roles)`);
  reviewer = { brand, staffId: staff?.id ?? '' };
});
afterAll(() => story?.stop());

describe('below the doors', () => {
  it('UP2 UP3 UP6 UP8 UP9 one line goes from preparation to certificate, each effect once', async () => {
    const { desk } = story.signoff;
    const { lines } = await seeLines(desk, who);
    const lineId = lines.find((line) => line.msisdn === '+12025550142')?.lineId ?? '';
    const before = await seePreparation(desk, who, lineId);
    expect(before).toMatchObject({ mayGoOn: false, answer: 'not-yet' });
    expect((await openDraft(desk, who, lineId)).ok).toBe(false);

    for (const bill of before?.items.flatMap((item) => item.bills ?? []) ?? []) expect(await payBill(desk, who, bill.billId)).toEqual({ ok: true, value: undefined });
    await unbindDevices(desk, who, lineId, 'all');
    expect(JSON.parse((await takeData(desk, who, lineId))?.contents.toString() ?? '{}')).toMatchObject({ contacts: expect.any(Array) });
    expect(await seePreparation(desk, who, lineId)).toMatchObject({ mayGoOn: true, answer: 'eligible' });

    const opened = await openDraft(desk, who, lineId);
    expect(opened.ok).toBe(true);
    const photo = await acceptDocument(await sharp({ create: { width: 600, height: 400, channels: 3, background: '#caf' } }).png().toBuffer());
    if (!photo.ok) throw new Error(photo.why.kind);
    await attachIdentity(desk, who, lineId, photo.value);
    const pack = desk.packs.latest(brand);
    if (!pack.ok) throw new Error('no pack');
    const saved = await saveDraft(desk, who, lineId, {
      reason: pack.value.reasons[0]?.id ?? '', name: '林晓雨', email: 'lin.xiaoyu@mail.example', phone: '+12025550110', documentKind: 'passport',
      acknowledged: pack.value.consequences.map(({ id }) => id),
    });
    expect(saved).toMatchObject({ ok: true, value: { missing: [] } });
    const shown = await preview(desk, who, lineId);
    expect(shown?.money).toContainEqual({ what: 'refund', amount: { minor: 420, currency: 'USD' } });

    const [first, second] = await Promise.all([submit(desk, who, lineId), submit(desk, who, lineId)]);
    if (!first.ok || !second.ok) throw new Error('not submitted');
    expect(first.value.applicationNumber).toBe(second.value.applicationNumber);
    const number = first.value.applicationNumber;
    expect(await seeStatus(desk, who, number)).toMatchObject({ state: 'reviewing', cancelled: { answer: 'not-yet' } });

    await story.pass(days(3));
    expect(await approve(desk, reviewer, number)).toEqual({ ok: true, value: undefined });
    await eventually('the line is barred', async () => (await seeLines(desk, who)).lines.find((line) => line.lineId === lineId)?.status === 'barred');
    expect(await seeStatus(desk, who, number)).toMatchObject({ state: 'recoverable', cancelled: { answer: 'from' } });

    await story.pass(days(7) + 1000);
    const status = await eventually('the case is cancelled', async () => {
      const seen = await seeStatus(desk, who, number);
      return seen?.state === 'cancelled' ? seen : undefined;
    }).catch(async (error) => { console.log(await story.rows('select name, state, attempts, outcome from steps order by ordinal'), story.alarms); throw error; });
    expect(status).toMatchObject({ hasCertificate: true, esim: { kind: 'never-installed' }, cancelled: { answer: 'yes' } });

    const effects = story.simulator.effects().filter((effect) => effect.system !== 'mail' && effect.system !== 'message-centre').map((effect) => `${effect.system} ${effect.effect} ${effect.subject}`);
    expect(new Set(effects).size).toBe(effects.length - 1); // the bill and the settlement are two settlements of one line
    expect(effects).toContain('home-register subscriber-removed 001010000000142');
    const journal = await story.rows<Entry>(`select cancellation_id as "cancellationId", brand, entry, at, event, actor, facts, previous, hash from journal order by entry`);
    expect(verifyChain(journal, sha256)).toMatchObject({ ok: true });
    await eventually('the completion notice is sent', async () => (await story.rows(`select 1 from notices where template = 'cancelled' and state in ('sent', 'delivered')`)).length >= 2);
  });
});
