import type { PackSource } from '../../../../src/policy/pack.ts';
import { draftDays, recoverableDays, refundWorkingDays, reviewDays, site } from './terms.ts';

export const preparation: PackSource['preparation'] = [
  {
    id: 'how-long',
    kind: 'advice',
    required: false,
    title: { 'zh-CN': '先看要等多久', 'zh-TW': '先看要等多久', en: 'How long you will wait' },
    says: {
      'zh-CN': `审核${reviewDays.least}到${reviewDays.most}个工作日，之后卡停用${recoverableDays}天，可以免费恢复，然后注销。结果会用邮件或短信告诉您。手机丢了的，提交后马上停卡，不用等审核。您所在地区的法律另有规定的，以提交前列出的日期为准。`,
      'zh-TW': `審核${reviewDays.least}到${reviewDays.most}個工作天，之後卡停用${recoverableDays}天，可以免費恢復，然後註銷。結果會用電子郵件或簡訊告訴您。手機遺失時，送出後馬上停卡，不必等審核。您所在地區的法律另有規定時，以送出前列出的日期為準。`,
      en: `Review takes ${reviewDays.least} to ${reviewDays.most} working days; then the card is off for ${recoverableDays} days, in which you can have it back free of charge, and then cancelled. We tell you by e-mail or SMS. If your phone is lost, the card is barred as soon as you apply, without waiting for the review. Where the law of your region says otherwise, the dates shown before you apply count.`,
    },
  },
  {
    id: 'settle-bills',
    kind: 'settle',
    required: true,
    title: { 'zh-CN': '付清账单', 'zh-TW': '繳清帳單', en: 'Pay what is due' },
    says: { 'zh-CN': '在这里付清，马上生效。', 'zh-TW': '在這裡繳清，立即生效。', en: 'Pay right here; it counts at once.' },
  },
  {
    id: 'unbind-devices',
    kind: 'unbind',
    required: false,
    title: { 'zh-CN': '解绑设备', 'zh-TW': '解除綁定裝置', en: 'Unbind your devices' },
    says: {
      'zh-CN': '手上的设备可以现在解绑。丢失的不用管，注销时一并解绑。',
      'zh-TW': '手邊的裝置可以現在解除綁定。遺失的不用管，註銷時一併解除。',
      en: 'Unbind the devices you have at hand. A lost one needs nothing from you; it is unbound with the card.',
    },
  },
  {
    id: 'empty-cloud',
    kind: 'advice',
    required: false,
    title: { 'zh-CN': '取回云端的文件', 'zh-TW': '取回雲端的檔案', en: 'Fetch your files from the cloud' },
    says: {
      'zh-CN': '云存储和音乐订阅随卡结束。请先把云端的照片和文件下载到自己的设备。',
      'zh-TW': '雲端儲存空間與音樂訂閱會隨卡結束。請先把雲端的照片與檔案下載到自己的裝置。',
      en: 'Cloud storage and the music subscription end with the card. First download your photos and files to a device of your own.',
    },
  },
  {
    id: 'take-data',
    kind: 'take-data',
    required: false,
    title: { 'zh-CN': '下载通讯录和记录', 'zh-TW': '下載通訊錄與紀錄', en: 'Download contacts and records' },
    says: { 'zh-CN': '注销后永久删除，谁也找不回来。', 'zh-TW': '註銷後永久刪除，誰也找不回來。', en: 'They are deleted for good with the card; nobody can bring them back.' },
  },
  {
    id: 'use-up-credit',
    kind: 'use-up',
    required: false,
    title: { 'zh-CN': '余额', 'zh-TW': '餘額', en: 'Credit' },
    says: {
      'zh-CN': `没用完的在注销后${refundWorkingDays}个工作日内原路退回。`,
      'zh-TW': `沒用完的在註銷後${refundWorkingDays}個工作天內退回原付款方式。`,
      en: `What is left goes back to the way you paid within ${refundWorkingDays} working days of the cancellation.`,
    },
  },
  {
    id: 'stay-safe',
    kind: 'advice',
    required: false,
    title: { 'zh-CN': '只在官方渠道办理', 'zh-TW': '只在官方管道辦理', en: 'Only through us' },
    says: {
      'zh-CN': `只在 ${site} 或我们的应用里办理，不要用公共 Wi-Fi。客服不会索要密码和验证码。填到一半可以离开，内容保留${draftDays}天。`,
      'zh-TW': `只在 ${site} 或我們的應用程式裡辦理，請勿使用公用 Wi-Fi。客服不會索取密碼與驗證碼。填到一半可以離開，內容保留${draftDays}天。`,
      en: `Cancel only at ${site} or in our app, and not over public Wi-Fi. We never ask for a password or a code. You can leave at any point; what you filled in is kept for ${draftDays} days.`,
    },
  },
];
