import type { PackSource } from '../../../../src/policy/pack.ts';

export const reasons: PackSource['reasons'] = [
  { id: 'no-longer-needed', label: { 'zh-CN': '不再需要', 'zh-TW': '不再需要', en: 'I no longer need it' } },
  // Somebody else may hold the phone: the line is barred before anybody looks at the application.
  { id: 'device-lost', label: { 'zh-CN': '设备丢失', 'zh-TW': '裝置遺失', en: 'Lost device' }, barsAtOnce: true },
  { id: 'other-provider', label: { 'zh-CN': '换了别家', 'zh-TW': '換了別家', en: 'I use another provider' } },
  { id: 'privacy', label: { 'zh-CN': '隐私考虑', 'zh-TW': '隱私考量', en: 'Privacy' } },
  { id: 'cost', label: { 'zh-CN': '费用', 'zh-TW': '費用', en: 'Cost' } },
  { id: 'other', label: { 'zh-CN': '其他', 'zh-TW': '其他', en: 'Something else' } },
];

export const refusals: PackSource['refusals'] = [
  {
    id: 'not-the-holder',
    says: { 'zh-CN': '申请人不是这张卡登记的持有人。', 'zh-TW': '申請人不是這張卡登記的持有人。', en: 'The applicant is not the registered holder of the card.' },
    remedy: { 'zh-CN': '请持有人用自己的账户申请。', 'zh-TW': '請持有人以自己的帳戶申請。', en: 'Please have the holder apply from their own account.' },
  },
  {
    id: 'document-not-accepted',
    says: { 'zh-CN': '证件照片看不清、不完整或已过期。', 'zh-TW': '證件照片看不清楚、不完整或已過期。', en: 'The picture of your document is unreadable, incomplete, or of an expired one.' },
    remedy: { 'zh-CN': '请重拍一张再申请，或改用验证码核实身份。', 'zh-TW': '請重拍一張再申請，或改用驗證碼核實身分。', en: 'Take another and apply again, or prove who you are with a code instead.' },
  },
  {
    id: 'new-bill-unpaid',
    says: { 'zh-CN': '审核期间出了新的账单，还没有付清。', 'zh-TW': '審核期間出了新的帳單，尚未繳清。', en: 'A new bill was issued during the review and is unpaid.' },
    remedy: { 'zh-CN': '请付清后重新申请。', 'zh-TW': '請繳清後重新申請。', en: 'Please pay it and apply again.' },
  },
  {
    id: 'not-sure-it-is-you',
    says: { 'zh-CN': '我们不能确定这份申请是您本人提出的。为了保护您，卡保持原样。', 'zh-TW': '我們無法確定這份申請是您本人提出的。為了保護您，卡維持原樣。', en: 'We can’t be sure that this application came from you. To protect you, the card stays as it is.' },
    remedy: { 'zh-CN': '请先修改密码，再在这份申请的留言里找客服，随时有人。', 'zh-TW': '請先變更密碼，再在這份申請的留言裡找客服，隨時有人。', en: 'Please change your password first, then write in the messages of this case; somebody is there at any hour.' },
  },
];

export const materials: PackSource['materials'] = [
  { id: 'clearer-document', says: { 'zh-CN': '一张更清楚的证件照片：整页、没有反光。', 'zh-TW': '一張更清楚的證件照片：整頁、沒有反光。', en: 'A clearer picture of your document: the whole page, no glare.' } },
  { id: 'order-proof', says: { 'zh-CN': '购卡订单的截图；无关的内容可以遮住。', 'zh-TW': '購卡訂單的截圖；無關的內容可以遮住。', en: 'A picture of the order for the card. Cover what has nothing to do with it.' } },
  { id: 'reachable-contact', says: { 'zh-CN': '一个现在就能联系到您的邮箱或电话，不要用丢失的手机。', 'zh-TW': '一個現在就能聯絡到您的電子郵件或電話，請勿使用遺失的手機。', en: 'An e-mail address or phone number that reaches you now, not the lost phone.' } },
];
