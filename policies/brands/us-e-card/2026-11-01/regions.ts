import type { PackSource } from '../../../../src/policy/pack.ts';
import type { Terms } from './terms.ts';

export const regionNotes = ({ quarantineDays }: Terms): PackSource['regionNotes'] => ({
  US: {
    'zh-CN': `您在美国：在线办的卡可以在线关闭，不用打电话，也不会用优惠挽留您。号码停用${quarantineDays}天后才会重新分配。`,
    'zh-TW': `您在美國：線上辦的卡可以線上關閉，不必打電話，也不會用優惠挽留您。號碼停用${quarantineDays}天後才會重新分配。`,
    en: `You live in the United States: what you started online you can end online, without a call and without being shown offers to stay. The number rests for ${quarantineDays} days before it is given out again.`,
  },
  CN: {
    'zh-CN': '您在中国内地：人不在美国也可以在线办理，不用刷脸。期限按美国联邦工作日计算，页面上的日期已换算好。',
    'zh-TW': '您在中國大陸：人不在美國也可以線上辦理，不必刷臉。期限依美國聯邦工作日計算，頁面上的日期已經換算好。',
    en: 'You live in mainland China: you can close it online from outside the United States, without a face scan. Deadlines go by the US federal calendar; the dates we show already allow for that.',
  },
  '*': {
    'zh-CN': '期限按美国联邦工作日计算。您所在地区的法律给您更多权利的，以当地法律为准。',
    'zh-TW': '期限依美國聯邦工作日計算。您所在地區的法律給您更多權利時，以當地法律為準。',
    en: 'Deadlines go by the US federal calendar. Where the law of your country gives you more rights, the law prevails.',
  },
});
