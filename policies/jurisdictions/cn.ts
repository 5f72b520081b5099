import type { JurisdictionSource } from '../../src/policy/jurisdiction.ts';

/** Mainland China. */
export default {
  id: 'cn',
  validFrom: '2021-11-01',
  zone: 'Asia/Shanghai',
  name: { 'zh-CN': '中国内地', 'zh-TW': '中國大陸', en: 'mainland China' },
  regions: ['CN'],
  deadlines: [{
    of: 'review',
    most: 15,
    count: 'working',
    says: {
      'zh-CN': '需要人工处理的注销申请，最长15个工作日内完成核查和处理。',
      'zh-TW': '需要人工處理的註銷申請，最長15個工作天內完成核查與處理。',
      en: 'A cancellation that people have to handle is checked and dealt with within 15 working days at most.',
    },
    source: '《App违法违规收集使用个人信息行为认定方法》（国信办秘字〔2019〕191号）第六条；2026年1月10日《互联网应用程序个人信息收集使用规定（征求意见稿）》同为15个工作日',
    mark: 'second-hand',
  }],
  forbiddenProofs: [
    {
      proof: 'face-photo',
      says: {
        'zh-CN': '注销时不得要求新的人脸照片，核验以注册、使用时已有的信息为限。',
        'zh-TW': '註銷時不得要求新的人臉照片，核驗以註冊、使用時已有的資料為限。',
        en: 'No new photo of the face may be asked for; checking keeps to what was given when registering and using the service.',
      },
      source: '《互联网应用程序个人信息收集使用规定（征求意见稿）》，2026年1月10日。草案，尚未施行；在此先行遵守',
      mark: 'read',
    },
    {
      proof: 'document-in-hand',
      says: {
        'zh-CN': '注销时不得要求手持证件拍照。',
        'zh-TW': '註銷時不得要求手持證件拍照。',
        en: 'No photo with the document in hand may be asked for.',
      },
      source: '《互联网应用程序个人信息收集使用规定（征求意见稿）》，2026年1月10日。草案，尚未施行；在此先行遵守',
      mark: 'read',
    },
  ],
  numberRests: {
    leastDays: 90,
    says: {
      'zh-CN': '号码注销后至少停用90天，才能分配给别人。',
      'zh-TW': '號碼註銷後至少停用90天，才能分配給別人。',
      en: 'A number rests for at least 90 days before it is given to somebody else.',
    },
    source: '工业和信息化部关于电话号码冷冻期的要求；未核对原文',
    mark: 'second-hand',
  },
  keeps: [{
    id: 'registration',
    what: { 'zh-CN': '实名登记资料', 'zh-TW': '實名登記資料', en: 'Registration records (name, document)' },
    until: { kind: 'months', months: 24 },
    says: {
      'zh-CN': '停止服务后，实名登记信息至少保存两年；期间只封存，不作他用。',
      'zh-TW': '停止服務後，實名登記資料至少保存兩年；期間只封存、不作他用。',
      en: 'Registration records are kept for at least two years after the service ends, locked away and used for nothing else.',
    },
    source: '《电话用户真实身份信息登记规定》（工业和信息化部令第25号）；《个人信息保护法》第四十七条',
    mark: 'read',
  }],
  duties: [
    {
      id: 'any-province',
      says: {
        'zh-CN': '不在号码归属地，也可以注销。',
        'zh-TW': '不在號碼歸屬地，也可以註銷。',
        en: 'A number can be cancelled from outside its home province.',
      },
      source: '工业和信息化部关于异地销号的要求；未核对原文',
      mark: 'second-hand',
    },
    {
      id: 'remind-to-unbind',
      says: {
        'zh-CN': '注销前提醒解绑其他应用，可以用“一证通查”查看名下号码、用“二次号码焕新”清除旧绑定。',
        'zh-TW': '註銷前提醒解除綁定其他應用，可以用「一證通查」查看名下號碼、用「二次號碼煥新」清除舊綁定。',
        en: 'Subscribers are reminded to unbind other apps; public services show which numbers they hold and clear old bindings.',
      },
      source: '工业和信息化部“一证通查”“二次号码焕新”服务；未核对原文',
      mark: 'second-hand',
    },
  ],
  dataRequests: [{
    of: ['copy', 'erase'],
    within: { days: 30 },
    says: {
      'zh-CN': '查阅、复制、删除个人信息的要求，三十天内答复。',
      'zh-TW': '查閱、複製、刪除個人資訊的要求，三十天內答覆。',
      en: 'Requests to see, copy or delete personal information are answered within thirty days.',
    },
    source: '《个人信息保护法》第五十条；GB/T 35273-2020 第8.7条（推荐性国家标准）；未核对原文',
    mark: 'to-be-checked',
  }],
} satisfies JurisdictionSource;
