import type { PackSource } from '../../../../src/policy/pack.ts';

export const outsideAccounts: PackSource['outsideAccounts'] = [
  {
    id: 'social',
    label: { 'zh-CN': '社交媒体', 'zh-TW': '社群媒體', en: 'Social media' },
    says: {
      'zh-CN': '用这个号码注册或找回密码的社交账号和聊天软件。',
      'zh-TW': '用這個號碼註冊或找回密碼的社群帳號與通訊軟體。',
      en: 'Social accounts and messengers that were opened with this number or are recovered through it.',
    },
  },
  {
    id: 'bank',
    label: { 'zh-CN': '银行与支付', 'zh-TW': '銀行與支付', en: 'Banks and payment' },
    says: {
      'zh-CN': '银行预留手机号、支付工具的验证手机。建议先到银行改好再注销。',
      'zh-TW': '銀行留存的手機號碼、支付工具的驗證手機。建議先到銀行改好再註銷。',
      en: 'The number on file at your bank and in payment tools. Best changed at the bank before you cancel.',
    },
  },
  {
    id: 'other-accounts',
    label: { 'zh-CN': '其他账号', 'zh-TW': '其他帳號', en: 'Other accounts' },
    says: {
      'zh-CN': '邮箱、购物、出行、外卖等。翻一翻收到过的验证码短信，就知道有哪些。',
      'zh-TW': '電子郵件、購物、交通、外送等。翻一翻收到過的驗證碼簡訊，就知道有哪些。',
      en: 'Mail, shopping, travel, deliveries. The codes that you received tell you which.',
    },
  },
];
