/** What is wrong with a file or a line of it, in words. */
import { translator } from '../../language/index.ts';
import type { Language } from '../../policy/pack.ts';
import type written from '../../../messages/bulk/zh-CN.json';
import type { CannotReadFile } from './head.ts';
import type { BulkLine } from './order.ts';

export type BulkKey = keyof typeof written;
export const bulkWords = (language: Language) => translator<BulkKey>('bulk', language);

export const refusalInWords = (language: Language, { why, detail = '', rule }: Pick<BulkLine, 'why' | 'detail' | 'rule'>): string =>
  why === undefined ? '' : bulkWords(language)(`why.${why}`, { detail, hasRule: rule === undefined ? 'no' : 'yes', rule: rule?.[language] ?? '' });

export const fileInWords = (language: Language, why: CannotReadFile): string => {
  const say = bulkWords(language);
  switch (why.kind) {
    case 'encoding':
    case 'separator':
      return say(`file.${why.kind}`, { found: why.found });
    case 'head':
      return say('file.head', { hasTwice: why.twice.length > 0 ? 'yes' : 'no', twice: why.twice.join(language === 'en' ? ', ' : '、') });
    case 'too-large':
      return say('file.too-large', { most: `${why.most / 1024 / 1024} MB` });
    case 'empty':
    case 'no-lines':
    case 'cut-short':
    case 'too-long':
      return say(`file.${why.kind}`);
  }
};
