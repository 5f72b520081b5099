import type { PackSource } from '../../../../src/policy/pack.ts';

export const reasons: PackSource['reasons'] = [
  { id: 'trip-over', label: { 'zh-CN': '行程结束，已离开美国', 'zh-TW': '行程結束，已離開美國', en: 'My trip is over' } },
  { id: 'no-longer-needed', label: { 'zh-CN': '不再需要', 'zh-TW': '不再需要', en: 'I no longer need it' } },
  { id: 'other-provider', label: { 'zh-CN': '换了别家', 'zh-TW': '換了別家', en: 'I use another provider' } },
  { id: 'coverage', label: { 'zh-CN': '当地没有信号', 'zh-TW': '當地沒有訊號', en: 'No coverage where I am' } },
  { id: 'cost', label: { 'zh-CN': '费用', 'zh-TW': '費用', en: 'Cost' } },
  { id: 'other', label: { 'zh-CN': '其他', 'zh-TW': '其他', en: 'Something else' } },
];

export const refusals: PackSource['refusals'] = [
  {
    id: 'not-the-holder',
    says: { 'zh-CN': '申请人不是这张卡登记的持有人。', 'zh-TW': '申請人不是這張卡登記的持有人。', en: 'The applicant is not the registered holder of the card.' },
    remedy: { 'zh-CN': '请持有人用自己的邮箱或号码登录后申请。', 'zh-TW': '請持有人以自己的電子郵件或號碼登入後申請。', en: 'Please have the holder sign in with their own e-mail address or number and apply.' },
  },
  {
    id: 'new-bill-unpaid',
    says: { 'zh-CN': '审核期间出了新的账单，还没有付清。', 'zh-TW': '審核期間出了新的帳單，尚未繳清。', en: 'A new bill was issued during the review and is unpaid.' },
    remedy: { 'zh-CN': '请付清后重新申请。', 'zh-TW': '請繳清後重新申請。', en: 'Please pay it and apply again.' },
  },
  {
    id: 'details-differ',
    says: { 'zh-CN': '填写的资料与登记的不一致。', 'zh-TW': '填寫的資料與登記的不符。', en: 'The details you gave differ from our records.' },
    remedy: { 'zh-CN': '请对照最近的账单核对后重新申请。', 'zh-TW': '請對照最近的帳單核對後重新申請。', en: 'Please check them against your latest bill and apply again.' },
  },
  {
    id: 'not-sure-it-is-you',
    says: { 'zh-CN': '我们不能确定这份申请是您本人提出的。为了保护您，卡保持原样。', 'zh-TW': '我們無法確定這份申請是您本人提出的。為了保護您，卡維持原樣。', en: 'We can’t be sure that this application came from you. To protect you, the card stays as it is.' },
    remedy: { 'zh-CN': '请先修改密码，再打客服热线核实身份。', 'zh-TW': '請先變更密碼，再撥客服專線核實身分。', en: 'Please change your password first, then call the hotline to confirm who you are.' },
  },
];

/** Only where a carrier asks for a document. */
export const documentRefusal: PackSource['refusals'][number] = {
  id: 'document-not-accepted',
  says: { 'zh-CN': '身份证件看不清、不完整或已过期。', 'zh-TW': '身分證件看不清楚、不完整或已過期。', en: 'The identity document is unreadable, incomplete or expired.' },
  remedy: { 'zh-CN': '请换一份有效、清楚的证件，重新申请。', 'zh-TW': '請改用一份有效、清楚的證件，重新申請。', en: 'Please apply again with a valid, readable one.' },
};

export const materials: PackSource['materials'] = [
  { id: 'latest-bill', says: { 'zh-CN': '最近一张账单；无关的内容可以遮住。', 'zh-TW': '最近一張帳單；無關的內容可以遮住。', en: 'Your latest bill. Cover what has nothing to do with it.' } },
  { id: 'proof-of-purchase', says: { 'zh-CN': '购卡或充值的凭证，例如订单截图。', 'zh-TW': '購卡或儲值的憑證，例如訂單截圖。', en: 'Proof of a purchase or top-up, such as a picture of the order.' } },
  { id: 'reachable-contact', says: { 'zh-CN': '一个注销之后仍能联系到您的邮箱或电话。', 'zh-TW': '一個註銷之後仍能聯絡到您的電子郵件或電話。', en: 'An e-mail address or phone number at which we can reach you afterwards.' } },
];

/** Only where a carrier asks for a document. */
export const documentMaterial: PackSource['materials'][number] = {
  id: 'clearer-document',
  says: { 'zh-CN': '一张更清楚的证件照片：整页、没有反光。', 'zh-TW': '一張更清楚的證件照片：整頁、沒有反光。', en: 'A clearer picture of your document: the whole page, no glare.' },
};
