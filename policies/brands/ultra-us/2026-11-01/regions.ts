import type { PackSource } from '../../../../src/policy/pack.ts';
import { quarantineDays, reviewDays } from './terms.ts';

export const regionNotes: PackSource['regionNotes'] = {
  US: {
    'zh-CN': `您在美国：在线办的号码可以在线注销，不用打电话，也不会用优惠挽留您。号码停用${quarantineDays}天后才会重新分配。`,
    'zh-TW': `您在美國：線上辦的號碼可以線上註銷，不必打電話，也不會用優惠挽留您。號碼停用${quarantineDays}天後才會重新分配。`,
    en: `You live in the United States: what you started online you can end online, without a call and without being shown offers to stay. The number rests for ${quarantineDays} days before it is given out again.`,
  },
  CN: {
    'zh-CN': `您在中国内地：审核最长${reviewDays.most}个工作日，按美国联邦工作日计算，页面上的日期已换算好。不需要刷脸，也不需要手持证件拍照。`,
    'zh-TW': `您在中國大陸：審核最長${reviewDays.most}個工作天，依美國聯邦工作日計算，頁面上的日期已經換算好。不必刷臉，也不必手持證件拍照。`,
    en: `You live in mainland China: review takes at most ${reviewDays.most} working days by the US federal calendar; the dates we show already allow for that. No face scan and no photo with a document in hand is asked for.`,
  },
  '*': {
    'zh-CN': `审核最长${reviewDays.most}个工作日，按美国联邦工作日计算。您所在地区的法律给您更多权利的，以当地法律为准。`,
    'zh-TW': `審核最長${reviewDays.most}個工作天，依美國聯邦工作日計算。您所在地區的法律給您更多權利時，以當地法律為準。`,
    en: `Review takes at most ${reviewDays.most} working days by the US federal calendar. Where the law of your country gives you more rights, the law prevails.`,
  },
};
