import type { PackSource } from '../../../../src/policy/pack.ts';
import { quarantineDays, recoverableDays, refundWorkingDays, registrationYears } from './terms.ts';

/** Read aloud by support on the phone, so each is one breath long. */
export const consequences: PackSource['consequences'] = [
  {
    id: 'nothing-works',
    says: {
      'zh-CN': '审核通过后不能打电话，不能收发短信，不能上网。',
      'zh-TW': '審核通過後不能打電話，不能收發簡訊，不能上網。',
      en: 'After approval there are no calls, no messages and no data.',
    },
  },
  {
    id: 'no-way-back',
    says: {
      'zh-CN': `停用满${recoverableDays}天后账户关闭，卡不能恢复或重新激活。在那之前可以免费撤回。您所在地区的法律另有规定的，以提交前列出的日期为准。`,
      'zh-TW': `停用滿${recoverableDays}天後帳戶關閉，卡無法恢復或重新啟用。在那之前可以免費撤回。您所在地區的法律另有規定時，以送出前列出的日期為準。`,
      en: `After ${recoverableDays} days switched off the account closes, and the card can’t be brought back or reactivated. Until then you can withdraw free of charge. Where the law of your region says otherwise, the dates shown before you apply count.`,
    },
  },
  {
    id: 'data-is-erased',
    says: {
      'zh-CN': `个人资料会删除；实名登记资料依法留存${registrationYears}年，只封存，不作他用。`,
      'zh-TW': `個人資料會刪除；實名登記資料依法留存${registrationYears}年，只封存、不作他用。`,
      en: `Your personal data is deleted. Registration records are kept for ${registrationYears} years because the law says so, locked away and used for nothing else.`,
    },
  },
  {
    id: 'number-is-given-up',
    says: {
      'zh-CN': `号码停用${quarantineDays}天后可能分配给别人。绑定它的账号请先换绑。`,
      'zh-TW': `號碼停用${quarantineDays}天後可能分配給別人。綁定它的帳號請先更換。`,
      en: `After ${quarantineDays} days the number may be given to someone else. Change the accounts that use it first.`,
    },
  },
  {
    id: 'money',
    says: {
      'zh-CN': `注销免费。余额先抵欠费，剩下的${refundWorkingDays}个工作日内原路退回。`,
      'zh-TW': `註銷免費。餘額先抵欠費，剩下的${refundWorkingDays}個工作天內退回原付款方式。`,
      en: `Cancelling is free. Credit first pays what you owe; the rest goes back to the way you paid within ${refundWorkingDays} working days.`,
    },
  },
];

export const afterwards: PackSource['afterwards'] = [
  {
    id: 'passwords',
    says: {
      'zh-CN': '把用过同一密码的账号都换成新密码，每个账号用不同的。',
      'zh-TW': '把用過同一密碼的帳號都換成新密碼，每個帳號用不同的。',
      en: 'Give every account that shared this password a new one of its own.',
    },
  },
  {
    id: 'two-factor',
    says: {
      'zh-CN': '打开两步验证，优先用验证器应用或通行密钥，少用短信。',
      'zh-TW': '開啟兩步驟驗證，優先使用驗證器應用程式或通行金鑰，少用簡訊。',
      en: 'Turn on two-factor sign-in, with an authenticator app or a passkey rather than SMS.',
    },
  },
  {
    id: 'watch-bills',
    says: {
      'zh-CN': '留意下个月的扣款。注销之后若再收到我们的账单，请马上告诉我们，一定退还。',
      'zh-TW': '留意下個月的扣款。註銷之後若再收到我們的帳單，請馬上告訴我們，一定退還。',
      en: 'Look at next month’s charges. Should a bill from us come after the end, tell us at once: you get it back.',
    },
  },
];
