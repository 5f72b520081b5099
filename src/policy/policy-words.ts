/** The words of a policy's own lists in the three languages: for the people who decide on policy, not for subscribers. */
import type { Pack, Text } from './pack.ts';

/** In the order zh-CN, zh-TW, en. */
export const words = (simplified: string, traditional: string, english: string): Text => ({ 'zh-CN': simplified, 'zh-TW': traditional, en: english });
/** What every language writes alike: names, numbers, addresses. */
export const alike = (text: string): Text => words(text, text, text);
export const each = (make: (language: keyof Text) => string): Text => words(make('zh-CN'), make('zh-TW'), make('en'));

export const none = words('没有', '沒有', 'none');
export const counted = (count: number, simplified: string, traditional: string, english: string): Text =>
  words(`${count}${simplified}`, `${count}${traditional}`, `${count} ${english}${count === 1 ? '' : 's'}`);
export const days = (count: number): Text => (count === 0 ? none : counted(count, '天', '天', 'day'));
export const workingDays = (count: number): Text => counted(count, '个工作日', '個工作天', 'working day');

/** Joined by the same sign, which each language writes its own way. */
export const listed = (items: readonly Text[], chinese = '、', english = ', '): Text => (items.length === 0 ? none : each((language) => items.map((item) => item[language]).join(language === 'en' ? english : chinese)));
export const or = (items: readonly Text[]): Text => each((language) => items.map((item) => item[language]).join(language === 'en' ? ' or ' : '或'));

export const signIn: Record<Pack['signIn'][number], Text> = { phone: words('手机号', '手機號碼', 'phone'), 'user-name': words('用户名', '使用者名稱', 'user name'), 'e-mail': words('邮箱', '電子郵件', 'e-mail') };
export const channels: Record<Pack['channels'][number], Text> = { web: words('网页', '網頁', 'web'), phone: words('电话', '電話', 'phone'), chat: words('在线留言', '線上留言', 'chat'), post: words('邮寄', '郵寄', 'post') };
export const fields: Record<Pack['form'][number]['field'], Text> = { name: words('姓名', '姓名', 'name'), phone: words('电话', '電話', 'phone'), email: words('邮箱', '電子郵件', 'e-mail') };
export const documents: Record<Pack['identity']['documents'][number], Text> = {
  passport: words('护照', '護照', 'passport'), 'national-id': words('身份证', '身分證', 'national identity card'), 'driving-licence': words('驾驶证', '駕照', 'driving licence'), 'residence-permit': words('居留证', '居留證', 'residence permit'),
};
export const proofs: Record<Pack['identity']['proofs'][number][number], Text> = { 'contact-code': words('验证码', '驗證碼', 'one-time code'), document: words('证件', '證件', 'document'), 'security-question': words('安全问题', '安全性問題', 'security question') };
export const levels: Record<Pack['identity']['level'], Text> = {
  basic: words('登录即可', '登入即可', 'the sign-in is enough'),
  confirmed: words('须以登记过的联系方式确认', '須以登記過的聯絡方式確認', 'confirmed by a code to a contact of record'),
  documented: words('须有审核员看过的证件，或纸上的签名', '須有審核員看過的證件，或紙上的簽名', 'an identity document, or a signature on paper, that a reviewer sees'),
};
/** The ways of a pack, each with what it takes together. */
export const waysInWords = ({ identity }: Pick<Pack, 'identity'>): Text => (identity.proofs.length === 0 ? words('登录即可', '登入即可', 'the sign-in is enough') : listed(identity.proofs.map((way) => listed(way.map((one) => proofs[one]), '加', ' with ')), '，或', ', or '));
const freezes: Record<Pack['freeze'][number], Text> = { charges: words('扣费', '扣款', 'charges'), purchases: words('购买', '購買', 'purchases') };
export const frozen = ({ freeze }: Pick<Pack, 'freeze'>): Text => (freeze.length === 0 ? none : listed(freeze.map((what) => freezes[what]), '和', ' and '));
export const choices: Record<Pack['settlement']['choices'][number], Text> = { refund: words('退款', '退款', 'refund'), transfer: words('转到另一张卡', '轉到另一張卡', 'move to another line') };
export const credit: Record<Pack['settlement']['credit'], Text> = { refund: words('退还', '退還', 'given back'), forfeit: words('作废', '失效', 'lost'), 'zero-demanded': words('须先用完', '須先用完', 'to be used up first') };
export const steps: Record<Pack['steps'][number], Text> = {
  'freeze-line': words('冻结新的扣费和购买', '凍結新的扣款與購買', 'freeze new charges and purchases'),
  'bar-line': words('停用线路', '停用門號', 'switch the line off'), 'end-sessions': words('结束连接', '結束連線', 'end its sessions'), 'end-linked-services': words('终止附带服务', '終止附帶服務', 'end linked services'),
  'settle-balance': words('结算', '結算', 'settle the balance'), 'refund-credit': words('退款', '退款', 'refund credit'), 'cancel-esim-order': words('取消 eSIM 订单', '取消 eSIM 訂單', 'cancel the eSIM order'),
  'detach-subscriber': words('断开网络', '中斷網路', 'detach from the network'), 'remove-subscriber': words('从登记中删除', '自登記中刪除', 'remove from the register'), 'stop-billing': words('停止计费', '停止計費', 'stop billing'),
  'quarantine-number': words('冷冻号码', '冷凍門號', 'let the number rest'), 'confirm-silence': words('确认已停', '確認已停', 'check that it is silent'), 'erase-records': words('删除记录', '刪除紀錄', 'erase records'),
  'close-account': words('关闭账户', '關閉帳戶', 'close the account'), 'issue-certificate': words('出具证明', '開立證明', 'issue the certificate'), 'tell-subscriber': words('通知用户', '通知用戶', 'tell the subscriber'),
};

/** When service and billing end, each in a sentence's part. */
export const endOfService = ({ end }: Pick<Pack, 'end'>): Text => {
  if (end.service === 'end-of-term') return end.chosen?.asDeclared
    ? words(`用到已付费的月份结束；用户可以指定是哪个月（${end.chosen.latestDays}天以内）`, `用到已付費的月份結束；用戶可以指定是哪個月（${end.chosen.latestDays}天以內）`, `with the paid month; the subscriber may name which (up to ${end.chosen.latestDays} days ahead)`)
    : words('用到已付费的月份结束', '用到已付費的月份結束', 'with the paid month');
  if (end.service === 'at-once' || end.chosen === undefined) return words('批准后尽快', '核准後盡快', 'as soon as it is approved');
  const { earliestDays: least, latestDays: most } = end.chosen;
  if (end.chosen.asDeclared) return words(`批准后尽快，或用户指定的一天（${most}天以内）：不因审核推迟，过后不收费`, `核准後盡快，或用戶指定的一天（${most}天以內）：不因審核延後，過後不收費`, `as soon as it is approved, or on the day that the subscriber names (up to ${most} days ahead): no review puts it off, and nothing is charged past it`);
  return words(`批准后尽快，或用户选定的一天（提交后${least}至${most}天）`, `核准後盡快，或用戶選定的一天（送出後${least}至${most}天）`, `as soon as it is approved, or on a day that the subscriber chooses (${least} to ${most} days after sending)`);
};
export const endOfBilling = ({ end, settlement }: Pick<Pack, 'end' | 'settlement'>): Text => settlement.period === 'none' ? words('不收月费', '不收月費', 'no monthly fee is reckoned') : {
  'at-once': words('月费按天算到提交当天', '月費按天算到送出當天', 'by days, up to the day of receipt'),
  'with-service': words('月费按天算到选定的最后一天；没有选，算到提交当天', '月費按天算到選定的最後一天；沒有選，算到送出當天', 'by days, up to the chosen last day of service; without one, to the day of receipt'),
  'end-of-term': words('月费算到该月结束', '月費算到該月結束', 'to the end of the paid month'),
}[end.billing];
