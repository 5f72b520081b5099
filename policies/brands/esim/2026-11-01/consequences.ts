import type { PackSource } from '../../../../src/policy/pack.ts';
import { quarantineDays, recoverableDays, reviewDays } from './terms.ts';

export const consequences: PackSource['consequences'] = [
  {
    id: 'takes-weeks',
    says: {
      'zh-CN': `审核最长${reviewDays.most}个工作日，再停用${recoverableDays}天。每一步做到哪里，随时看得到；正式注销前可以免费撤回。您所在地区的法律另有规定的，以提交前列出的日期为准。`,
      'zh-TW': `審核最長${reviewDays.most}個工作天，再停用${recoverableDays}天。每一步做到哪裡，隨時看得到；正式註銷前可以免費撤回。您所在地區的法律另有規定時，以送出前列出的日期為準。`,
      en: `Review takes up to ${reviewDays.most} working days, and then the number is off for ${recoverableDays} days. You can see how far each step is, and withdraw free of charge until the cancellation itself. Where the law of your region says otherwise, the dates shown before you apply count.`,
    },
  },
  {
    id: 'no-way-back',
    says: {
      'zh-CN': '注销后 eSIM 和号码都不能恢复，也不能重新激活。',
      'zh-TW': '註銷後 eSIM 與門號都無法恢復，也無法重新啟用。',
      en: 'Once cancelled, neither the eSIM nor the number can be brought back or reactivated.',
    },
  },
  {
    id: 'copy-in-device',
    says: {
      'zh-CN': '设备照常能用。我们撤销平台上的配置文件；已装进设备的副本要您自己在设置里删除。是否已删，我们只说查证到的。',
      'zh-TW': '裝置照常能用。我們撤銷平台上的設定檔；已裝進裝置的副本要您自己在設定裡刪除。是否已刪，我們只說查證到的。',
      en: 'The device goes on working. We cancel the profile on the platform; a copy already in the device is yours to delete in its settings. Whether it is gone, we state only as far as we know.',
    },
  },
  {
    id: 'number-is-given-up',
    says: {
      'zh-CN': `号码停用${quarantineDays}天后可能分配给别人。`,
      'zh-TW': `門號停用${quarantineDays}天後可能分配給別人。`,
      en: `After ${quarantineDays} days the number may be given to someone else.`,
    },
  },
  {
    id: 'data-is-erased',
    says: {
      'zh-CN': '我们保存的通讯录、短信和通话记录会永久删除。',
      'zh-TW': '我們保存的通訊錄、簡訊與通話紀錄會永久刪除。',
      en: 'The contacts, messages and call records that we keep are deleted for good.',
    },
  },
];
