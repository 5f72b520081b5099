import type { PackSource } from '../../../../src/policy/pack.ts';
import { recoverableDays, refundWorkingDays, reviewDays } from './terms.ts';

export const questions: PackSource['questions'] = [
  {
    id: 'device-afterwards',
    question: { 'zh-CN': '设备还能用吗？', 'zh-TW': '裝置還能用嗎？', en: 'Does my device still work?' },
    answer: {
      'zh-CN': '能。只是不能再用这个号码通话和上网。装上别的卡或连 Wi-Fi，一切照旧。',
      'zh-TW': '能。只是不能再用這個門號通話與上網。裝上其他卡或連 Wi-Fi，一切照舊。',
      en: 'Yes. It just can’t call or go online with this number. With another SIM or Wi-Fi everything is as before.',
    },
  },
  {
    id: 'delete-profile',
    question: { 'zh-CN': '设备里的 eSIM 会自动消失吗？', 'zh-TW': '裝置裡的 eSIM 會自動消失嗎？', en: 'Does the eSIM vanish from my device?' },
    answer: {
      'zh-CN': '不会，我们也不能远程删除。请在系统设置的“蜂窝网络”或“SIM 卡”里删除；没删也联不上网。状态页会写明我们知道的情况。',
      'zh-TW': '不會，我們也無法遠端刪除。請在系統設定的「行動服務」或「SIM 卡」裡刪除；沒刪也連不上網。狀態頁會寫明我們知道的情況。',
      en: 'No, and we can’t delete it from afar. Delete it in the settings, under Cellular or SIM; if it stays, it can’t go online. The status page says what we know about it.',
    },
  },
  {
    id: 'why-so-long',
    question: { 'zh-CN': '为什么要几周？', 'zh-TW': '為什麼要幾週？', en: 'Why does it take weeks?' },
    answer: {
      'zh-CN': `审核${reviewDays.least}到${reviewDays.most}个工作日，核对设备和号码；再停用${recoverableDays}天，让您还能反悔。最后的技术处理只要几分钟，每一步都列在状态页上。您所在地区的法律另有规定的，以提交前列出的日期为准。`,
      'zh-TW': `審核${reviewDays.least}到${reviewDays.most}個工作天，核對裝置與門號；再停用${recoverableDays}天，讓您還能反悔。最後的技術處理只要幾分鐘，每一步都列在狀態頁上。您所在地區的法律另有規定時，以送出前列出的日期為準。`,
      en: `Review takes ${reviewDays.least} to ${reviewDays.most} working days, in which device and number are compared; then come ${recoverableDays} days in which you can still change your mind. The technical part takes minutes; each of its steps stands on the status page. Where the law of your region says otherwise, the dates shown before you apply count.`,
    },
  },
  {
    id: 'signature',
    question: { 'zh-CN': '电子签名有效吗？', 'zh-TW': '電子簽名有效嗎？', en: 'Is the electronic signature valid?' },
    answer: {
      'zh-CN': '签名加一次性验证码，签好的 PDF 防篡改，可以下载保存，也可以用通用的阅读器验证。',
      'zh-TW': '簽名加一次性驗證碼，簽好的 PDF 防竄改，可以下載保存，也可以用通用的閱讀器驗證。',
      en: 'You sign with your name and a one-time code; the signed PDF can’t be altered unnoticed. You can download it and check it with any common reader.',
    },
  },
  {
    id: 'refund',
    question: { 'zh-CN': '余额怎么退？', 'zh-TW': '餘額怎麼退？', en: 'How is credit refunded?' },
    answer: {
      'zh-CN': `注销后${refundWorkingDays}个工作日内原路退回，不用另外申请。`,
      'zh-TW': `註銷後${refundWorkingDays}個工作天內退回原付款方式，不必另外申請。`,
      en: `To the way you paid, within ${refundWorkingDays} working days of the cancellation; you don’t have to ask.`,
    },
  },
  {
    id: 'imei',
    question: { 'zh-CN': 'IMEI 在哪里看？', 'zh-TW': 'IMEI 在哪裡看？', en: 'Where do I find the IMEI?' },
    answer: {
      'zh-CN': '拨号界面输入 *#06#，或在“设置 › 关于本机”。15 位数字，最后一位是校验码，填错会当场提示。',
      'zh-TW': '撥號畫面輸入 *#06#，或在「設定 › 關於本機」。15 位數字，最後一位是檢查碼，填錯會當場提示。',
      en: 'Dial *#06#, or look under Settings, About. It has 15 digits; the last is a check digit, so a slip is noticed at once.',
    },
  },
];
