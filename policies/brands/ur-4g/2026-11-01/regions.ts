import type { PackSource } from '../../../../src/policy/pack.ts';
import { registrationYears, reviewDays } from './terms.ts';

export const regionNotes: PackSource['regionNotes'] = {
  CN: {
    'zh-CN': `您在中国内地：审核最长${reviewDays.most}个工作日，按国务院公布的放假和调休安排计算。不用刷脸，也不用手持证件拍照；人在外省也可以办。实名登记资料依法留存${registrationYears}年。`,
    'zh-TW': `您在中國大陸：審核最長${reviewDays.most}個工作天，依國務院公布的放假與補班安排計算。不必刷臉，也不必手持證件拍照；人在外省也可以辦。實名登記資料依法留存${registrationYears}年。`,
    en: `You live in mainland China: review takes at most ${reviewDays.most} working days by the State Council’s calendar. No face scan and no photo with a document in hand; you can cancel from any province. Registration records are kept for ${registrationYears} years by law.`,
  },
  TW: {
    'zh-CN': '您在台湾：预付余额全额退回，不收手续费。',
    'zh-TW': '您在臺灣：預付餘額全額退還，不收手續費。',
    en: 'You live in Taiwan: prepaid credit is refunded in full, without a charge.',
  },
  '*': {
    'zh-CN': `审核最长${reviewDays.most}个工作日，按中国内地的工作日计算。您所在地区的法律给您更多权利的，以当地法律为准。`,
    'zh-TW': `審核最長${reviewDays.most}個工作天，依中國大陸的工作日計算。您所在地區的法律給您更多權利時，以當地法律為準。`,
    en: `Review takes at most ${reviewDays.most} working days, reckoned by mainland China’s calendar. Where the law of your country gives you more rights, the law prevails.`,
  },
};
