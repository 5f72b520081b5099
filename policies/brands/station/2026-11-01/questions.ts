import type { PackSource } from '../../../../src/policy/pack.ts';
import { quarantineDays, recoverableDays, reviewDays } from './terms.ts';

export const questions: PackSource['questions'] = [
  {
    id: 'lost-phone',
    question: { 'zh-CN': '手机丢了，怎么最快停卡？', 'zh-TW': '手機遺失了，怎麼最快停卡？', en: 'My phone is lost. How do I stop the card at once?' },
    answer: {
      'zh-CN': '原因选“设备丢失”，提交后马上停用。手机找到了，在正式注销前撤回，卡就恢复。',
      'zh-TW': '原因選「裝置遺失」，送出後馬上停用。手機找到了，在正式註銷前撤回，卡就恢復。',
      en: 'Choose “Lost device” as the reason: the card is barred when you apply. If the phone turns up, withdraw before the cancellation, and the card works again.',
    },
  },
  {
    id: 'how-long',
    question: { 'zh-CN': '要多久？', 'zh-TW': '需要多久？', en: 'How long does it take?' },
    answer: {
      'zh-CN': `审核${reviewDays.least}到${reviewDays.most}个工作日，再停用${recoverableDays}天后注销。提交前会列出您这次的日期。您所在地区的法律另有规定的，以提交前列出的日期为准。`,
      'zh-TW': `審核${reviewDays.least}到${reviewDays.most}個工作天，再停用${recoverableDays}天後註銷。送出前會列出您這次的日期。您所在地區的法律另有規定時，以送出前列出的日期為準。`,
      en: `Review takes ${reviewDays.least} to ${reviewDays.most} working days, and the cancellation follows after ${recoverableDays} days switched off. Your own dates are shown before you apply. Where the law of your region says otherwise, the dates shown before you apply count.`,
    },
  },
  {
    id: 'charges',
    question: { 'zh-CN': '费用收到哪一天？', 'zh-TW': '費用收到哪一天？', en: 'Until when am I charged?' },
    answer: {
      'zh-CN': '提交申请后不再有新的消费；月费按天算到注销那天。之后若还出账单，我们会查出来并退还。',
      'zh-TW': '送出申請後不再有新的消費；月費按日計算到註銷當天。之後若還出帳單，我們會查出來並退還。',
      en: 'Nothing new can be bought once you have applied; the monthly charge runs by days to the day of the cancellation. A bill after that is found and paid back.',
    },
  },
  {
    id: 'services',
    question: { 'zh-CN': '云存储和音乐订阅呢？', 'zh-TW': '雲端儲存空間與音樂訂閱呢？', en: 'What about cloud storage and music?' },
    answer: {
      'zh-CN': '随卡一起结束，不用另外取消。结束的日期写在状态页上。请先取回云端的文件。',
      'zh-TW': '隨卡一起結束，不必另外取消。結束的日期寫在狀態頁上。請先取回雲端的檔案。',
      en: 'They end with the card; you don’t have to cancel them. The status page says on which day. Fetch your files first.',
    },
  },
  {
    id: 'number',
    question: { 'zh-CN': '号码以后怎么样？', 'zh-TW': '號碼以後怎麼樣？', en: 'What becomes of the number?' },
    answer: {
      'zh-CN': `先停用${quarantineDays}天，再回到号码池。这期间谁也拿不到它。`,
      'zh-TW': `先停用${quarantineDays}天，再回到號碼池。這段期間誰也拿不到它。`,
      en: `It rests for ${quarantineDays} days, when nobody can have it, and then goes back to the pool.`,
    },
  },
  {
    id: 'support',
    question: { 'zh-CN': '半夜也有客服吗？', 'zh-TW': '半夜也有客服嗎？', en: 'Is support there at night?' },
    answer: {
      'zh-CN': '有，全天 24 小时。在申请页留言即可，回复也在那里，可以一并下载保存。',
      'zh-TW': '有，全天 24 小時。在申請頁留言即可，回覆也在那裡，可以一併下載保存。',
      en: 'Yes, round the clock. Write in the messages of your case; the answers stand there, too, and can be downloaded with it.',
    },
  },
];
