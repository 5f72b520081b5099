/** What changes from one version of a policy to another, and for whom: for the people who decide on it. Pure. */
import { decide } from './decide.ts';
import { amountInWords, weekdays } from './in-words.ts';
import { answers as answerInWords, itemInWords, type ListName } from './items-in-words.ts';
import type { Pack, Text } from './pack.ts';
import * as say from './policy-words.ts';
import { alike, counted, days, each, listed, none, or, words, workingDays } from './policy-words.ts';
import { standingFrom } from './standing.ts';
import type { LineStanding } from '../cancellation/line.ts';

/** `whom`: whoever notices. `from` or `to` is absent where something is new or gone. */
export type PolicyChange = { readonly whom: Text; readonly what: Text; readonly from?: Text; readonly to?: Text };

const everyone = words('每位用户', '每位用戶', 'every subscriber');
const hasDraft = words('填到一半的人', '填到一半的人', 'whoever has a draft');
const hasCredit = words('有余额的人', '有餘額的人', 'whoever has credit left');
const hasMonth = words('按月付费的人', '按月付費的人', 'whoever pays by the month');
const proves = words('需要证明身份的人', '需要證明身分的人', 'whoever has to prove who they are');
const reviewers = words('审核员', '審核員', 'reviewers');

const hoursInWords = (hours: Pack['supportHours']): Text => (hours.length === 0 ? words('全天', '全天', 'round the clock') : each((language) => hours.map(({ days: on, opens, closes }) => `${on.map((day) => weekdays[language][day - 1]).join(language === 'en' ? ', ' : '、')} ${opens}–${closes}`).join(language === 'en' ? '; ' : '；')));
const quote = (text: Text | undefined): Text => (text === undefined ? words('通用的说法', '通用的說法', 'the usual words') : text);

/** Terms that are one value each: who notices, what it is, and the value in words. */
const terms: readonly (readonly [whom: Text, what: Text, value: (pack: Pack) => Text])[] = [
  [everyone, words('名称', '名稱', 'the name'), (pack) => pack.name],
  [everyone, words('颜色', '顏色', 'the colour'), ({ colour }) => alike(`${colour.light}, ${colour.dark}`)],
  [everyone, words('哪家网络的卡', '哪家網路的卡', 'which carrier’s lines'), ({ carrier }) => (carrier === undefined ? words('所有', '所有', 'all') : alike(carrier))],
  [everyone, words('币种', '幣別', 'the currency'), (pack) => alike(pack.currency)],
  [everyone, words('官方地址', '官方地址', 'the official addresses'), ({ addresses: { site, mail, phone, post } }) => alike([site, mail, phone, ...(post ?? [])].join(', '))],
  [everyone, words('服务时间', '服務時間', 'the hours of the hotline'), ({ addresses }) => addresses.hours],
  [everyone, words('在线客服时间', '線上客服時間', 'when support answers'), ({ supportHours }) => hoursInWords(supportHours)],
  [everyone, words('短信发件人', '簡訊寄件人', 'the sender of SMS'), ({ smsSender }) => alike(smsSender)],
  [everyone, words('入口的叫法', '入口的叫法', 'the names of the entry'), ({ entryNames }) => listed(entryNames)],
  [everyone, words('登录方式', '登入方式', 'signing in'), (pack) => or(pack.signIn.map((one) => say.signIn[one]))],
  [everyone, words('申请途径', '申請途徑', 'ways to apply'), (pack) => listed(pack.channels.map((one) => say.channels[one]))],
  [everyone, words('服务的地区', '服務的地區', 'the regions that are served'), ({ serves }) => alike(serves.join(', '))],
  [everyone, words('原因', '原因', 'a reason'), (pack) => (pack.reasonRequired ? words('必须填写', '必須填寫', 'has to be given') : words('可以不填', '可以不填', 'may be given'))],
  [everyone, words('申请表要填的', '申請表要填的', 'what the application asks for'), ({ form }) => listed(form.map(({ field, optional, label, hint }) => each((language) => {
    const name = label?.[language] ?? say.fields[field][language];
    const free = optional ? (language === 'zh-CN' ? '（可选）' : language === 'zh-TW' ? '（選填）' : ' (optional)') : '';
    return `${name}${free}${hint === undefined ? '' : language === 'en' ? `: ${hint.en}` : `：${hint[language]}`}`;
  })))],
  [everyone, words('审核', '審核', 'the review'), ({ review: { reviewers: by, workingDays: { least, most }, everyDayCounts } }) => (by === 0 ? none : everyDayCounts
    ? words(`${by}人，${least}至${most}个自然日`, `${by}人，${least}至${most}個日曆天`, `${by} reviewer${by === 1 ? '' : 's'}, ${least} to ${most} calendar day${most === 1 ? '' : 's'}`)
    : words(`${by}人，${least}至${most}个工作日`, `${by}人，${least}至${most}個工作天`, `${by} reviewer${by === 1 ? '' : 's'}, ${least} to ${most} working day${most === 1 ? '' : 's'}`))],
  [everyone, words('按哪里的工作日', '依哪裡的工作天', 'the calendar of the review'), ({ calendar: { region, zone, hours } }) => alike(`${region}, ${zone}${hours === undefined ? '' : `, ${hours.opens}–${hours.closes}`}`)],
  [everyone, words('邮件确认', '郵件確認', 'confirming by mail'), ({ confirmation }) => {
    if (confirmation === null) return words('不需要', '不需要', 'not asked for');
    const { hours, again } = confirmation;
    const once = words(`${hours}小时内`, `${hours}小時內`, `within ${hours} hour${hours === 1 ? '' : 's'}`);
    return again === undefined ? once : words(`${once['zh-CN']}，${again.afterDays}天后再确认一次，限${again.withinDays}天内`, `${once['zh-TW']}，${again.afterDays}天後再確認一次，限${again.withinDays}天內`, `${once.en}, and again ${again.afterDays} day${again.afterDays === 1 ? '' : 's'} later, within ${again.withinDays}`);
  }],
  [everyone, words('服务到什么时候', '服務到什麼時候', 'when service ends'), say.endOfService],
  [everyone, words('提交后冻结什么', '送出後凍結什麼', 'what is frozen from receipt on'), say.frozen],
  [hasMonth, words('月费算到什么时候', '月費算到什麼時候', 'when billing ends'), say.endOfBilling],
  [everyone, words('停用后可以恢复的时间', '停用後可以恢復的時間', 'the time in which everything can be undone'), (pack) => days(pack.recoverableDays)],
  [everyone, words('执行的步骤', '執行的步驟', 'what is carried out'), (pack) => listed(pack.steps.map((step) => say.steps[step]))],
  [everyone, words('号码停用多久', '門號停用多久', 'how long the number rests'), (pack) => counted(pack.quarantineDays, '天', '天', 'day')],
  [everyone, words('号码属于哪里', '門號屬於哪裡', 'whose numbering plan the numbers are of'), ({ numbersOf }) => (numbersOf === undefined ? words('没有说', '沒有說', 'not said') : alike(numbersOf))],
  [hasDraft, words('保留多久', '保留多久', 'how long it is kept'), (pack) => days(pack.draftDays)],
  [hasCredit, words('余额', '餘額', 'the credit'), (pack) => say.credit[pack.settlement.credit]],
  [hasCredit, words('可以选', '可以選', 'choices'), (pack) => (pack.settlement.choices.length === 0 ? none : or(pack.settlement.choices.map((one) => say.choices[one])))],
  [words('有退款的人', '有退款的人', 'whoever gets a refund'), words('多久到账', '多久入帳', 'how long it takes'), (pack) => workingDays(pack.settlement.refundWorkingDays)],
  [words('还有账单或绑定设备的人', '還有帳單或綁定裝置的人', 'whoever leaves bills or devices behind'), words('清理费', '清理費', 'the clean-up fee'), (pack) => alike(amountInWords({ minor: pack.settlement.cleanUpFeeMinor, currency: pack.currency }))],
  [proves, words('可用的证件', '可用的證件', 'documents taken'), (pack) => listed(pack.identity.documents.map((one) => say.documents[one]))],
  [proves, words('要证明到什么程度', '要證明到什麼程度', 'how surely they must be known'), ({ identity }) => say.levels[identity.level]],
  [proves, words('证明方式', '證明方式', 'proofs'), say.waysInWords],
  [proves, words('账户资料', '帳戶資料', 'the account’s data'), (pack) => (pack.identity.confirmAccount ? words('先列出并确认', '先列出並確認', 'shown and confirmed') : words('不问', '不問', 'not asked'))],
  [proves, words('设备', '裝置', 'the device'), (pack) => (pack.identity.device ? words('要填型号和号码', '要填型號與號碼', 'model and numbers asked') : words('不问', '不問', 'not asked'))],
];

/** Lists whose items are told apart by an id. */
const lists = {
  reasons: [everyone, words('可选的原因', '可選的原因', 'a reason to choose')],
  preparation: [everyone, words('一项准备', '一項準備', 'a point of preparation')],
  consequences: [everyone, words('一项要确认的后果', '一項要確認的後果', 'a consequence to acknowledge')],
  agreements: [everyone, words('一份要签的文件', '一份要簽的文件', 'a document to sign')],
  linkedServices: [words('开了这项服务的人', '開了這項服務的人', 'whoever has that service'), words('一项随线路终止的服务', '一項隨門號終止的服務', 'a service that ends with the line')],
  outsideAccounts: [everyone, words('一个要解绑的外部账户', '一個要解除綁定的外部帳戶', 'an account elsewhere to unbind')],
  social: [everyone, words('一个官方社交账号', '一個官方社群帳號', 'an official account elsewhere')],
  afterwards: [words('注销之后的人', '註銷之後的人', 'whoever has cancelled'), words('一条事后建议', '一條事後建議', 'a piece of advice afterwards')],
  refusals: [reviewers, words('一条拒绝的理由', '一條拒絕的理由', 'a ground to refuse')],
  materials: [reviewers, words('一种可要求的材料', '一種可要求的材料', 'a material to ask for')],
  questions: [everyone, words('一个问答', '一個問答', 'a question answered')],
  eligibility: [everyone, words('一条规则', '一條規則', 'a rule')],
} as const satisfies Record<ListName, readonly [Text, Text]>;

export const diffPacks = (before: Pack, after: Pack): readonly PolicyChange[] => [
  ...terms.flatMap(([whom, what, value]) => changed(whom, what, value(before), value(after))),
  ...answers(before, after),
  ...(Object.keys(lists) as ListName[]).flatMap((list) => listChanges(list, before, after)),
  ...noticeChanges(before, after),
  ...Object.keys({ ...before.regionNotes, ...after.regionNotes }).flatMap((region) => changed(
    region === '*' ? words('其他地区的用户', '其他地區的用戶', 'subscribers in every other region') : words(`${region} 的用户`, `${region} 的用戶`, `subscribers in ${region}`),
    words('地区说明', '地區說明', 'the note on their region'), before.regionNotes[region], after.regionNotes[region])),
];

const same = (one: Text | undefined, other: Text | undefined): boolean => JSON.stringify(one) === JSON.stringify(other);
const changed = (whom: Text, what: Text, from: Text | undefined, to: Text | undefined): PolicyChange[] =>
  same(from, to) ? [] : [{ whom, what, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];

/** What each kind of line is answered: nothing open, and each thing that can be, alone. */
const answers = (before: Pack, after: Pack): PolicyChange[] => {
  const amount = { minor: 100, currency: before.currency };
  const kinds: readonly (readonly [Text, Partial<LineStanding>])[] = [
    [words('没有待办的人', '沒有待辦的人', 'whoever has nothing open'), {}],
    [words('有未付账单的人', '有未繳帳單的人', 'whoever has an unpaid bill'), { unpaid: [{ id: 'bill', amount, dueOn: '2026-01-01' }] }],
    [words('绑定着设备的人', '綁定著裝置的人', 'whoever has a device bound'), { boundDevices: [{ id: 'device', name: 'device' }] }],
    [hasCredit, { credit: amount }],
    [words('账户正在核查的人', '帳戶正在查核的人', 'whoever’s account is being looked into'), { anomaly: 'fraud-check' }],
  ];
  const answer = (pack: Pack, given: Partial<LineStanding>): Text => {
    const { answer: is, rule } = decide(pack, standingFrom(given, { currency: pack.currency, region: pack.calendar.region }));
    const said = answerInWords[is];
    return is === 'eligible' ? said : words(`${said['zh-CN']}（“${rule}”）`, `${said['zh-TW']}（「${rule}」）`, `${said.en} (“${rule}”)`);
  };
  return kinds.flatMap(([whom, given]) => changed(whom, words('答复', '答覆', 'the answer'), answer(before, given), answer(after, given)));
};

const named = (what: Text, id: string): Text => words(`${what['zh-CN']}“${id}”`, `${what['zh-TW']}「${id}」`, `${what.en}, “${id}”`);

const listChanges = <List extends ListName>(list: List, before: Pack, after: Pack): PolicyChange[] => {
  const [whom, what] = lists[list];
  type Item = Pack[List][number];
  const wordsOf = (item: Item): Text => itemInWords(list, item);
  const byId = (pack: Pack) => new Map<string, Item>((pack[list] as readonly Item[]).map((item) => [item.id, item]));
  const [old, now] = [byId(before), byId(after)];
  const inOrder = [...new Set([...old.keys(), ...now.keys()])].flatMap((id): PolicyChange[] => {
    const [from, to] = [old.get(id), now.get(id)];
    if (from === undefined) return to === undefined ? [] : [{ whom, what: named(what, id), to: wordsOf(to) }];
    if (to === undefined) return [{ whom, what: named(what, id), from: wordsOf(from) }];
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    return [{ whom, what: named(what, id), from: wordsOf(from), to: wordsOf(to) }];
  });
  // The first rule that applies decides, so their order is a rule of its own.
  const moved = inOrder.length === 0 && [...old.keys()].join() !== [...now.keys()].join();
  return moved ? [{ whom, what: words('顺序', '順序', `the order of what is ${what.en}`), from: alike([...old.keys()].join(', ')), to: alike([...now.keys()].join(', ')) }] : inOrder;
};

const parts = { subject: words('邮件标题', '郵件主旨', 'subject of the mail'), text: words('邮件正文', '郵件內文', 'text of the mail'), sms: words('短信', '簡訊', 'SMS'), action: words('按钮', '按鈕', 'button') } as const;

const noticeChanges = (before: Pack, after: Pack): PolicyChange[] =>
  ([...new Set([...Object.keys(before.notices), ...Object.keys(after.notices)])] as (keyof Pack['notices'])[]).flatMap((notice) =>
    (Object.keys(parts) as (keyof typeof parts)[]).flatMap((part) => {
      const [was, is] = [before.notices[notice]?.[part], after.notices[notice]?.[part]];
      const what = words(`通知“${notice}”的${parts[part]['zh-CN']}`, `通知「${notice}」的${parts[part]['zh-TW']}`, `the ${parts[part].en} of the notice “${notice}”`);
      return same(was, is) ? [] : changed(words('收到通知的人', '收到通知的人', 'whoever is told'), what, quote(was), quote(is));
    }));
