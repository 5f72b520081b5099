import { terms } from './terms.ts';

const { confirmationHours, recoverableDays, refundWorkingDays } = terms;

export const confirmation = {
  'zh-CN': `提交后会收到一封确认邮件，请在${confirmationHours}小时内点开里面的链接。点了卡才停用；没点，申请失效，一切照旧。`,
  'zh-TW': `送出後會收到一封確認信，請在${confirmationHours}小時內點開裡面的連結。點了卡才停用；沒點，申請失效，一切照舊。`,
  en: `After you apply, a confirmation mail arrives; open its link within ${confirmationHours} hours. Only then is the card switched off. Without it the application lapses and everything stays as it is.`,
};
export const howLong = {
  'zh-CN': `没有人工审核。点开确认邮件的链接后马上停用，${recoverableDays}天后正式关闭；当月月费收到月底。`,
  'zh-TW': `沒有人工審核。點開確認信的連結後馬上停用，${recoverableDays}天後正式關閉；當月月費收到月底。`,
  en: `Nobody reviews it. The card is off as soon as you open the link in the confirmation mail, and closed ${recoverableDays} days later. The running month is charged to its end.`,
};
export const money = {
  says: {
    'zh-CN': `可以用掉，也可以在申请时选择：转到您名下另一张卡，或${refundWorkingDays}个工作日内原路退回。`,
    'zh-TW': `可以用掉，也可以在申請時選擇：轉到您名下另一張卡，或${refundWorkingDays}個工作天內退回原付款方式。`,
    en: `Use it up, or choose when you apply: to another card of yours, or back to the way you paid within ${refundWorkingDays} working days.`,
  },
};
