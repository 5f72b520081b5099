import type { PackSource } from '../../../../src/policy/pack.ts';

export const site = 'us-e-card.example';

/** What is the brand's own, whichever carrier a line runs on. */
export const brand = {
  brand: 'us-e-card',
  validFrom: '2026-11-01',
  name: { 'zh-CN': '美国E卡上网卡', 'zh-TW': '美國 E 卡上網卡', en: 'US E-Card' },
  colour: { light: '#9a1f2e', dark: '#f19aa3' },
  addresses: {
    site,
    mail: `service@${site}`,
    phone: '+1 206 555 0100',
    hours: { 'zh-CN': '每天 8:00–22:00（美国东部时间）', 'zh-TW': '每天 8:00–22:00（美國東部時間）', en: 'Every day, 8 am to 10 pm Eastern time' },
    post: ['US E-Card', 'PO Box 103', 'Example City'],
  },
  smsSender: 'US-E-Card',
  calendar: { region: 'US', zone: 'America/New_York' },
  currency: 'USD',
  serves: ['US', 'CN', 'HK', 'TW', 'DE', 'GB'],
  signIn: ['e-mail', 'phone'],
  entryNames: [
    { 'zh-CN': '关闭账户', 'zh-TW': '關閉帳戶', en: 'Close my account' },
    { 'zh-CN': '终止服务', 'zh-TW': '終止服務', en: 'Terminate service' },
    { 'zh-CN': '注销', 'zh-TW': '註銷', en: 'Cancel' },
    { 'zh-CN': '取消套餐', 'zh-TW': '取消方案', en: 'Cancel my plan' },
    { 'zh-CN': '停用上网卡', 'zh-TW': '停用上網卡', en: 'Deactivate my card' },
  ],
  supportHours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: '08:00', closes: '22:00' }],
} satisfies Partial<PackSource>;
