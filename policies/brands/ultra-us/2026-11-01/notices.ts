import type { PackSource } from '../../../../src/policy/pack.ts';

/** A number that gets codes: who cancels it is reminded, while there is time, of what still sends them there. */
export const notices: PackSource['notices'] = {
  received: {
    subject: { 'zh-CN': '注销申请 {application} 已收到，先换绑验证码', 'zh-TW': '註銷申請 {application} 已收到，請先改綁驗證碼', en: 'Application {application} received: move your codes first' },
    text: {
      'zh-CN': '我们收到了尾号 {ending} 的注销申请，编号 {application}。\n\n这个号码在停用前还能收验证码。请趁现在到银行、支付和社交账户里换成别的号码；停用之后就收不到了。\n\n从现在起不再产生新的费用。随时可以查看进度；正式注销之前可以免费撤回。',
      'zh-TW': '我們收到了末兩碼 {ending} 的註銷申請，編號 {application}。\n\n這個門號在停用前還能收驗證碼。請趁現在到銀行、支付與社群帳戶裡改成別的門號；停用之後就收不到了。\n\n從現在起不再產生新的費用。隨時可以查看進度；正式註銷之前可以免費撤回。',
      en: 'We have received the application to cancel the number ending in {ending}. Its application number is {application}.\n\nUntil it is switched off, the number still receives codes. Use that time to give your bank, payment and social accounts another one; afterwards no code arrives here.\n\nFrom now on nothing new is charged. You can follow every step, and withdraw free of charge until the number is cancelled.',
    },
    sms: {
      'zh-CN': '尾号 {ending} 的注销申请 {application} 已收到。{standing}请先把收验证码的账户换绑。进度：',
      'zh-TW': '末兩碼 {ending} 的註銷申請 {application} 已收到。{standing}請先把收驗證碼的帳戶改綁。進度：',
      en: 'Application {application} for the number ending in {ending} received. {standing} Move the accounts that send codes here. Progress:',
    },
  },
};
