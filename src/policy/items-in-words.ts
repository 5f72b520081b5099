/** An item of a pack's lists in words: its texts, and what of it is no text. For the people who decide on policy. Pure. */
import { languages, type Condition, type Pack, type Remedy, type Text } from './pack.ts';
import { alike, each, listed, words } from './policy-words.ts';

type Lists = Pick<Pack, 'reasons' | 'preparation' | 'consequences' | 'agreements' | 'linkedServices' | 'outsideAccounts' | 'social' | 'afterwards' | 'refusals' | 'materials' | 'questions' | 'eligibility'>;
export type ListName = keyof Lists;
type ItemOf<List extends ListName> = Pack[List][number];

export const answers: Record<ItemOf<'eligibility'>['answer'], Text> = { eligible: words('可以继续', '可以繼續', 'can go on'), 'not-yet': words('暂时不能继续', '暫時不能繼續', 'can’t go on yet'), never: words('不能注销', '不能註銷', 'can’t cancel') };

const kinds: Record<ItemOf<'preparation'>['kind'], Text> = {
  'stop-using': words('停止使用', '停止使用', 'stop using it'), settle: words('付清账单', '繳清帳單', 'settle bills'), 'use-up': words('用完余额', '用完餘額', 'use up credit'),
  unbind: words('解绑设备', '解除綁定裝置', 'unbind devices'), 'take-data': words('下载数据', '下載資料', 'take data along'), advice: words('只是提醒', '只是提醒', 'advice'),
};
export const remedies: Record<Remedy, Text> = {
  'pay-bill': words('付账单', '繳帳單', 'pay the bill'), 'unbind-device': words('解绑设备', '解除綁定裝置', 'unbind the device'), 'take-data': words('下载数据', '下載資料', 'take the data along'),
  'contact-support': words('联系客服', '聯絡客服', 'contact support'), 'use-credit': words('用完余额', '用完餘額', 'use up the credit'),
};
const facts: Record<Exclude<keyof Condition, 'regions'>, Record<'some' | 'none', Text>> = {
  unpaid: { some: words('有未付账单', '有未繳帳單', 'a bill is unpaid'), none: words('没有未付账单', '沒有未繳帳單', 'no bill is unpaid') },
  boundDevices: { some: words('绑定着设备', '綁定著裝置', 'a device is bound'), none: words('没有绑定设备', '沒有綁定裝置', 'no device is bound') },
  anomaly: { some: words('账户正在核查', '帳戶正在查核', 'the account is being looked into'), none: words('账户没有异常', '帳戶沒有異常', 'nothing is unusual about the account') },
  credit: { some: words('还有余额', '還有餘額', 'credit is left'), none: words('没有余额', '沒有餘額', 'no credit is left') },
};
const conditions = (when: Condition): Text[] => [
  ...(['unpaid', 'boundDevices', 'anomaly', 'credit'] as const).flatMap((name) => (when[name] === undefined ? [] : [facts[name][when[name]]])),
  ...(when.regions === undefined ? [] : [words(`住在 ${when.regions.join('、')}`, `住在 ${when.regions.join('、')}`, `lives in ${when.regions.join(', ')}`)]),
];
const always = words('没有条件', '沒有條件', 'whatever else');
const named = (name: Text, value: Text): Text => words(`${name['zh-CN']}：${value['zh-CN']}`, `${name['zh-TW']}：${value['zh-TW']}`, `${name.en}: ${value.en}`);

/** What of an item is no text and no id; every field of every list is in here or is a text. */
const besides: { readonly [List in ListName]?: (item: ItemOf<List>) => readonly Text[] } = {
  reasons: ({ barsAtOnce }) => (barsAtOnce ? [words('收到申请即停用', '收到申請即停用', 'switches the line off at once')] : []),
  preparation: ({ kind, required }) => [kinds[kind], required ? words('必须完成', '必須完成', 'has to be done') : words('可以跳过', '可以略過', 'can be skipped')],
  linkedServices: ({ provider }) => [alike(provider)],
  social: ({ handle }) => [alike(handle)],
  eligibility: ({ when, answer, remedy, source }) => [
    named(words('条件', '條件', 'where'), conditions(when).length === 0 ? always : listed(conditions(when), '，且', ' and ')), answers[answer],
    ...(remedy === undefined ? [] : [named(words('办法', '辦法', 'remedy'), remedies[remedy])]), ...(source === undefined ? [] : [named(words('依据', '依據', 'source'), alike(source))]),
  ],
};

const isText = (value: unknown): value is Text => typeof value === 'object' && value !== null && languages.every((language) => language in value);

/** Its texts one after the other, then the rest in brackets. */
export const itemInWords = <List extends ListName>(list: List, item: ItemOf<List>): Text => {
  const texts = Object.values(item).filter(isText);
  const rest = besides[list]?.(item) ?? [];
  return each((language) => {
    const said = texts.map((text) => text[language]).join(language === 'en' ? ' – ' : '——');
    if (rest.length === 0) return said;
    const more = rest.map((text) => text[language]).join(language === 'en' ? '; ' : '；');
    return language === 'en' ? `${said} (${more})` : `${said}（${more}）`;
  });
};
