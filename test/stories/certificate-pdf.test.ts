import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import jsqr from 'jsqr';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificatePdf } from '../../src/certificate/pdf/certificate-pdf.ts';
import { publishedKeys } from '../../src/certificate/published-keys.ts';
import { sign } from '../../src/certificate/sign.ts';
import { verifyFile } from '../../src/certificate/verify-file.ts';
import { factsOf, stepsOf, verdictOf } from '../../src/certificate/words.ts';
import { checkFile } from '../../src/cli/verify-command.ts';
import type { Statement } from '../../src/evidence/statements.ts';
import { languages } from '../../src/policy/pack.ts';
import { makeSigningKey } from '../../src/vault/signing-key.ts';
import { aStatement } from '../statement.ts';

const run = promisify(execFile);
const readQr = jsqr as unknown as typeof jsqr.default; // the package’s types say `default` once more than Node does
const key = makeSigningKey();
const published = publishedKeys([key]);
const verifyUrl = 'https://plum.example/verify';
const pdfOf = async (statement: Statement, language: (typeof languages)[number]): Promise<Buffer> =>
  certificatePdf(statement, await sign(statement, key), language, { verifyUrl, colour: '#6b3fa0', key });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signoff-certificate-'));
});
afterAll(() => rm(folder, { recursive: true }));
const saved = async (name: string, bytes: Buffer | string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
};
/** Where a line broke is the page's business. */
const flat = (text: string): string => text.replaceAll('’', "'").replace(/\s+/g, '');

describe.each(languages)('UP8 N10 the PDF in %s', (language) => {
  const statement = aStatement({ esimRemoval: 'already-on-device', esimSignals: { orderedAt: '2026-12-10T02:00:04.902Z', deletionReportedAt: '2026-12-14T09:21:30.000Z' }, updates: '4c1f6d52-93f1-4d0e-b3a8-5c9a6a0b7b11' });

  it('UP8 says what the statement says, each character drawn and to be copied out', async () => {
    const path = await saved(`${language}.pdf`, await pdfOf(statement, language));
    const { stdout } = await run('pdftotext', ['-layout', path, '-']);
    const page = flat(stdout);
    for (const { label, value } of factsOf(statement, language)) for (const text of [label, value.slice(0, 30)]) expect(page).toContain(flat(text));
    for (const { name, outcome, at } of stepsOf(statement, language)) for (const text of [name, outcome, at]) expect(page).toContain(flat(text));
    expect(page).toContain(flat(verdictOf(statement, language)));
    const { stdout: info } = await run('pdfinfo', [path]);
    expect(info).toMatch(/Pages:\s+1\n/);
    expect(info).toMatch(/Tagged:\s+yes/);
    const { stdout: fonts } = await run('pdffonts', [path]);
    expect(fonts).toContain(language === 'zh-TW' ? 'NotoSansHant' : 'NotoSansHans');
    expect((await readFile(path, 'latin1'))).toContain(`/Lang (${{ 'zh-CN': 'zh-Hans', 'zh-TW': 'zh-Hant', en: 'en' }[language]})`);
  });

  it('N10 has a QR code that leads to the public page', async () => {
    const path = await saved(`${language}.pdf`, await pdfOf(statement, language));
    await run('pdftoppm', ['-r', '110', '-png', '-singlefile', path, join(folder, language)]);
    const { data, info } = await sharp(join(folder, `${language}.png`)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(readQr(new Uint8ClampedArray(data), info.width, info.height)?.data).toBe(`${verifyUrl}?n=7F3K-9Q2M-X`);
  });

  it('N10 carries its signed original, which any PDF reader gives out', async () => {
    const path = await saved(`${language}.pdf`, await pdfOf(statement, language));
    const out = join(folder, `${language}.jws`);
    await run('pdfdetach', ['-save', '1', '-o', out, path]);
    expect(await readFile(out, 'utf8')).toBe(`${await sign(statement, key)}\n`);
  });
});

describe('the PDF as a file', () => {
  it('is the same bytes each time, whoever asks and whenever', async () => {
    expect((await pdfOf(aStatement(), 'en')).equals(await pdfOf(aStatement(), 'en'))).toBe(true);
  });

  it('N10 after a changed byte anywhere it is not what was issued', async () => {
    const pdf = await pdfOf(aStatement(), 'en');
    expect(verifyFile(pdf, published)).toMatchObject({ kind: 'valid', page: true });
    for (let place = 0; place < pdf.length; place += place > pdf.length - 250 ? 1 : 61) {
      const changed = Buffer.from(pdf);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect([place, verifyFile(changed, published).kind]).toEqual([place, 'altered']);
    }
  });

  it('saved anew by another program: the page is not believed, the original inside still is', async () => {
    const pdf = await pdfOf(aStatement(), 'en');
    const cut = pdf.subarray(0, pdf.lastIndexOf('%signoff'));
    expect(verifyFile(cut, published)).toEqual({ kind: 'altered', part: 'page', genuine: aStatement() });
  });

  it('another PDF is no certificate', () => {
    expect(verifyFile(Buffer.from('%PDF-1.7\nhello'), published)).toEqual({ kind: 'not-a-certificate', because: 'nothing-inside' });
  });

  it('a long case goes on to a second page', async () => {
    const [step] = aStatement().steps;
    const long = aStatement({ steps: Array.from({ length: 40 }, () => step as NonNullable<typeof step>) });
    const path = await saved('long.pdf', await pdfOf(long, 'zh-CN'));
    expect((await run('pdfinfo', [path])).stdout).toMatch(/Pages:\s+2\n/);
  });

  it('a brand’s name in the other script is drawn too', async () => {
    const statement = aStatement({ brand: { id: 'plum', name: { 'zh-CN': '註銷門號', 'zh-TW': '注销', en: '注销 Plum' } } });
    const path = await saved('mixed.pdf', await pdfOf(statement, 'zh-TW'));
    const { stdout } = await run('pdffonts', [path]);
    expect(stdout).toContain('NotoSansHans');
    expect((await run('pdftotext', [path, '-'])).stdout).toContain('注销');
  });
});

describe('UP8 N10 signoff verify', () => {
  const check = async (bytes: Buffer | string, language: (typeof languages)[number], json = false) => {
    const keys = await saved('public-keys.json', JSON.stringify(published));
    return checkFile(await saved('given', bytes), { keys, language, json });
  };

  it('UP8 N10 says yes with the facts, in the language of the terminal', async () => {
    const jws = await sign(aStatement(), key);
    for (const language of languages) {
      const { code, out } = await check(jws, language);
      expect(code).toBe(0);
      for (const { label, value } of factsOf(aStatement(), language)) for (const text of [label, value]) expect(out).toContain(text);
      expect(await check(await pdfOf(aStatement(), language), language)).toMatchObject({ code: 0 });
    }
    expect(JSON.parse((await check(jws, 'en', true)).out)).toMatchObject({ ok: true, kind: 'valid', statement: { applicationNumber: '7F3K-9Q2M-X' } });
  });

  it('N10 names what is wrong after one changed byte', async () => {
    const jws = await sign(aStatement(), key);
    const place = jws.indexOf('.') + 100;
    const changed = `${jws.slice(0, place)}${jws[place] === 'A' ? 'B' : 'A'}${jws.slice(place + 1)}`;
    expect(await check(changed, 'zh-CN')).toEqual({ code: 1, out: '✗ 不要相信这份证明：它在签发后被改动过。\n  被改动的是证明内容（证明的第二部分），上面写的已不是签名时的内容。' });
    expect((await check(changed, 'en')).out).toContain('What was changed is the statement');
    const pdf = await pdfOf(aStatement(), 'en');
    pdf[pdf.length >> 1] = (pdf[pdf.length >> 1] ?? 0) ^ 1;
    expect(await check(pdf, 'en')).toMatchObject({ code: 1 });
  });

  it('what could not be checked is no answer: exit 2', async () => {
    const keys = await saved('public-keys.json', JSON.stringify(published));
    expect(await checkFile(join(folder, 'nowhere'), { keys, language: 'en', json: false })).toMatchObject({ code: 2 });
    expect(await checkFile(keys, { keys: join(folder, 'nowhere'), language: 'zh-TW', json: false })).toMatchObject({ code: 2 });
    expect(await checkFile(keys, { keys: await saved('no-keys', 'x'), language: 'zh-CN', json: false })).toMatchObject({ code: 2 });
  });
});
