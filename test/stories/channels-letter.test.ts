import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../src/demo/visitor.ts';
import { hours } from '../harness.ts';
import { anyWay, onlineOnly, withChannels } from './channels-setting.ts';
import { apply, come, decide, serve, signIn, words, type Served } from './up-setting.ts';

let served: Served;
let folder: string;
let me: Visitor;
const run = promisify(execFile);
const subscriber = (place = 0) => {
  const found = served.story.dataOf(anyWay).subscribers[place];
  if (found === undefined) throw new Error('nobody');
  return found;
};
const read = async (pdf: Buffer): Promise<string> => {
  const path = join(folder, 'paper.pdf');
  await writeFile(path, pdf);
  return (await run('pdftotext', ['-layout', path, '-'])).stdout.replace(/\s+/g, ' ');
};
const textToCopy = (one: Visitor): string => one.page().root.querySelector('textarea[name=letter]')?.text ?? '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signoff-letter-'));
  served = await serve({
    works: false,
    brands: { ...withChannels, [anyWay]: (pack) => ({ ...withChannels[anyWay]?.(pack) ?? pack, addresses: { ...pack.addresses, post: ['Care of Ultra', 'Box 100, Example City'] } }) },
  });
  me = await signIn(served, subscriber(), anyWay);
});
afterAll(async () => {
  await served?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('UU12 in writing', () => {
  it('UU12 from the line: a letter with name, number, order number, request, date and the official address, on paper and to copy', async () => {
    await me.visit(me.link(/\/lines\/[^/]+$/));
    await me.visit(me.link(/\/lines\/[^/]+\/letter$/));
    const copied = textToCopy(me);
    expect(copied).toMatch(/林晓雨/);
    expect(copied).toMatch(/\+1 202 555 0142/);
    expect(copied).toContain(`${anyWay}-B-100142`);
    expect(copied).toContain('账户名：+1 202 555 0142'); // what they sign in with
    expect(copied).toContain('2026年11月24日');
    const mailto = me.page().root.querySelector('a[href^="mailto:"]')?.getAttribute('href') ?? '';
    expect(mailto).toMatch(/^mailto:[\w.-]+@ultra-purple\.example\?subject=/);
    expect(decodeURIComponent(mailto)).toContain('我请求');
    expect(words(me)).toContain('Box 100, Example City');
    const pdf = await me.download(me.link(/\/letter\.pdf$/));
    expect(pdf.type).toContain('application/pdf');
    expect(await read(pdf.contents)).toMatch(/Box 100, Example City.*2026年11月24日.*注销线路的请求.*林晓雨.*签名/);
  });

  it('UU12 refused: the reason in plain words, and a letter that objects to it, one click from the status', async () => {
    const one = await signIn(served, subscriber(1), anyWay);
    const number = await apply(one, subscriber(1));
    await decide(served, number, { move: 'refuse', because: 'not-the-holder' }, 0, anyWay);
    await one.visit(`${served.root(anyWay)}/cases/${number}`);
    await one.visit(one.link(/\/cases\/[^/]+\/letter$/));
    const copied = textToCopy(one);
    expect(copied).toContain(number);
    expect(copied).toMatch(/異議|不同意/);
    const pack = served.story.signoff.desk.packs.latest(anyWay);
    const refusal = pack.ok ? pack.value.refusals.find(({ id }) => id === 'not-the-holder') : undefined;
    expect(copied).toContain(refusal?.says['zh-TW']);
    expect(await read((await one.download(one.link(/\/letter\.pdf$/))).contents)).toContain(number);
    // Nobody else's.
    expect((await me.visit(`${served.root(anyWay)}/cases/${number}/letter`)).status).toBe(404);
    expect((await me.download(`${served.root(anyWay)}/cases/${number}/letter.pdf`)).status).toBe(404);
    const stranger = await come(served, `/cases/${number}/letter`, 'zh-CN', anyWay);
    expect(new URL(stranger.page().url).pathname).toMatch(/\/sign-in$/);
    const elsewhere = await signIn(served, { ...subscriber(1) }, onlineOnly);
    expect((await elsewhere.visit(`${served.root(onlineOnly)}/cases/${number}/letter`)).status).toBe(404);
  });

  it('UU12 without sign-in, from the help page: the same letter with blanks, in every language', async () => {
    for (const [language, says] of [['zh-CN', '我请求'], ['zh-TW', '我請求'], ['en', 'I ask']] as const) {
      const anyone = await come(served, '/help', language, anyWay);
      await anyone.visit(anyone.link(/\/letter$/));
      expect(textToCopy(anyone)).toContain(says);
      expect(textToCopy(anyone)).toContain('_____');
      expect(await read((await anyone.download(anyone.link(/\/letter\.pdf$/))).contents)).toContain(says);
    }
  });

  it('UP13 UU12 the help page names every channel, and says whether somebody is there now', async () => {
    const anyone = await come(served, '/help', 'zh-CN', anyWay);
    expect(words(anyone)).toMatch(/客服在线 到11月24日（周二）18:00/);
    for (const one of ['+1', '在线留言', '正式信件', 'Box 100', '@care@ultra-purple.example']) expect(words(anyone)).toContain(one);
    await served.story.pass(hours(9));
    await anyone.visit(`${served.root(anyWay)}/help`);
    expect(words(anyone)).toMatch(/现在没有人值班 11月25日（周三）09:00开始/);
    const online = await come(served, '/help', 'zh-CN', onlineOnly);
    expect(words(online)).toMatch(/全天都有人/);
    expect(words(online)).not.toMatch(/在线留言|广场/);
  });
});
