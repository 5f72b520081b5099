/** One whole cancellation, done by a subscriber and a reviewer through the pages that people use. Tells what it sees. */
import { parse } from 'node-html-parser';
import sharp from 'sharp';
import { visitor, type Visitor } from './visitor.ts';
import type { DemoData } from './data.ts';

export type Chapter = 'signed-in' | 'prepared' | 'filled' | 'received' | 'asked' | 'supplied' | 'approved' | 'barred' | 'waited' | 'cancelled';
export type StoryTools = {
  /** `http://127.0.0.1:…` */
  readonly base: string;
  readonly data: DemoData;
  readonly now: () => Date;
  readonly pass: (milliseconds: number) => Promise<void>;
  readonly tell: (chapter: Chapter, facts?: Readonly<Record<string, string | number | Date>>) => void;
};
export type Told = { readonly applicationNumber: string; readonly certificate: Buffer; readonly pdf: Buffer };

const hour = 3_600_000;
const day = 24 * hour;

/** A card that is nobody's: a photo field, lines where writing would be, and grain so that it weighs what a photo weighs. */
const specimen = async (): Promise<Uint8Array<ArrayBuffer>> => {
  const plain = (width: number, height: number, background: string) => sharp({ create: { width, height, channels: 3, background } }).png().toBuffer();
  const rows = [180, 240, 300, 360, 520, 560];
  const bytes = await sharp({ create: { width: 1000, height: 640, channels: 3, background: '#fff', noise: { type: 'gaussian', mean: 225, sigma: 10 } } })
    .composite([
      { input: await plain(240, 320, '#9fb1cb'), left: 60, top: 140 },
      ...(await Promise.all(rows.map(async (top, index) => ({ input: await plain(index < 4 ? 420 - index * 60 : 880, 18, '#55617a'), left: index < 4 ? 360 : 60, top })))),
    ]).jpeg({ quality: 85 }).toBuffer();
  return new Uint8Array(bytes);
};

const file = async (name: string) => ({ name, type: 'image/jpeg', contents: await specimen() });

/** Comes back to a page until it says what is awaited. */
const until = async (who: Visitor, path: string, awaited: (html: string) => boolean, seconds = 90): Promise<void> => {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const page = await who.visit(path);
    if (awaited(page.html)) return;
    if (Date.now() > end) throw new Error(`${path} did not come to what was awaited in ${seconds} s; it says: ${page.root.querySelector('h1')?.text ?? page.status}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
};

/** Whoever reads a page that should have led on, wants to know what it said. */
const on = (page: { url: string; html: string; root: { querySelector(selector: string): { text: string } | null } }, path: RegExp): void => {
  if (path.test(new URL(page.url).pathname)) return;
  const said = page.root.querySelector('[role=alert], .error-summary, main')?.text.replace(/\s+/g, ' ').slice(0, 300);
  throw new Error(`expected ${path}, came to ${page.url}: ${said ?? ''}`);
};

export const tellStory = async ({ base, data, now, pass, tell }: StoryTools): Promise<Told> => {
  const [subscriber] = data.subscribers;
  const [staff] = data.staff;
  const [line] = subscriber?.lines ?? [];
  if (subscriber === undefined || staff === undefined || line === undefined) throw new Error('the demo has nobody in it');
  const root = `${base}/${data.brand}`;
  const mobile = visitor(root, subscriber.language);
  const desktop = visitor(`${root}/console`, 'zh-CN');
  const chosenOf = (name: string): string => mobile.page().root.querySelector(`input[type=radio][name=${name}]`)?.getAttribute('value') ?? '';

  // Sessions end over night, as they do for people.
  const subscriberSignsIn = async () => {
    await mobile.visit(`${root}/sign-in`);
    on(await mobile.submit('/sign-in', { name: subscriber.phone, password: subscriber.password }), /^\/[^/]+\/$/);
  };
  const reviewerSignsIn = async () => {
    await desktop.visit(`${root}/console/sign-in`);
    on(await desktop.submit('/sign-in', { email: staff.email, password: staff.password }), /\/console$/);
  };

  await subscriberSignsIn();
  tell('signed-in', { name: subscriber.person.name, lines: subscriber.lines.length });

  await mobile.visit(mobile.link(/\/lines\/[^/]+(\/cancel)?$/));
  if (!mobile.page().url.endsWith('/cancel')) await mobile.visit(mobile.link(/\/cancel$/));
  const preparation = mobile.page().url;
  for (const _ of line.bills) await mobile.submit('/pay-bill');
  if (line.devices.length > 0) await mobile.submit('/unbind', { device: 'all' });
  const taken = JSON.parse((await mobile.submit('/data')).html) as Record<'contacts' | 'messages' | 'calls', unknown[]>;
  tell('prepared', { records: taken.contacts.length + taken.messages.length + taken.calls.length });

  await mobile.visit(preparation);
  on(await mobile.submit('/cancel'), /\/cancel\/application$/);
  const reason = chosenOf('reason');
  const documentKind = chosenOf('documentKind');
  on(await mobile.submit('/application', {
    reason, documentKind, name: subscriber.person.name, email: subscriber.person.email ?? '', phone: subscriber.person.contactPhone ?? '', document: await file('my-document.jpg'),
  }), /\/cancel\/consequences$/);
  const consequences = mobile.page().root.querySelectorAll('input[type=checkbox][name=acknowledged]').map((one) => one.getAttribute('value') ?? '');
  on(await mobile.submit('/consequences', { acknowledged: consequences }), /\/cancel\/check$/);
  tell('filled', { count: consequences.length });

  on(await mobile.submit('/check'), /\/cases\/[^/]+\/receipt$/);
  const applicationNumber = decodeURIComponent(new URL(mobile.page().url).pathname.split('/').at(-2) ?? '');
  const mine = `${root}/cases/${applicationNumber}`;
  tell('received', { number: applicationNumber });

  // The next morning a reviewer takes the most urgent case.
  await pass(day);
  await reviewerSignsIn();
  const seen = async (): Promise<void> => {
    await desktop.visit(`${root}/console/cases/${applicationNumber}`);
    const shown = desktop.page().root.querySelectorAll('img').map((one) => one.getAttribute('src') ?? '').filter((src) => src.includes('/documents/'));
    for (const src of shown) if ((await desktop.download(src)).status !== 200) throw new Error(`the document at ${src} can't be seen`);
  };
  await desktop.visit(`${root}/console`);
  desktop.link(new RegExp(`/cases/${applicationNumber}$`));
  await seen();
  const material = desktop.page().root.querySelector('input[type=checkbox][name=materials]')?.getAttribute('value') ?? '';
  await desktop.submit('/ask', { materials: [material], note: '照片有反光，看不清姓名。' });
  tell('asked');

  await pass(5 * hour);
  await subscriberSignsIn();
  await until(mobile, mine, (html) => html.includes('/supplement'));
  await mobile.visit(`${mine}/supplement`);
  on(await mobile.submit('/supplement', { note: '重新拍了一张。', document: await file('again.jpg') }), /\/cases\/[^/]+$/);
  tell('supplied', { name: subscriber.person.name });

  await pass(day);
  await reviewerSignsIn();
  await seen();
  await desktop.submit('/approve');
  const effective = new Date(now().getTime() + 7 * day);
  tell('approved', { effective });
  await subscriberSignsIn();
  // Home shows how the line stands: one bar is left while it is barred.
  await until(mobile, `${root}/`, (html) => parse(html).querySelectorAll('.signal').some((one) => one.querySelectorAll('.on').length === 1));
  tell('barred');

  await pass(6 * day);
  tell('waited', { days: 6 });
  await subscriberSignsIn();
  await until(mobile, mine, (html) => html.includes('/withdraw'));
  await pass(day + hour);
  tell('waited', { days: 1 });
  await subscriberSignsIn();
  await until(mobile, mine, (html) => html.includes('/certificate.jws'));
  tell('cancelled');
  const certificate = await mobile.download(`${mine}/certificate.jws`);
  const pdf = await mobile.download(`${mine}/certificate.pdf`);
  if (certificate.status !== 200 || pdf.status !== 200) throw new Error(`the certificate can't be downloaded: ${certificate.status}, ${pdf.status}`);
  return { applicationNumber, certificate: certificate.contents, pdf: pdf.contents };
};
