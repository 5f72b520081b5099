/** Many lines ended by one order: what is wrong with a file, what is done and by whom, and what it costs nobody. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryOn } from '../../src/desk/bulk/carry-on.ts';
import type { BulkView } from '../../src/desk/bulk/order.ts';
import { linesOf, pause, release, resume, seeOrder, stop } from '../../src/desk/bulk/order.ts';
import { takeFile } from '../../src/desk/bulk/take-file.ts';
import { openDraft } from '../../src/desk/draft.ts';
import { verifyChain } from '../../src/evidence/chain.ts';
import { readJournal, sha256 } from '../../src/store/journal.ts';
import { applicantOf } from '../apply.ts';
import { brand, days, openStory, type Story } from '../harness.ts';
import { another, carryOut, dryRun, inPieces, numberOf, plantLines, referenceOf, released, someone } from './bulk-setting.ts';

const elsewhere = 'ultra-elsewhere';
let story: Story;
beforeAll(async () => {
  story = await openStory({ works: false, brands: { [elsewhere]: (pack) => pack } });
  await plantLines(story.signoff, brand, 400);
  await plantLines(story.signoff, elsewhere, 1, { from: 9000 });
});
afterAll(() => story?.stop());

const reason = (): string => {
  const pack = story.signoff.desk.packs.latest(brand);
  return pack.ok ? pack.value.reasons.find(({ barsAtOnce }) => !barsAtOnce)?.id ?? '' : '';
};
const verdicts = async ({ orderId }: BulkView): Promise<Record<number, string>> =>
  Object.fromEntries((await linesOf(story.signoff.desk, { brand, person: another }, orderId, 0, 1000)).map(({ line, why, detail }) => [line, why === undefined ? 'eligible' : `${why}${detail === undefined ? '' : ` ${detail}`}`]));
/** Everything but the order's own rows. */
const everything = async (): Promise<unknown> =>
  story.rows(`select ${['cancellations', 'lines', 'journal', 'steps', 'notices', 'number_tenures'].map((table) => `(select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from ${table} t) as ${table}`).join(', ')}, (select count(*)::int from pgboss.job where name <> 'bulk') as jobs`);

describe('P6 a file that is not as it should be', () => {
  it.each<[string, string | Buffer, object]>([
    ['empty', '', { kind: 'empty' }],
    ['a head and nothing under it', 'number,reason\n', { kind: 'no-lines' }],
    ['semicolons', 'number;reason\n+19990000001;x\n', { kind: 'separator', found: 'semicolon' }],
    ['tabs', 'number\treason\n', { kind: 'separator', found: 'tab' }],
    ['no head', '+19990000001,moved\n', { kind: 'head', missing: ['number', 'reason'] }],
    ['no reason', 'number,end\n', { kind: 'head', missing: ['reason'] }],
    ['a column twice', 'number,msisdn,reason\n', { kind: 'head', twice: ['number'] }],
    ['UTF-16', Buffer.from('\ufeffnumber,reason\n', 'utf16le'), { kind: 'encoding', found: 'UTF-16' }],
    ['UTF-16 without a mark', Buffer.from('number,reason\n', 'utf16le'), { kind: 'encoding', found: 'UTF-16' }],
    ['GBK', Buffer.from([0xba, 0xc5, 0xc2, 0xeb, 0x2c, 0xd4, 0xad, 0xd2, 0xf2, 0x0a]), { kind: 'encoding', found: 'GBK' }],
    ['no text at all', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0xff, 0x0a]), { kind: 'encoding', found: 'unknown' }],
    ['a head of 10 MB', Buffer.alloc(10_000_000, 'x'), { kind: 'too-long' }],
  ])('%s: it is said, and nothing is kept', async (_, file, why) => {
    expect(await takeFile(story.signoff.desk, { brand, person: someone }, 'bulk', inPieces(file, 65_536))).toMatchObject({ ok: false, why });
    expect(await story.rows('select 1 from bulk_orders union all select 1 from bulk_parts')).toEqual([]);
  });

  it('one that breaks off on the way leaves nothing', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('number,reason\n+19990000001,x\n');
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    }
    expect(await takeFile(story.signoff.desk, { brand, person: someone }, 'bulk', broken())).toMatchObject({ ok: false, why: { kind: 'cut-short' } });
    expect(await story.rows('select 1 from bulk_orders')).toEqual([]);
  });

  it('P6 each line has its verdict by its number and with its reason; the rest is unaffected, and nothing is done', async () => {
    const drafting = await applicantOf(story, 'B-100142');
    await story.rows(`update bills set paid_at = now() where line_id = $1`, [drafting.lineId]);
    await story.rows(`update devices set bound = false where line_id = $1`, [drafting.lineId]);
    await openDraft(story.signoff.desk, drafting.who, drafting.lineId);
    await story.rows(`insert into bills (id, brand, line_id, amount_minor, due_on) select gen_random_uuid(), brand, id, 990, '2026-11-30' from lines where billing_ref = $1`, [referenceOf(3)]);
    await story.rows(`update lines set status = 'cancelled' where billing_ref = $1`, [referenceOf(4)]);
    const before = await everything();
    const r = reason();
    const lines: [string | Buffer, string][] = [
      [`${numberOf(0)},,${r},`, 'eligible'],
      [`,${referenceOf(1)},${r},2027-01-31`, 'eligible'],
      [`"${numberOf(2)}","",${r},""`, 'eligible'],
      [`${numberOf(3)},,${r},`, 'not-eligible'],
      [`,${referenceOf(4)},${r},`, 'already-cancelled'],
      [`,B-100142,${r},`, 'open-case'],
      [`${numberOf(9000)},,${r},`, 'unknown-line'],
      [`+19998887777,,${r},`, 'unknown-line'],
      [`${numberOf(0)},,${r},`, 'duplicate 2'],
      [`,${referenceOf(2)},${r},`, 'duplicate 4'],
      [`=1+1,,${r},`, 'formula'],
      [`"=HYPERLINK(""http://x.example"")",,${r},`, 'formula'],
      [`${numberOf(5)},,@${r},`, 'formula'],
      [`${numberOf(5)};;${r};`, 'wrong-columns'],
      [`${numberOf(5)},,${r},,`, 'wrong-columns'],
      [`"${numberOf(5)},,${r},`, 'quote-not-closed'],
      [`${numberOf(5)}\u0007,,${r},`, 'control-characters'],
      [Buffer.concat([Buffer.from(numberOf(5)), Buffer.from([0xd2, 0xc6, 0xb6, 0xaf]), Buffer.from(`,,${r},`)]), 'reads-as-gbk'],
      [Buffer.from([0xff, 0x2c, 0x2c, 0x2c]), 'not-utf-8'],
      [`${numberOf(5)},,${'x'.repeat(10_000_000)},`, 'too-long'],
      [`5550142,,${r},`, 'number-without-country'],
      [`1.2E+10,,${r},`, 'number-not-valid'],
      [`,,${r},`, 'line-missing'],
      [`${numberOf(5)},${referenceOf(5)},${r},`, 'two-lines-named'],
      [`${numberOf(5)},,no-such-reason,`, 'reason-unknown'],
      [`${numberOf(5)},,${r},31.12.2026`, 'end-not-a-day'],
      [`${numberOf(5)},,${r},2026-11-01`, 'end-too-early 2026-11-24'],
      [`${numberOf(5)},,${r},2031-01-01`, 'end-too-late 2028-11-23'],
      ['', ''],
      [` ${numberOf(5).replace('+1', '+1 ')} ,,${r},`, 'eligible'],
    ];
    const file = Buffer.concat([Buffer.from('\ufeffNumber,Billing reference,Reason,End date\r\n'), ...lines.flatMap(([line]) => [Buffer.from(line as string), Buffer.from('\r\n')])]);
    const view = await dryRun(story.signoff, brand, file);
    const expected = Object.fromEntries(lines.flatMap(([, says], place) => (says === '' ? [] : [[place + 2, says === 'not-eligible' ? expect.stringMatching(/^not-eligible \w/) as string : says]])));
    expect(await verdicts(view)).toEqual(expected);
    expect(view).toMatchObject({ state: 'checked', lines: 29, eligible: 4, opened: 0, left: 4 });
    const [owing] = (await linesOf(story.signoff.desk, { brand, person: another }, view.orderId, 0, 10, 'not-eligible'));
    expect(owing?.rule?.['zh-CN']).toMatch(/账单|欠/);
    expect(await everything()).toEqual(before);
    expect(await story.rows('select 1 from bulk_parts')).toEqual([]);
    expect(JSON.stringify(await story.rows('select * from bulk_rows union all select * from bulk_rows'))).not.toMatch(/19990000|HYPERLINK/);
  });

  it('P6 NDJSON, with objects that are none', async () => {
    const r = reason();
    const view = await dryRun(story.signoff, brand, [
      JSON.stringify({ number: numberOf(10), reason: r }), JSON.stringify({ reference: referenceOf(11), reason: r, end: '2027-02-28', note: 'left aside' }), '{"number":', '[]', JSON.stringify({ number: 12, reason: r }),
      JSON.stringify({ number: '+1999\u0000', reason: r }), JSON.stringify({ reason: r }),
    ].join('\n'));
    expect(await verdicts(view)).toEqual({ 1: 'eligible', 2: 'eligible', 3: 'not-json', 4: 'not-json', 5: 'not-json', 6: 'control-characters', 7: 'line-missing' });
  });

  it('P6 another brand\'s order is not there, and neither is its line', async () => {
    const view = await dryRun(story.signoff, brand, `number,reason\n${numberOf(20)},${reason()}\n`);
    const them = { brand: elsewhere, person: another } as const;
    expect(await seeOrder(story.signoff.desk, them, view.orderId)).toBeUndefined();
    expect(await linesOf(story.signoff.desk, them, view.orderId, 0, 10)).toEqual([]);
    for (const act of [release, pause, resume, stop]) expect(await act(story.signoff.desk, them, view.orderId)).toMatchObject({ ok: false, why: { kind: 'not-found' } });
    expect(await seeOrder(story.signoff.desk, them, 'no-id')).toBeUndefined();
  });
});

describe('P6 carried out', () => {
  it('by two people, in chunks that repeat nothing, each case by the moves of a single one', async () => {
    const { desk } = story.signoff;
    const view = await dryRun(story.signoff, brand, ['reference,reason,end', ...Array.from({ length: 250 }, (_, n) => `${referenceOf(100 + n)},${reason()},${n === 0 ? '2026-12-31' : ''}`)].join('\n'));
    expect(await release(desk, { brand, person: someone }, view.orderId)).toMatchObject({ ok: false, why: { kind: 'same-person' } });
    await released(story.signoff, brand, view.orderId);
    // Between dry run and turn a bill came, and a subscriber applied.
    await story.rows(`insert into bills (id, brand, line_id, amount_minor, due_on) select gen_random_uuid(), brand, id, 990, '2026-11-30' from lines where billing_ref = $1`, [referenceOf(101)]);
    await carryOut(story.signoff, brand, view.orderId, 1);
    expect(await seeOrder(desk, { brand, person: another }, view.orderId)).toMatchObject({ state: 'released', opened: 99, dropped: 1, left: 150 });

    await pause(desk, { brand, person: another }, view.orderId);
    await carryOut(story.signoff, brand, view.orderId);
    expect(await seeOrder(desk, { brand, person: another }, view.orderId)).toMatchObject({ state: 'paused', opened: 99 });
    await resume(desk, { brand, person: someone }, view.orderId);
    await carryOut(story.signoff, brand, view.orderId);
    expect(await seeOrder(desk, { brand, person: another }, view.orderId)).toMatchObject({ state: 'done', opened: 249, dropped: 1, left: 0, refused: [{ why: 'not-eligible', count: 1 }] });

    const cases = await story.rows<{ id: string; state: string; channel: string; effective_at: Date; billing_ref: string; version: number }>(
      `select c.id, c.state, c.channel, c.effective_at, c.version, l.billing_ref from cancellations c join lines l on l.id = c.line_id where c.channel = 'bulk' order by l.billing_ref`);
    expect(cases).toHaveLength(249);
    expect(cases.every((one) => one.state === 'scheduled' && one.version === 4)).toBe(true);
    const pack = desk.packs.latest(brand);
    if (!pack.ok) throw new Error('no pack');
    // The policy's recoverable days, from now; and where a last day was ordered, from its end in the policy's zone.
    expect(cases.find(({ billing_ref: ref }) => ref === referenceOf(102))?.effective_at.getTime()).toBeCloseTo(story.clock.now().getTime() + days(pack.value.recoverableDays), -5);
    expect(cases.find(({ billing_ref: ref }) => ref === referenceOf(100))?.effective_at).toEqual(new Date(Date.parse('2026-12-31T16:00:00Z') + days(pack.value.recoverableDays)));
    const journal = await desk.db.inBrand(brand, (tx) => readJournal(tx, cases[5]?.id ?? ''));
    expect(journal.map(({ event, actor }) => `${event} ${actor}`)).toEqual(['received operator', 'proven operator', 'approved operator', 'scheduled policy']);
    expect(journal[0]?.facts).toMatchObject({ channel: 'bulk', order: view.orderId });
    expect(journal[2]?.facts).toEqual({ decidedBy: [someone, another] });
    expect(verifyChain(journal, sha256)).toMatchObject({ ok: true });
    // Told once, as what it is; and behind whatever else is to be done.
    expect(await story.rows(`select template, count(*)::int as n from notices n join cancellations c on c.id = n.cancellation_id where c.channel = 'bulk' group by 1`)).toEqual([{ template: 'ordered', n: 249 }]);
    expect(await story.rows(`select distinct priority from pgboss.job j join cancellations c on c.id::text = j.data ->> 'caseId' where c.channel = 'bulk'`)).toEqual([{ priority: -1 }]);
  });

  it('a job of an older chain, and one that comes twice, do nothing', async () => {
    const view = await dryRun(story.signoff, brand, `reference,reason\n${referenceOf(30)},${reason()}\n`);
    await released(story.signoff, brand, view.orderId);
    await carryOn(story.signoff.execution, { id: randomUUID(), data: { brand, orderId: view.orderId, chain: 1 } });
    expect(await seeOrder(story.signoff.desk, { brand, person: another }, view.orderId)).toMatchObject({ opened: 0 });
    const job = { id: randomUUID(), data: { brand, orderId: view.orderId, chain: 2 } };
    await Promise.all([carryOn(story.signoff.execution, job), carryOn(story.signoff.execution, job)]);
    expect(await seeOrder(story.signoff.desk, { brand, person: another }, view.orderId)).toMatchObject({ opened: 1, state: 'done' });
  });

  it('a row that breaks its chunk is left out, and people are called; the others get their cases', async () => {
    const view = await dryRun(story.signoff, brand, ['reference,reason', ...[40, 41, 42].map((n) => `${referenceOf(n)},${reason()}`)].join('\n'));
    await released(story.signoff, brand, view.orderId);
    await story.rows(`update lines set sealed = 'spoilt' where billing_ref = $1`, [referenceOf(41)]);
    await carryOut(story.signoff, brand, view.orderId);
    expect(await seeOrder(story.signoff.desk, { brand, person: another }, view.orderId)).toMatchObject({ state: 'done', opened: 2, dropped: 1, refused: [{ why: 'broken', count: 1 }] });
    expect(JSON.stringify(story.alarms)).toContain(`line 3 of bulk order ${view.orderId}`);
  });

  it('one that is stopped opens nothing more, and can be neither resumed nor released again', async () => {
    const view = await dryRun(story.signoff, brand, `reference,reason\n${referenceOf(50)},${reason()}\n`);
    await released(story.signoff, brand, view.orderId);
    expect(await stop(story.signoff.desk, { brand, person: someone }, view.orderId)).toEqual({ ok: true, value: undefined });
    await carryOut(story.signoff, brand, view.orderId);
    expect(await seeOrder(story.signoff.desk, { brand, person: another }, view.orderId)).toMatchObject({ state: 'stopped', opened: 0 });
    for (const act of [resume, release, pause]) expect(await act(story.signoff.desk, { brand, person: another }, view.orderId)).toMatchObject({ ok: false, why: { kind: 'wrong-state' } });
  });

  it('nobody orders the end of a line of their own', async () => {
    const [reviewer] = await story.rows<{ id: string }>(`select id from staff where brand = $1 limit 1`, [brand]);
    const person = `staff:${reviewer?.id ?? ''}` as const;
    const email = story.data.staff.find((one) => one.roles.includes('reviewer'))?.email ?? '';
    const [staff] = await story.rows<{ id: string }>(`select id from staff where email_index = $1`, [story.signoff.desk.vault.blindIndex(brand, 'e-mail', `staff ${email}`)]);
    const [line] = await story.rows<{ subscriber_id: string }>(`select subscriber_id from lines where billing_ref = $1`, [referenceOf(60)]);
    await story.rows(`insert into sign_in_names (brand, kind, index, subscriber_id) values ($1, 'e-mail', $2, $3)`, [brand, story.signoff.desk.vault.blindIndex(brand, 'e-mail', email), line?.subscriber_id]);
    const taken = await takeFile(story.signoff.desk, { brand, person: `staff:${staff?.id ?? person}` }, 'bulk', inPieces(`reference,reason\n${referenceOf(60)},${reason()}\n${referenceOf(61)},${reason()}\n`));
    if (!taken.ok) throw new Error('not taken');
    await carryOut(story.signoff, brand, taken.value.orderId);
    await released(story.signoff, brand, taken.value.orderId);
    await carryOut(story.signoff, brand, taken.value.orderId);
    expect(await linesOf(story.signoff.desk, { brand, person: another }, taken.value.orderId, 0, 5)).toMatchObject([{ line: 2, why: 'own-line' }, { line: 3, state: 'scheduled' }]);
  });
});

it('P6 nothing of it came into the log', () => {
  expect(story.logged.join('')).not.toMatch(/19990000\d{3}|su\.\d+@/);
});
