import type { PackSource } from '../../../../src/policy/pack.ts';
import { brand, site } from './brand.ts';
import type { Terms } from './terms.ts';

export const preparation = ({ carrierName, confirmationHours, draftDays, refundWorkingDays }: Terms, money: Pick<PackSource['preparation'][number], 'says'>): PackSource['preparation'] => [
  {
    id: 'other-network',
    kind: 'stop-using',
    required: false,
    title: { 'zh-CN': '先换好网络', 'zh-TW': '先換好網路', en: 'Switch networks first' },
    says: {
      'zh-CN': `卡停用后，设备就没有 ${carrierName} 网络了。请先在设备里选好另一张卡的移动数据，或连上 Wi-Fi，再关掉这张卡。随身 Wi-Fi 后面连着的设备也会一起断网。`,
      'zh-TW': `卡停用後，裝置就沒有 ${carrierName} 網路了。請先在裝置裡選好另一張卡的行動數據，或連上 Wi-Fi，再關掉這張卡。行動熱點後面連著的裝置也會一起斷網。`,
      en: `Once the card is off, the device has no ${carrierName} network. First choose another SIM for mobile data, or Wi-Fi, then turn this card off. Everything behind a hotspot goes offline with it.`,
    },
  },
  {
    id: 'latest-bill',
    kind: 'settle',
    required: true,
    title: { 'zh-CN': '看一眼最近的账单', 'zh-TW': '看一眼最近的帳單', en: 'Look at your latest bill' },
    says: {
      'zh-CN': '未付的在这里付清，马上生效。请把最近一张账单留在手边，核对时用得上。',
      'zh-TW': '未繳的在這裡繳清，立即生效。請把最近一張帳單留在手邊，核對時用得上。',
      en: 'Pay what is open right here; it counts at once. Keep the latest bill at hand for checking.',
    },
  },
  { id: 'credit', kind: 'use-up', required: false, title: { 'zh-CN': '余额去哪里', 'zh-TW': '餘額去哪裡', en: 'Where your balance goes' }, ...money },
  {
    id: 'unbind-devices',
    kind: 'unbind',
    required: true,
    title: { 'zh-CN': '解绑设备', 'zh-TW': '解除綁定裝置', en: 'Unbind your devices' },
    says: {
      'zh-CN': '路由器、平板等绑定的设备请全部解绑。',
      'zh-TW': '路由器、平板等綁定的裝置請全部解除綁定。',
      en: 'Unbind every router, tablet and other device.',
    },
  },
  {
    id: 'take-data',
    kind: 'take-data',
    required: false,
    title: { 'zh-CN': '备份', 'zh-TW': '備份', en: 'Back up' },
    says: { 'zh-CN': '短信和记录会随注销永久删除。需要的话，请现在下载一份。', 'zh-TW': '簡訊與紀錄會隨註銷永久刪除。需要的話，請現在下載一份。', en: 'Messages and records are deleted for good with the card. If you want them, take a copy now.' },
  },
  {
    id: 'sign-in-data',
    kind: 'advice',
    required: false,
    title: { 'zh-CN': '记得登录资料', 'zh-TW': '記得登入資料', en: 'Know your sign-in data' },
    says: {
      'zh-CN': `请确认登记的邮箱能收信：确认邮件会发到那里，要在${confirmationHours}小时内点开。安全问题的答案想不起来，可以先在账户里重设。`,
      'zh-TW': `請確認登記的電子郵件能收信：確認信會寄到那裡，要在${confirmationHours}小時內點開。安全性問題的答案想不起來時，可以先在帳戶裡重設。`,
      en: `Make sure that your registered e-mail address works: a confirmation goes there and has to be opened within ${confirmationHours} hours. If you have forgotten a security answer, set it anew in your account first.`,
    },
  },
  {
    id: 'official-addresses',
    kind: 'advice',
    required: false,
    title: { 'zh-CN': '只认官方地址', 'zh-TW': '只認官方地址', en: 'Official addresses only' },
    says: {
      'zh-CN': `官方网站只有 ${site}，邮箱 ${brand.addresses.mail}，电话 ${brand.addresses.phone}。多一个字母、换一个后缀的都不是我们，请不要在那里输入密码。填到一半可以离开，内容保留${draftDays}天；退款需${refundWorkingDays}个工作日，没有人会为此加您好友。`,
      'zh-TW': `官方網站只有 ${site}，電子郵件 ${brand.addresses.mail}，電話 ${brand.addresses.phone}。多一個字母、換一個字尾的都不是我們，請勿在那裡輸入密碼。填到一半可以離開，內容保留${draftDays}天；退款需${refundWorkingDays}個工作天，沒有人會為此加您好友。`,
      en: `Our only site is ${site}, our address ${brand.addresses.mail}, our phone ${brand.addresses.phone}. One letter more or another ending is not us: don’t type your password there. You can leave at any point; what you filled in is kept for ${draftDays} days. Refunds take ${refundWorkingDays} working days, and nobody befriends you in a messenger for one.`,
    },
  },
];
