import { terms } from './terms.ts';

const { confirmationHours, recoverableDays, refundWorkingDays, reviewDays } = terms;

export const confirmation = {
  'zh-CN': `需要身份证件。提交后会收到一封确认邮件，请在${confirmationHours}小时内点开链接；没点，申请失效，一切照旧。`,
  'zh-TW': `需要身分證件。送出後會收到一封確認信，請在${confirmationHours}小時內點開連結；沒點，申請失效，一切照舊。`,
  en: `An identity document is needed. After you apply, a confirmation mail arrives; open its link within ${confirmationHours} hours, or the application lapses and everything stays as it is.`,
};
export const howLong = {
  'zh-CN': `两位审核人员先后核对，${reviewDays.least}到${reviewDays.most}个工作日；之后停用${recoverableDays}天，然后关闭。`,
  'zh-TW': `兩位審核人員先後核對，${reviewDays.least}到${reviewDays.most}個工作天；之後停用${recoverableDays}天，然後關閉。`,
  en: `Two reviewers check it one after the other, ${reviewDays.least} to ${reviewDays.most} working days; then the card is off for ${recoverableDays} days and closed.`,
};
export const money = {
  says: {
    'zh-CN': `可以用掉；没用完的在关闭后${refundWorkingDays}个工作日内原路退回。`,
    'zh-TW': `可以用掉；沒用完的在關閉後${refundWorkingDays}個工作天內退回原付款方式。`,
    en: `Use it up; what is left goes back to the way you paid within ${refundWorkingDays} working days of the closing.`,
  },
};
