import type { PackSource } from '../../../../src/policy/pack.ts';
import { draftDays, phone, refundWorkingDays, site } from './terms.ts';

/** Backing up the device stands before anything else: afterwards may be too late. */
export const preparation: PackSource['preparation'] = [
  {
    id: 'back-up-device',
    kind: 'advice',
    required: false,
    title: { 'zh-CN': '先备份设备', 'zh-TW': '先備份裝置', en: 'Back up your device first' },
    says: {
      'zh-CN': '删除 eSIM 之前，请先把通讯录、短信和聊天记录备份到电脑或云端，并确认能打开。有的聊天软件用号码登录，请先在软件里换号。',
      'zh-TW': '刪除 eSIM 之前，請先把通訊錄、簡訊與聊天紀錄備份到電腦或雲端，並確認能開啟。有的通訊軟體用門號登入，請先在軟體裡換號。',
      en: 'Before you delete the eSIM, back up contacts, messages and chats to a computer or the cloud, and make sure the copy opens. Some messengers sign you in by number: change it there first.',
    },
  },
  {
    id: 'take-data',
    kind: 'take-data',
    required: false,
    title: { 'zh-CN': '下载我们保存的记录', 'zh-TW': '下載我們保存的紀錄', en: 'Download what we keep' },
    says: {
      'zh-CN': '我们这边的通讯录、短信和通话记录会随注销删除。',
      'zh-TW': '我們這邊的通訊錄、簡訊與通話紀錄會隨註銷刪除。',
      en: 'Contacts, messages and call records on our side are deleted with the eSIM.',
    },
  },
  {
    id: 'settle-bills',
    kind: 'settle',
    required: true,
    title: { 'zh-CN': '付清账单', 'zh-TW': '繳清帳單', en: 'Pay what is due' },
    says: { 'zh-CN': '在这里付清，马上生效。', 'zh-TW': '在這裡繳清，立即生效。', en: 'Pay right here; it counts at once.' },
  },
  {
    id: 'use-up-credit',
    kind: 'use-up',
    required: false,
    title: { 'zh-CN': '余额', 'zh-TW': '餘額', en: 'Credit' },
    says: {
      'zh-CN': `没用完的在注销后${refundWorkingDays}个工作日内原路退回。`,
      'zh-TW': `沒用完的在註銷後${refundWorkingDays}個工作天內退回原付款方式。`,
      en: `What is left goes back to the way you paid within ${refundWorkingDays} working days of the cancellation.`,
    },
  },
  {
    id: 'device-numbers',
    kind: 'advice',
    required: false,
    title: { 'zh-CN': '准备好设备信息', 'zh-TW': '準備好裝置資訊', en: 'Have the device’s numbers at hand' },
    says: {
      'zh-CN': '申请时要填设备型号和 IMEI；知道 EID 的也请填上。在拨号界面输入 *#06# 就能看到，也可以在“设置 › 关于本机”里找。',
      'zh-TW': '申請時要填裝置型號與 IMEI；知道 EID 也請填上。在撥號畫面輸入 *#06# 就能看到，也可以在「設定 › 關於本機」裡找。',
      en: 'You will be asked for the model and the IMEI, and the EID if you know it. Dial *#06# to see them, or look under Settings, About.',
    },
  },
  {
    id: 'other-network',
    kind: 'advice',
    required: false,
    title: { 'zh-CN': '准备别的网络', 'zh-TW': '準備其他網路', en: 'Have another network ready' },
    says: {
      'zh-CN': '设备本身照常使用，只是不能再用这个号码联网。请先装好别的卡，或连上 Wi-Fi。',
      'zh-TW': '裝置本身照常使用，只是無法再用這個門號連網。請先裝好其他卡，或連上 Wi-Fi。',
      en: 'The device goes on working; it just can’t go online with this number. Set up another SIM or Wi-Fi first.',
    },
  },
  {
    id: 'stay-safe',
    kind: 'advice',
    required: false,
    title: { 'zh-CN': '在哪里办理', 'zh-TW': '在哪裡辦理', en: 'Where to do it' },
    says: {
      'zh-CN': `在 ${site} 办，或打 ${phone}，客服替您开始；是同一份申请。我们不会索要密码。填到一半可以离开，内容保留${draftDays}天。`,
      'zh-TW': `在 ${site} 辦，或撥 ${phone}，客服替您開始；是同一份申請。我們不會索取密碼。填到一半可以離開，內容保留${draftDays}天。`,
      en: `At ${site}, or by calling ${phone}, where we start it for you: it is the same case. We never ask for a password. You can leave at any point; what you filled in is kept for ${draftDays} days.`,
    },
  },
];
