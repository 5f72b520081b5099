/** A story behind a real socket, and the people in it: subscribers without script, reviewers at the console, their mail and SMS. */
import type { FastifyInstance } from 'fastify';
import sharp from 'sharp';
import { luhnDigit } from '../../src/cancellation/identifiers/luhn.ts';
import type { DemoLine, DemoSubscriber } from '../../src/demo/data.ts';
import { visitor, type File, type Page, type Visitor } from '../../src/demo/visitor.ts';
import { openDoors } from '../../src/doors.ts';
import { translator } from '../../src/language/index.ts';
import type { PortalKey } from '../../src/portal/words.tsx';
import { inboxOf, type Inbox } from '../../src/simulator/inbox.ts';
import { vi } from 'vitest';
import { brand, eventually as soon, openStory, type Story, type StoryOptions } from '../harness.ts';

/** A machine with much else to do is slow, not wrong. */
const patience = 90;
vi.setConfig({ testTimeout: 2 * patience * 1000, hookTimeout: 3 * patience * 1000 });

export const eventually = <Answer>(question: string, ask: () => Promise<Answer | undefined | false>): Promise<Answer> => soon(question, ask, patience);

export type Served = {
  readonly story: Story;
  /** `http://127.0.0.1:…` */
  readonly origin: string;
  /** The portal of a brand, without a slash at the end. */
  root(of?: string): string;
  close(): Promise<void>;
};

export const serve = async (options: StoryOptions = {}, before?: (app: FastifyInstance) => void): Promise<Served> => {
  const story = await openStory(options);
  let origin = '';
  const app = await openDoors(story.signoff, { ...story.parts, publicUrl: () => origin }, before);
  origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    story, origin,
    root: (of = brand) => `${origin}/${of}`,
    close: async () => {
      await app.close();
      await story.stop();
    },
  };
};

/** One more subscriber, told apart by two digits; what is not said stands in the way of nothing. */
export const person = (digits: string, changes: Partial<Omit<DemoSubscriber, 'lines'>> & { readonly line?: Partial<DemoLine> } = {}): DemoSubscriber => {
  const { line, ...rest } = changes;
  const iccid = `8900199990000000${digits}`;
  return {
    phone: `+120255501${digits}`, password: `purple-river-lantern-${digits}`, region: 'CN', language: 'zh-CN',
    person: { name: `林小${digits}`, email: `lin.${digits}@mail.example`, contactPhone: `+447700900${digits}0` },
    ...rest,
    lines: [{
      kind: 'esim', billingRef: `B-1001${digits}`, creditMinor: 0, profile: 'released', bills: [], devices: [], contacts: [], messages: [], calls: [],
      identifiers: { msisdn: `+120255501${digits}`, imsi: `0010100000001${digits}`, iccid: `${iccid}${luhnDigit(iccid)}`, matchingId: `M01${digits}-KD7Q-41XP` },
      ...line,
    }],
  };
};

/** The portal's own words, so that a better wording breaks no story. */
export const says = (language: 'zh-CN' | 'zh-TW' | 'en') => translator<PortalKey>('portal', language);

export const words = (page: Page | Visitor): string => ('page' in page ? page.page() : page).root.querySelector('main')?.text.replace(/\s+/g, ' ').trim() ?? '';
export const headline = (one: Visitor): string => one.page().root.querySelector('h1')?.text.replace(/\s+/g, ' ').trim() ?? '';
/** Below the brand's address. */
export const pathOf = (one: Visitor): string => new URL(one.page().url).pathname.replace(/^\/[^/]+/, '');
export const hasForm = (one: Visitor, action: string): boolean => one.page().root.querySelectorAll('form').some((form) => form.getAttribute('action')?.endsWith(action));

export const photo = async (name = 'passport.jpg', width = 1200): Promise<File> => ({
  name, type: 'image/jpeg', contents: new Uint8Array(await sharp({ create: { width, height: 800, channels: 3, background: '#ddd4c8' } }).jpeg().toBuffer()),
});

export const come = async (served: Served, path: string, language = 'zh-CN', of = brand): Promise<Visitor> => {
  const one = visitor(served.root(of), language);
  await one.visit(`${served.root(of)}${path}`);
  return one;
};

export const signIn = async (served: Served, who: Pick<DemoSubscriber, 'phone' | 'password' | 'language'>, of = brand): Promise<Visitor> => {
  const one = await come(served, '/sign-in', who.language, of);
  await one.submit('/sign-in', { name: who.phone, password: who.password });
  if (pathOf(one) !== '/') throw new Error(`not signed in: ${words(one).slice(0, 200)}`);
  return one;
};

/** From the first page to this line's preparation, by its links. */
export const toPreparation = async (one: Visitor): Promise<string> => {
  await one.visit(one.page().url.replace(/^(https?:\/\/[^/]+\/[^/]+)\/.*$/, '$1/'));
  await one.visit(one.link(/\/lines\/[^/]+\/cancel$/));
  return one.page().url;
};

export const solveAll = async (one: Visitor): Promise<void> => {
  while (hasForm(one, '/pay-bill')) await one.submit('/pay-bill');
  if (hasForm(one, '/unbind')) await one.submit('/unbind', { device: 'all' });
};

export const answersOf = async ({ person: { name, email } }: DemoSubscriber) => ({ reason: 'no-longer-needed', name, email: email ?? '', phone: '', documentKind: 'passport', document: await photo() });

export const acknowledgements = (one: Visitor): string[] => one.page().root.querySelectorAll('input[name=acknowledged]').map((box) => box.getAttribute('value') ?? '');

/** Up to the last look, nothing sent yet. */
export const toCheck = async (one: Visitor, who: DemoSubscriber, different: Record<string, string> = {}): Promise<void> => {
  await toPreparation(one);
  await solveAll(one);
  await one.submit('/cancel');
  await one.submit('/application', { ...(await answersOf(who)), ...different });
  await one.submit('/consequences', { acknowledged: acknowledgements(one) });
  if (!pathOf(one).endsWith('/check')) throw new Error(`not ready to be sent: ${pathOf(one)} ${words(one).slice(0, 300)}`);
};

/** Resolves to the application number. */
export const apply = async (one: Visitor, who: DemoSubscriber, different: Record<string, string> = {}): Promise<string> => {
  await toCheck(one, who, different);
  await one.submit('/check');
  const number = /^\/cases\/([0-9A-Z-]+)\/receipt$/.exec(pathOf(one))?.[1];
  if (number === undefined) throw new Error(`not sent: ${pathOf(one)} ${words(one).slice(0, 300)}`);
  return number;
};

/** A reviewer at the console: the first of the demo's staff, or the one in that place. */
export const reviewer = async (served: Served, place = 0, of = brand): Promise<Visitor> => {
  const staff = served.story.dataOf(of).staff[place];
  if (staff === undefined) throw new Error('nobody works there');
  const one = visitor(`${served.root(of)}/console`, 'zh-CN');
  await one.visit(`${served.root(of)}/console/sign-in`);
  await one.submit('/sign-in', { email: staff.email, password: staff.password });
  return one;
};

export type Decision = { readonly move: 'approve' } | { readonly move: 'refuse'; readonly because: string } | { readonly move: 'ask'; readonly materials: readonly string[]; readonly note: string };

export const decide = async (served: Served, number: string, { move, ...filled }: Decision, place = 0, of = brand): Promise<Visitor> => {
  const desk = await reviewer(served, place, of);
  await desk.visit(`${served.root(of)}/console/cases/${number}`);
  await desk.submit(`/${move}`, filled as Record<string, string>);
  if (!new URL(desk.page().url).search.includes(`done=${move}`)) throw new Error(`not decided: ${words(desk).slice(0, 300)}`);
  return desk;
};

export const inbox = ({ story }: Served, to: string): Inbox => inboxOf(story.simulator.effects(), to);

/** The newest mail with this in its subject. */
export const mailOn = (served: Served, to: string, subject: RegExp) =>
  eventually(`a mail to ${to} about ${subject}`, async () => inbox(served, to).mail.findLast((one) => subject.test(one.subject)));

/** Eight digits, from the newest message. */
export const codeFor = (served: Served, to: string): Promise<string> =>
  eventually(`a code for ${to}`, async () => {
    const { mail, sms } = inbox(served, to);
    return /\b\d{8}\b/.exec(sms.at(-1)?.text ?? mail.at(-1)?.text ?? '')?.[0];
  });

export const stateOf = async ({ story }: Served, number: string): Promise<string | undefined> =>
  (await story.rows<{ state: string }>(`select state from cancellations where application_number = $1`, [number]))[0]?.state;

export const comesTo = (served: Served, number: string, state: string): Promise<true> =>
  eventually(`${number} is ${state}`, async () => ((await stateOf(served, number)) === state ? true : undefined));

/** Everything that was to be told has been: what is made to fail next is meant for the next message. */
export const allTold = ({ story }: Served): Promise<true> =>
  eventually('every notice is sent', async () => (await story.rows(`select 1 from notices where state in ('queued', 'intended')`)).length === 0).then(() => true as const);
