import type { PackSource } from '../../../../src/policy/pack.ts';
import { cleanUpFee, quarantineDays, recoverableDays, refundWorkingDays, reviewDays } from './terms.ts';

export const questions: PackSource['questions'] = [
  {
    id: 'how-long',
    question: { 'zh-CN': '要多久？', 'zh-TW': '需要多久？', en: 'How long does it take?' },
    answer: {
      'zh-CN': `审核一般需要${reviewDays.least}到${reviewDays.most}个工作日，从收到申请的次日算起；等您补充材料的时间不计。审核通过后卡先停用${recoverableDays}天，这期间可以免费恢复，之后才正式注销。您所在地区如有不同，准备页上会写明。`,
      'zh-TW': `審核一般需要${reviewDays.least}到${reviewDays.most}個工作天，從收到申請的次日算起；等您補件的時間不計。審核通過後卡會先停用${recoverableDays}天，這段期間可以免費恢復，之後才正式註銷。您所在地區若有不同，準備頁上會寫明。`,
      en: `Review usually takes ${reviewDays.least} to ${reviewDays.most} working days, counted from the day after we receive your application; time spent waiting for your material does not count. Once approved, the card is switched off for ${recoverableDays} days, during which you can have it back free of charge. Only then is it cancelled. If your region differs, the preparation page says so.`,
    },
  },
  {
    id: 'is-it-free',
    question: { 'zh-CN': '注销收费吗？', 'zh-TW': '註銷要收費嗎？', en: 'Does it cost anything?' },
    answer: {
      'zh-CN': `不收费。只有在注销时仍有未付账单或未解绑的设备，才收 ${cleanUpFee} 清理费；有没有这笔费用，提交前的预览会列出来。`,
      'zh-TW': `不收費。只有在註銷時仍有未繳帳單或未解除綁定的裝置，才收 ${cleanUpFee} 清理費；有沒有這筆費用，送出前的預覽會列出來。`,
      en: `No. A clean-up fee of ${cleanUpFee} exists only if bills are still unpaid or devices still bound when the card is cancelled. The preview shows it before you send anything.`,
    },
  },
  {
    id: 'refund',
    question: { 'zh-CN': '余额怎么退？', 'zh-TW': '餘額怎麼退？', en: 'How do I get my credit back?' },
    answer: {
      'zh-CN': `注销后${refundWorkingDays}个工作日内原路退回，不需要另外申请。如有应付的费用，先从余额里抵扣。剩余流量不能退款。`,
      'zh-TW': `註銷後${refundWorkingDays}個工作天內退回原付款方式，不必另外申請。如有應付的費用，會先從餘額扣抵。剩餘流量無法退款。`,
      en: `It goes back to the way you paid within ${refundWorkingDays} working days of the cancellation; you don’t have to ask for it. Anything you owe is taken from it first. Unused data can’t be refunded.`,
    },
  },
  {
    id: 'change-my-mind',
    question: { 'zh-CN': '反悔了怎么办？', 'zh-TW': '改變心意怎麼辦？', en: 'What if I change my mind?' },
    answer: {
      'zh-CN': '正式注销之前随时可以撤回，一切照旧，不收费。页面上一直写着最晚到什么时候。',
      'zh-TW': '正式註銷之前隨時可以撤回，一切照舊，不收費。頁面上一直寫著最晚到什麼時候。',
      en: 'You can withdraw at any time before the cancellation itself. Everything goes on as before, free of charge. The page always says until when.',
    },
  },
  {
    id: 'reactivation',
    question: { 'zh-CN': '注销以后还能恢复吗？', 'zh-TW': '註銷以後還能恢復嗎？', en: 'Can a cancelled card be reactivated?' },
    answer: {
      'zh-CN': '不能。注销完成后，卡和号码都不能恢复；如果是最后一张卡，账户也随之关闭。之后仍可以用申请编号和验证码查看结果、下载注销证明。只是暂时不用的话，可以不注销，先把卡放着。',
      'zh-TW': '不能。註銷完成後，卡和號碼都無法恢復；如果是最後一張卡，帳戶也隨之關閉。之後仍可以用申請編號和驗證碼查看結果、下載註銷證明。如果只是暫時不用，可以不註銷，先把卡放著。',
      en: 'No. Once cancelled, neither the card nor the number can come back, and with your last card the account closes too. You can still look up the outcome and download the certificate with your application number and a one-time code. If you only want a break, you can keep the card and not use it.',
    },
  },
  {
    id: 'devices',
    question: { 'zh-CN': '我的设备会怎么样？', 'zh-TW': '我的裝置會怎麼樣？', en: 'What happens to my devices?' },
    answer: {
      'zh-CN': '设备本身不受影响，只是不能再用这张卡联网，请换用 Wi-Fi 或别的卡。设备里的 eSIM 配置文件我们不能远程删除，请在系统设置的“蜂窝网络”或“SIM 卡”里自行删除；留着也不能再用。',
      'zh-TW': '裝置本身不受影響，只是不能再用這張卡連網，請改用 Wi-Fi 或其他卡。裝置裡的 eSIM 設定檔我們無法遠端刪除，請在系統設定的「行動服務」或「SIM 卡」中自行刪除；留著也無法再使用。',
      en: 'The devices themselves stay as they are; they just can’t go online with this card any more, so use Wi-Fi or another card. We can’t delete the eSIM profile inside a device. Please delete it in the device’s settings, under Cellular or SIM; if it stays, it no longer works.',
    },
  },
  {
    id: 'number',
    question: { 'zh-CN': '号码会给别人用吗？', 'zh-TW': '號碼會給別人用嗎？', en: 'Will someone else get my number?' },
    answer: {
      'zh-CN': `注销后先停用${quarantineDays}天，之后可能分配给别人。请在注销前把用它登录或收验证码的账号换绑。`,
      'zh-TW': `註銷後先停用${quarantineDays}天，之後可能分配給別人。請在註銷前，把用它登入或收驗證碼的帳號換成其他號碼。`,
      en: `It rests for ${quarantineDays} days and may then be given to someone else. Before you cancel, change it in every account that uses it to sign you in or send you codes.`,
    },
  },
  {
    id: 'data',
    question: { 'zh-CN': '我的数据什么时候删除？', 'zh-TW': '我的資料什麼時候刪除？', en: 'When is my data deleted?' },
    answer: {
      'zh-CN': '通讯录、短信和通话记录在注销完成后永久删除，之前可以下载。法律要求留存的实名登记资料和账单只封存，不作他用，到期删除。',
      'zh-TW': '通訊錄、簡訊與通話紀錄在註銷完成後永久刪除，之前可以下載。法律要求留存的實名登記資料與帳單只封存、不作他用，到期刪除。',
      en: 'Contacts, messages and call records are deleted for good once the card is cancelled; you can download them before. Registration records and bills that the law makes us keep are locked away, used for nothing else, and deleted when their time is up.',
    },
  },
];
