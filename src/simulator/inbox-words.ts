/** The words of the inbox page. */
import type { chooseLanguage } from '../language/index.ts';

export type Language = ReturnType<typeof chooseLanguage>;
export type InboxWords = {
  readonly title: string;
  readonly says: string;
  readonly everybody: string;
  readonly receivers: string;
  readonly sms: string;
  readonly mail: string;
  readonly noSubject: string;
  readonly nothing: string;
  readonly nothingSays: string;
  /** With what stands between it and the address. */
  readonly from: string;
  readonly to: string;
  readonly refreshes: string;
};

export const inboxWords: Readonly<Record<Language, InboxWords>> = {
  'zh-CN': {
    title: '收件箱', says: '这里是模拟运营商收到的短信和邮件，和用户在手机、邮箱里看到的一样。', everybody: '所有人', receivers: '收件人', sms: '短信', mail: '邮件',
    noSubject: '（无主题）', nothing: '还没有消息', nothingSays: '有新的短信或邮件时，会出现在这里。', from: '发件人：', to: '收件人：', refreshes: '本页每 5 秒自动刷新。',
  },
  'zh-TW': {
    title: '收件匣', says: '這裡是模擬電信業者收到的簡訊和郵件，和用戶在手機、信箱裡看到的一樣。', everybody: '所有人', receivers: '收件者', sms: '簡訊', mail: '郵件',
    noSubject: '（無主旨）', nothing: '還沒有訊息', nothingSays: '有新的簡訊或郵件時，會出現在這裡。', from: '寄件者：', to: '收件者：', refreshes: '本頁每 5 秒自動更新。',
  },
  en: {
    title: 'Inbox', says: 'Texts and mail that the simulated carrier has taken, as the subscriber sees them on the phone and in the mailbox.', everybody: 'Everybody', receivers: 'Receivers', sms: 'Texts', mail: 'Mail',
    noSubject: '(no subject)', nothing: 'Nothing yet', nothingSays: 'New texts and mail appear here.', from: 'From: ', to: 'To: ', refreshes: 'This page refreshes every 5 seconds.',
  },
};
