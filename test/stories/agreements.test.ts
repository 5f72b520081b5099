/** ES4: what a policy wants agreed to is read, signed by name and one-time code, and kept as a paper whose signature others can check. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireProgram } from '../../src/cli/debian-packages.ts';
import { signedAgreement } from '../../src/certificate/pdf/agreement-pdf.ts';
import { seeAgreements, signAgreements } from '../../src/desk/agreements.ts';
import { discardDraft } from '../../src/desk/draft.ts';
import { submit } from '../../src/desk/submit.ts';
import type { Visitor } from '../../src/demo/visitor.ts';
import { verifyChain } from '../../src/evidence/chain.ts';
import { assemble } from '../../src/main.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { readSettings } from '../../src/settings.ts';
import { makeDocumentKey, readDocumentKey } from '../../src/signature/document-key.ts';
import { readDrawn } from '../../src/signature/drawn.ts';
import { pemOf } from '../../src/signature/x509.ts';
import { readJournal, sha256 } from '../../src/store/journal.ts';
import { brand, eventually, hours } from '../harness.ts';
import { acknowledgements, answersOf, come, inbox, pathOf, person, reviewer, says, serve, signIn, solveAll, toPreparation, words, type Served } from './up-setting.ts';

const text = (zh: string, tw: string, en: string) => ({ 'zh-CN': zh, 'zh-TW': tw, en });
const agreements = [
  { id: 'end-of-service', title: text('终止服务协议', '終止服務協議', 'Agreement to end the service'), body: text('一、服务在七天后终止。\n\n二、号码不能恢复。', '一、服務在七天後終止。\n\n二、門號無法恢復。', '1. The service ends after seven days.\n\n2. The number can’t be restored.') },
  { id: 'data', title: text('个人信息说明', '個人資料說明', 'About personal data'), body: text('通讯录会被删除。', '通訊錄會被刪除。', 'Contacts are deleted.') },
];
const plain = 'ultra-plain';
const withAgreements = (pack: Pack): Pack => ({ ...pack, agreements });

const say = says('zh-CN');
const zhou = person('31');
const wu = person('32', { language: 'en' });
const zheng = person('33');
let served: Served;
const folder = mkdtempSync(join(tmpdir(), 'signoff-agreements-'));

beforeAll(async () => {
  served = await serve({ change: withAgreements, brands: { [plain]: (pack) => ({ ...pack, agreements: [] }) }, also: [zhou, wu, zheng] });
});
afterAll(async () => {
  await served?.close();
  rmSync(folder, { recursive: true, force: true });
});

const lineOf = async (digits: string): Promise<string> =>
  (await served.story.rows<{ id: string }>(`select id from lines where billing_ref = $1 and brand = $2`, [`B-1001${digits}`, brand]))[0]?.id ?? '';
const toAgreements = async (who: typeof zhou): Promise<Visitor> => {
  const one = await signIn(served, who);
  await toPreparation(one);
  await solveAll(one);
  await one.submit('/cancel');
  await one.submit('/application', await answersOf(who));
  expect(pathOf(one)).toMatch(/\/cancel\/agreements$/);
  return one;
};
const codesOf = (who: typeof zhou): string[] => inbox(served, who.person.email ?? '').mail.flatMap(({ text: body }) => /\b\d{8}\b/.exec(body)?.[0] ?? []);
/** Asks for a code, and waits for it. */
const askForCode = async (one: Visitor, who: typeof zhou): Promise<string> => {
  const before = codesOf(who).length;
  await one.submit('/agreements', { channel: 'e-mail' });
  return eventually('a code by mail', async () => codesOf(who)[before]);
};
const otherCode = (code: string): string => code.replace(/./g, (digit) => String((Number(digit) + 1) % 10));
const download = (one: Visitor, path: string) => one.download(`${served.root()}${path}`);

const file = (name: string, contents: Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
};
const judged = (pdf: Buffer): string => spawnSync(requireProgram('pdfsig'), ['-nocert', file('judged.pdf', pdf)], { encoding: 'utf8' }).stdout;
const readText = (pdf: Buffer): string => execFileSync(requireProgram('pdftotext'), ['-layout', file('read.pdf', pdf), '-'], { encoding: 'utf8' });
/** What is signed, and the signature over it, as they lie in the file. */
const taken = (pdf: Buffer): { content: Buffer; signature: Buffer } => {
  const [, first = 0, second = 0, length = 0] = (/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/.exec(pdf.toString('latin1')) ?? []).map(Number);
  const padded = Buffer.from(pdf.toString('latin1', first + 1, second - 1), 'hex');
  return { content: Buffer.concat([pdf.subarray(0, first), pdf.subarray(second, second + length)]), signature: padded.subarray(0, 4 + padded.readUInt16BE(2)) };
};

describe('ES4 electronic signature', () => {
  let one: Visitor;
  let lineId: string;
  let inDraft: Buffer;
  let number: string;
  let used: string;

  test('ES4 each document stands there in full, and as a PDF to read before signing', async () => {
    one = await toAgreements(zhou);
    lineId = await lineOf('31');
    for (const { title, body } of agreements) {
      expect(words(one)).toContain(title['zh-CN']);
      for (const paragraph of body['zh-CN'].split('\n\n')) expect(words(one)).toContain(paragraph);
    }
    const pdf = await download(one, `/lines/${lineId}/cancel/agreements/end-of-service/to-read.pdf`);
    expect(pdf).toMatchObject({ status: 200, type: 'application/pdf' });
    expect(readText(pdf.contents)).toMatch(/终止服务协议[^]*二、号码不能恢复。[^]*供阅读，尚未签署/);
    expect(pdf.contents.includes('/ByteRange')).toBe(false);
    expect((await download(one, `/lines/${lineId}/cancel/agreements/made-up/to-read.pdf`)).status).toBe(404);
    expect((await download(one, `/lines/${lineId}/cancel/agreements/end-of-service/signed.pdf`)).status).toBe(404);
  });

  test('ES4 without a signature nothing is sent, whichever way one goes round', async () => {
    await one.visit(`${served.root()}/lines/${lineId}/cancel/check`);
    expect(pathOf(one)).toMatch(/\/cancel\/agreements$/);
    expect(words(one)).toContain(say('field.agreements.missing'));
    const { desk } = served.story.signoff;
    const [row] = await served.story.rows<{ subscriber_id: string }>(`select subscriber_id from lines where id = $1`, [lineId]);
    const sent = await submit(desk, { brand, subscriberId: row?.subscriber_id ?? '' }, lineId);
    expect(sent).toMatchObject({ ok: false, why: { kind: 'incomplete', missing: expect.arrayContaining(['agreements']) } });
  });

  test('ES4 a name that is missing or another’s, a code that is missing or wrong: nothing is signed, and the code is not spent on a slip', async () => {
    used = await askForCode(one, zhou);
    expect(pathOf(one)).toMatch(/\/agreements\/sign$/);
    await one.submit('/agreements/sign', { signature: '', code: used });
    expect(words(one)).toContain(say('sign.name-missing'));
    await one.submit('/agreements/sign', { signature: '别人', code: used });
    expect(words(one)).toContain(say('sign.name-differs'));
    await one.submit('/agreements/sign', { signature: zhou.person.name, code: '' });
    expect(words(one)).toContain(say('code.missing'));
    await one.submit('/agreements/sign', { signature: zhou.person.name, code: used, drawn: '1,1 2,2' });
    expect(words(one)).toContain(say('sign.drawing-not-readable'));
    await one.submit('/agreements/sign', { signature: zhou.person.name, code: otherCode(used) });
    expect(one.page().status).toBe(422);
    expect(words(one)).toContain(say('code.wrong', { left: 4 }));
    expect(await served.story.rows(`select 1 from agreement_signatures`)).toEqual([]);
  });

  test('ES4 the name and the right code sign all of them, and the way goes on', async () => {
    await one.submit('/agreements/sign', { signature: ` ${zhou.person.name} `, code: used });
    expect(pathOf(one)).toMatch(/\/cancel\/consequences$/);
    const rows = await served.story.rows<{ agreement_id: string; language: string; purpose: string; sealed: Buffer }>(
      `select agreement_id, language, purpose, sealed from agreement_signatures join documents d on d.id = document_id order by agreement_id`);
    expect(rows.map(({ agreement_id, language, purpose }) => [agreement_id, language, purpose])).toEqual([['data', 'zh-CN', 'agreement'], ['end-of-service', 'zh-CN', 'agreement']]);
    for (const { sealed } of rows) expect(sealed.includes('%PDF')).toBe(false);
    await one.visit(`${served.root()}/lines/${lineId}/cancel/agreements`);
    const pdf = await download(one, `/lines/${lineId}/cancel/agreements/end-of-service/signed.pdf`);
    expect(pdf.status).toBe(200);
    inDraft = pdf.contents;
  });

  test('ES4 the paper says the text, who signed, when, for which number and application, and on what proof', async () => {
    const [draft] = await served.story.rows<{ id: string }>(`select id from cancellations where line_id = $1`, [lineId]);
    const paper = readText(inDraft);
    for (const part of ['一、服务在七天后终止。', zhou.person.name, '+1 202 555 0131', draft?.id ?? '-', '2026年11月24日', 'l•••@m•••.example', 'end-of-service · ultra-purple@2026-11-01']) expect(paper).toContain(part);
    expect(paper).not.toContain(zhou.person.email);
  });

  test('ES4 pdfsig calls the signature valid (PAdES), OpenSSL follows it to the authority, and one changed byte breaks it', () => {
    const said = judged(inDraft);
    expect(said).toContain('Signature is Valid.');
    expect(said).toContain('Total document signed');
    expect(said).toContain('ETSI.CAdES.detached');
    expect(said).toContain('SHA-256');

    const [, authority] = served.story.parts.documentKey.chain;
    if (authority === undefined) throw new Error('no authority');
    const { content, signature } = taken(inDraft);
    const given = ['cms', '-verify', '-inform', 'DER', '-in', file('signature.der', signature), '-content', file('content.bin', content), '-binary', '-out', join(folder, 'out.bin'), '-purpose', 'any'];
    const trusted = spawnSync(requireProgram('openssl'), [...given, '-cades', '-CAfile', file('ca.pem', Buffer.from(pemOf(authority)))], { encoding: 'utf8' });
    expect(trusted.stderr).toMatch(/successful/i);
    expect(trusted.status).toBe(0);
    expect(new X509Certificate(authority).ca).toBe(true);

    for (const at of [inDraft.indexOf('endstream') - 20, inDraft.length - 30]) {
      const changed = Buffer.from(inDraft);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(judged(changed)).not.toContain('Signature is Valid.');
    }
    expect(judged(Buffer.concat([inDraft, Buffer.from('more\n')]))).not.toContain('Total document signed');
  });

  test('ES4 who trusts the authority sees a signature that is valid and trusted', () => {
    const [, authority] = served.story.parts.documentKey.chain;
    if (authority === undefined) throw new Error('no authority');
    const trusting = join(folder, 'nss');
    mkdirSync(trusting);
    const certutil = requireProgram('certutil');
    execFileSync(certutil, ['-N', '-d', `sql:${trusting}`, '--empty-password']);
    execFileSync(certutil, ['-A', '-d', `sql:${trusting}`, '-n', 'authority', '-t', 'CT,C,C', '-i', file('authority.pem', Buffer.from(pemOf(authority)))]);
    const said = execFileSync(requireProgram('pdfsig'), ['-nssdir', `sql:${trusting}`, file('trusted.pdf', inDraft)], { encoding: 'utf8' });
    expect(said).toContain('Signature is Valid.');
    expect(said).toContain('Certificate is Trusted.');
  });

  test('ES4 a code is good once: in another session, or later, it signs nothing', async () => {
    const elsewhere = await signIn(served, zhou);
    await elsewhere.visit(`${served.root()}/lines/${lineId}/cancel/agreements/sign`);
    expect(pathOf(elsewhere)).toMatch(/\/cancel\/agreements$/); // no code was asked for here
    const fresh = await askForCode(elsewhere, zhou);
    await elsewhere.submit('/agreements/sign', { signature: zhou.person.name, code: used });
    expect(words(elsewhere)).toContain(say('code.wrong', { left: 4 }));
    await served.story.pass(hours(0.2));
    await elsewhere.submit('/agreements/sign', { signature: zhou.person.name, code: fresh });
    expect(words(elsewhere)).toContain(say('code.over'));
    expect((await download(one, `/lines/${lineId}/cancel/agreements/end-of-service/signed.pdf`)).contents.equals(inDraft)).toBe(true);
  });

  test('ES4 signed anew, drawn this time: the new papers take the place of the old', async () => {
    await one.visit(`${served.root()}/lines/${lineId}/cancel/agreements`);
    const code = await askForCode(one, zhou); // that of before has gone stale
    expect(one.page().html).toContain('<script>');
    await one.submit('/agreements/sign', { signature: zhou.person.name, code, drawn: '20,100 60,30 90,150 140,40;220,90 300,80' });
    expect(pathOf(one)).toMatch(/\/cancel\/consequences$/);
    const anew = (await download(one, `/lines/${lineId}/cancel/agreements/end-of-service/signed.pdf`)).contents;
    expect(anew.equals(inDraft)).toBe(false);
    expect(judged(anew)).toContain('Signature is Valid.');
    expect(await served.story.rows(`select 1 from documents where purpose = 'agreement'`)).toHaveLength(2);
    inDraft = anew;
  });

  test('ES4 another version of the policy comes into force: what was signed under the draft’s own stands, and nothing else is asked for', async () => {
    const { parts, clock } = served.story;
    const before = parts.packs?.find((pack) => pack.brand === brand);
    if (before === undefined) throw new Error('no pack');
    const other = { id: 'anew', title: text('新协议', '新協議', 'A new agreement'), body: text('新。', '新。', 'New.') };
    const later = await assemble({ ...parts, works: false, packs: [...(parts.packs ?? []), { ...before, validFrom: '2026-11-24', agreements: [other] }] });
    try {
      const inForce = later.desk.packs.inForce(brand, clock.now());
      expect(inForce.ok && inForce.value.agreements.map(({ id }) => id)).toEqual(['anew']);
      const [row] = await served.story.rows<{ subscriber_id: string }>(`select subscriber_id from lines where id = $1`, [lineId]);
      const seen = await seeAgreements(later.desk, { brand, subscriberId: row?.subscriber_id ?? '' }, lineId);
      expect(seen?.map(({ id, signed }) => [id, signed !== undefined])).toEqual([['end-of-service', true], ['data', true]]);
    } finally {
      await later.stop();
    }
  });

  test('ES4 nobody else gets it: another subscriber, who is not signed in, another brand', async () => {
    const other = await signIn(served, zheng);
    for (const kind of ['to-read', 'signed']) {
      expect((await download(other, `/lines/${lineId}/cancel/agreements/end-of-service/${kind}.pdf`)).status).toBe(404);
      const stranger = await come(served, `/lines/${lineId}/cancel/agreements/end-of-service/${kind}.pdf`);
      expect(pathOf(stranger)).toBe('/sign-in');
    }
    await other.visit(`${served.root()}/lines/${lineId}/cancel/agreements/sign`);
    expect(pathOf(other)).not.toMatch(/sign$/);
    const [who] = served.story.dataOf(plain).subscribers;
    if (who === undefined) throw new Error('nobody');
    const there = await signIn(served, who, plain);
    await there.visit(`${served.root(plain)}/lines/${lineId}/cancel/agreements`);
    expect(words(there)).not.toContain(agreements[0]?.title['zh-CN']);
    expect((await there.download(`${served.root(plain)}/lines/${lineId}/cancel/agreements/end-of-service/signed.pdf`)).status).toBe(404);
  });

  test('ES4 sent: the chain of the case holds the hash of each paper, and both its subscriber and a reviewer get the very bytes', async () => {
    await one.visit(`${served.root()}/lines/${lineId}/cancel/consequences`);
    await one.submit('/consequences', { acknowledged: acknowledgements(one) });
    expect(words(one)).toContain(say('agreements.of-status'));
    await one.submit('/check');
    number = /^\/cases\/([0-9A-Z-]+)\/receipt$/.exec(pathOf(one))?.[1] ?? '';
    expect(number).not.toBe('');
    const hash = createHash('sha256').update(inDraft).digest('hex');
    const [found] = await served.story.rows<{ id: string }>(`select id from cancellations where application_number = $1`, [number]);
    const journal = await served.story.signoff.desk.db.inBrand(brand, (tx) => readJournal(tx, found?.id ?? ''));
    expect(verifyChain(journal, sha256).ok).toBe(true);
    expect(journal.find(({ event }) => event === 'proven')?.facts['signed']).toEqual([expect.stringMatching(/^data [0-9a-f]{64}$/), `end-of-service ${hash}`]);

    await one.visit(`${served.root()}/cases/${number}`);
    expect(words(one)).toContain(agreements[0]?.title['zh-CN']);
    expect((await download(one, `/cases/${number}/agreements/end-of-service/signed.pdf`)).contents.equals(inDraft)).toBe(true);
    expect((await download(one, `/cases/${number}/agreements/made-up/signed.pdf`)).status).toBe(404);
    const other = await signIn(served, zheng);
    expect((await download(other, `/cases/${number}/agreements/end-of-service/signed.pdf`)).status).toBe(404);

    const desk = await reviewer(served);
    await desk.visit(`${served.root()}/console/cases/${number}`);
    expect(desk.page().html).toContain(hash);
    const link = desk.page().root.querySelectorAll('a').find((a) => a.text === agreements[0]?.title['zh-CN'])?.getAttribute('href') ?? '';
    expect((await desk.download(link)).contents.equals(inDraft)).toBe(true);
  });

  test('ES4 in English; pressed twice at once, it is signed once; and nothing of a draft that is thrown away is kept', async () => {
    const two = await toAgreements(wu);
    const code = await askForCode(two, wu);
    const line = await lineOf('32');
    await two.submit('/agreements/sign', { signature: wu.person.name, code });
    expect(pathOf(two)).toMatch(/\/cancel\/consequences$/);
    const pdf = (await download(two, `/lines/${line}/cancel/agreements/end-of-service/signed.pdf`)).contents;
    expect(readText(pdf)).toMatch(/Agreement to end the service[^]*1\. The service ends after seven days\.[^]*Signed by/);
    const [draft] = await served.story.rows<{ id: string; subscriber_id: string }>(`select id, subscriber_id from cancellations where line_id = $1`, [line]);
    const { desk } = served.story.signoff;
    const [session] = await served.story.rows<{ session_id: string }>(`select session_id from proofs where cancellation_id = $1`, [draft?.id]);
    const who = { brand, subscriberId: draft?.subscriber_id ?? '' };
    const sign = () => signAgreements(desk, who, line, session?.session_id ?? '', { name: wu.person.name, drawn: '' }, 'en');
    expect((await Promise.all([sign(), sign()])).every(({ ok }) => ok)).toBe(true);
    expect(await served.story.rows(`select 1 from documents where cancellation_id = $1 and purpose = 'agreement'`, [draft?.id])).toHaveLength(2);
    expect(await signAgreements(desk, who, line, crypto.randomUUID(), { name: wu.person.name, drawn: '' }, 'en')).toEqual({ ok: false, why: { kind: 'not-proven' } });
    await discardDraft(desk, who, line);
    expect(await served.story.rows(`select 1 from agreement_signatures where cancellation_id = $1`, [draft?.id])).toEqual([]);
  });

  test('ES4 a brand that wants none signed has no such page', async () => {
    const [who] = served.story.dataOf(plain).subscribers;
    if (who === undefined) throw new Error('nobody');
    const there = await signIn(served, who, plain);
    await toPreparation(there);
    await there.visit(`${there.page().url}/agreements`);
    expect(pathOf(there)).toMatch(/\/cancel$/);
  });
});

describe('ES4 the operator’s key', () => {
  test.each(['ec', 'rsa'] as const)('ES4 with a certificate for an %s key, given by settings', async (kind) => {
    const key = file(`${kind}.key`, Buffer.alloc(0));
    const certificate = file(`${kind}.crt`, Buffer.alloc(0));
    const fresh = kind === 'ec' ? ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] : ['-newkey', 'rsa:2048'];
    execFileSync(requireProgram('openssl'), ['req', '-x509', ...fresh, '-nodes', '-keyout', key, '-out', certificate, '-subj', '/O=Ultra Purple Example/CN=Documents', '-days', '3650'], { stdio: 'ignore' });
    const { documentKey } = readSettings({ SIGNOFF_DOCUMENT_KEY: key, SIGNOFF_DOCUMENT_CERT: certificate });
    if (documentKey === undefined) throw new Error('no key');
    expect(documentKey.holder).toBe('Ultra Purple Example');
    const [first] = agreements;
    if (first === undefined) throw new Error('no agreement');
    const paper = { ...first, brand: text('甲', '甲', 'A'), colour: '#5b2a86', version: 'a@2026-11-01', zone: 'Asia/Shanghai' };
    const pdf = await signedAgreement(paper, 'zh-TW', { name: '林小月', at: new Date(), contact: 'l•••@m•••.example', number: '+12025550131', caseId: 'c' }, documentKey);
    expect(judged(pdf)).toContain('Signature is Valid.');
    await expect(signedAgreement(paper, 'zh-TW', { name: '林小月', at: new Date('2099-01-01T00:00:00Z'), contact: '', number: '+12025550131', caseId: 'c' }, documentKey)).rejects.toThrow('not valid now');
  });

  test('ES4 production does not start without one; what does not fit together is said in a sentence that never quotes the key', () => {
    expect(() => readSettings({ SIGNOFF_ENV: 'production' })).toThrow(/SIGNOFF_DOCUMENT_KEY.*SIGNOFF_DOCUMENT_CERT/);
    const [mine, others] = [makeDocumentKey(), makeDocumentKey()];
    expect(readDocumentKey({ key: mine.key, certificate: others.certificate })).toMatchObject({ ok: false, why: { kind: 'not-a-pair' } });
    expect(readDocumentKey({ key: 'secret', certificate: mine.certificate })).toMatchObject({ ok: false, why: { kind: 'no-key', says: expect.not.stringContaining('secret') } });
    expect(readDocumentKey({ key: mine.key, certificate: 'none' })).toMatchObject({ ok: false, why: { kind: 'no-certificate' } });
  });

  test('ES4 a drawn signature is taken for what it is, or not at all', () => {
    expect(readDrawn('0,0 100,0;50,50')).toEqual([[[0, 0], [100, 0]], [[50, 50]]]);
    expect(readDrawn('900,900 0,0')).toEqual([[[600, 180], [0, 0]]]);
    for (const wrong of ['', '1,1', '1,1 2,2', '0,0 100,0;', '-1,0 100,0', '0,0 1000,0', '<svg>', '0,0 '.repeat(9000)]) expect(readDrawn(wrong)).toBeUndefined();
  });
});
