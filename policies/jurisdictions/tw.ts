import type { JurisdictionSource } from '../../src/policy/jurisdiction.ts';

/** Taiwan. How long subscriber data is kept could not be confirmed: nothing is claimed of it here. */
export default {
  id: 'tw',
  validFrom: '2020-07-01',
  zone: 'Asia/Taipei',
  name: { 'zh-CN': '台湾', 'zh-TW': '臺灣', en: 'Taiwan' },
  regions: ['TW'],
  creditRefunded: {
    says: {
      'zh-CN': '预付卡没用完的余额（赠送的除外）可以转到别的号码，或者退还。',
      'zh-TW': '預付卡沒用完的餘額（贈送的除外）可以轉到其他門號，或辦理退費。',
      en: 'What is left on a prepaid card, gifts apart, can be moved to another number or is given back.',
    },
    source: '國家通訊傳播委員會103年3月18日新聞稿：預付卡餘額得轉入其他門號或退費；現行定型化契約規定未核對',
    mark: 'second-hand',
  },
  dataRequests: [
    {
      of: ['copy'],
      within: { days: 15 },
      extension: { days: 15 },
      says: {
        'zh-CN': '查询、复制个人资料的请求，十五天内决定；必要时可以再延十五天，并书面说明原因。',
        'zh-TW': '查詢、複製個人資料的請求，十五日內准駁；必要時得延長十五日，並以書面說明原因。',
        en: 'A request to see or copy personal data is decided within fifteen days; fifteen more where that is necessary, with the reason in writing.',
      },
      source: '個人資料保護法第13條第1項',
      mark: 'to-be-checked',
    },
    {
      of: ['erase'],
      within: { days: 30 },
      extension: { days: 30 },
      says: {
        'zh-CN': '删除个人资料的请求，三十天内决定；必要时可以再延三十天，并书面说明原因。',
        'zh-TW': '刪除個人資料的請求，三十日內准駁；必要時得延長三十日，並以書面說明原因。',
        en: 'A request to erase personal data is decided within thirty days; thirty more where that is necessary, with the reason in writing.',
      },
      source: '個人資料保護法第13條第2項',
      mark: 'to-be-checked',
    },
  ],
} satisfies JurisdictionSource;
