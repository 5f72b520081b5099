import type { PackSource } from '../../../../src/policy/pack.ts';
import { quarantineDays, reviewDays } from './terms.ts';

/** What is particular where the subscriber lives, readable on the preparation page. */
export const regionNotes: PackSource['regionNotes'] = {
  CN: {
    'zh-CN': `您在中国内地：审核最长${reviewDays.most}个工作日，按国务院公布的放假和调休安排计算。不用刷脸，也不用手持证件拍照；人在外省也可以在线办理。实名登记资料在服务终止后依法保存两年，只封存，不作他用。`,
    'zh-TW': `您在中國大陸：審核最長${reviewDays.most}個工作天，依國務院公布的放假與補班安排計算。不必刷臉，也不必手持證件拍照；人在外省也可以線上辦理。實名登記資料在服務終止後依法保存兩年，只封存、不作他用。`,
    en: `You live in mainland China: review takes at most ${reviewDays.most} working days, by the State Council’s calendar of holidays and make-up days. No face scan and no photo with your document in hand is asked for, and you can cancel online from any province. Registration records are kept for two years after the service ends, as the law requires; they are locked away and used for nothing else.`,
  },
  HK: {
    'zh-CN': '您在香港：审核在收到申请的次日之内完成，周末和公众假期照算。通过后立即注销，没有等待期，所以一旦通过就不能撤回。',
    'zh-TW': '您在香港：審核在收到申請的次日之內完成，週末和公眾假期照算。通過後立即註銷，沒有等待期，所以一旦通過就不能撤回。',
    en: 'You live in Hong Kong: review is over by the end of the day after we receive your application, weekends and public holidays included. Once approved, the card is cancelled at once; there is no waiting period, so you can’t withdraw after approval.',
  },
  TW: {
    'zh-CN': `您在台湾：预付余额全额退回，不收手续费。审核最长${reviewDays.most}个工作日；审核人员按中国内地的工作日上班，页面上的日期已经算好。`,
    'zh-TW': `您在臺灣：預付餘額全額退還，不收手續費。審核最長${reviewDays.most}個工作天；審核人員依中國大陸的工作日上班，頁面上的日期已經算好。`,
    en: `You live in Taiwan: prepaid credit is refunded in full, without a charge. Review takes at most ${reviewDays.most} working days; our reviewers keep mainland China’s working days, and the dates we show already allow for that.`,
  },
  US: {
    'zh-CN': `您在美国：在线办的卡可以在线注销，不需要打电话，也不会用优惠挽留您。号码停用${quarantineDays}天后才会重新分配。审核按中国内地的工作日计算，页面上的日期已经算好。`,
    'zh-TW': `您在美國：線上辦的卡可以線上註銷，不需要打電話，也不會用優惠挽留您。號碼停用${quarantineDays}天後才會重新分配。審核依中國大陸的工作日計算，頁面上的日期已經算好。`,
    en: `You live in the United States: what you started online you can end online, without a call and without being shown offers to stay. The number rests for ${quarantineDays} days before it is given out again. Review is reckoned in mainland China’s working days, and the dates we show already allow for that.`,
  },
  '*': {
    'zh-CN': `审核最长${reviewDays.most}个工作日，按中国内地的工作日计算，页面上的日期已经算好。您所在地区的法律给您更多权利的，以当地法律为准；有疑问请联系客服。`,
    'zh-TW': `審核最長${reviewDays.most}個工作天，依中國大陸的工作日計算，頁面上的日期已經算好。您所在地區的法律給您更多權利時，以當地法律為準；有疑問請聯絡客服。`,
    en: `Review takes at most ${reviewDays.most} working days, reckoned by mainland China’s calendar; the dates we show already allow for that. Where the law of your country gives you more rights than this page does, the law prevails. If in doubt, ask us.`,
  },
};
