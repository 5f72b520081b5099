import { confirmAgain, terms } from './terms.ts';

const { confirmationHours, recoverableDays, refundWorkingDays, reviewDays } = terms;
const { afterDays, withinDays } = confirmAgain;

export const confirmation = {
  'zh-CN': `要确认两次：先在${confirmationHours}小时内点开第一封邮件的链接；${afterDays}天后会再来一封，请在${withinDays}天内点开。少了一次，申请失效，一切照旧。`,
  'zh-TW': `要確認兩次：先在${confirmationHours}小時內點開第一封信的連結；${afterDays}天後會再來一封，請在${withinDays}天內點開。少了一次，申請失效，一切照舊。`,
  en: `You confirm twice: open the link of the first mail within ${confirmationHours} hours; ${afterDays} days later another comes, to be opened within ${withinDays} days. If either is missing, the application lapses and everything stays as it is.`,
};
export const howLong = {
  'zh-CN': `审核${reviewDays.least}到${reviewDays.most}个工作日，加上两次邮件确认，之后停用${recoverableDays}天，然后关闭。月费按天算到提交当天。`,
  'zh-TW': `審核${reviewDays.least}到${reviewDays.most}個工作天，加上兩次郵件確認，之後停用${recoverableDays}天，然後關閉。月費按日計算到送出當天。`,
  en: `Review takes ${reviewDays.least} to ${reviewDays.most} working days, with two confirmations by mail; then the card is off for ${recoverableDays} days and closed. The monthly charge is reckoned by days, up to the day on which you apply.`,
};
export const money = {
  says: {
    'zh-CN': `申请时请选择：转到您名下另一张卡，或${refundWorkingDays}个工作日内原路退回。不选就不能提交，余额不会悄悄作废。`,
    'zh-TW': `申請時請選擇：轉到您名下另一張卡，或${refundWorkingDays}個工作天內退回原付款方式。不選就無法送出，餘額不會悄悄失效。`,
    en: `You choose when you apply: to another card of yours, or back to the way you paid within ${refundWorkingDays} working days. The application asks for it, so nothing is quietly forfeited.`,
  },
};
