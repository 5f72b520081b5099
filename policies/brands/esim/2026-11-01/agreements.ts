import type { PackSource } from '../../../../src/policy/pack.ts';
import { quarantineDays, recoverableDays, refundWorkingDays } from './terms.ts';

const paragraphs = (...all: string[]): string => all.join('\n\n');

/** Read as it stands, signed, and kept in the case: plain enough to be understood by whoever signs it. */
export const agreements: PackSource['agreements'] = [
  {
    id: 'end-of-service',
    title: { 'zh-CN': '终止服务协议', 'zh-TW': '終止服務協議', en: 'Agreement to end the service' },
    body: {
      'zh-CN': paragraphs(
        '一、终止什么。本人申请终止申请中所列号码的移动通信服务，并关闭与它相连的账户。本人是该号码的登记用户，或经其授权。',
        `二、何时终止。审核通过后，号码先停用${recoverableDays}天。这期间本人可以随时免费撤回，服务恢复原样。期满后服务终止，不能恢复，也不能重新激活。本人所在地区的法律另有规定的，以提交前列出的日期为准。`,
        '三、设备里的配置文件。运营方会撤销平台上的配置文件订单，使其不能再被下载。已经装在设备里的副本，运营方不能远程删除，由本人在设备设置里删除；留在设备里也不能再使用网络。',
        `四、费用。终止服务免费。未付的账单由余额先行抵扣。剩余的余额在终止后${refundWorkingDays}个工作日内原路退回。从收到申请之日起，不再产生新的消费。`,
        `五、号码。号码停用${quarantineDays}天后可能分配给他人。仍绑定该号码的其他账号，由本人自行更换。`,
        '六、个人信息。通讯录、短信和通话记录在终止时删除。法律要求留存的登记资料和账单只封存，期满删除。运营方出具的注销证明逐项列明。',
        '七、本人的权利。签署本协议不放弃法律赋予的任何权利，包括查阅、更正、投诉和起诉的权利。对运营方的决定不服，可以在申请页提出申诉。',
        '八、签署。本人已通读以上内容，用签名和一次性验证码签署。签署后的文件可以随时在申请页下载。',
      ),
      'zh-TW': paragraphs(
        '一、終止什麼。本人申請終止申請書所列門號的行動通訊服務，並關閉與其相連的帳戶。本人是該門號的登記用戶，或經其授權。',
        `二、何時終止。審核通過後，門號先停用${recoverableDays}天。這段期間本人可隨時免費撤回，服務恢復原狀。期滿後服務終止，無法恢復，也無法重新啟用。本人所在地區的法律另有規定時，以送出前列出的日期為準。`,
        '三、裝置裡的設定檔。業者會撤銷平台上的設定檔訂單，使其無法再被下載。已安裝在裝置裡的副本，業者無法遠端刪除，由本人在裝置設定裡刪除；留在裝置裡也無法再使用網路。',
        `四、費用。終止服務免費。未繳的帳單由餘額先行扣抵。剩餘的餘額在終止後${refundWorkingDays}個工作天內退回原付款方式。自收到申請之日起，不再產生新的消費。`,
        `五、門號。門號停用${quarantineDays}天後可能分配給他人。仍綁定該門號的其他帳號，由本人自行更換。`,
        '六、個人資料。通訊錄、簡訊與通話紀錄在終止時刪除。法律要求留存的登記資料與帳單只封存，期滿刪除。業者出具的註銷證明逐項列明。',
        '七、本人的權利。簽署本協議不放棄法律賦予的任何權利，包括查閱、更正、申訴與提起訴訟的權利。對業者的決定不服時，可在申請頁提出申訴。',
        '八、簽署。本人已閱讀以上全部內容，以簽名及一次性驗證碼簽署。簽署後的文件可隨時在申請頁下載。',
      ),
      en: paragraphs(
        '1. What ends. I ask for the mobile service on the number named in my application to be ended, and for the account that belongs to it to be closed. I am the registered holder of the number, or act with the holder’s authority.',
        `2. When it ends. After approval the number is switched off for ${recoverableDays} days. During that time I can withdraw at any moment, free of charge, and the service is restored as it was. Then the service ends and can be neither restored nor reactivated. Where the law of my region says otherwise, the dates shown before I apply count.`,
        '3. The profile in my device. The operator cancels the order of the profile on its platform, so that it can’t be downloaded again. A copy already installed in a device can’t be deleted from afar; I delete it in the device’s settings. If it stays there, it can’t use the network any more.',
        `4. Money. Ending the service is free. Unpaid bills are first paid out of my credit. Credit that remains goes back to the way I paid within ${refundWorkingDays} working days of the end. From receipt of the application nothing new can be bought.`,
        `5. The number. After ${quarantineDays} days the number may be given to someone else. Other accounts that still use it are mine to change.`,
        '6. Personal data. Contacts, messages and call records are deleted when the service ends. Registration records and bills that the law makes the operator keep are locked away and deleted when their time is up. The operator’s certificate lists each of them.',
        '7. My rights. By signing I give up none of the rights that the law gives me, among them to see and correct my data, to complain, and to go to court. If I disagree with a decision, I can appeal on the page of my case.',
        '8. Signature. I have read all of the above and sign it with my signature and a one-time code. I can download the signed document from the page of my case at any time.',
      ),
    },
  },
];
