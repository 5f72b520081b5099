import type { PackSource } from '../../../../src/policy/pack.ts';
import { phone, quarantineDays, recoverableDays, refundWorkingDays, registrationYears, reviewDays } from './terms.ts';

export const questions: PackSource['questions'] = [
  {
    id: 'reactivation',
    question: { 'zh-CN': '注销后还能重新激活吗？', 'zh-TW': '註銷後還能重新啟用嗎？', en: 'Can the card be reactivated?' },
    answer: {
      'zh-CN': `停用的${recoverableDays}天内可以免费恢复。之后不能；想再用，请重新购卡，会是新的号码。您所在地区的法律另有规定的，以提交前列出的日期为准。`,
      'zh-TW': `停用的${recoverableDays}天內可以免費恢復。之後不能；想再用，請重新購卡，會是新的號碼。您所在地區的法律另有規定時，以送出前列出的日期為準。`,
      en: `During the ${recoverableDays} days in which it is switched off, yes, free of charge. After that, no: you would buy a new card with a new number. Where the law of your region says otherwise, the dates shown before you apply count.`,
    },
  },
  {
    id: 'refund',
    question: { 'zh-CN': '余额退不退？', 'zh-TW': '餘額退不退？', en: 'Is my balance refunded?' },
    answer: {
      'zh-CN': `退。先抵欠费，剩下的在注销后${refundWorkingDays}个工作日内原路退回。套餐里没用完的流量不退。`,
      'zh-TW': `退。先抵欠費，剩下的在註銷後${refundWorkingDays}個工作天內退回原付款方式。方案裡沒用完的流量不退。`,
      en: `Yes. It first pays what you owe; the rest goes back to the way you paid within ${refundWorkingDays} working days. Unused data of a plan is not refunded.`,
    },
  },
  {
    id: 'erasure',
    question: { 'zh-CN': '我的资料什么时候删除？', 'zh-TW': '我的資料什麼時候刪除？', en: 'When is my data erased?' },
    answer: {
      'zh-CN': `通讯录、短信和通话记录在注销完成时删除。实名登记资料依法留存${registrationYears}年后删除，其间只封存。注销证明上逐项写明。`,
      'zh-TW': `通訊錄、簡訊與通話紀錄在註銷完成時刪除。實名登記資料依法留存${registrationYears}年後刪除，其間只封存。註銷證明上逐項寫明。`,
      en: `Contacts, messages and call records when the card is cancelled. Registration records after the ${registrationYears} years that the law demands, locked away until then. The certificate lists it item by item.`,
    },
  },
  {
    id: 'credit-record',
    question: { 'zh-CN': '会影响信用记录吗？', 'zh-TW': '會影響信用紀錄嗎？', en: 'Does it affect my credit record?' },
    answer: {
      'zh-CN': '正常注销不会。长期不还的欠费可能会被上报，所以我们请您先付清，再注销。',
      'zh-TW': '正常註銷不會。長期不繳的欠費可能會被通報，所以我們請您先繳清，再註銷。',
      en: 'A cancellation does not. Debts left unpaid for long may be reported, which is why everything is settled first.',
    },
  },
  {
    id: 'by-post',
    question: { 'zh-CN': '可以寄纸质申请吗？', 'zh-TW': '可以寄紙本申請嗎？', en: 'Can I apply on paper?' },
    answer: {
      'zh-CN': '可以。表格已替您填好，打印、签名、附上证件复印件寄回，或拍照上传。表上的编码会让它归到您的申请里。',
      'zh-TW': '可以。表格已替您填好，列印、簽名、附上證件影本寄回，或拍照上傳。表上的編碼會讓它歸到您的申請裡。',
      en: 'Yes. The form is filled in for you: print and sign it, enclose a copy of your document and send it back, or upload a picture. The code on it puts it into your case.',
    },
  },
  {
    id: 'how-long',
    question: { 'zh-CN': '要多久？怎么查进度？', 'zh-TW': '需要多久？怎麼查進度？', en: 'How long does it take, and how do I follow it?' },
    answer: {
      'zh-CN': `审核${reviewDays.least}到${reviewDays.most}个工作日。提交后马上有申请编号，凭它可以在网站查，也可以打 ${phone} 问。`,
      'zh-TW': `審核${reviewDays.least}到${reviewDays.most}個工作天。送出後馬上有申請編號，憑它可以在網站查，也可以撥 ${phone} 問。`,
      en: `Review takes ${reviewDays.least} to ${reviewDays.most} working days. You get an application number at once; ask with it on the site or by calling ${phone}.`,
    },
  },
  {
    id: 'number',
    question: { 'zh-CN': '号码会给别人用吗？', 'zh-TW': '號碼會給別人用嗎？', en: 'Will someone else get my number?' },
    answer: {
      'zh-CN': `停用${quarantineDays}天后可能会，所以请先把绑定它的账号换掉。`,
      'zh-TW': `停用${quarantineDays}天後可能會，所以請先更換綁定它的帳號。`,
      en: `It may, after ${quarantineDays} days; so change the accounts that use it first.`,
    },
  },
];
