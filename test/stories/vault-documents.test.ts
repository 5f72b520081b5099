import { deflateRawSync, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptDocument } from '../../src/vault/documents/accept-document.ts';
import { documentLimits } from '../../src/vault/documents/limits.ts';
import { readDocument, storeDocument } from '../../src/vault/documents/stored-documents.ts';
import { setting, type Setting } from './identity-setting.ts';
import { made, paper } from './papers.ts';

const refused = async (contents: Buffer | string, limits = documentLimits) => {
  const answer = await acceptDocument(Buffer.isBuffer(contents) ? contents : Buffer.from(contents, 'latin1'), limits);
  return answer.ok ? 'accepted' : answer.why;
};

const photo = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: { r: 120, g: 60, b: 160 } } });

describe('images', () => {
  test('UP5 a photo of a document loses place, device and rotation tag, and is turned upright', async () => {
    const taken = await photo(400, 200)
      .withMetadata({ orientation: 6 })
      .withExifMerge({ IFD0: { Make: 'Heron Phones' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '121/1 28/1 0/1' } })
      .jpeg()
      .toBuffer();
    expect(await sharp(taken).metadata()).toMatchObject({ orientation: 6, exif: expect.any(Buffer) });
    expect(taken.includes('Heron')).toBe(true);
    const accepted = await acceptDocument(taken);
    if (!accepted.ok) throw new Error(accepted.why.kind);
    expect(accepted.value).toMatchObject({ contentType: 'image/jpeg', bytes: accepted.value.contents.length });
    const kept = await sharp(accepted.value.contents).metadata();
    expect(kept).toMatchObject({ width: 200, height: 400 });
    expect([kept.exif, kept.xmp, kept.iptc, kept.orientation]).toEqual([undefined, undefined, undefined, undefined]);
    expect(accepted.value.contents.includes('Heron')).toBe(false);
  });

  test('UP5 a screenshot with transparency becomes a JPEG on white, no longer than 3,000 pixels', async () => {
    const taken = await sharp({ create: { width: 4000, height: 1000, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer();
    const accepted = await acceptDocument(taken);
    if (!accepted.ok) throw new Error(accepted.why.kind);
    expect(await sharp(accepted.value.contents).metadata()).toMatchObject({ format: 'jpeg', width: 3000, height: 750 });
    expect((await sharp(accepted.value.contents).stats()).channels[0]?.min).toBe(255);
  });

  test('what hangs behind an image is left behind', async () => {
    const accepted = await acceptDocument(Buffer.concat([await photo(20, 20).jpeg().toBuffer(), Buffer.from('PK\x03\x04<script>alert(1)</script>')]));
    expect(accepted.ok && accepted.value.contents.includes('script')).toBe(false);
    expect(accepted.ok).toBe(true);
  });

  test('a pixel bomb of a few kilobytes is refused by its head', async () => {
    const chunk = (type: string, data: Buffer) => {
      const body = Buffer.concat([Buffer.from(type), data]);
      const framed = Buffer.alloc(body.length + 8);
      framed.writeUInt32BE(data.length, 0);
      body.copy(framed, 4);
      framed.writeUInt32BE(crc32(body), body.length + 4);
      return framed;
    };
    const head = Buffer.alloc(13);
    head.writeUInt32BE(60_000, 0);
    head.writeUInt32BE(60_000, 4);
    head.set([8, 2, 0, 0, 0], 8);
    const bomb = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(100_000))), chunk('IEND', Buffer.alloc(0))]);
    expect(await refused(bomb)).toEqual({ kind: 'too-many-pixels', limitPixels: 50_000_000 });
    expect(await refused(await photo(200, 200).png().toBuffer(), { ...documentLimits, pixels: 39_999 })).toEqual({ kind: 'too-many-pixels', limitPixels: 39_999 });
  });

  test('a damaged image, and one whose head is borrowed, are not readable', async () => {
    const whole = await photo(300, 300).jpeg().toBuffer();
    expect(await refused(whole.subarray(0, whole.length / 2))).toEqual({ kind: 'not-readable' });
    expect(await refused('\xff\xd8\xff<svg xmlns="http://www.w3.org/2000/svg"/>')).toEqual({ kind: 'not-readable' });
  });
});

describe('what is neither', () => {
  test.each<[string, Buffer | string]>([
    ['svg', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['html', '<!doctype html><script>alert(1)</script>'],
    ['zip', 'PK\x03\x04'],
    ['gif', 'GIF89a'],
    ['tiff', 'II*\0'],
    ['webp', 'RIFF\0\0\0\0WEBPVP8 '],
    ['heic', '\0\0\0\x18ftypheic'],
    ['unknown', 'hello'],
    ['unknown', ' %PDF-1.7'],
  ])('%s is refused, whatever its name says', async (looksLike, contents) => {
    expect(await refused(contents)).toEqual({ kind: 'type-not-accepted', looksLike });
  });

  test('nothing, and too much, which is not even read to its end', async () => {
    expect(await refused('')).toEqual({ kind: 'empty' });
    let given = 0;
    let closed = false;
    const endless = (async function* () {
      try {
        for (;;) {
          given += 65_536;
          yield Buffer.alloc(65_536, 0xff);
        }
      } finally {
        closed = true;
      }
    })();
    expect(await acceptDocument(endless)).toEqual({ ok: false, why: { kind: 'too-large', limitBytes: documentLimits.bytes } });
    expect(given).toBeLessThanOrEqual(documentLimits.bytes + 2 * 65_536);
    expect(closed).toBe(true);
    expect(await refused(Buffer.alloc(documentLimits.bytes + 1))).toMatchObject({ kind: 'too-large' });
  });
});

const stream = (number: number, dictionary: string, data: string): string => `${number} 0 obj\n<<${dictionary}/Length ${data.length}>>\nstream\n${data}\nendstream\nendobj\n`;
const objectStream = (number: number, object: string, filter: 'flate' | 'none' = 'flate', first = '5 0 '): string => {
  const plain = first + object;
  const data = filter === 'flate' ? deflateSync(Buffer.from(plain, 'latin1')).toString('latin1') : plain;
  return stream(number, `/Type/ObjStm/N 1/First ${first.length}${filter === 'flate' ? '/Filter/FlateDecode' : ''}`, data);
};

describe('PDF', () => {
  test('UP5 plain paper is kept as it is', async () => {
    for (const contents of [Buffer.from(paper()), await made({}), await made({ pdfVersion: '1.7' }, 20), Buffer.from(paper({ catalog: '/OpenAction[3 0 R/Fit]' })), Buffer.from(paper({ more: [objectStream(4, '<</Producer(x)>>')] }), 'latin1')]) {
      const accepted = await acceptDocument(contents);
      expect(accepted).toEqual({ ok: true, value: { contentType: 'application/pdf', bytes: contents.length, contents } });
    }
  });

  test('a stream whose length stands in another object is read to its true end', async () => {
    const promised = (length: number) => paper({ more: ['4 0 obj\n<</Length 5 0 R>>\nstream\nhello\nendstream\nendobj\n', `5 0 obj\n${length}\nendobj\n`] });
    expect(await refused(promised(5))).toBe('accepted');
    expect(await refused(promised(4))).toEqual({ kind: 'pdf-cannot-be-judged', says: 'a stream is not as long as it says' });
  });

  test.each<[string, string, string]>([
    ['JavaScript in the catalogue', 'JS', paper({ catalog: '/Names<</A<</JS(app.alert\\(1\\))>>>>' })],
    ['JavaScript by another spelling', 'JavaScript', paper({ page: '/X<</S/J#61vaScript>>' })],
    ['an action at opening', 'OpenAction', paper({ catalog: '/OpenAction 4 0 R', more: ['4 0 obj\n<</S/URI/URI(http://x.example)>>\nendobj\n'] })],
    ['an action of the page', 'AA', paper({ page: '/AA<</O 4 0 R>>' })],
    ['starting a program', 'Launch', paper({ more: ['4 0 obj\n<</S/Launch/F(cmd.exe)>>\nendobj\n'] })],
    ['an attachment', 'EmbeddedFile', paper({ more: [stream(4, '/Type/EmbeddedFile', 'MZ')] })],
    ['a form that sends itself', 'SubmitForm', paper({ more: ['4 0 obj\n<</S/SubmitForm>>\nendobj\n'] })],
    ['JavaScript in a packed object', 'JS', paper({ more: [objectStream(4, '<</S/Named/JS(app.alert\\(1\\))>>')] })],
    ['JavaScript in an object stream that is not called one', 'JS', paper({ more: [objectStream(4, '<</JS(x)>>').replace('/Type/ObjStm', '')] })],
    ['JavaScript in a string that an offset points into', 'JS', paper({ more: [objectStream(4, '(<</#4a#53(x)>>)')] })],
  ])('%s is refused', async (_, found, contents) => {
    expect(await refused(contents)).toEqual({ kind: 'pdf-active', found });
  });

  test.each<[string, string]>([
    ['an object in a comment', paper({ tail: '' }).replace('xref', '%4 0 obj <</S/X>> endobj\nxref')],
    ['an object in a stream', paper({ more: [stream(4, '', '5 0 obj\n<</S/X>>\nendobj')] })],
    ['an object in a string', paper({ page: '/T(5 0 obj <</S/X>> endobj)' })],
    ['a stream longer than it says', paper({ more: [stream(4, '', 'hello').replace('/Length 5', '/Length 3')] })],
    ['a key twice', paper({ catalog: '/Lang(a)/Lang(b)' })],
    ['text between objects', paper().replace('2 0 obj', 'hello 2 0 obj')],
    ['objects packed in an unusual way', paper({ more: [objectStream(4, '<<>>').replace('/Filter/FlateDecode', '/Filter[/ASCIIHexDecode/FlateDecode]')] })],
    ['no page', '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF'],
    ['no end', '%PDF-1.7\n1 0 obj\n<</Type/Page>>\nendobj\n'],
    ['nesting without end', paper({ page: `/X ${'['.repeat(100_000)}` })],
    ['a packed stream that unpacks to a gigabyte', paper({ more: [objectStream(4, ' '.repeat(40_000_000))] })],
  ])('%s can’t be judged', async (_, contents) => {
    expect(await refused(contents)).toMatchObject({ kind: 'pdf-cannot-be-judged' });
  });

  test('one with a password is refused as such', async () => {
    expect(await refused(await made({ userPassword: 'heron', pdfVersion: '1.7' }))).toEqual({ kind: 'pdf-encrypted' });
    expect(await refused(await made({ ownerPassword: 'heron' }))).toEqual({ kind: 'pdf-encrypted' });
  });

  test('one that is also a page or an archive is refused', async () => {
    expect(await refused(paper({ tail: '<html><script>alert(1)</script>' }))).toEqual({ kind: 'mixed-content' });
    expect(await refused(paper({ head: '%PDF-1.7\n%<script>alert(1)</script>\n' }))).toEqual({ kind: 'mixed-content' });
    expect(await refused(paper({ tail: zip('run.js', 'alert(1)') }))).toEqual({ kind: 'mixed-content' });
    // The archive's comment closes the PDF again, so that both ends look right.
    expect(await refused(`${paper()}${zip('run.js', 'alert(1)', '\n%%EOF\n')}`)).toEqual({ kind: 'mixed-content' });
  });

  test('too many pages, and an image too large to show', async () => {
    expect(await refused(await made({}, 21))).toEqual({ kind: 'pdf-too-many-pages', pages: 21, limitPages: 20 });
    expect(await refused(paper({ more: [stream(4, '/Subtype/Image/Width 60000/Height 60000', 'x')] }))).toEqual({ kind: 'too-many-pixels', limitPixels: 50_000_000 });
  });

  test('one that keeps the reader busy ends in time and the others go on', async () => {
    const busy = paper({ page: `/X[${'<</A 1>>'.repeat(1_050_000)}]` });
    const before = Date.now();
    const answers = await Promise.all([refused(busy, { ...documentLimits, milliseconds: 30 }), refused(busy, { ...documentLimits, milliseconds: 60_000 }), refused(paper(), { ...documentLimits, milliseconds: 60_000 })]);
    expect(answers[0]).toEqual({ kind: 'took-too-long' });
    expect(answers[1]).toMatchObject({ kind: 'pdf-cannot-be-judged' });
    expect(answers[2]).toBe('accepted');
    expect(Date.now() - before).toBeLessThan(60_000);
  });
});

describe('at rest', () => {
  let desk: Setting;
  beforeAll(async () => {
    desk = await setting();
  });
  afterAll(() => desk.end());

  test('UP5 a document lies sealed and opens for its own case alone', async () => {
    const subscriberId = await desk.subscriber('violet');
    const [caseId, otherCase] = [await desk.caseOf('violet', subscriberId, 'A'), await desk.caseOf('violet', subscriberId, 'B')];
    const accepted = await acceptDocument(await photo(40, 20).jpeg().toBuffer());
    if (!accepted.ok) throw new Error(accepted.why.kind);
    const id = await desk.db.inBrand('violet', async (tx) =>
      storeDocument(tx, await desk.vault.keyring(tx, [subscriberId]), { brand: 'violet', subscriberId, cancellationId: caseId, purpose: 'identity', accepted: accepted.value, now: desk.clock.now() }));
    const read = (brand: string, cancellationId: string) => desk.db.inBrand(brand, (tx) => readDocument(tx, desk.vault, { id, cancellationId }));
    expect(await read('violet', caseId)).toEqual({ ok: true, value: { ...accepted.value, id, purpose: 'identity', storedAt: desk.clock.now() } });
    expect(await read('violet', otherCase)).toEqual({ ok: false, why: { kind: 'no-such-document' } });
    expect(await read('amber', caseId)).toEqual({ ok: false, why: { kind: 'no-such-document' } });
    await desk.db.inBrand('violet', (tx) => tx.query("update documents set content_type = 'application/pdf' where id = $1", [id]));
    expect(await read('violet', caseId)).toMatchObject({ ok: false, why: { kind: 'not-authentic' } });
  });
});

const crc32 = (bytes: Buffer): number => {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
};

/** APPNOTE.TXT §4.3: one member, its directory and the record at the end. */
const zip = (name: string, text: string, comment = ''): string => {
  const data = deflateRawSync(Buffer.from(text));
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt16LE(name.length, 26);
  const directory = Buffer.alloc(46);
  directory.writeUInt32LE(0x02014b50, 0);
  directory.writeUInt32LE(data.length, 20);
  directory.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.set([1, 0, 1, 0], 8);
  end.writeUInt32LE(directory.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + data.length, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([local, Buffer.from(name), data, directory, Buffer.from(name), end]).toString('latin1') + comment;
};
