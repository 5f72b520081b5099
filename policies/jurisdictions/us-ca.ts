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
  duties: [{
    id: 'offers-beside-the-button',
    says: {
      'zh-CN': '挽留优惠只能放在直接注销的按钮旁边，不能代替它。',
      'zh-TW': '挽留優惠只能放在直接註銷的按鈕旁邊，不能取代它。',
      en: 'An offer to stay may stand only beside a button that cancels at once.',
    },
    source: 'Cal. Bus. & Prof. Code § 17602 as amended by AB 2863 (2024)',
    mark: 'to-be-checked',
  }],
} satisfies JurisdictionSource;
