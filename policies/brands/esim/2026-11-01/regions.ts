import type { PackSource } from '../../../../src/policy/pack.ts';
import { reviewDays } from './terms.ts';

export const regionNotes: PackSource['regionNotes'] = {
  TW: {
    'zh-CN': `您在台湾：审核最长${reviewDays.most}个工作日，按行政机关办公日历计算。预付余额全额退回，不收手续费。`,
    'zh-TW': `您在臺灣：審核最長${reviewDays.most}個工作天，依政府行政機關辦公日曆表計算。預付餘額全額退還，不收手續費。`,
    en: `You live in Taiwan: review takes at most ${reviewDays.most} working days by the government’s office calendar. Prepaid credit is refunded in full, without a charge.`,
  },
  CN: {
    'zh-CN': '您在中国内地：不用刷脸，也不用手持证件拍照。审核按台湾的办公日历计算，页面上的日期已换算好。',
    'zh-TW': '您在中國大陸：不必刷臉，也不必手持證件拍照。審核依臺灣的辦公日曆計算，頁面上的日期已經換算好。',
    en: 'You live in mainland China: no face scan and no photo with a document in hand. Review is reckoned by Taiwan’s calendar; the dates we show already allow for that.',
  },
  '*': {
    'zh-CN': `审核最长${reviewDays.most}个工作日，按台湾的办公日历计算。您所在地区的法律给您更多权利的，以当地法律为准。`,
    'zh-TW': `審核最長${reviewDays.most}個工作天，依臺灣的辦公日曆計算。您所在地區的法律給您更多權利時，以當地法律為準。`,
    en: `Review takes at most ${reviewDays.most} working days, reckoned by Taiwan’s calendar. Where the law of your country gives you more rights, the law prevails.`,
  },
};
