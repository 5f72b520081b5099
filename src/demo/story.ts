/**
 * One whole cancellation, done by a subscriber and the people of the desk through the pages that people use. It goes where it is
 * sent and fills in what it is asked for, so it is the same story under any policy. Tells what it sees.
 */
import { parse } from 'node-html-parser';
import { z } from 'zod';
import type { Pack } from '../policy/pack.ts';
import { answersTo, photo, type Applicant } from './answers.ts';
import { namesOf, type DemoData, type DemoStaff } from './data.ts';
import { visitor, type Visitor } from './visitor.ts';

export type Chapter =
  | 'signed-in' | 'prepared' | 'filled' | 'proven' | 'received' | 'asked' | 'supplied' | 'approved-once' | 'approved' | 'confirmed' | 'barred' | 'waited' | 'cancelled';
export type StoryTools = {
  /** `http://127.0.0.1:…` */
  readonly base: string;
  readonly data: DemoData;
  /** As it holds where the subscriber lives. */
  readonly pack: Pack;
  readonly now: () => Date;
  readonly pass: (milliseconds: number) => Promise<void>;
  /** The simulator's control door: where the subscriber's mail arrives. */
  readonly controlUrl: string;
  readonly tell: (chapter: Chapter, facts?: Readonly<Record<string, string | number | Date>>) => void;
};
export type Told = { readonly applicationNumber: string; readonly certificate: Buffer; readonly pdf: Buffer };

const hour = 3_600_000;
const day = 24 * hour;
const patience = 90_000;

/** `instead`: what there was. */
const awaited = async <Answer>(what: string, ask: () => Promise<Answer | undefined>, instead = () => ''): Promise<Answer> => {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`it did not come to this in ${patience / 1000} s: ${what}; ${instead()}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
};

const pathOf = (who: Visitor): string => new URL(who.page().url).pathname;

/** Whoever reads a page that should have led on, wants to know what it said. */
const saidBy = (who: Visitor): string => who.page().root.querySelector('.faults, [role=alert], main')?.text.replace(/\s+/g, ' ').slice(0, 300) ?? '';

/** Comes back to a page until it says what is awaited. */
const until = (who: Visitor, path: string, says: (html: string) => boolean): Promise<true> =>
  awaited(`${path} says what is awaited`, async () => (says((await who.visit(path)).html) ? true : undefined), () => saidBy(who));

const on = (who: Visitor, path: RegExp): void => {
  if (!path.test(pathOf(who))) throw new Error(`expected ${path}, came to ${who.page().url}: ${saidBy(who)}`);
};

const mails = z.object({ mail: z.array(z.object({ text: z.string() })) });

/** From page to page of the application, wherever it leads, until it is received. */
const walk = async (who: Visitor, applicant: Applicant, tell: (chapter: 'filled' | 'proven', acknowledged: number) => void): Promise<void> => {
  let acknowledged = 0;
  const seen: string[] = [];
  while (!/\/cases\/[^/]+\/receipt$/.test(pathOf(who))) {
    const here = pathOf(who);
    if (here.endsWith('/check')) tell(seen.some((path) => path.includes('/proof')) ? 'proven' : 'filled', acknowledged);
    seen.push(here);
    const forms = who.page().root.querySelectorAll('main form').filter((one) => (one.getAttribute('action') ?? '').includes('/cancel'));
    const form = forms[0];
    if (form === undefined || seen.filter((path) => path === here).length > 3) throw new Error(`the application leads nowhere from ${who.page().url}: ${saidBy(who)}`);
    const filled = await answersTo(form, applicant);
    acknowledged += Array.isArray(filled['acknowledged']) ? filled['acknowledged'].length : 0;
    await who.submit(new URL(form.getAttribute('action') ?? '', who.page().url).pathname, filled);
    if (who.page().root.querySelector('.faults') !== null) throw new Error(`what was filled in at ${here} is not taken: ${saidBy(who)}`);
  }
};

export const tellStory = async ({ base, data, pack, now, pass, controlUrl, tell }: StoryTools): Promise<Told> => {
  const [subscriber] = data.subscribers;
  const [line] = subscriber?.lines ?? [];
  if (subscriber === undefined || line === undefined) throw new Error('the demo has nobody in it');
  const root = `${base}/${data.brand}`;
  const mobile = visitor(root, subscriber.language);
  const reviewers = data.staff.filter(({ roles }) => roles.includes('reviewer')).slice(0, pack.review.reviewers).map((staff) => ({ staff, desktop: visitor(`${root}/console`, 'zh-CN') }));

  /** The first in a mail to the subscriber that was not taken before. */
  const taken = new Set<string>();
  const mailed = (what: string, pattern: RegExp): Promise<string> => awaited(`a mail with ${what}`, async () => {
    const answer = await fetch(`${controlUrl}/inbox.json?to=${encodeURIComponent(subscriber.person.email ?? '')}`);
    const fresh = mails.parse(await answer.json()).mail.flatMap(({ text }) => text.match(pattern)?.[0] ?? []).filter((one) => !taken.has(one)).at(-1);
    if (fresh !== undefined) taken.add(fresh);
    return fresh;
  });
  const applicant: Applicant = { subscriber, line, code: () => mailed('a code', /\b\d{8}\b/), note: '重新拍了一张。' };

  // Sessions end over night, as they do for people.
  const subscriberSignsIn = async () => {
    await mobile.visit(`${root}/sign-in`);
    if (!pathOf(mobile).endsWith('/sign-in')) return; // still signed in
    await mobile.submit('/sign-in', { name: namesOf(subscriber)[0]?.name ?? '', password: subscriber.password });
    on(mobile, /^\/[^/]+\/$/);
  };

  await subscriberSignsIn();
  tell('signed-in', { name: subscriber.person.name, lines: subscriber.lines.length });

  // The line by its number, as it is read; its page has the entry.
  const entry = mobile.page().root.querySelectorAll('a').find((one) => `+${one.text.replace(/\D/g, '')}` === line.identifiers.msisdn)?.getAttribute('href');
  if (entry === undefined) throw new Error('the line that the story is about is not on the first page');
  await mobile.visit(entry);
  await mobile.visit(mobile.link(/\/cancel$/));
  const preparation = mobile.page().url;
  const has = (action: string): boolean => mobile.page().root.querySelectorAll('form').some((one) => (one.getAttribute('action') ?? '').endsWith(action));
  while (has('/pay-bill')) await mobile.submit('/pay-bill');
  if (pack.preparation.some(({ kind, required }) => kind === 'unbind' && required) && has('/unbind')) await mobile.submit('/unbind', { device: 'all' });
  const records = JSON.parse((await mobile.submit('/data')).html) as Record<'contacts' | 'messages' | 'calls', unknown[]>;
  tell('prepared', { records: records.contacts.length + records.messages.length + records.calls.length });

  await mobile.visit(preparation);
  await mobile.submit('/cancel');
  await walk(mobile, applicant, (chapter, count) => tell(chapter, { count }));
  const applicationNumber = decodeURIComponent(pathOf(mobile).split('/').at(-2) ?? '');
  const mine = `${root}/cases/${applicationNumber}`;
  tell('received', { number: applicationNumber });

  // Home shows how the line stands: one bar is left while it is barred.
  const seesItBarred = async () => {
    await until(mobile, `${root}/`, (html) => parse(html).querySelectorAll('.signal').some((one) => one.querySelectorAll('.on').length === 1));
    tell('barred');
  };
  const barredAtOnce = pack.reasons.some(({ id, barsAtOnce }) => barsAtOnce && id === subscriber.reason);
  if (barredAtOnce) await seesItBarred();

  const signsIn = async (desktop: Visitor, staff: DemoStaff) => {
    await desktop.visit(`${root}/console/sign-in`);
    await desktop.submit('/sign-in', { email: staff.email, password: staff.password });
    on(desktop, /\/console$/);
  };
  const sees = async (desktop: Visitor): Promise<void> => {
    await desktop.visit(`${root}/console/cases/${applicationNumber}`);
    const shown = desktop.page().root.querySelectorAll('img').map((one) => one.getAttribute('src') ?? '').filter((src) => src.includes('/documents/'));
    for (const src of shown) if ((await desktop.download(src)).status !== 200) throw new Error(`the document at ${src} can't be seen`);
  };

  const [first] = reviewers;
  if (first !== undefined) {
    // The next morning a reviewer takes the most urgent case.
    await pass(day);
    const { desktop } = first;
    await signsIn(desktop, first.staff);
    desktop.link(new RegExp(`/cases/${applicationNumber}$`));
    await sees(desktop);
    const material = desktop.page().root.querySelector('input[type=checkbox][name=materials]')?.getAttribute('value') ?? '';
    await desktop.submit('/ask', { materials: [material], note: '请补一份看得清楚的。' });
    tell('asked');

    await pass(5 * hour);
    await subscriberSignsIn();
    await until(mobile, mine, (html) => html.includes('/supplement'));
    await mobile.visit(`${mine}/supplement`);
    await mobile.submit('/supplement', { note: applicant.note, document: await photo('again.jpg') });
    on(mobile, /\/cases\/[^/]+$/);
    tell('supplied', { name: subscriber.person.name });

    await pass(day);
    for (const [index, one] of reviewers.entries()) {
      await signsIn(one.desktop, one.staff);
      await sees(one.desktop);
      await one.desktop.submit('/approve');
      if (index + 1 < reviewers.length) tell('approved-once', { name: one.staff.name });
    }
  }

  const confirms = async () => {
    // In another browser than the one that applied: the link is the proof.
    const elsewhere = visitor(root, subscriber.language);
    const { pathname } = new URL(await mailed('a link to confirm', /https?:\/\/\S+\/confirm\/[\w-]{43}/));
    await elsewhere.visit(`${base}${pathname}`);
    await elsewhere.submit(pathname);
    on(elsewhere, /\/confirm\//);
    tell('confirmed');
  };
  if (pack.confirmation !== null) {
    await confirms();
    if (pack.confirmation.again !== undefined) {
      await pass(pack.confirmation.again.afterDays * day + hour);
      tell('waited', { days: pack.confirmation.again.afterDays });
      await confirms();
    }
  }
  tell('approved', { effective: new Date(now().getTime() + pack.recoverableDays * day) });

  if (pack.recoverableDays > 0) {
    await subscriberSignsIn();
    if (!barredAtOnce && pack.steps.includes('bar-line')) await seesItBarred();
    if (pack.recoverableDays > 1) {
      await pass((pack.recoverableDays - 1) * day);
      tell('waited', { days: pack.recoverableDays - 1 });
      await subscriberSignsIn();
    }
    await until(mobile, mine, (html) => html.includes('/withdraw'));
    await pass(day + hour);
    tell('waited', { days: 1 });
  }
  // With the last line the account closed, and with it the way in by name and password: the case opens by its number and a code.
  const [certificate, pdf] = await awaited('the case has its certificate', async () => {
    await mobile.visit(mine);
    if (pathOf(mobile) !== new URL(mine).pathname) {
      await mobile.visit(`${root}/status`);
      await mobile.submit('/status', { number: applicationNumber });
      await mobile.submit('/status/code', { code: await applicant.code() });
    }
    if (!mobile.page().html.includes('/certificate.jws')) return undefined;
    const files = [await mobile.download(`${mine}/certificate.jws`), await mobile.download(`${mine}/certificate.pdf`)] as const;
    return files.every(({ status }) => status === 200) ? files : undefined;
  }, () => saidBy(mobile));
  tell('cancelled');
  return { applicationNumber, certificate: certificate.contents, pdf: pdf.contents };
};
