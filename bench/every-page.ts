/** Every page of portal and console, in each state that a case can bring it into: walked as people do, for whatever is to be measured or asserted of all pages. */
import sharp from 'sharp';
import type { DemoData } from '../src/demo/data.ts';
import { visitor, type Visitor } from '../src/demo/visitor.ts';

export type Ground = {
  /** `http://127.0.0.1:…` */
  readonly origin: string;
  readonly data: DemoData;
  readonly pass: (milliseconds: number) => Promise<void>;
};
/** Called with whoever has this page before them. Going elsewhere is allowed; the walk knows its way. */
export type AtPage = (page: { readonly door: 'portal' | 'console'; readonly name: string; readonly who: Visitor }) => Promise<void>;

const day = 86_400_000;

const specimen = async () => ({
  name: 'passport.jpg', type: 'image/jpeg', contents: new Uint8Array(await sharp({ create: { width: 900, height: 600, channels: 3, background: '#ddd4c8' } }).jpeg().toBuffer()),
});

/** Comes back to an address until its page has what is awaited. */
const until = async (who: Visitor, address: string, awaited: string): Promise<void> => {
  for (const end = Date.now() + 60_000; ;) {
    const page = await who.visit(address);
    if (page.html.includes(awaited)) return;
    if (Date.now() > end) throw new Error(`${address} did not come to ${awaited}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

export const everyPage = async ({ origin, data, pass }: Ground, at: AtPage): Promise<void> => {
  const [first, second] = data.subscribers;
  const [staff] = data.staff;
  if (first === undefined || second === undefined || staff === undefined) throw new Error('two subscribers and a reviewer are needed');
  const root = `${origin}/${data.brand}`;
  const portal = (name: string, who: Visitor) => at({ door: 'portal', name, who });
  const desk = (name: string, who: Visitor) => at({ door: 'console', name, who });
  const open = async (who: Visitor, path: string, name: string, door: 'portal' | 'console' = 'portal') => {
    await who.visit(`${root}${path}`);
    await at({ door, name, who });
  };

  const anyone = visitor(root, 'zh-CN');
  await open(anyone, '/sign-in', 'sign-in');
  await anyone.submit('/sign-in', { name: '', password: '' });
  await portal('sign-in, to correct', anyone);
  for (const page of ['help', 'questions', 'safety', 'verify']) await open(anyone, `/${page}`, page);
  await open(anyone, '/no-such-page', 'not found');
  await open(anyone, '/reset', 'reset');
  await anyone.visit(`${root}/reset`);
  await anyone.submit('/reset', { name: second.phone });
  await portal('reset, the code', anyone);

  const signIn = async (who: typeof first): Promise<Visitor> => {
    const one = visitor(root, who.language);
    await one.visit(`${root}/sign-in`);
    await one.submit('/sign-in', { name: who.phone, password: who.password });
    return one;
  };
  /** From the first page to the receipt; `shown`: each page on the way is. Resolves to the application number. */
  const apply = async (one: Visitor, who: typeof first, shown: boolean): Promise<string> => {
    const show = async (name: string) => { if (shown) await portal(name, one); };
    await one.visit(`${root}/`);
    await show('my lines');
    await one.visit(`${root}/`);
    const preparation = one.link(/\/lines\/[^/]+\/cancel$/);
    await one.visit(preparation.replace(/\/cancel$/, ''));
    await show('line');
    const to = async (step: string) => void (await one.visit(preparation + step));
    await to('');
    await show('preparation, things to do');
    await to('');
    while (one.page().root.querySelector('form[action$="/pay-bill"]')) await one.submit('/pay-bill');
    if (one.page().root.querySelector('form[action$="/unbind"]')) await one.submit('/unbind', { device: 'all' });
    await show('preparation, ready');
    await to('');
    await one.submit('/cancel');
    await show('application');
    await to('/application');
    await one.submit('/application', { name: '', email: 'nobody', phone: who.phone });
    await show('application, to correct');
    await to('/application');
    await one.submit('/application', { reason: 'cost', name: who.person.name, email: who.person.email ?? '', phone: '', documentKind: 'passport', document: await specimen() });
    await show('consequences');
    await to('/consequences');
    await one.submit('/consequences', { acknowledged: [] });
    await show('consequences, to correct');
    await to('/consequences');
    await one.submit('/consequences', { acknowledged: one.page().root.querySelectorAll('input[name=acknowledged]').map((box) => box.getAttribute('value') ?? '') });
    await show('check');
    await to('/check');
    await one.submit('/check');
    const number = /\/cases\/([^/]+)\/receipt$/.exec(one.page().url)?.[1];
    if (number === undefined) throw new Error(`not sent: ${one.page().url}`);
    await show('receipt');
    return number;
  };
  const mobile = await signIn(first);
  const number = await apply(mobile, first, true);
  await open(mobile, `/cases/${number}`, 'status, in review');
  await open(mobile, `/cases/${number}/withdraw`, 'withdraw');
  await open(mobile, '/', 'my lines, one in review');
  await open(anyone, '/status', 'look up');
  await anyone.visit(`${root}/status`);
  await anyone.submit('/status', { number });
  await portal('look up, the code', anyone);

  const desktop = visitor(`${root}/console`, 'zh-CN');
  const caseAtDesk = `/console/cases/${number}`;
  await open(desktop, '/console/sign-in', 'sign-in', 'console');
  await desktop.visit(`${root}/console/sign-in`);
  await desktop.submit('/sign-in', { email: staff.email, password: staff.password });
  await desk('queue', desktop);
  await open(desktop, '/console/cases/none', 'not found', 'console');
  await open(desktop, caseAtDesk, 'case, in review', 'console');
  await desktop.visit(root + caseAtDesk);
  await desktop.submit('/ask', {});
  await desk('case, to correct', desktop);
  await desktop.visit(root + caseAtDesk);
  await desktop.submit('/ask', { materials: [desktop.page().root.querySelector('input[name=materials]')?.getAttribute('value') ?? ''], note: '照片有反光。' });
  for (const tab of ['waiting', 'stalled']) await open(desktop, `/console?tab=${tab}`, `queue, ${tab}`, 'console');

  await open(mobile, `/cases/${number}`, 'status, waiting');
  await open(mobile, '/', 'my lines, one waiting');
  await open(mobile, `/cases/${number}/supplement`, 'supplement');
  await mobile.visit(`${root}/cases/${number}/supplement`);
  await mobile.submit('/supplement', { note: ' ' });
  await portal('supplement, to correct', mobile);
  await mobile.visit(`${root}/cases/${number}/supplement`);
  await mobile.submit('/supplement', { note: '重新拍了一张。', document: await specimen() });

  const other = await signIn(second);
  const refused = await apply(other, second, false);
  await desktop.visit(`${root}/console/cases/${refused}`);
  await desktop.submit('/refuse', { because: desktop.page().root.querySelector('input[name=because]')?.getAttribute('value') ?? '' });
  await open(other, `/cases/${refused}`, 'status, refused');

  await desktop.visit(root + caseAtDesk);
  await desktop.submit('/approve');
  await until(mobile, `${root}/cases/${number}`, '/withdraw');
  await portal('status, waiting period', mobile);
  await pass(7 * day + 3_600_000);
  const later = await signIn(first);
  await until(later, `${root}/cases/${number}`, 'certificate.jws');
  await portal('status, cancelled', later);
  await later.visit(`${root}/`);
  const lines = later.page().root.querySelectorAll('main a').map((link) => link.getAttribute('href') ?? '').filter((href) => /\/lines\/[^/]+$/.test(href));
  await open(later, (lines.at(-1) ?? '').replace(`/${data.brand}`, ''), 'line, cancelled');
  await open(later, '/', 'my lines, one cancelled');
  await open(anyone, `/verify?n=${number}`, 'verify, genuine');
  await desktop.visit(`${root}/console/sign-in`);
  await desktop.submit('/sign-in', { email: staff.email, password: staff.password });
  await open(desktop, caseAtDesk, 'case, cancelled', 'console');
};
