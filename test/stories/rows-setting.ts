/** The systems as their own packs have them, each with its invented people, behind one socket; and a person who fills in what is asked. */
import { allPacks } from '../../policies/index.ts';
import { demoOf } from '../../src/demo/accounts.ts';
import { answersTo, type Applicant } from '../../src/demo/answers.ts';
import { carrierSeed, namesOf, plantAccounts, type DemoData, type DemoLine, type DemoSubscriber } from '../../src/demo/data.ts';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { packName, type Pack } from '../../src/policy/pack.ts';
import { eventually, inbox, pathOf, serve, solveAll, words, type Served } from './up-setting.ts';

export type System = { readonly pack: Pack; readonly data: DemoData; readonly subscriber: DemoSubscriber; readonly line: DemoLine; readonly lineId: string };
export type Rows = { readonly served: Served; system(name: string): System };

export const openRows = async (names: readonly string[]): Promise<Rows> => {
  const served = await serve();
  const systems = new Map<string, System>();
  for (const name of names) {
    const pack = allPacks.findLast((one) => packName(one) === name);
    if (pack === undefined) throw new Error(`no pack ${name}`);
    const data = demoOf(pack);
    if (await plantAccounts(served.story.signoff.desk, data, pack.currency)) await served.story.simulator.seed(carrierSeed(data, pack.currency));
    const [subscriber] = data.subscribers;
    const [line] = subscriber?.lines ?? [];
    const [row] = await served.story.rows<{ id: string }>(`select id from lines where billing_ref = $1 and brand = $2`, [line?.billingRef, pack.brand]);
    if (subscriber === undefined || line === undefined || row === undefined) throw new Error(`nobody is there under ${name}`);
    systems.set(name, { pack, data, subscriber, line, lineId: row.id });
  }
  return { served, system: (name) => systems.get(name) ?? (() => { throw new Error(`this story has no ${name}`); })() };
};

export const root = ({ served }: Rows, { pack }: System): string => served.root(pack.brand);

export const enter = async (rows: Rows, system: System, password = system.subscriber.password): Promise<Visitor> => {
  const one = visitor(root(rows, system), system.subscriber.language);
  await one.visit(`${root(rows, system)}/sign-in`);
  await one.submit('/sign-in', { name: namesOf(system.subscriber)[0]?.name ?? '', password });
  return one;
};

/** Codes that were mailed to the subscriber so far. */
export const codesTo = (rows: Rows, { subscriber }: System): string[] => inbox(rows.served, subscriber.person.email ?? '').mail.flatMap(({ text }) => /\b\d{8}\b/.exec(text.replace(/[0-9A-Z]{4}(-[0-9A-Z]{1,4}){3}/g, ''))?.[0] ?? []);

/** From the preparation on, page by page with everything filled in, until the path fits. */
export const walkTo = async (rows: Rows, system: System, one: Visitor, until: RegExp, different: Readonly<Record<string, string>> = {}): Promise<void> => {
  const used = codesTo(rows, system).length;
  const applicant: Applicant = { subscriber: system.subscriber, line: system.line, code: () => eventually('a code', async () => codesTo(rows, system)[used]), note: '补充' };
  await one.visit(`${root(rows, system)}/lines/${system.lineId}/cancel`);
  await solveAll(one);
  for (let pages = 0; !until.test(pathOf(one)); pages++) {
    const form = one.page().root.querySelectorAll('main form').find((each) => (each.getAttribute('action') ?? '').includes('/cancel'));
    if (form === undefined || pages > 15) throw new Error(`it leads nowhere from ${one.page().url}: ${words(one).slice(0, 300)}`);
    const filled = await answersTo(form, applicant);
    await one.submit(new URL(form.getAttribute('action') ?? '', one.page().url).pathname, { ...filled, ...Object.fromEntries(Object.entries(different).filter(([name]) => name in filled)) });
    if (one.page().root.querySelector('.faults') !== null) throw new Error(`not taken at ${one.page().url}: ${words(one).slice(0, 300)}`);
  }
};

/** Sent; resolves to the application's number. */
export const sendAs = async (rows: Rows, system: System, one: Visitor, different: Readonly<Record<string, string>> = {}): Promise<string> => {
  await walkTo(rows, system, one, /\/cases\/[^/]+\/receipt$/, different);
  return /\/cases\/([0-9A-Z-]+)\/receipt$/.exec(pathOf(one))?.[1] ?? '';
};

export const staffAt = async (rows: Rows, system: System, place = 0): Promise<Visitor> => {
  const staff = system.data.staff[place];
  if (staff === undefined) throw new Error('nobody works there');
  const one = visitor(`${root(rows, system)}/console`, 'zh-CN');
  await one.visit(`${root(rows, system)}/console/sign-in`);
  await one.submit('/sign-in', { email: staff.email, password: staff.password });
  return one;
};
