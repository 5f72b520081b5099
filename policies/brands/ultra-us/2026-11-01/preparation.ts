import type { PackSource } from '../../../../src/policy/pack.ts';
import { draftDays, site } from './terms.ts';

export const preparation: PackSource['preparation'] = [
  {
    id: 'settle-bills',
    kind: 'settle',
    required: true,
    title: { 'zh-CN': '付清账单', 'zh-TW': '繳清帳單', en: 'Pay what is due' },
    says: {
      'zh-CN': '有未付的账单就不能注销。在这里付清即可，付款后马上生效。',
      'zh-TW': '有未繳的帳單就無法註銷。在這裡繳清即可，付款後立即生效。',
      en: 'A number with unpaid bills can’t be cancelled. You can pay right here; it counts at once.',
    },
  },
  {
    id: 'use-up-credit',
    kind: 'use-up',
    required: false,
    title: { 'zh-CN': '把余额清零', 'zh-TW': '把餘額歸零', en: 'Bring your credit to zero' },
    says: {
      'zh-CN': '注销时余额须为零。您可以先把它用完；用不完的，在申请里选择原路退款。',
      'zh-TW': '註銷時餘額須為零。您可以先把它用完；用不完的，在申請裡選擇退回原付款方式。',
      en: 'Your credit has to be zero at the end. Use it up first; what is left, you have refunded in the application, to the way you paid.',
    },
  },
  {
    id: 'take-data',
    kind: 'take-data',
    required: false,
    title: { 'zh-CN': '备份短信和验证记录', 'zh-TW': '備份簡訊與驗證紀錄', en: 'Back up messages and codes received' },
    says: {
      'zh-CN': '收到的短信、验证码记录和通话记录会随注销永久删除。也请看一看：哪些公司给这个号码发过验证码，它们就是需要换绑的地方。',
      'zh-TW': '收到的簡訊、驗證碼紀錄與通話紀錄會隨註銷永久刪除。也請看一看：哪些公司曾傳驗證碼到這個號碼，它們就是需要更換綁定的地方。',
      en: 'Messages, codes received and call records are deleted for good with the number. Look through them, too: every company that has sent you a code is one whose account you need to change.',
    },
  },
  {
    id: 'other-contact',
    kind: 'advice',
    required: false,
    title: { 'zh-CN': '准备另一个联系方式', 'zh-TW': '準備另一個聯絡方式', en: 'Have another contact ready' },
    says: {
      'zh-CN': '申请时要填一个注销之后仍能收到通知的邮箱或电话，并用验证码核对。正在注销的号码不能用。',
      'zh-TW': '申請時要填一個註銷之後仍能收到通知的電子郵件或電話，並以驗證碼核對。正在註銷的號碼不能用。',
      en: 'We need an e-mail address or phone number that still works afterwards, and confirm it with a code. The number being cancelled won’t do.',
    },
  },
  {
    id: 'stay-safe',
    kind: 'advice',
    required: false,
    title: { 'zh-CN': '只在官方网站办理', 'zh-TW': '只在官方網站辦理', en: 'Only on the official site' },
    says: {
      'zh-CN': `只在 ${site} 办理，不要在公共 Wi-Fi 下操作。我们不会打电话或私信索要密码和验证码。填到一半可以离开，内容保留${draftDays}天。`,
      'zh-TW': `只在 ${site} 辦理，請勿使用公用 Wi-Fi。我們不會打電話或私訊索取密碼與驗證碼。填到一半可以離開，內容保留${draftDays}天。`,
      en: `Cancel only at ${site}, and not over public Wi-Fi. We never ask for a password or a code by phone or direct message. You can leave at any point; what you filled in is kept for ${draftDays} days.`,
    },
  },
];
