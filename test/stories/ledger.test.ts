import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInOrder } from '../../src/desk/check-ledger.ts';
import { ledgerLines } from '../../src/cli/ledger-command.ts';
import { book, move } from '../../src/store/ledger.ts';
import { requestRefunds } from '../../src/store/refunds.ts';
import type { Story } from '../harness.ts';
import { booksOf, chooses, openMoneyStory, payer, type Payer } from './money-setting.ts';

let story: Story;
let one: Payer;
beforeAll(async () => {
  story = await openMoneyStory();
  one = await payer(story, chooses, 'B-100178');
});
afterAll(() => story?.stop());

const inBrand = <T>(work: (tx: Parameters<Parameters<Story['signoff']['desk']['db']['inBrand']>[1]>[0]) => Promise<T>) => story.signoff.desk.db.inBrand(chooses, work);
const entry = (key: string, minor: number) =>
  ({ brand: chooses, at: new Date('2026-11-24T02:00:00Z'), cause: 'bill-paid' as const, key, currency: 'USD', postings: move(minor, 'cash', 'receivable', one.lineId) });

describe('the books', () => {
  it('N7 begin with what each line and bill brings along', async () => {
    const report = await booksOf(story);
    expect(isInOrder(report)).toBe(true);
    expect(report.balances.filter(({ brand }) => brand === chooses).map(({ account, debitMinor, creditMinor }) => [account, debitMinor - creditMinor]))
      .toEqual([['cash', 1670], ['receivable', 690], ['revenue', -690], ['subscriber-credit', -1670]]);
  });

  it('N7 take an entry only if it balances, in each currency', async () => {
    const lopsided = { ...entry('lopsided', 100), postings: [{ account: 'cash' as const, minor: 100, lineId: one.lineId }] };
    await expect(inBrand((tx) => book(tx, [lopsided]))).rejects.toThrow(/does not balance/);
    await expect(inBrand(async (tx) => {
      await book(tx, [entry('mixed', 100)]);
      await book(tx, [{ ...entry('mixed-2', 100), currency: 'CNY' }]);
      await tx.query(`insert into ledger_postings (entry_id, place, brand, account, currency, amount_minor, line_id) select id, 3, brand, 'cash', 'CNY', 5, $2 from ledger_entries where key = $1`, ['mixed', one.lineId]);
    })).rejects.toThrow(/does not balance/);
    await expect(inBrand((tx) => tx.query(`insert into ledger_entries (id, brand, at, cause, key) values ($1, $2, now(), 'bill-paid', 'empty')`, [randomUUID(), chooses]))).rejects.toThrow(/has no postings/);
  });

  it('N7 book one cause once, and cannot be changed or cut, by the desk or by the owner', async () => {
    expect([...await inBrand((tx) => book(tx, [entry('once', 5)]))]).toEqual(['once']);
    expect([...await inBrand((tx) => book(tx, [entry('once', 5)]))]).toEqual([]);
    for (const table of ['ledger_accounts', 'ledger_entries', 'ledger_postings']) {
      await expect(inBrand((tx) => tx.query(`delete from ${table}`)), table).rejects.toThrow(/permission denied/);
      await expect(story.rows(`update ${table} set brand = brand`), table).rejects.toThrow(/append-only/);
      await expect(story.rows(`delete from ${table}`), table).rejects.toThrow(/append-only/);
      await expect(story.rows(`truncate ${table} cascade`), table).rejects.toThrow(/append-only/);
    }
    // Undone for what follows, by an entry of its own: there is no other way.
    await inBrand((tx) => book(tx, [{ ...entry('once-back', 5), postings: move(5, 'receivable', 'cash', one.lineId) }]));
  });

  it('EC12 N7 alone change a credit', async () => {
    await expect(inBrand((tx) => tx.query(`update lines set credit_minor = credit_minor + 100 where id = $1`, [one.lineId]))).rejects.toThrow(/changes only by an entry in the ledger/);
    await inBrand((tx) => book(tx, [{ ...entry('top-up', 0), postings: move(100, 'cash', 'subscriber-credit', one.lineId) }]));
    expect(await story.rows(`select credit_minor::int from lines where id = $1`, [one.lineId])).toEqual([{ credit_minor: 1350 }]);
    await inBrand((tx) => book(tx, [{ ...entry('top-up-back', 0), postings: move(100, 'subscriber-credit', 'cash', one.lineId) }]));
  });

  it('N7 are seen by their own brand alone', async () => {
    const seen = await story.signoff.desk.db.inBrand('nobody', (tx) => tx.query(`select 1 from ledger_postings union all select 1 from ledger_entries`));
    expect(seen).toEqual([]);
  });
});

describe('refunds', () => {
  const request = (key: string) => ({ brand: chooses, lineId: one.lineId, cancellationId: randomUUID(), key, paymentRef: 'pay-x', amountMinor: 10, currency: 'USD' });
  it('P5 N7 one line has one open refund, whoever asks', async () => {
    const now = new Date('2026-11-24T02:00:00Z');
    await inBrand((tx) => requestRefunds(tx, [request('k-1')], now));
    await inBrand((tx) => requestRefunds(tx, [request('k-1')], now));
    await expect(inBrand((tx) => requestRefunds(tx, [request('k-2')], now))).rejects.toThrow(/one_open_refund_per_line/);
    await story.rows(`update refunds set state = 'failed' where key = 'k-1'`);
    await inBrand((tx) => requestRefunds(tx, [request('k-2')], now));
    await story.rows(`delete from refunds`);
  });
});

describe('the check', () => {
  it('N7 finds what somebody changed past the triggers, and a refund that the provider does not have', async () => {
    await story.rows(`alter table lines disable trigger user`);
    await story.rows(`alter table ledger_postings disable trigger user`);
    await story.rows(`update lines set credit_minor = 1 where id = $1`, [one.lineId]);
    await story.rows(`update ledger_postings set amount_minor = amount_minor + 1 where account = 'revenue' and brand = $1 and line_id = $2`, [chooses, (await payer(story, chooses, 'B-100142')).lineId]);
    await story.rows(`insert into refunds (id, brand, line_id, cancellation_id, key, payment_ref, amount_minor, currency, state, requested_at, changed_at)
      values ($1, $2, $3, $1, 'never-sent', 'pay-x', 10, 'USD', 'done', now(), now())`, [randomUUID(), chooses, one.lineId]);
    const report = await booksOf(story);
    expect(isInOrder(report)).toBe(false);
    expect([...new Set(report.findings.map(({ what }) => what))].toSorted()).toEqual(['credit-differs', 'entry-unbalanced', 'totals-differ']);
    expect(report.refunds).toMatchObject([{ verdict: 'differs', provider: 'absent' }]);
    expect(ledgerLines(report).filter((line) => line.startsWith('✗'))).toHaveLength(4);
  });
});
