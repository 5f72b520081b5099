import type { PackSource } from '../../../../src/policy/pack.ts';

export const reasons: PackSource['reasons'] = [
  { id: 'no-longer-needed', label: { 'zh-CN': '不再需要美国号码', 'zh-TW': '不再需要美國號碼', en: 'I no longer need a US number' } },
  { id: 'other-number', label: { 'zh-CN': '换了别的号码', 'zh-TW': '換了其他號碼', en: 'I have another number' } },
  { id: 'codes-not-arriving', label: { 'zh-CN': '收不到验证码', 'zh-TW': '收不到驗證碼', en: 'Codes don’t arrive' } },
  { id: 'cost', label: { 'zh-CN': '费用', 'zh-TW': '費用', en: 'Cost' } },
  { id: 'other', label: { 'zh-CN': '其他', 'zh-TW': '其他', en: 'Something else' } },
];

export const refusals: PackSource['refusals'] = [
  {
    id: 'not-the-holder',
    says: { 'zh-CN': '申请人不是这个号码登记的持有人。', 'zh-TW': '申請人不是這個號碼登記的持有人。', en: 'The applicant is not the registered holder of the number.' },
    remedy: { 'zh-CN': '请持有人用自己的用户名登录后申请。', 'zh-TW': '請持有人以自己的使用者名稱登入後申請。', en: 'Please have the holder sign in with their own user name and apply.' },
  },
  {
    id: 'new-bill-unpaid',
    says: { 'zh-CN': '审核期间出了新的账单，还没有付清。', 'zh-TW': '審核期間出了新的帳單，尚未繳清。', en: 'A new bill was issued during the review and is unpaid.' },
    remedy: { 'zh-CN': '请付清后重新申请。', 'zh-TW': '請繳清後重新申請。', en: 'Please pay it and apply again.' },
  },
  {
    id: 'being-moved',
    says: { 'zh-CN': '号码正在转到别的运营商，注销会使转出失败。', 'zh-TW': '號碼正在轉到其他業者，註銷會使轉出失敗。', en: 'The number is being moved to another provider; cancelling it would make the move fail.' },
    remedy: { 'zh-CN': '转出完成后，这里的服务会自动结束。不想转出的，请先撤回转出申请。', 'zh-TW': '轉出完成後，這裡的服務會自動結束。不想轉出時，請先撤回轉出申請。', en: 'Once it has moved, the service here ends by itself. If you don’t want to move it, withdraw the transfer first.' },
  },
  {
    id: 'not-sure-it-is-you',
    says: { 'zh-CN': '我们不能确定这份申请是您本人提出的。为了保护您，号码保持原样。', 'zh-TW': '我們無法確定這份申請是您本人提出的。為了保護您，號碼維持原樣。', en: 'We can’t be sure that this application came from you. To protect you, the number stays as it is.' },
    remedy: { 'zh-CN': '请先修改密码，再联系客服核实身份。', 'zh-TW': '請先變更密碼，再聯絡客服核實身分。', en: 'Please change your password first, then contact us to confirm who you are.' },
  },
];

export const materials: PackSource['materials'] = [
  { id: 'proof-of-purchase', says: { 'zh-CN': '购买或充值的凭证，例如订单截图；无关的内容可以遮住。', 'zh-TW': '購買或儲值的憑證，例如訂單截圖；無關的內容可以遮住。', en: 'Proof of a purchase or top-up, such as a picture of the order. Cover what has nothing to do with it.' } },
  { id: 'reachable-contact', says: { 'zh-CN': '一个注销之后仍能联系到您的邮箱或电话。', 'zh-TW': '一個註銷之後仍能聯絡到您的電子郵件或電話。', en: 'An e-mail address or phone number at which we can reach you once the number is gone.' } },
  { id: 'proof-of-payment', says: { 'zh-CN': '账单的付款凭证，如果您已经付过。', 'zh-TW': '帳單的付款憑證，如果您已經繳過。', en: 'Proof of payment, if you have already paid the bill.' } },
];
