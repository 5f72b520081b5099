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
} satisfies JurisdictionSource;
