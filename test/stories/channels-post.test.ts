import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visitor, type File, type Visitor } from '../../src/demo/visitor.ts';
import { addAgent, anyWay, onlineOnly, withChannels, type Account } from './channels-setting.ts';
import { pathOf, photo, serve, signIn, solveAll, stateOf, toPreparation, words, type Served } from './up-setting.ts';

let served: Served;
let folder: string;
let me: Visitor;
let pdf: Buffer;
let code: string;
const run = promisify(execFile);
const agent = { email: 'agent@ultra-purple.example', password: 'nine-lamps-on-the-quay' };
const subscriber = (of = anyWay, place = 0) => {
  const found = served.story.dataOf(of).subscribers[place];
  if (found === undefined) throw new Error('nobody');
  return found;
};
const atDesk = async (who: Account, of = anyWay): Promise<Visitor> => {
  const one = visitor(`${served.root(of)}/console`, 'zh-CN');
  await one.visit(`${served.root(of)}/console/sign-in`);
  await one.submit('/sign-in', who);
  await one.visit(`${served.root(of)}/console/papers`);
  return one;
};
const file = (contents: Buffer, type: string): File => ({ name: 'scan', type, contents: new Uint8Array(contents) });
/** As it comes from a scanner: a picture on a page, a little askew. */
const scanned = async (askew: number): Promise<Buffer> => {
  const path = join(folder, 'form');
  await writeFile(`${path}.pdf`, pdf);
  await run('pdftoppm', ['-r', '150', '-png', '-singlefile', '-f', '1', `${path}.pdf`, path]);
  return sharp(await readFile(`${path}.png`)).rotate(askew, { background: '#ffffff' }).jpeg({ quality: 70 }).toBuffer();
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signoff-post-'));
  served = await serve({ works: false, brands: withChannels });
  await addAgent(served.story, anyWay, '客服 乙', agent);
  me = await signIn(served, subscriber(), anyWay);
  await toPreparation(me);
  await solveAll(me);
  await me.submit('/cancel');
  await me.submit('/application', { reason: 'no-longer-needed', name: '林晓雨', email: subscriber().person.email ?? '', phone: '' });
  await me.visit(`${served.root(anyWay)}${pathOf(me)}`);
});
afterAll(async () => {
  await served?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('UR3 P13 by post', () => {
  it('UR3 printed as far as it is filled in, with a code, consequences to tick, enclosures, room to sign, and where it goes', async () => {
    const printed = await me.download(me.link(/\/paper\.pdf$/));
    expect(printed.type).toContain('application/pdf');
    pdf = printed.contents;
    await writeFile(join(folder, 'form.pdf'), pdf);
    const { stdout } = await run('pdftotext', ['-layout', join(folder, 'form.pdf'), '-']);
    code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/.exec(stdout)?.[0] ?? '';
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/林晓雨.*逐条打勾.*附件.*身份证件复印件.*签名.*地点和日期.*寄到.*ultra-purple\.example/);
    const again = await me.download(me.link(/\/paper\.pdf$/));
    await writeFile(join(folder, 'again.pdf'), again.contents);
    expect((await run('pdftotext', [join(folder, 'again.pdf'), '-'])).stdout).toContain(code);
    expect(await served.story.rows(`select 1 from journal`)).toEqual([]); // printing sends nothing
  });

  it('UR3 bad input: nothing, something else, a code of nobody’s, a scan without one', async () => {
    const desk = await atDesk(agent);
    expect((await desk.submit('/papers', { code: '' })).status).toBe(422);
    expect((await desk.submit('/papers', { code: '', scan: file(Buffer.from('<html>'), 'text/html') })).status).toBe(422);
    const blank = await photo('blank.jpg', 600);
    expect((await desk.submit('/papers', { code: '', scan: blank })).status).toBe(422);
    expect(words(desk)).toContain('读不出来');
    expect((await desk.submit('/papers', { code: '0000-0000-0000-0', scan: blank })).status).toBe(422);
    expect(words(desk)).toContain('没有这个编号');
    expect(await served.story.rows(`select 1 from documents where purpose = 'paper'`)).toEqual([]);
  });

  it('UR3 P13 another brand’s agent, an auditor, a subscriber: the paper is not theirs', async () => {
    const away = await addAgent(served.story, onlineOnly, '外人', { email: 'agent@ultra-online.example', password: 'three-hills-far-away-9' });
    const stranger = await atDesk(away, onlineOnly);
    expect((await stranger.submit('/papers', { code, scan: file(pdf, 'application/pdf') })).status).toBe(422);
    expect((await stranger.visit(`${served.root(onlineOnly)}/console/papers/${code}`)).status).toBe(404);
    const auditor = await atDesk(served.story.dataOf(anyWay).staff[2] ?? agent);
    expect(auditor.page().status).toBe(403);
    expect((await auditor.visit(`${served.root(anyWay)}/console/papers/${code}`)).status).toBe(403);
    const other = await signIn(served, subscriber(anyWay, 1), anyWay);
    const lineId = pathOf(me).split('/')[2] ?? '';
    expect((await other.download(`${served.root(anyWay)}/lines/${lineId}/cancel/paper.pdf`)).status).toBe(404);
    const elsewhere = await signIn(served, subscriber(onlineOnly), onlineOnly);
    await toPreparation(elsewhere);
    await solveAll(elsewhere);
    await elsewhere.submit('/cancel');
    expect(words(elsewhere)).not.toContain('邮寄');
    expect((await elsewhere.download(`${served.root(onlineOnly)}${pathOf(elsewhere).replace(/\/application$/, '/paper.pdf')}`)).status).toBe(404);
  });

  it('UR3 a scan in PDF or as a photo finds its case by the code; without signature it is not received', async () => {
    const desk = await atDesk(agent);
    await desk.submit('/papers', { code: '', scan: file(await scanned(3), 'image/jpeg') });
    expect(pathOf(desk)).toBe(`/console/papers/${code}`);
    await desk.visit(`${served.root(anyWay)}/console/papers`);
    await desk.submit('/papers', { code: '', scan: file(pdf, 'application/pdf') });
    expect(words(desk)).toMatch(/已归档 2 份，线路尾号 42/);
    expect(words(desk)).not.toContain('+1 202 555 0142');
    expect((await desk.submit(`/papers/${code}`, { documentKind: 'passport', signed: ['signature'] })).status).toBe(422);
    expect(words(desk)).toContain('不能收下');
    expect((await desk.submit(`/papers/${code}`, { documentKind: 'passport', signed: ['signature', 'consequences'] })).status).toBe(422);
    expect(words(desk)).toContain('证件照片：还没有填'); // no copy enclosed
  });

  it('UR3 UR4 complete, it is received under the number that the paper bears: the same case, by post, with who filed it', async () => {
    const desk = await atDesk(agent);
    await desk.visit(`${served.root(anyWay)}/console/papers/${code}`);
    await desk.submit(`/papers/${code}`, { documentKind: 'passport', signed: ['signature', 'consequences', 'enclosed'] });
    expect(pathOf(desk)).toBe(`/console/papers/${code}`);
    expect(await stateOf(served, code)).toBe('reviewing');
    const [staff] = await served.story.rows<{ id: string }>(`select id from staff where brand = $1 and roles = array['agent']`, [anyWay]);
    const journal = await served.story.rows<{ event: string; actor: string; facts: Record<string, unknown> }>(
      `select event, actor, facts from journal j join cancellations c on c.id = j.cancellation_id where application_number = $1 and event in ('received', 'proven') order by entry`, [code]);
    expect(journal).toMatchObject([
      { event: 'received', actor: 'agent', facts: { channel: 'post', by: staff?.id } },
      { event: 'proven', actor: 'agent', facts: { by: staff?.id } },
    ]);
    expect(journal[1]?.facts['proofs']).toEqual(expect.arrayContaining(['signature', 'passport']));
    await me.visit(`${served.root(anyWay)}/cases/${code}`);
    expect(words(me)).toContain(code);
    // What comes later with the same number is filed to the same case.
    const later = await atDesk(agent);
    await later.submit('/papers', { code: code.toLowerCase(), scan: await photo('id.jpg', 300) });
    expect(words(later)).toMatch(/已归档 3 份/);
    expect(later.page().root.querySelectorAll('form').some((form) => form.getAttribute('action')?.includes('/papers/'))).toBe(false);
    const [reviewer] = served.story.dataOf(anyWay).staff;
    const review = await atDesk(reviewer ?? agent);
    await review.visit(`${served.root(anyWay)}/console/cases/${code}`);
    expect(review.page().root.querySelectorAll('.documents figure').length).toBe(3);
  });
});
