import type { JurisdictionSource } from '../../src/policy/jurisdiction.ts';

/** Hong Kong. How long registration records are kept after deregistration could not be confirmed: nothing is claimed of it here. */
export default {
  id: 'hk',
  validFrom: '2022-03-01',
  zone: 'Asia/Hong_Kong',
  name: { 'zh-CN': '香港', 'zh-TW': '香港', en: 'Hong Kong' },
  regions: ['HK'],
  deadlines: [{
    of: 'end',
    most: 1,
    count: 'calendar',
    says: {
      'zh-CN': '提出申请后一个自然日之内必须取消 SIM 卡的登记，周末和公众假期照算。',
      'zh-TW': '提出申請後一個日曆天之內必須取消 SIM 卡的登記，週末和公眾假期照算。',
      en: 'A SIM card has to be deregistered within one calendar day of the request, weekends and holidays included.',
    },
    source: 'Communications Authority, Guidelines on Real-name Registration for SIM Cards (GN-15/2021), clause 5.6.5: “no more than one calendar day after receiving the request”; under Cap. 106AI. Read as quoted by others; counsel to confirm.',
    mark: 'second-hand',
  }],
  dataRequests: [{
    of: ['copy'],
    within: { days: 40 },
    says: {
      'zh-CN': '查阅个人资料的要求，四十天内依从。',
      'zh-TW': '查閱個人資料的要求，四十天內依從。',
      en: 'A data access request is complied with within forty days.',
    },
    source: 'Personal Data (Privacy) Ordinance (Cap. 486) s. 19(1)',
    mark: 'to-be-checked',
  }],
} satisfies JurisdictionSource;
