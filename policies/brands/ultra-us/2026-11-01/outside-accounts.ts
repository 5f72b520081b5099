import type { PackSource } from '../../../../src/policy/pack.ts';

/** Whoever gets the number next gets their codes: each is changed, or attested not to use it. */
export const outsideAccounts: PackSource['outsideAccounts'] = [
  {
    id: 'bank',
    label: { 'zh-CN': '银行账户', 'zh-TW': '銀行帳戶', en: 'Bank accounts' },
    says: {
      'zh-CN': '网上银行、信用卡和转账验证。有的银行改号要到柜台或打电话，请留出时间。',
      'zh-TW': '網路銀行、信用卡與轉帳驗證。有的銀行變更號碼要臨櫃或致電，請預留時間。',
      en: 'Online banking, cards, transfer codes. Some banks change a number only by phone or at a branch, so allow time.',
    },
  },
  {
    id: 'payment',
    label: { 'zh-CN': '支付工具', 'zh-TW': '支付工具', en: 'Payment tools' },
    says: {
      'zh-CN': '电子钱包、收付款应用、购物网站里存的付款方式。',
      'zh-TW': '電子錢包、收付款應用程式、購物網站裡儲存的付款方式。',
      en: 'Wallets, payment apps, and payment methods kept by shops.',
    },
  },
  {
    id: 'social',
    label: { 'zh-CN': '社交账号', 'zh-TW': '社群帳號', en: 'Social accounts' },
    says: {
      'zh-CN': '用号码登录或找回密码的社交账号。换好后，再看一眼“登录与安全”里是否还有旧号码。',
      'zh-TW': '用號碼登入或找回密碼的社群帳號。換好後，再看一眼「登入與安全性」裡是否還有舊號碼。',
      en: 'Accounts that you sign in to or recover with the number. Afterwards look at “Sign-in and security” once more for the old one.',
    },
  },
  {
    id: 'messenger',
    label: { 'zh-CN': '聊天软件', 'zh-TW': '通訊軟體', en: 'Messengers' },
    says: {
      'zh-CN': '以号码为账号的聊天软件请用“更换号码”，不要先卸载，聊天记录和群组才会跟着走。',
      'zh-TW': '以號碼為帳號的通訊軟體請用「變更號碼」，不要先解除安裝，聊天紀錄與群組才會跟著走。',
      en: 'Where the number is the account, use “Change number” and don’t uninstall first: chats and groups then move along.',
    },
  },
  {
    id: 'mail',
    label: { 'zh-CN': '邮箱', 'zh-TW': '電子郵件信箱', en: 'E-mail accounts' },
    says: {
      'zh-CN': '邮箱的找回号码和两步验证。邮箱往往能重设其他账号，请最先改。',
      'zh-TW': '信箱的備援號碼與兩步驟驗證。信箱往往能重設其他帳號，請最先更改。',
      en: 'Recovery number and two-step sign-in. A mailbox can usually reset everything else, so change it first.',
    },
  },
  {
    id: 'public-services',
    label: { 'zh-CN': '政务、医疗、保险', 'zh-TW': '政府、醫療、保險', en: 'Government, health, insurance' },
    says: {
      'zh-CN': '登记了这个号码的税务、签证、医疗和保险账户。',
      'zh-TW': '登記了這個號碼的稅務、簽證、醫療與保險帳戶。',
      en: 'Tax, visa, health and insurance accounts that have this number on file.',
    },
  },
];
