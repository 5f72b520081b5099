/** What anybody may do to a line, right or wrong: each is done at the desk and in the model, and both must say the same. */
import { randomBytes } from 'node:crypto';
import type { AsyncCommand } from 'fast-check';
import { appeal } from '../../src/desk/appeal.ts';
import { confirmByLink } from '../../src/desk/confirm.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { discardDraft, openDraft, saveDraft } from '../../src/desk/draft.ts';
import { resume } from '../../src/desk/resume.ts';
import { approve, ask, refuse } from '../../src/desk/review-case.ts';
import type { Reviewer } from '../../src/desk/review-queue.ts';
import { declare } from '../../src/desk/statement.ts';
import { submit } from '../../src/desk/submit.ts';
import { supply } from '../../src/desk/supply.ts';
import type { Subscriber } from '../../src/desk/views.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import type { OpenEntry } from '../../src/policy/laws.ts';
import { hashOfLink, keepLinks } from '../../src/store/confirmations.ts';
import type { FreshLine } from './fresh-lines.ts';
import { model, sentCases, type ModelCase, type ModelLine, type ModelState, type Mood } from './model.ts';

export type ModelSide = { readonly lines: readonly ModelLine[] };
export type RealLine = FreshLine & { readonly staff: readonly Reviewer[]; /** Of another brand. */ readonly stranger: Reviewer };
export type RealSide = {
  readonly desk: Desk;
  readonly lines: readonly RealLine[];
  readonly entry: OpenEntry;
  readonly now: () => number;
  readonly pass: (milliseconds: number) => void;
  /** Takes whatever is due by now, until nothing is. */
  readonly timers: () => Promise<void>;
  /** Has what was declared looked at. */
  readonly statements: () => Promise<void>;
  readonly work: (mood: Mood) => Promise<void>;
  /** Cases of all these lines, oldest first. */
  readonly cases: () => Promise<{ id: string; lineId: string; number: string | null; state: string; version: number }[]>;
};
type Answer = { readonly ok: true; readonly value?: unknown } | { readonly ok: false; readonly why: unknown };

const kindOf = (answer: Answer): string => (answer.ok ? 'ok' : String((answer.why as { kind?: string }).kind));
const own = ({ brand, subscriberId }: RealLine): Subscriber => ({ brand, subscriberId });
/** The words of a policy's own form, in order. */
const filledIn = (desk: Desk, { brand, person }: RealLine) => {
  const pack = desk.packs.latest(brand);
  if (!pack.ok) throw new Error(`no policy for ${brand}`);
  return { reason: pack.value.reasons[0]?.id ?? '', name: person.name, email: person.email ?? '', phone: '', acknowledged: pack.value.consequences.map(({ id }) => id) };
};
const firstOf = (desk: Desk, brand: string, list: 'materials' | 'refusals'): string => {
  const pack = desk.packs.latest(brand);
  return pack.ok ? pack.value[list][0]?.id ?? '' : '';
};

type Place = { readonly model: ModelLine; readonly real: RealLine; readonly at: number };
/** Which case of a line is meant: the last that was sent, or an older one; `none`, where there is none yet. */
type Meant = { readonly one: ModelCase; readonly number: string; readonly caseId: string; readonly version: number };

/** Second by second between two things that people do. */
const moment = 1000;

export const command = (title: string, line: number, run: (real: RealSide, place: Place) => Promise<readonly [expected: string, answered: string]>): AsyncCommand<ModelSide, RealSide> => ({
  check: () => true,
  toString: () => `line ${line}: ${title}`,
  run: async (models, real) => {
    real.pass(moment);
    const place = { model: models.lines[line] as ModelLine, real: real.lines[line] as RealLine, at: real.now() };
    const [expected, answered] = await run(real, place);
    if (expected !== answered) throw new Error(`${title}: the desk says "${answered}", the table "${expected}"`);
    await agree(models, real, title);
  },
});

/** Every case of every line stands as in the model, after as many moves. */
const agree = async (models: ModelSide, real: RealSide, after: string): Promise<void> => {
  const rows = await real.cases();
  for (const [index, { cases }] of models.lines.entries()) {
    const stands = rows.filter(({ lineId }) => lineId === real.lines[index]?.lineId).map(({ state, version }) => `${state} after ${version}`);
    const wanted = cases.map(({ state, moves }) => `${state} after ${moves.length}`);
    if (stands.join(', ') !== wanted.join(', ')) throw new Error(`after ${after}: line ${index} stands ${stands.join(', ') || 'without a case'}; by the table ${wanted.join(', ') || 'without a case'}`);
  }
};

/** `back`: 0 is the last case that was sent. With none there, a number that nobody has. */
const meant = async (real: RealSide, { model: line, real: { lineId } }: Place, back: number): Promise<Meant | undefined> => {
  const sent = sentCases(line);
  const one = sent.at(-1 - (sent.length === 0 ? 0 : back % sent.length));
  if (one === undefined) return undefined;
  const row = (await real.cases()).filter((each) => each.lineId === lineId)[line.cases.indexOf(one)];
  return row?.number == null ? undefined : { one, number: row.number, caseId: row.id, version: row.version };
};
const onCase = (title: string, line: number, back: number, run: (real: RealSide, place: Place, found: Meant) => Promise<readonly [string, string]>) =>
  command(`${title}${back > 0 ? ` (${back} back)` : ''}`, line, async (real, place) => {
    const found = await meant(real, place, back);
    return found === undefined ? ['', ''] : run(real, place, found);
  });

export const commands = {
  begin: (line: number) => command('begins', line, async ({ desk }, { real, model: it, at }) => [model.begin(it, at), kindOf(await openDraft(desk, own(real), real.lineId))]),
  fill: (line: number) => command('fills in', line, async ({ desk }, { real, model: it, at }) => {
    const saved = await saveDraft(desk, own(real), real.lineId, filledIn(desk, real));
    return [model.fill(it, at), saved.ok ? 'ok' : 'nothing'];
  }),
  discard: (line: number) => command('throws the draft away', line, async ({ desk }, { real, model: it }) => [model.discard(it), (await discardDraft(desk, own(real), real.lineId)) ? 'ok' : 'nothing']),
  submit: (line: number, byAgent: boolean) => command(byAgent ? 'is sent by an agent' : 'sends', line, async ({ desk }, { real, model: it, at }) => {
    const who = byAgent ? { ...own(real), assisted: { channel: 'phone' as const, staffId: real.staff[0]?.staffId ?? '', proof: 'call-code' as const } } : own(real);
    const sent = await submit(desk, who, real.lineId);
    return [model.submit(it, at, byAgent ? 'agent' : 'subscriber'), sent.ok ? (sent.value.joined ? 'joined' : 'ok') : sent.why.kind];
  }),
  /** The whole form in one go, so that sequences get beyond it. */
  apply: (line: number) => command('applies', line, async ({ desk }, { real, model: it, at }) => {
    const begun = [model.begin(it, at), kindOf(await openDraft(desk, own(real), real.lineId))] as const;
    if (begun[0] !== 'ok') return begun;
    model.fill(it, at);
    await saveDraft(desk, own(real), real.lineId, filledIn(desk, real));
    return [model.submit(it, at, 'subscriber'), kindOf(await submit(desk, own(real), real.lineId))];
  }),
  state: (line: number) => command('somebody declares it', line, async ({ desk, entry, statements }, { real, model: it, at }) => {
    const asked = openOrReceived(it);
    await declare(desk, { brand: real.brand, language: 'zh-CN', entry, contents: { name: real.person.name, contract: real.billingRef, email: real.person.email ?? '' }, form: randomBytes(9).toString('base64url') });
    await statements();
    if (asked) model.state(it, at);
    return ['ok', 'ok'];
  }),
  ask: (line: number, back: number, staff: number) => onCase(`reviewer ${staff} asks`, line, back, async ({ desk }, { real, model: it, at }, { one, number }) => {
    const by = reviewer(real, staff);
    return [model.ask(it, one, at, by.staffId), kindOf(await ask(desk, by, number, { materials: [firstOf(desk, real.brand, 'materials')], note: '' }))];
  }),
  refuse: (line: number, back: number, staff: number) => onCase(`reviewer ${staff} refuses`, line, back, async ({ desk }, { real, model: it, at }, { one, number }) => {
    const by = reviewer(real, staff);
    return [model.refuse(it, one, at, by.staffId), kindOf(await refuse(desk, by, number, firstOf(desk, real.brand, 'refusals')))];
  }),
  approve: (line: number, back: number, staff: number, behind: number) => onCase(`reviewer ${staff} approves${behind > 0 ? ` what stood ${behind} moves ago` : ''}`, line, back, async ({ desk }, { real, model: it, at }, { one, number, version }) => {
    const [by, ago] = [reviewer(real, staff), Math.min(behind, one.moves.length)];
    return [model.approve(it, one, at, by.staffId, ago), kindOf(await approve(desk, by, number, ago === 0 ? undefined : version - ago))];
  }),
  supply: (line: number, back: number) => onCase('supplies', line, back, async ({ desk }, { real, at }, { one, number }) => [model.supply(one, at), kindOf(await supply(desk, own(real), number, { text: '补充', documents: [] }))]),
  appeal: (line: number, back: number) => onCase('appeals', line, back, async ({ desk }, { real, model: it, at }, { one, number }) => [model.appeal(it, one, at), kindOf(await appeal(desk, own(real), number, '请再看看。'))]),
  withdraw: (line: number, back: number) => onCase('withdraws', line, back, async ({ desk }, { real, at }, { one, number }) => [model.withdraw(one, at), kindOf(await withdraw(desk, own(real), number))]),
  confirm: (line: number, back: number) => onCase('presses the link', line, back, async ({ desk, now }, { real, model: it, at }, { one, caseId }) => {
    const token = randomBytes(32).toString('base64url');
    if (one.until !== undefined) await desk.db.inBrand(real.brand, (tx) => keepLinks(tx, new Date(now()), [{ tokenHash: hashOfLink(token), brand: real.brand, caseId, round: 1 }]));
    return [model.confirm(it, one, at), kindOf(await confirmByLink(desk, real.brand, token))];
  }),
  resume: (line: number, back: number) => onCase('an agent resumes', line, back, async ({ desk }, { real, at }, { one, number }) => {
    const expected = one.state === 'stalled' ? model.resume(one, at) : 'wrong-state';
    return [expected, kindOf(await resume(desk, reviewer(real, 0), number))];
  }),
  /** Another subscriber, and another brand's reviewer: to both the case is not there. */
  strangers: (line: number, back: number) => onCase('strangers try', line, back, async ({ desk, lines }, { real }, { number }) => {
    const other = lines[(lines.indexOf(real) + 1) % lines.length] as RealLine;
    const answers = [
      await withdraw(desk, own(other), number), await withdraw(desk, { brand: real.brand, subscriberId: other.subscriberId }, number), await supply(desk, own(other), number, { text: '补充', documents: [] }),
      await appeal(desk, own(other), number, '请再看看。'), await approve(desk, real.stranger, number), await refuse(desk, real.stranger, number, 'any'), await resume(desk, real.stranger, number),
    ];
    return ['not-found', [...new Set(answers.map(kindOf))].join()];
  }),
  /** Time for everybody. */
  pass: (milliseconds: number, says: string) => everywhere(`${says} pass`, async ({ pass, timers, now }, lines) => {
    pass(milliseconds);
    await timers();
    for (const line of lines) model.tick(line, now());
  }),
  /** Whatever paused before is due again by now. */
  work: (mood: Mood) => everywhere(mood === 'well' ? 'the worker works' : `the worker works, the carrier ${mood === 'away' ? 'is away' : 'refuses'}`, async ({ pass, timers, work, now }, lines) => {
    pass(2 * 3_600_000);
    await timers();
    for (const line of lines) model.tick(line, now());
    await work(mood);
    for (const line of lines) model.work(line, now(), mood);
  }),
};

/** What leads one step on from wherever the line's last case stands. */
export const onward = (line: number, mood: Mood): AsyncCommand<ModelSide, RealSide> => ({
  check: () => true,
  toString: () => `line ${line}: goes on${mood === 'well' ? '' : `, the carrier ${mood === 'away' ? 'is away' : 'refuses'}`}`,
  run: async (models, real) => {
    for (const next of nextOf(models.lines[line]?.cases.at(-1)?.state, line, mood)) await next.run(models, real);
  },
});
const nextOf = (state: ModelState | undefined, line: number, mood: Mood): AsyncCommand<ModelSide, RealSide>[] => {
  switch (state) {
    case 'reviewing': return [commands.approve(line, 0, 0, 0), commands.approve(line, 0, 1, 0)];
    case 'waiting': return [commands.supply(line, 0)];
    case 'approved': return [commands.confirm(line, 0)];
    case 'scheduled':
    case 'recoverable': return [commands.pass(8 * 86_400_000, 'eight days')];
    case 'executing': return [commands.work(mood)];
    case 'stalled': return [commands.resume(line, 0)];
    case 'refused': return [commands.appeal(line, 0)];
    default: return [commands.apply(line)];
  }
};

const reviewer = (real: RealLine, staff: number): Reviewer => real.staff[staff % real.staff.length] as Reviewer;
/** Somebody's declaration changes nothing but a line without a case, or one with a draft. */
const openOrReceived = (line: ModelLine): boolean => !line.cases.some(({ state }) => !['draft', 'cancelled', 'refused', 'withdrawn', 'lapsed'].includes(state));

const everywhere = (title: string, run: (real: RealSide, lines: readonly ModelLine[]) => Promise<void>): AsyncCommand<ModelSide, RealSide> => ({
  check: () => true,
  toString: () => title,
  run: async (models, real) => {
    await run(real, models.lines);
    await agree(models, real, title);
  },
});
