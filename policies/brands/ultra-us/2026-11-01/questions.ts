import type { PackSource } from '../../../../src/policy/pack.ts';
import { quarantineDays, recoverableDays, refundWorkingDays, reviewDays } from './terms.ts';

export const questions: PackSource['questions'] = [
  {
    id: 'how-long',
    question: { 'zh-CN': '要多久？', 'zh-TW': '需要多久？', en: 'How long does it take?' },
    answer: {
      'zh-CN': `审核通常几小时，最长${reviewDays.most}个工作日。通过后号码先停用${recoverableDays}天，可以免费恢复，之后正式注销。您所在地区的法律另有规定的，以提交前列出的日期为准。`,
      'zh-TW': `審核通常幾小時，最長${reviewDays.most}個工作天。通過後號碼先停用${recoverableDays}天，可以免費恢復，之後正式註銷。您所在地區的法律另有規定時，以送出前列出的日期為準。`,
      en: `Review usually takes hours, at most ${reviewDays.most} working days. Then the number is switched off for ${recoverableDays} days, during which you can have it back free of charge, and only then cancelled. Where the law of your region says otherwise, the dates shown before you apply count.`,
    },
  },
  {
    id: 'refund',
    question: { 'zh-CN': '余额怎么办？', 'zh-TW': '餘額怎麼辦？', en: 'What about my credit?' },
    answer: {
      'zh-CN': `注销时余额须为零：先用完，或在申请里选择退款，${refundWorkingDays}个工作日内原路退回，不收手续费。`,
      'zh-TW': `註銷時餘額須為零：先用完，或在申請裡選擇退款，${refundWorkingDays}個工作天內退回原付款方式，不收手續費。`,
      en: `It has to be zero at the end: use it up, or choose in the application to have it refunded to the way you paid within ${refundWorkingDays} working days, free of charge.`,
    },
  },
  {
    id: 'security-question',
    question: { 'zh-CN': '只答对安全问题行不行？', 'zh-TW': '只答對安全性問題可以嗎？', en: 'Is my security question enough?' },
    answer: {
      'zh-CN': '不行。安全问题的答案别人也可能知道，只能和验证码一起用。验证码发到您登记的邮箱或另一部电话。',
      'zh-TW': '不行。安全性問題的答案別人也可能知道，只能搭配驗證碼使用。驗證碼會傳到您登記的電子郵件或另一支電話。',
      en: 'No. Others may know the answer, so it only adds to a code. The code goes to the e-mail address or other phone that you registered.',
    },
  },
  {
    id: 'change-my-mind',
    question: { 'zh-CN': '点错了怎么办？', 'zh-TW': '按錯了怎麼辦？', en: 'What if I clicked by mistake?' },
    answer: {
      'zh-CN': '提交前有一页让您逐项核对。提交之后，到正式注销前都可以免费撤回，页面上写着最晚到什么时候。',
      'zh-TW': '送出前有一頁讓您逐項核對。送出之後，到正式註銷前都可以免費撤回，頁面上寫著最晚到什麼時候。',
      en: 'Before sending you check every answer on one page. After sending you can withdraw free of charge until the cancellation itself; the page says until when.',
    },
  },
  {
    id: 'it-failed',
    question: { 'zh-CN': '没有通过怎么办？', 'zh-TW': '沒有通過怎麼辦？', en: 'What if it is refused?' },
    answer: {
      'zh-CN': '我们会写明原因和办法。您可以申诉，也可以在线留言、寄信或通过官方社交账号联系我们；都归到同一份申请。',
      'zh-TW': '我們會寫明原因與辦法。您可以申訴，也可以線上留言、寄信或透過官方社群帳號聯絡我們；都歸到同一份申請。',
      en: 'We say why and what to do. You can appeal, write in the message thread, send a letter, or reach our official social account: all of it lands in the same case.',
    },
  },
  {
    id: 'number',
    question: { 'zh-CN': '号码会给别人吗？', 'zh-TW': '號碼會給別人嗎？', en: 'Will someone else get the number?' },
    answer: {
      'zh-CN': `停用${quarantineDays}天后可能会。所以请先把银行、支付、社交等账号逐个换绑。`,
      'zh-TW': `停用${quarantineDays}天後可能會。所以請先把銀行、支付、社群等帳號逐一更換綁定。`,
      en: `It may, after ${quarantineDays} days. That is why every bank, payment and social account is gone through first.`,
    },
  },
];
