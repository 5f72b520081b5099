import type { PackSource } from '../../../../src/policy/pack.ts';

/** Why a subscriber leaves. */
export const reasons: PackSource['reasons'] = [
  { id: 'no-longer-needed', label: { 'zh-CN': '不再需要此服务', 'zh-TW': '不再需要此服務', en: 'I no longer need the service' } },
  { id: 'other-provider', label: { 'zh-CN': '计划更换其他服务商', 'zh-TW': '打算改用其他業者', en: 'I’m moving to another provider' } },
  { id: 'cost', label: { 'zh-CN': '费用', 'zh-TW': '費用', en: 'Cost' } },
  { id: 'network-quality', label: { 'zh-CN': '网络质量', 'zh-TW': '網路品質', en: 'Network quality' } },
  { id: 'device-lost', label: { 'zh-CN': '设备丢失', 'zh-TW': '裝置遺失', en: 'Lost device' } },
  { id: 'other', label: { 'zh-CN': '其他', 'zh-TW': '其他', en: 'Something else' } },
];

/** The only grounds on which a reviewer can say no, each with the way on. */
export const refusals: PackSource['refusals'] = [
  {
    id: 'not-the-holder',
    says: { 'zh-CN': '申请人与这张卡登记的持卡人不是同一个人。', 'zh-TW': '申請人與這張卡登記的持卡人不是同一人。', en: 'The applicant is not the person the card is registered to.' },
    remedy: {
      'zh-CN': '请持卡人用自己的账户申请。持卡人无法亲自办理的，请联系客服，我们会说明需要哪些材料。',
      'zh-TW': '請持卡人以自己的帳戶申請。持卡人無法親自辦理時，請聯絡客服，我們會說明需要哪些文件。',
      en: 'Please have the holder apply from their own account. If they can’t, contact us and we will tell you which papers are needed.',
    },
  },
  {
    id: 'document-not-accepted',
    says: { 'zh-CN': '身份证件看不清、不完整或已过期，补充之后仍然无法核对。', 'zh-TW': '身分證件看不清楚、不完整或已過期，補件之後仍然無法核對。', en: 'The identity document is unreadable, incomplete or expired, and could not be checked even after you added to it.' },
    remedy: {
      'zh-CN': '请换一份有效的证件，在光线充足处拍下整页，再重新申请。',
      'zh-TW': '請改用有效的證件，在光線充足處拍下整頁，再重新申請。',
      en: 'Please apply again with a valid document, photographed whole and in good light.',
    },
  },
  {
    id: 'details-differ',
    says: { 'zh-CN': '填写的姓名或证件与登记资料不一致。', 'zh-TW': '填寫的姓名或證件與登記資料不符。', en: 'The name or document you gave differs from our records.' },
    remedy: {
      'zh-CN': '请核对后重新申请。如果您改过名或换过证件，请附上变更证明。',
      'zh-TW': '請核對後重新申請。如果您改過名或換過證件，請附上變更證明。',
      en: 'Please check and apply again. If your name or document has changed, enclose proof of the change.',
    },
  },
  {
    id: 'new-bill-unpaid',
    says: { 'zh-CN': '审核期间出了新的账单，还没有付清。', 'zh-TW': '審核期間出了新的帳單，尚未繳清。', en: 'A new bill was issued during the review and is unpaid.' },
    remedy: { 'zh-CN': '请付清账单后重新申请，可以使用同样的材料。', 'zh-TW': '請繳清帳單後重新申請，可以使用同樣的文件。', en: 'Please pay the bill and apply again; you can use the same papers.' },
  },
  {
    id: 'dispute-open',
    says: { 'zh-CN': '这张卡有归属争议或正在携号转网，目前不能注销。', 'zh-TW': '這張卡有歸屬爭議或正在辦理號碼可攜，目前無法註銷。', en: 'The card is subject to a dispute or is being moved to another provider, and can’t be cancelled now.' },
    remedy: { 'zh-CN': '事情办完后即可重新申请。想了解进展，请联系客服。', 'zh-TW': '事情辦妥後即可重新申請。想了解進度，請聯絡客服。', en: 'You can apply again once that has been settled. Contact us to ask how it stands.' },
  },
  {
    id: 'not-sure-it-is-you',
    says: { 'zh-CN': '我们不能确定这份申请是您本人提出的。为了保护您，卡保持原样。', 'zh-TW': '我們無法確定這份申請是您本人提出的。為了保護您，卡維持原樣。', en: 'We can’t be sure that this application came from you. To protect you, the card stays as it is.' },
    remedy: { 'zh-CN': '请先修改密码，再联系客服核实身份。', 'zh-TW': '請先變更密碼，再聯絡客服核實身分。', en: 'Please change your password first, then contact us to confirm who you are.' },
  },
];

/** What a reviewer can ask for: never more than is needed, never a face or a photo with the document in hand. */
export const materials: PackSource['materials'] = [
  {
    id: 'clearer-document',
    says: {
      'zh-CN': '一张更清楚的证件照片：整页入镜、没有反光、文字能看清。',
      'zh-TW': '一張更清楚的證件照片：整頁入鏡、沒有反光、文字看得清楚。',
      en: 'A clearer picture of your document: the whole page, no glare, every word readable.',
    },
  },
  { id: 'valid-document', says: { 'zh-CN': '一份在有效期内的身份证件。', 'zh-TW': '一份在有效期內的身分證件。', en: 'An identity document that has not expired.' } },
  {
    id: 'name-change',
    says: { 'zh-CN': '姓名或证件号码变更的证明。', 'zh-TW': '姓名或證件號碼變更的證明。', en: 'Proof that your name or document number has changed.' },
  },
  {
    id: 'proof-of-purchase',
    says: {
      'zh-CN': '购卡或充值的凭证，例如订单截图；与注销无关的内容可以遮住。',
      'zh-TW': '購卡或儲值的憑證，例如訂單截圖；與註銷無關的內容可以遮住。',
      en: 'Proof that you bought or topped up the card, such as a picture of the order. You may cover what has nothing to do with it.',
    },
  },
  {
    id: 'proof-of-payment',
    says: { 'zh-CN': '账单的付款凭证，如果您已经付过。', 'zh-TW': '帳單的付款憑證，如果您已經繳過。', en: 'Proof of payment, if you have already paid the bill.' },
  },
  {
    id: 'reachable-contact',
    says: {
      'zh-CN': '一个注销之后仍能联系到您的邮箱或电话。',
      'zh-TW': '一個註銷之後仍能聯絡到您的電子郵件或電話。',
      en: 'An e-mail address or phone number at which we can reach you after the card is gone.',
    },
  },
];
