import type { PackSource } from '../../../../src/policy/pack.ts';
import { brand } from './brand.ts';
import type { Terms } from './terms.ts';

export const questions = ({ carrierName, confirmationHours, recoverableDays, quarantineDays }: Terms, howLong: PackSource['questions'][number]['answer']): PackSource['questions'] => [
  { id: 'how-long', question: { 'zh-CN': '要多久？', 'zh-TW': '需要多久？', en: 'How long does it take?' }, answer: howLong },
  {
    id: 'no-mail',
    question: { 'zh-CN': '没收到确认邮件？', 'zh-TW': '沒收到確認信？', en: 'No confirmation mail?' },
    answer: {
      'zh-CN': `先看垃圾邮件，发件人是 ${brand.addresses.mail}。链接${confirmationHours}小时内有效，只能用一次；到期前会提醒一次，过期则申请失效，卡照常使用，可以重新申请。`,
      'zh-TW': `先看垃圾郵件，寄件人是 ${brand.addresses.mail}。連結${confirmationHours}小時內有效，只能用一次；到期前會提醒一次，逾期則申請失效，卡照常使用，可以重新申請。`,
      en: `Look in your spam folder; it comes from ${brand.addresses.mail}. The link holds for ${confirmationHours} hours and works once. We remind you before it ends; after that the application lapses, the card goes on as before, and you can apply again.`,
    },
  },
  {
    id: 'recovery',
    question: { 'zh-CN': '关闭后还能恢复吗？', 'zh-TW': '關閉後還能恢復嗎？', en: 'Can I get it back?' },
    answer: {
      'zh-CN': `停用后${recoverableDays}天内可以，免费，一切照旧。到期前我们会再提醒一次。之后不能。您所在地区的法律另有规定的，以提交前列出的日期为准。`,
      'zh-TW': `停用後${recoverableDays}天內可以，免費，一切照舊。到期前我們會再提醒一次。之後不能。您所在地區的法律另有規定時，以送出前列出的日期為準。`,
      en: `Within ${recoverableDays} days of its being switched off, yes: free of charge, with everything as it was. We remind you once before that ends. After that, no. Where the law of your region says otherwise, the dates shown before you apply count.`,
    },
  },
  {
    id: 'which-carrier',
    question: { 'zh-CN': '我的卡是哪家网络？', 'zh-TW': '我的卡是哪家網路？', en: 'Which network is my card on?' },
    answer: {
      'zh-CN': `${carrierName}。各家网络的步骤不同，这里显示的就是您这张卡的。`,
      'zh-TW': `${carrierName}。各家網路的步驟不同，這裡顯示的就是您這張卡的。`,
      en: `${carrierName}. The steps differ by network; those shown here are your card’s.`,
    },
  },
  {
    id: 'fake-sites',
    question: { 'zh-CN': '怎么分辨假网站？', 'zh-TW': '怎麼分辨假網站？', en: 'How do I tell a fake site?' },
    answer: {
      'zh-CN': '看地址栏：官方地址列在这里，一个字母都不差才是。不要点搜索广告里的链接，也不要在电话里念验证码。',
      'zh-TW': '看網址列：官方地址列在這裡，一個字母都不差才是。不要點搜尋廣告裡的連結，也不要在電話裡唸驗證碼。',
      en: 'By the address bar: it must match the official address listed here to the letter. Don’t follow links in search ads, and never read a code out on the phone.',
    },
  },
  {
    id: 'number',
    question: { 'zh-CN': '号码会给别人用吗？', 'zh-TW': '號碼會給別人用嗎？', en: 'Will someone else get my number?' },
    answer: {
      'zh-CN': `停用${quarantineDays}天后可能会。`,
      'zh-TW': `停用${quarantineDays}天後可能會。`,
      en: `It may, after ${quarantineDays} days.`,
    },
  },
  {
    id: 'keep-mails',
    question: { 'zh-CN': '邮件要留着吗？', 'zh-TW': '郵件要留著嗎？', en: 'Should I keep the mails?' },
    answer: {
      'zh-CN': '建议留着，连同注销证明。我们这边的往来也都在申请页，可以一并下载。',
      'zh-TW': '建議留著，連同註銷證明。我們這邊的往來也都在申請頁，可以一併下載。',
      en: 'We suggest it, with the certificate. Everything that passed between us also stands on the page of your case and can be downloaded.',
    },
  },
];
