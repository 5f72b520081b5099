import type { PackSource } from '../../../../src/policy/pack.ts';
import { draftDays, refundWorkingDays, site } from './terms.ts';

/** Before the start: what is open on this very line, in the order in which it is best done. */
export const preparation: PackSource['preparation'] = [
  {
    id: 'stop-using',
    kind: 'stop-using',
    required: false,
    title: { 'zh-CN': '先停用这张卡', 'zh-TW': '先停用這張卡', en: 'Stop using the card' },
    says: {
      'zh-CN': '请先在各台设备上换用其他网络，再关闭这张卡的移动数据。这样不会产生新的费用，断网时也不会措手不及。',
      'zh-TW': '請先在各台裝置上改用其他網路，再關閉這張卡的行動數據。這樣不會產生新的費用，斷網時也不會措手不及。',
      en: 'Move each device to another network first, then turn off mobile data for this card. That way nothing new is charged, and no device is caught without a connection.',
    },
  },
  {
    id: 'settle-bills',
    kind: 'settle',
    required: true,
    title: { 'zh-CN': '付清账单', 'zh-TW': '繳清帳單', en: 'Pay what is due' },
    says: {
      'zh-CN': '有未付的账单就不能注销。在这里付清即可，付款后马上生效。',
      'zh-TW': '有未繳的帳單就無法註銷。在這裡繳清即可，付款後立即生效。',
      en: 'A card with unpaid bills can’t be cancelled. You can pay right here; it counts at once.',
    },
  },
  {
    id: 'unbind-devices',
    kind: 'unbind',
    required: true,
    title: { 'zh-CN': '解绑所有设备', 'zh-TW': '解除綁定所有裝置', en: 'Unbind every device' },
    says: {
      'zh-CN': '一张卡可以用在几台设备上，需要全部解绑。解绑后，请在设备的设置里也删除这张 eSIM。',
      'zh-TW': '一張卡可以用在多台裝置上，需要全部解除綁定。解除後，請在裝置的設定裡也刪除這張 eSIM。',
      en: 'One card can serve several devices; all of them have to be unbound. Afterwards, please also delete the eSIM in the settings of each device.',
    },
  },
  {
    id: 'use-up-credit',
    kind: 'use-up',
    required: false,
    title: { 'zh-CN': '余额和剩余流量', 'zh-TW': '餘額與剩餘流量', en: 'Remaining credit and data' },
    says: {
      'zh-CN': `余额可以先用掉；没用完的会在注销后${refundWorkingDays}个工作日内原路退回。剩余流量不能退款，注销后作废。`,
      'zh-TW': `餘額可以先用掉；沒用完的會在註銷後${refundWorkingDays}個工作天內退回原付款方式。剩餘流量無法退款，註銷後失效。`,
      en: `You can use up your credit first; what is left goes back to the way you paid within ${refundWorkingDays} working days of the cancellation. Unused data can’t be refunded and ends with the card.`,
    },
  },
  {
    id: 'take-data',
    kind: 'take-data',
    required: false,
    title: { 'zh-CN': '下载您的数据', 'zh-TW': '下載您的資料', en: 'Download your data' },
    says: {
      'zh-CN': '通讯录、短信和通话记录会随注销永久删除，之后谁也无法找回。需要的话，请现在下载一份。',
      'zh-TW': '通訊錄、簡訊與通話紀錄會隨註銷永久刪除，之後誰也無法找回。需要的話，請現在下載一份。',
      en: 'Contacts, messages and call records are deleted for good when the card is cancelled; nobody can bring them back. If you want them, take a copy now.',
    },
  },
  {
    id: 'unbind-accounts',
    kind: 'advice',
    required: false,
    title: { 'zh-CN': '给其他账号换绑手机号', 'zh-TW': '為其他帳號更換綁定的手機號碼', en: 'Change the number in your other accounts' },
    says: {
      'zh-CN': '银行、支付、社交等账号如果用这个号码登录或收验证码，请先换成别的号码。号码以后会分配给别人。',
      'zh-TW': '銀行、支付、社群等帳號若用這個號碼登入或收驗證碼，請先換成其他號碼。號碼日後會分配給別人。',
      en: 'If a bank, payment or social account uses this number to sign you in or to send codes, change it there first. Later the number will be given to someone else.',
    },
  },
  {
    id: 'stay-safe',
    kind: 'advice',
    required: false,
    title: { 'zh-CN': '在安全的网络下办理', 'zh-TW': '在安全的網路下辦理', en: 'Use a network you trust' },
    says: {
      'zh-CN': `只在 ${site} 办理，不要在公共 Wi-Fi 下填写身份信息。我们不会打电话或在聊天软件里索要密码和验证码。填到一半可以离开，内容保留${draftDays}天。`,
      'zh-TW': `只在 ${site} 辦理，請勿在公用 Wi-Fi 下填寫身分資料。我們不會打電話或在通訊軟體裡索取密碼與驗證碼。填到一半可以離開，內容保留${draftDays}天。`,
      en: `Cancel only at ${site}, and not over public Wi-Fi. We never ask for a password or a code by phone or chat. You can leave at any point; what you filled in is kept for ${draftDays} days.`,
    },
  },
];
