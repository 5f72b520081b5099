import { describe, expect, test } from 'vitest';
import { offered, translator } from '../../src/language/index.ts';
import { fold, seeksEntry } from '../../src/policy/find-entry.ts';
import { allPacks } from '../../policies/index.ts';

const usual = offered.flatMap((language) => translator('portal', language)('find.usual').split('、'));
const seeks = (asked: string, names: readonly string[] = ['停卡']) => seeksEntry(asked, usual, names);

describe('UU3 EC5 the way to cancel is found under any wording', () => {
  test.each([
    '关闭账户', '终止服务', '注销', 'cancel', 'close', 'terminate', 'delete', '退订', '停机', '解約', '销户', '注消', '取消服务', '删除账号',
    '關閉帳戶', '終止服務', '註銷', '註銷賬號', '退租', '停話', '關閉帳號',
    'ＣＡＮＣＥＬ', 'Cancel My Plan', 'how do i close my account?', 'TERMINATE', 'cancle', 'cansel', 'unsubcribe', 'delete my number', 'end-my-service', 'Kündigen', 'résilier',
    '怎么注销这张卡？', '我 要 注 销', '不想用了', '註销', '停卡',
  ])('%s', (asked) => expect(seeks(asked)).toBe(true));

  test.each(['', ' ', '账单', '余额', 'bill', 'roaming', 'password', 'data', 'c', '户', '🙂', '漫游怎么开', 'my account'])('but not under “%s”', (asked) => expect(seeks(asked)).toBe(false));

  test('every brand’s own names lead there, in each language', () => {
    for (const pack of allPacks) for (const name of pack.entryNames) for (const language of offered) expect(seeksEntry(name[language], usual, pack.entryNames.flatMap((one) => offered.map((as) => one[as]))), `${pack.brand} ${name[language]}`).toBe(true);
  });
});

test('width, case, accents, spaces and script fold away', () => {
  expect(fold('ＣＡＮＣＥＬ　My-Plan!')).toBe('cancelmyplan');
  expect(fold('註銷帳號')).toBe(fold('注销账号'));
  expect(fold('Résilier')).toBe('resilier');
});
