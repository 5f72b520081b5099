/**
 * What becomes of a line's cases: written from the table of moves in the design, not from the code, and as plainly as it can be.
 * Pure. Each answer is 'ok' or the kind of the refusal; time is milliseconds.
 */
export const hour = 3_600_000;
export const day = 24 * hour;

/** What differs between policies. `confirmHours`: a mailed link must be pressed within so many hours. */
export type Terms = { readonly reviewers: 0 | 1 | 2; readonly confirmHours?: number; readonly recoverableDays: number; readonly draftDays: number };
export type ModelState = 'draft' | 'received' | 'proven' | 'reviewing' | 'waiting' | 'approved' | 'scheduled' | 'recoverable' | 'executing' | 'stalled' | 'cancelled' | 'refused' | 'withdrawn' | 'lapsed';
type Made = { readonly move: string; readonly by?: string };
export type ModelCase = {
  state: ModelState; readonly moves: Made[]; filled: boolean; since: number;
  /** Until when its link holds, and whether it was pressed. */
  until?: number; pressed: boolean;
  effectiveAt?: number;
  /** Who approved it as it stands now. */
  approvedBy: Set<string>;
  /** Since when the carrier does not answer. */
  triedSince?: number;
};
export type ModelLine = { readonly terms: Terms; ended: boolean; readonly ownerIsStaff?: string; readonly cases: ModelCase[] };
/** How the carrier's side behaves. */
export type Mood = 'well' | 'refuses' | 'away';

const table: Readonly<Record<string, { readonly from: readonly ModelState[]; readonly to: ModelState }>> = {
  receive: { from: ['draft'], to: 'received' }, prove: { from: ['received'], to: 'proven' }, review: { from: ['proven'], to: 'reviewing' },
  ask: { from: ['reviewing'], to: 'waiting' }, supply: { from: ['waiting'], to: 'reviewing' }, approve: { from: ['proven', 'reviewing'], to: 'approved' },
  refuse: { from: ['reviewing'], to: 'refused' }, appeal: { from: ['refused'], to: 'reviewing' }, confirm: { from: ['approved'], to: 'scheduled' },
  bar: { from: ['scheduled'], to: 'recoverable' }, execute: { from: ['scheduled', 'recoverable'], to: 'executing' },
  withdraw: { from: ['received', 'proven', 'reviewing', 'waiting', 'approved', 'scheduled', 'recoverable'], to: 'withdrawn' },
  lapse: { from: ['draft', 'received', 'waiting', 'approved'], to: 'lapsed' },
  stall: { from: ['executing'], to: 'stalled' }, resume: { from: ['stalled'], to: 'executing' }, complete: { from: ['executing'], to: 'cancelled' },
};
export const everyMove = Object.keys(table);
const over: ReadonlySet<ModelState> = new Set(['cancelled', 'refused', 'withdrawn', 'lapsed']);

export const openCase = (line: ModelLine): ModelCase | undefined => line.cases.find(({ state }) => !over.has(state));
/** Those that have an application number, oldest first. */
export const sentCases = (line: ModelLine): ModelCase[] => line.cases.filter(({ moves }) => moves.some(({ move }) => move === 'receive'));

/** False where the table has no such move from here. */
const go = (one: ModelCase, move: string, now: number, by?: string): boolean => {
  const rule = table[move];
  if (rule === undefined || !rule.from.includes(one.state)) return false;
  one.state = rule.to;
  one.since = now;
  one.approvedBy = new Set();
  one.moves.push({ move, ...(by === undefined ? {} : { by }) });
  return true;
};
const orWrong = (went: boolean): string => (went ? 'ok' : 'wrong-state');

const newDraft = (line: ModelLine, now: number): ModelCase => {
  const one: ModelCase = { state: 'draft', moves: [], filled: false, since: now, pressed: false, approvedBy: new Set() };
  line.cases.push(one);
  return one;
};
const schedule = (line: ModelLine, one: ModelCase, now: number): void => {
  if (go(one, 'confirm', now)) one.effectiveAt = now + line.terms.recoverableDays * day;
};
const approved = (line: ModelLine, one: ModelCase, now: number, by?: string): void => {
  if (!go(one, 'approve', now, by)) return;
  one.pressed = false;
  if (line.terms.confirmHours === undefined) schedule(line, one, now);
  else one.until = now + line.terms.confirmHours * hour;
};
const isBegun = ({ state }: ModelCase): boolean => state === 'draft' || state === 'received';

export const model = {
  begin: (line: ModelLine, now: number): string => {
    if (line.ended) return 'not-found';
    const open = openCase(line);
    if (open !== undefined && !isBegun(open)) return 'case-open';
    if (open === undefined) newDraft(line, now);
    return 'ok';
  },
  fill: (line: ModelLine, now: number): string => {
    const open = openCase(line);
    if (open === undefined || !isBegun(open)) return 'nothing';
    open.filled = true;
    open.since = now;
    return 'ok';
  },
  discard: (line: ModelLine): string => {
    const open = openCase(line);
    if (open?.state !== 'draft') return 'nothing';
    line.cases.splice(line.cases.indexOf(open), 1);
    return 'ok';
  },
  submit: (line: ModelLine, now: number, by: string): string => {
    const open = openCase(line);
    if (open === undefined) return 'not-found';
    if (!isBegun(open)) return 'joined';
    if (!open.filled) return 'incomplete';
    go(open, 'receive', now, by);
    go(open, 'prove', now, by);
    if (line.terms.reviewers > 0) go(open, 'review', now);
    else approved(line, open, now);
    return 'ok';
  },
  /** Anybody, without sign-in. Never says no. */
  state: (line: ModelLine, now: number): string => {
    if (!line.ended) go(openCase(line) ?? newDraft(line, now), 'receive', now, 'anyone');
    return 'ok';
  },
  ask: (line: ModelLine, one: ModelCase, now: number, by: string): string => {
    if (line.ownerIsStaff === by) return 'own-case';
    if (one.state !== 'reviewing') return 'wrong-state';
    if (refusedBefore(one, by)) return 'own-refusal';
    return orWrong(go(one, 'ask', now, by));
  },
  refuse: (line: ModelLine, one: ModelCase, now: number, by: string): string => {
    if (line.ownerIsStaff === by) return 'own-case';
    if (one.state !== 'reviewing') return 'wrong-state';
    if (refusedBefore(one, by)) return 'own-refusal';
    return orWrong(go(one, 'refuse', now, by));
  },
  /** `behind`: how many moves ago the reviewer looked at it. */
  approve: (line: ModelLine, one: ModelCase, now: number, by: string, behind: number): string => {
    const seen = one.moves[one.moves.length - behind];
    if (behind > 0 && seen?.move === 'approve' && seen.by === by) return 'ok'; // pressed twice
    if (line.ownerIsStaff === by) return 'own-case';
    if (one.state !== 'reviewing') return 'wrong-state';
    if (refusedBefore(one, by)) return 'own-refusal';
    if (behind > 0) return 'lost-race';
    one.approvedBy.add(by);
    if (one.approvedBy.size >= line.terms.reviewers) approved(line, one, now, by);
    return 'ok';
  },
  supply: (one: ModelCase, now: number): string => orWrong(go(one, 'supply', now)),
  appeal: (line: ModelLine, one: ModelCase, now: number): string => (openCase(line) !== undefined ? 'another-is-open' : orWrong(go(one, 'appeal', now))),
  withdraw: (one: ModelCase, now: number): string => orWrong(go(one, 'withdraw', now)),
  /** A link that was really sent. */
  confirm: (line: ModelLine, one: ModelCase, now: number): string => {
    if (one.until === undefined) return 'not-found';
    if (['withdrawn', 'refused', 'lapsed'].includes(one.state)) return 'not-open';
    if (one.pressed) return 'ok';
    if (one.state !== 'approved' || now >= one.until) return 'not-open';
    one.pressed = true;
    schedule(line, one, now);
    return 'ok';
  },
  resume: (one: ModelCase, now: number): string => {
    delete one.triedSince;
    return orWrong(go(one, 'resume', now));
  },
  /** What time alone brings. */
  tick: (line: ModelLine, now: number): void => {
    for (const one of line.cases) {
      if (['draft', 'received', 'waiting'].includes(one.state) && now >= one.since + line.terms.draftDays * day) go(one, 'lapse', now);
      if (one.state === 'approved' && one.until !== undefined && now >= one.until) go(one, 'lapse', now);
      if (one.state === 'scheduled' && line.terms.recoverableDays > 0) go(one, 'bar', now);
      if ((one.state === 'scheduled' || one.state === 'recoverable') && one.effectiveAt !== undefined && now >= one.effectiveAt) go(one, 'execute', now);
    }
  },
  /** The executor, at a carrier in this mood. People are called when it was away for two days. */
  work: (line: ModelLine, now: number, mood: Mood): void => {
    for (const one of line.cases.filter(({ state }) => state === 'executing')) {
      if (mood === 'refuses') go(one, 'stall', now);
      if (mood === 'well' && go(one, 'complete', now)) line.ended = true;
      if (mood === 'away') {
        one.triedSince ??= now;
        if (now - one.triedSince >= 2 * day) go(one, 'stall', now);
      }
    }
  },
};

const refusedBefore = (one: ModelCase, by: string): boolean => one.moves.some(({ move, by: whose }) => move === 'refuse' && whose === by);
