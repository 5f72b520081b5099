import type { JurisdictionSource } from '../../src/policy/jurisdiction.ts';

/** California, beside the federal law. For contracts made or changed from 1 July 2025 on. */
export default {
  id: 'us-ca',
  validFrom: '2025-07-01',
  zone: 'America/Los_Angeles',
  name: { 'zh-CN': '美国加利福尼亚州', 'zh-TW': '美國加州', en: 'California' },
  regions: ['US-CA'],
  online: {
    says: {
      'zh-CN': '在网上开通的服务，可以全程在网上终止，不得用多余的步骤阻挠或拖延。',
      'zh-TW': '在網路上申辦的服務，可以全程在網路上終止，不得以多餘的步驟阻撓或拖延。',
      en: 'What was begun online can be ended online, wholly and at will, with no step that obstructs or delays it.',
    },
    source: 'Cal. Bus. & Prof. Code § 17602 as amended by AB 2863 (2024)',
    mark: 'second-hand',
  },
  dataRequests: [{
    of: ['copy', 'erase'],
    within: { days: 45 },
    extension: { days: 45 },
    says: {
      'zh-CN': '查阅、删除个人信息的要求，45天内答复；必要时可以再延45天，并说明原因。',
      'zh-TW': '查閱、刪除個人資訊的要求，45天內答覆；必要時可再延45天，並說明原因。',
      en: 'Requests to know or delete personal information are answered within 45 days; 45 more where that is necessary, with the reason.',
    },
    source: 'Cal. Civ. Code § 1798.130(a)(2)(A) (CCPA), for businesses that it holds for',
    mark: 'to-be-checked',
  }],
  duties: [{
    id: 'offers-beside-the-button',
    tells: {
      'zh-CN': '在网上开通的，可以全程在网上注销。我们不用优惠拦您：要是有，也只在注销按钮旁边。',
      'zh-TW': '在網路上申辦的，可以全程在網路上註銷。我們不用優惠攔您：就算有，也只在註銷按鈕旁邊。',
      en: 'What you began online you can end online, all the way. No offer stands in between: if there ever is one, it is beside the button that cancels.',
    },
    says: {
      'zh-CN': '挽留优惠只能放在直接注销的按钮旁边，不能代替它。',
      'zh-TW': '挽留優惠只能放在直接註銷的按鈕旁邊，不能取代它。',
      en: 'An offer to stay may stand only beside a button that cancels at once.',
    },
    source: 'Cal. Bus. & Prof. Code § 17602 as amended by AB 2863 (2024)',
    mark: 'to-be-checked',
  }],
} satisfies JurisdictionSource;
