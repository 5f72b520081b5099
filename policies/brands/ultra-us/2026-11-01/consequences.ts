import type { PackSource } from '../../../../src/policy/pack.ts';
import { quarantineDays, recoverableDays } from './terms.ts';

export const consequences: PackSource['consequences'] = [
  {
    id: 'no-way-back',
    says: {
      'zh-CN': `审核通过后有${recoverableDays}天可以免费撤回；之后号码和账户都不能恢复，也不能重新激活。您所在地区的法律另有规定的，以提交前列出的日期为准。`,
      'zh-TW': `審核通過後有${recoverableDays}天可以免費撤回；之後號碼與帳戶都無法恢復，也無法重新啟用。您所在地區的法律另有規定時，以送出前列出的日期為準。`,
      en: `For ${recoverableDays} days after approval you can undo this free of charge. Then neither the number nor the account can be brought back or reactivated. Where the law of your region says otherwise, the dates shown before you apply count.`,
    },
  },
  {
    id: 'codes-stop',
    says: {
      'zh-CN': '审核通过后马上收不到短信和验证码，也不能打国际电话。还靠它登录的账号可能再也进不去。',
      'zh-TW': '審核通過後立即收不到簡訊與驗證碼，也無法撥打國際電話。還靠它登入的帳號可能再也進不去。',
      en: 'From approval on there are no messages, no codes and no international calls. You may lose access to accounts that still rely on it.',
    },
  },
  {
    id: 'number-is-given-up',
    says: {
      'zh-CN': `号码停用${quarantineDays}天后可能分配给别人。新机主会收到发给这个号码的验证码。`,
      'zh-TW': `號碼停用${quarantineDays}天後可能分配給別人。新的使用者會收到傳給這個號碼的驗證碼。`,
      en: `After ${quarantineDays} days the number may be given to someone else, who will then receive any code sent to it.`,
    },
  },
  {
    id: 'data-is-erased',
    says: {
      'zh-CN': '短信、验证记录和通话记录会永久删除。法律要求留存的账单只封存，到期删除。',
      'zh-TW': '簡訊、驗證紀錄與通話紀錄會永久刪除。法律要求留存的帳單只封存，到期刪除。',
      en: 'Messages, codes received and call records are deleted for good. Bills that the law makes us keep are locked away and deleted when their time is up.',
    },
  },
];
