import type { LineStanding } from '../cancellation/line.ts';
import { sumMoney } from '../cancellation/money.ts';
import { unreachable } from '../cancellation/result.ts';
import { conditionNames, decide, factsOf, holds, meets, type ConditionName, type Decision } from './decide.ts';
import { liesIn } from './jurisdiction.ts';
import { amountInWords, joinInWords } from './in-words.ts';
import { versionOf, type Pack, type PackVersion, type Text } from './pack.ts';

/** `decides`: the first that applies. `applies-too`: it would decide if the first did not. */
export type Outcome = 'decides' | 'applies-too' | 'does-not-apply';
export type ConditionExplained = { readonly condition: ConditionName; readonly holds: boolean; readonly says: Text };
export type RuleExplained = {
  readonly rule: string;
  readonly outcome: Outcome;
  readonly answer: Decision['answer'];
  /** The pack's own reason. */
  readonly because: Text;
  /** Why it does or does not apply to this line, with the facts. */
  readonly why: Text;
  /** Only those that the rule names. */
  readonly conditions: readonly ConditionExplained[];
};
export type Explanation = { readonly version: PackVersion; readonly decision: Decision; readonly rules: readonly RuleExplained[] };

/** Every rule of the pack in its order, and why it did or did not decide. The decision is `decide`'s own. */
export const explain = (pack: Pack, standing: LineStanding): Explanation => {
  const decision = decide(pack, standing);
  const facts = factsOf(standing);
  const rules = pack.eligibility.map((rule): RuleExplained => {
    const conditions = conditionNames.filter((name) => rule.when[name] !== undefined)
      .map((name) => ({ condition: name, holds: holds(name, rule.when, facts), says: factInWords(name, standing, rule.when.regions ?? []) }));
    const outcome: Outcome = !meets(rule.when, facts) ? 'does-not-apply' : rule.id === decision.rule ? 'decides' : 'applies-too';
    return { rule: rule.id, outcome, answer: rule.answer, because: rule.because, why: whyInWords(outcome, conditions, decision.rule), conditions };
  });
  return { version: versionOf(pack), decision, rules };
};

const whyInWords = (outcome: Outcome, conditions: readonly ConditionExplained[], decidedBy: string): Text => {
  const telling = outcome === 'does-not-apply' ? conditions.filter((one) => !one.holds) : conditions;
  const facts = telling.length > 0
    ? joinInWords(telling.map(({ says }) => says), '；')
    : { 'zh-CN': '这条规则没有条件', 'zh-TW': '這條規則沒有條件', en: 'the rule has no condition' };
  switch (outcome) {
    case 'decides':
      return { 'zh-CN': `由它决定：${facts['zh-CN']}。`, 'zh-TW': `由它決定：${facts['zh-TW']}。`, en: `Decides: ${facts.en}.` };
    case 'applies-too':
      return {
        'zh-CN': `同样适用（${facts['zh-CN']}），但排在前面的“${decidedBy}”已作决定。`,
        'zh-TW': `同樣適用（${facts['zh-TW']}），但排在前面的「${decidedBy}」已作決定。`,
        en: `Applies too (${facts.en}), but “${decidedBy}” stands before it.`,
      };
    case 'does-not-apply':
      return { 'zh-CN': `不适用：${facts['zh-CN']}。`, 'zh-TW': `不適用：${facts['zh-TW']}。`, en: `Does not apply: ${facts.en}.` };
    default:
      return unreachable(outcome);
  }
};

const anomalies = {
  'fraud-check': { 'zh-CN': '正在安全核查', 'zh-TW': '正在進行安全查核', en: 'a security check is running' },
  'port-out-running': { 'zh-CN': '正在携号转网', 'zh-TW': '正在辦理號碼可攜', en: 'a move to another provider is running' },
  'ownership-disputed': { 'zh-CN': '归属有争议', 'zh-TW': '歸屬有爭議', en: 'its ownership is disputed' },
} satisfies Record<NonNullable<LineStanding['anomaly']>, Text>;

/** The fact that a condition looks at: counts and amounts, never names. */
const factInWords = (name: ConditionName, standing: LineStanding, regions: readonly string[]): Text => {
  switch (name) {
    case 'unpaid': {
      const count = standing.unpaid.length;
      if (count === 0) return { 'zh-CN': '没有未付的账单', 'zh-TW': '沒有未繳的帳單', en: 'no bill is unpaid' };
      const sum = sumMoney(standing.unpaid.map((bill) => bill.amount), standing.credit.currency);
      const [zh, en] = sum.ok ? [`，共 ${amountInWords(sum.value)}`, `, ${amountInWords(sum.value)} in all`] : ['', ''];
      return { 'zh-CN': `有${count}张未付的账单${zh}`, 'zh-TW': `有${count}張未繳的帳單${zh}`, en: `${count} ${count === 1 ? 'bill is' : 'bills are'} unpaid${en}` };
    }
    case 'boundDevices': {
      const count = standing.boundDevices.length;
      return count === 0
        ? { 'zh-CN': '没有绑定设备', 'zh-TW': '沒有綁定裝置', en: 'no device is bound' }
        : { 'zh-CN': `绑定着${count}台设备`, 'zh-TW': `綁定著${count}台裝置`, en: `${count} ${count === 1 ? 'device is' : 'devices are'} bound` };
    }
    case 'anomaly':
      return standing.anomaly ? anomalies[standing.anomaly] : { 'zh-CN': '账户没有异常', 'zh-TW': '帳戶沒有異常', en: 'nothing is unusual about the account' };
    case 'credit': {
      const amount = amountInWords(standing.credit);
      return standing.credit.minor > 0
        ? { 'zh-CN': `还有余额 ${amount}`, 'zh-TW': `還有餘額 ${amount}`, en: `${amount} of credit is left` }
        : { 'zh-CN': '没有余额', 'zh-TW': '沒有餘額', en: 'no credit is left' };
    }
    case 'regions': {
      const inside = regions.some((place) => liesIn(standing.region, place));
      const list = regions.join(', ');
      return {
        'zh-CN': `所在地区 ${standing.region} ${inside ? '在' : '不在'} ${list} 之列`,
        'zh-TW': `所在地區 ${standing.region} ${inside ? '在' : '不在'} ${list} 之列`,
        en: `the region ${standing.region} is ${inside ? 'one' : 'none'} of ${list}`,
      };
    }
    default:
      return unreachable(name);
  }
};
