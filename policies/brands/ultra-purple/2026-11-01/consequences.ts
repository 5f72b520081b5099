import type { PackSource } from '../../../../src/policy/pack.ts';
import { cleanUpFee, quarantineDays, refundWorkingDays } from './terms.ts';

/** Acknowledged one by one before anything is sent. */
export const consequences: PackSource['consequences'] = [
  {
    id: 'no-way-back',
    says: {
      'zh-CN': '注销完成后，这张卡不能恢复，也不能重新激活。如果这是您的最后一张卡，账户会一起关闭，不能再登录。想再使用只能重新办卡，原号码不能保留。',
      'zh-TW': '註銷完成後，這張卡無法恢復，也無法重新啟用。如果這是您的最後一張卡，帳戶會一併關閉，無法再登入。想再使用只能重新辦卡，原號碼無法保留。',
      en: 'Once cancelled, the card can’t be brought back or reactivated. If it is your last card, the account closes with it and you can’t sign in any more. To use the service again you need a new card, and you can’t keep the number.',
    },
  },
  {
    id: 'devices-go-offline',
    says: {
      'zh-CN': '审核通过后，所有设备都会断网：不能上网、通话，也收不到短信和验证码。如果有等待期，期间可以免费恢复；日期会在提交前列出。',
      'zh-TW': '審核通過後，所有裝置都會斷網：無法上網、通話，也收不到簡訊與驗證碼。如果有等待期，期間可以免費恢復；日期會在提交前列出。',
      en: 'After approval every device goes offline: no data, no calls, no messages, no codes. If there is a waiting period, you can undo this free of charge until it ends; the dates are shown before you send the application.',
    },
  },
  {
    id: 'data-is-erased',
    says: {
      'zh-CN': '通讯录、短信和通话记录会永久删除，无法找回。法律要求留存的资料只封存，到期删除。',
      'zh-TW': '通訊錄、簡訊與通話紀錄會永久刪除，無法找回。法律要求留存的資料只封存，到期刪除。',
      en: 'Contacts, messages and call records are deleted for good and can’t be recovered. What the law makes us keep is locked away and deleted when its time is up.',
    },
  },
  {
    id: 'number-is-given-up',
    says: {
      'zh-CN': `号码会停用${quarantineDays}天，之后可能分配给别人。还用这个号码的账号，请您自行换绑。`,
      'zh-TW': `號碼會停用${quarantineDays}天，之後可能分配給別人。仍使用這個號碼的帳號，請您自行更換綁定。`,
      en: `The number rests for ${quarantineDays} days and may then be given to someone else. Accounts that still use it are yours to change.`,
    },
  },
  {
    id: 'money',
    says: {
      'zh-CN': `注销免费。余额在注销后${refundWorkingDays}个工作日内原路退回，剩余流量作废。只有在注销时仍有未付账单或未解绑的设备，才收 ${cleanUpFee} 清理费。`,
      'zh-TW': `註銷免費。餘額在註銷後${refundWorkingDays}個工作天內退回原付款方式，剩餘流量失效。只有在註銷時仍有未繳帳單或未解除綁定的裝置，才收 ${cleanUpFee} 清理費。`,
      en: `Cancelling is free. Credit goes back to the way you paid within ${refundWorkingDays} working days; unused data ends. A clean-up fee of ${cleanUpFee} is charged only if bills are still unpaid or devices still bound when the card is cancelled.`,
    },
  },
];
