/** Does somebody look for the way to cancel, in whatever words? Folded, so that width, case, script and a slip do not matter. */
import { slips } from './nearness.ts';

/** Traditional characters of the words in use, and what they are in simplified ones. */
const simplified: Readonly<Record<string, string>> = {
  註: '注', 銷: '销', 關: '关', 閉: '闭', 帳: '账', 戶: '户', 賬: '账', 帐: '账', 號: '号', 終: '终', 務: '务', 約: '约', 訂: '订', 機: '机', 話: '话', 門: '门', 號碼: '号码', 碼: '码', 刪: '删',
  結: '结', 斷: '断', 線: '线', 電: '电', 棄: '弃', 續: '续', 費: '费', 閱: '阅', 設: '设', 備: '备', 遺: '遗', 掛: '挂', 給: '给', 別: '别', 網: '网', 開: '开', 離: '离', 職: '职', 讓: '让', 換: '换', 會: '会', 員: '员', 證: '证',
};

export const fold = (text: string): string =>
  [...text.normalize('NFKC').toLowerCase().normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '')].map((letter) => simplified[letter] ?? letter).join('');

/** Latin words of a question, each by itself: a slip is forgiven in a long one only. */
const wordsOf = (text: string): string[] => text.normalize('NFKC').toLowerCase().match(/[a-z]+/g) ?? [];

/** `usual`: the usual words in every language; `names`: what this brand calls it. */
export const seeksEntry = (asked: string, usual: readonly string[], names: readonly string[]): boolean => {
  const question = fold(asked.slice(0, 200));
  if (question === '') return false;
  if (names.some((name) => { const folded = fold(name); return folded.length > 1 && (question.includes(folded) || (folded.includes(question) && question.length * 2 >= folded.length)); })) return true;
  if (usual.some((word) => { const folded = fold(word); return folded.length > 1 && question.includes(folded); })) return true;
  const known = usual.flatMap((word) => (/^[a-z]{5,}$/i.test(word) ? [word.toLowerCase()] : []));
  return wordsOf(asked).some((word) => word.length >= 5 && known.some((one) => slips(word, one, 1) <= 1));
};
