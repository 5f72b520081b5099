import type { PackSource } from '../../../../src/policy/pack.ts';

export const reasons: PackSource['reasons'] = [
  { id: 'new-device', label: { 'zh-CN': '换了设备', 'zh-TW': '換了裝置', en: 'I have a new device' } },
  { id: 'selling-device', label: { 'zh-CN': '设备要转让或回收', 'zh-TW': '裝置要轉讓或回收', en: 'I’m selling or recycling the device' } },
  { id: 'no-longer-needed', label: { 'zh-CN': '不再需要', 'zh-TW': '不再需要', en: 'I no longer need it' } },
  { id: 'other-provider', label: { 'zh-CN': '换了别家', 'zh-TW': '換了別家', en: 'I use another provider' } },
  { id: 'other', label: { 'zh-CN': '其他', 'zh-TW': '其他', en: 'Something else' } },
];

export const refusals: PackSource['refusals'] = [
  {
    id: 'device-differs',
    says: { 'zh-CN': '设备信息与我们的记录不一致，补充之后仍然对不上。', 'zh-TW': '裝置資訊與我們的紀錄不符，補件之後仍然對不上。', en: 'The device’s details differ from our records, even after you added to them.' },
    remedy: { 'zh-CN': '请核对 IMEI 和 EID 后重新申请；换过主板或设备的，请附维修或购买凭证。', 'zh-TW': '請核對 IMEI 與 EID 後重新申請；換過主機板或裝置時，請附維修或購買憑證。', en: 'Check IMEI and EID and apply again. If the device or its board was replaced, enclose the repair or purchase slip.' },
  },
  {
    id: 'not-the-holder',
    says: { 'zh-CN': '申请人不是这个号码登记的用户。', 'zh-TW': '申請人不是這個門號登記的用戶。', en: 'The applicant is not the registered holder of the number.' },
    remedy: { 'zh-CN': '请登记用户用自己的账户申请，或打客服电话询问代办需要的材料。', 'zh-TW': '請登記用戶以自己的帳戶申請，或撥客服電話詢問代辦所需的文件。', en: 'Please have the holder apply from their own account, or call us to ask what is needed to act for them.' },
  },
  {
    id: 'new-bill-unpaid',
    says: { 'zh-CN': '审核期间出了新的账单，还没有付清。', 'zh-TW': '審核期間出了新的帳單，尚未繳清。', en: 'A new bill was issued during the review and is unpaid.' },
    remedy: { 'zh-CN': '请付清后重新申请。', 'zh-TW': '請繳清後重新申請。', en: 'Please pay it and apply again.' },
  },
];

export const materials: PackSource['materials'] = [
  { id: 'device-screen', says: { 'zh-CN': '设备“关于本机”页面的照片，能看清型号和 IMEI。', 'zh-TW': '裝置「關於本機」畫面的照片，看得清楚型號與 IMEI。', en: 'A picture of the device’s “About” screen with model and IMEI readable.' } },
  { id: 'repair-slip', says: { 'zh-CN': '维修或更换设备的凭证；无关的内容可以遮住。', 'zh-TW': '維修或更換裝置的憑證；無關的內容可以遮住。', en: 'The slip of a repair or replacement. Cover what has nothing to do with it.' } },
  { id: 'reachable-contact', says: { 'zh-CN': '一个注销之后仍能联系到您的邮箱或电话。', 'zh-TW': '一個註銷之後仍能聯絡到您的電子郵件或電話。', en: 'An e-mail address or phone number at which we can reach you afterwards.' } },
];
