import type { LineStanding } from '../cancellation/line.ts';
import type { Money } from '../cancellation/money.ts';
import { dayInWords } from '../policy/in-words.ts';
import type { Pack, Text } from '../policy/pack.ts';
import type { SettlementLine } from './settle.ts';

/** What each line of a settlement is, without its amount: the doors write that beside it. */
export const lineTexts = (pack: Pack, standing: LineStanding, offset: Money, lastBilled: string): Readonly<Record<SettlementLine['what'], Text>> => {
  const bills = standing.unpaid.length;
  const days = pack.settlement.refundWorkingDays;
  const to = lastBilled === '' ? undefined : dayInWords(lastBilled);
  return {
    unpaid: { 'zh-CN': `未付账单（${bills}张）`, 'zh-TW': `未繳帳單（${bills}張）`, en: bills === 1 ? 'Unpaid bill' : `${bills} unpaid bills` },
    'running-month': {
      'zh-CN': to === undefined ? '月费' : `月费，到${to['zh-CN']}为止`,
      'zh-TW': to === undefined ? '月費' : `月費，到${to['zh-TW']}為止`,
      en: to === undefined ? 'Monthly fee' : `Monthly fee, up to ${to.en}`,
    },
    'clean-up-fee': {
      'zh-CN': '清理费（因为还有未结清的账单或未解绑的设备）',
      'zh-TW': '清理費（因為還有未結清的帳單或未解除綁定的裝置）',
      en: 'Clean-up fee (because bills or devices are not settled)',
    },
    credit: offset.minor > 0
      ? { 'zh-CN': '余额（先抵扣应付的费用）', 'zh-TW': '餘額（先抵扣應付的費用）', en: 'Credit (first set against what is owed)' }
      : { 'zh-CN': '余额', 'zh-TW': '餘額', en: 'Credit' },
    collect: { 'zh-CN': '还需支付', 'zh-TW': '尚需支付', en: 'To be paid' },
    refund: days === 0
      ? { 'zh-CN': '退款（注销当天原路退回）', 'zh-TW': '退款（註銷當天退回原付款方式）', en: 'Refund (to the way you paid, on the day of the cancellation)' }
      : {
          'zh-CN': `退款（注销后${days}个工作日内原路退回）`,
          'zh-TW': `退款（註銷後${days}個工作天內退回原付款方式）`,
          en: `Refund (to the way you paid, within ${days} working ${days === 1 ? 'day' : 'days'} of the cancellation)`,
        },
    transfer: { 'zh-CN': '转到您的另一张卡或号码', 'zh-TW': '轉到您的另一張卡或門號', en: 'Moved to another line of yours' },
    forfeit: { 'zh-CN': '作废的余额', 'zh-TW': '失效的餘額', en: 'Credit that ends with the line' },
  };
};
