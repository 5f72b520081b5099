import type { PackSource } from '../../../../src/policy/pack.ts';
import type { Terms } from './terms.ts';

type Consequence = PackSource['consequences'][number];

/** `confirmation` says what has to be confirmed, and until when: there the carriers differ. */
export const consequences = ({ carrierName, recoverableDays, quarantineDays }: Terms, confirmation: Consequence['says']): PackSource['consequences'] => [
  { id: 'one-more-step', says: confirmation },
  {
    id: 'no-network',
    says: {
      'zh-CN': `卡停用后，设备不再有 ${carrierName} 网络。需要的话，请先换好别的网络。`,
      'zh-TW': `卡停用後，裝置不再有 ${carrierName} 網路。需要的話，請先換好其他網路。`,
      en: `Once the card is off, the device has no ${carrierName} network. Switch to another first if you need one.`,
    },
  },
  {
    id: 'frozen',
    says: {
      'zh-CN': '从提交起，这张卡不再有新的消费和购买，也不能充值。',
      'zh-TW': '從送出起，這張卡不再有新的消費與購買，也不能儲值。',
      en: 'From the moment you apply, nothing new is charged or bought on this card, and it can’t be topped up.',
    },
  },
  {
    id: 'no-way-back',
    says: {
      'zh-CN': `停用后${recoverableDays}天内可以免费恢复，服务和费用都照旧。之后账户关闭，不能恢复或重新激活。您所在地区的法律另有规定的，以提交前列出的日期为准。`,
      'zh-TW': `停用後${recoverableDays}天內可以免費恢復，服務與費用都照舊。之後帳戶關閉，無法恢復或重新啟用。您所在地區的法律另有規定時，以送出前列出的日期為準。`,
      en: `For ${recoverableDays} days after it is switched off you can have it back, with services and charges as they were. Then the account closes and can’t be brought back or reactivated. Where the law of your region says otherwise, the dates shown before you apply count.`,
    },
  },
  {
    id: 'number-is-given-up',
    says: {
      'zh-CN': `号码停用${quarantineDays}天后可能分配给别人；短信和记录会永久删除。`,
      'zh-TW': `號碼停用${quarantineDays}天後可能分配給別人；簡訊與紀錄會永久刪除。`,
      en: `After ${quarantineDays} days the number may be given to someone else; messages and records are deleted for good.`,
    },
  },
];
