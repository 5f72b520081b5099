import type { PackSource } from '../../../../src/policy/pack.ts';

export const reasons: PackSource['reasons'] = [
  { id: 'trip-over', label: { 'zh-CN': '行程结束', 'zh-TW': '行程結束', en: 'My trip is over' } },
  { id: 'no-longer-needed', label: { 'zh-CN': '不再需要', 'zh-TW': '不再需要', en: 'I no longer need it' } },
  { id: 'other-provider', label: { 'zh-CN': '换了别家', 'zh-TW': '換了別家', en: 'I use another provider' } },
  { id: 'coverage', label: { 'zh-CN': '信号或网速', 'zh-TW': '訊號或網速', en: 'Coverage or speed' } },
  { id: 'cost', label: { 'zh-CN': '费用', 'zh-TW': '費用', en: 'Cost' } },
  { id: 'other', label: { 'zh-CN': '其他', 'zh-TW': '其他', en: 'Something else' } },
];

export const refusals: PackSource['refusals'] = [
  {
    id: 'arrears',
    says: { 'zh-CN': '还有欠费没有付清。', 'zh-TW': '還有欠費沒有繳清。', en: 'Something is still owed.' },
    remedy: { 'zh-CN': '请在线付清后重新申请，可以使用同样的材料。', 'zh-TW': '請線上繳清後重新申請，可以使用同樣的文件。', en: 'Please pay online and apply again; you can use the same papers.' },
  },
  {
    id: 'copy-not-accepted',
    says: { 'zh-CN': '身份证件复印件看不清、不完整或已过期。', 'zh-TW': '身分證件影本看不清楚、不完整或已過期。', en: 'The copy of your identity document is unreadable, incomplete or expired.' },
    remedy: { 'zh-CN': '请换一份有效、清楚的证件，重新申请。寄纸质申请的，也可以直接上传照片。', 'zh-TW': '請改用一份有效、清楚的證件，重新申請。寄紙本申請時，也可以直接上傳照片。', en: 'Please apply again with a valid, readable one. If you sent paper, a picture uploaded here will do.' },
  },
  {
    id: 'details-differ',
    says: { 'zh-CN': '填写的资料与登记的不一致。', 'zh-TW': '填寫的資料與登記的不符。', en: 'The details you gave differ from our records.' },
    remedy: { 'zh-CN': '请核对后重新申请；改过名或换过证件的，请附变更证明。', 'zh-TW': '請核對後重新申請；改過名或換過證件時，請附變更證明。', en: 'Please check and apply again. If your name or document has changed, enclose proof.' },
  },
  {
    id: 'not-sure-it-is-you',
    says: { 'zh-CN': '我们不能确定这份申请是您本人提出的。为了保护您，卡保持原样。', 'zh-TW': '我們無法確定這份申請是您本人提出的。為了保護您，卡維持原樣。', en: 'We can’t be sure that this application came from you. To protect you, the card stays as it is.' },
    remedy: { 'zh-CN': '请先修改密码，再打客服电话核实身份。', 'zh-TW': '請先變更密碼，再撥客服電話核實身分。', en: 'Please change your password first, then call us to confirm who you are.' },
  },
];

export const materials: PackSource['materials'] = [
  { id: 'clearer-copy', says: { 'zh-CN': '一份更清楚的证件复印件或照片：整页、没有反光。', 'zh-TW': '一份更清楚的證件影本或照片：整頁、沒有反光。', en: 'A clearer copy or picture of your document: the whole page, no glare.' } },
  { id: 'signed-form', says: { 'zh-CN': '签好名的申请表，扫描或拍照都可以。', 'zh-TW': '簽好名的申請表，掃描或拍照都可以。', en: 'The application form with your signature, scanned or photographed.' } },
  { id: 'order-proof', says: { 'zh-CN': '购卡订单的截图；无关的内容可以遮住。', 'zh-TW': '購卡訂單的截圖；無關的內容可以遮住。', en: 'A picture of the order for the card. Cover what has nothing to do with it.' } },
  { id: 'reachable-contact', says: { 'zh-CN': '一个注销之后仍能联系到您的邮箱或电话。', 'zh-TW': '一個註銷之後仍能聯絡到您的電子郵件或電話。', en: 'An e-mail address or phone number at which we can reach you afterwards.' } },
];
