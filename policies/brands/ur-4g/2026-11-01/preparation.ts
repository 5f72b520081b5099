import type { PackSource } from '../../../../src/policy/pack.ts';
import { draftDays, phone, refundWorkingDays, site } from './terms.ts';

export const preparation: PackSource['preparation'] = [
  {
    id: 'ask-support',
    kind: 'advice',
    required: false,
    title: { 'zh-CN': '有疑问先问客服', 'zh-TW': '有疑問先問客服', en: 'Not sure? Ask first' },
    says: {
      'zh-CN': `客服可以告诉您有没有未付账单、注销会有什么后果，也可以替您开始申请。电话 ${phone}，或在网站留言；都归到同一份申请，不用重说一遍。`,
      'zh-TW': `客服可以告訴您有沒有未繳帳單、註銷會有什麼後果，也可以替您開始申請。電話 ${phone}，或在網站留言；都歸到同一份申請，不必重說一遍。`,
      en: `Support can tell you about unpaid bills and consequences, and start the application for you. Call ${phone} or write on the site: it is the same case either way, and you don’t have to explain twice.`,
    },
  },
  {
    id: 'settle-bills',
    kind: 'settle',
    required: true,
    title: { 'zh-CN': '付清欠费', 'zh-TW': '繳清欠費', en: 'Settle what you owe' },
    says: {
      'zh-CN': '欠费付清后才能继续。审核期间出了新账单，申请会先停下，付清后接着办。',
      'zh-TW': '欠費繳清後才能繼續。審核期間出了新帳單，申請會先停下，繳清後接著辦。',
      en: 'You can go on once nothing is owed. If a new bill comes during the review, the case waits until it is paid, and then goes on.',
    },
  },
  {
    id: 'use-up-credit',
    kind: 'use-up',
    required: false,
    title: { 'zh-CN': '查一下余额', 'zh-TW': '查一下餘額', en: 'Look at your balance' },
    says: {
      'zh-CN': `剩下的余额在注销后${refundWorkingDays}个工作日内原路退回。`,
      'zh-TW': `剩下的餘額在註銷後${refundWorkingDays}個工作天內退回原付款方式。`,
      en: `What is left goes back to the way you paid within ${refundWorkingDays} working days of the cancellation.`,
    },
  },
  {
    id: 'take-data',
    kind: 'take-data',
    required: false,
    title: { 'zh-CN': '备份通话记录和通讯录', 'zh-TW': '備份通話紀錄與通訊錄', en: 'Back up calls and contacts' },
    says: {
      'zh-CN': '通讯录、短信和通话记录会随注销删除。需要的话，请现在下载一份。',
      'zh-TW': '通訊錄、簡訊與通話紀錄會隨註銷刪除。需要的話，請現在下載一份。',
      en: 'Contacts, messages and call records are deleted with the card. If you want them, take a copy now.',
    },
  },
  {
    id: 'forgotten-data',
    kind: 'advice',
    required: false,
    title: { 'zh-CN': '忘了登录资料', 'zh-TW': '忘了登入資料', en: 'Forgotten your sign-in data?' },
    says: {
      'zh-CN': `号码、邮箱和其他资料会先列给您核对。想不起来的，可在 ${site} 找回，或打 ${phone}；客服用验证码核实，不问生日、住址这类问题。`,
      'zh-TW': `號碼、電子郵件與其他資料會先列給您核對。想不起來時，可在 ${site} 找回，或撥 ${phone}；客服以驗證碼核實，不問生日、住址這類問題。`,
      en: `Your number, e-mail address and other data are shown for you to confirm. What you have forgotten is recovered at ${site} or by calling ${phone}; we check with a code, never by asking for a birthday or an address.`,
    },
  },
  {
    id: 'stay-safe',
    kind: 'advice',
    required: false,
    title: { 'zh-CN': '在安全的网络下办理', 'zh-TW': '在安全的網路下辦理', en: 'Use a network you trust' },
    says: {
      'zh-CN': `只在 ${site} 办理。填到一半可以离开，内容保留${draftDays}天。`,
      'zh-TW': `只在 ${site} 辦理。填到一半可以離開，內容保留${draftDays}天。`,
      en: `Cancel only at ${site}. You can leave at any point; what you filled in is kept for ${draftDays} days.`,
    },
  },
];
