import type { PackSource } from '../../../../src/policy/pack.ts';

/** Sold with the card, and ended with it: nobody pays for them a day longer. */
export const linkedServices: PackSource['linkedServices'] = [
  { id: 'cloud-storage', label: { 'zh-CN': '云存储', 'zh-TW': '雲端儲存空間', en: 'Cloud storage' }, provider: 'station-cloud' },
  { id: 'music', label: { 'zh-CN': '音乐订阅', 'zh-TW': '音樂訂閱', en: 'Music subscription' }, provider: 'station-music' },
];
