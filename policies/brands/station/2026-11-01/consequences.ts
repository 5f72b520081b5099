import type { PackSource } from '../../../../src/policy/pack.ts';
import { quarantineDays, recoverableDays, refundWorkingDays } from './terms.ts';

export const consequences: PackSource['consequences'] = [
  {
    id: 'no-way-back',
    says: {
      'zh-CN': `停用满${recoverableDays}天后，卡和账户都不能恢复，也不能重新激活。在那之前可以免费撤回。您所在地区的法律另有规定的，以提交前列出的日期为准。`,
      'zh-TW': `停用滿${recoverableDays}天後，卡與帳戶都無法恢復，也無法重新啟用。在那之前可以免費撤回。您所在地區的法律另有規定時，以送出前列出的日期為準。`,
      en: `After ${recoverableDays} days switched off, neither card nor account can be brought back or reactivated. Until then you can withdraw free of charge. Where the law of your region says otherwise, the dates shown before you apply count.`,
    },
  },
  {
    id: 'services-end',
    says: {
      'zh-CN': '云存储和音乐订阅一起结束，云端文件会被删除，不再扣费。',
      'zh-TW': '雲端儲存空間與音樂訂閱一併結束，雲端檔案會被刪除，不再扣款。',
      en: 'Cloud storage and the music subscription end, too: files in the cloud are deleted, and nothing more is charged.',
    },
  },
  {
    id: 'goes-offline',
    says: {
      'zh-CN': '审核通过后不能通话、上网，也收不到短信和验证码。选择“设备丢失”的，提交后马上停用。',
      'zh-TW': '審核通過後不能通話、上網，也收不到簡訊與驗證碼。選擇「裝置遺失」時，送出後馬上停用。',
      en: 'After approval there are no calls, no data, no messages and no codes. With “Lost device” that begins as soon as you apply.',
    },
  },
  {
    id: 'back-to-the-pool',
    says: {
      'zh-CN': `号码和卡数量有限：停用${quarantineDays}天后回到号码池，可能分配给别人。`,
      'zh-TW': `號碼與卡數量有限：停用${quarantineDays}天後回到號碼池，可能分配給別人。`,
      en: `Numbers and cards are finite: after ${quarantineDays} days the number goes back to the pool and may be given to someone else.`,
    },
  },
  {
    id: 'money',
    says: {
      'zh-CN': `注销免费。月费按天算到注销那天为止；余额${refundWorkingDays}个工作日内原路退回。`,
      'zh-TW': `註銷免費。月費按日計算到註銷當天為止；餘額${refundWorkingDays}個工作天內退回原付款方式。`,
      en: `Cancelling is free. The monthly charge is reckoned by days up to the day of the cancellation; credit goes back to the way you paid within ${refundWorkingDays} working days.`,
    },
  },
];

export const afterwards: PackSource['afterwards'] = [
  {
    id: 'keep-the-record',
    says: {
      'zh-CN': '把注销证明和完整记录下载保存，以后有疑问时用得上。',
      'zh-TW': '把註銷證明與完整紀錄下載保存，日後有疑問時用得上。',
      en: 'Download the certificate and the full record and keep them, in case a question comes up.',
    },
  },
  {
    id: 'late-bill',
    says: {
      'zh-CN': '注销之后不该再有账单。万一收到，不用付，告诉我们就好；我们自己也会查。',
      'zh-TW': '註銷之後不該再有帳單。萬一收到，不必繳，告訴我們就好；我們自己也會查。',
      en: 'There must be no bill after the end. Should one come, don’t pay it; just tell us. We look for them, too.',
    },
  },
  {
    id: 'lost-device',
    says: {
      'zh-CN': '设备丢了的，也请在设备厂商那里锁定它，并修改重要账号的密码。',
      'zh-TW': '裝置遺失時，也請在裝置廠商那裡鎖定它，並變更重要帳號的密碼。',
      en: 'If the device is lost, also lock it with its maker and change the passwords of important accounts.',
    },
  },
];
