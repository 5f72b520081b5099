import { z } from 'zod';
import { seeOther, show, type Fault } from '../../design/index.ts';
import { decideOnResolution, proposeResolution, type CannotResolve } from '../../desk/resolve-step.ts';
import { resume } from '../../desk/resume.ts';
import { approve, ask, refuse, seeCase, type CannotDecide, type ReviewCase } from '../../desk/review-case.ts';
import { staffMembers } from '../../identity/staff.ts';
import type { ConsoleDeps } from '../deps.ts';
import { CasePage } from '../pages/case.tsx';
import { ProgressPage } from '../pages/progress.tsx';
import { evidenceMost, verdicts, type SentFinding } from '../pages/stuck.tsx';
import { noteMost, type Sent as SentDecision } from '../pages/decide.tsx';
import { inWords, statusOf } from '../refusals.ts';
import { mayDecide, mayResume, maySeeWhole } from '../rights.ts';
import { notFound, type Asked, type Own, type Routes } from '../routes.ts';
import { doings, type Doing } from './queue.tsx';

const text = (most: number) => z.preprocess((value) => value ?? '', z.string().max(most));
const seen = z.coerce.number().int().min(0);
const ticked = z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string().max(80)).max(50));
const approval = z.object({ seen });
const asking = z.object({ seen, materials: ticked, note: text(20_000) });
const refusal = z.object({ seen, because: text(80) });
const finding = z.object({ step: text(80), verdict: text(40), evidence: text(20_000) });

/** Belongs to a field rather than to the case. */
const fieldFault = (why: CannotDecide, words: Asked['visit']['words']): Fault | undefined => {
  if (why.kind === 'nothing-given') return { id: 'materials', says: words.say('decide.fault.materials') };
  if (why.kind !== 'not-in-pack') return undefined;
  return why.what === 'material'
    ? { id: 'materials', says: words.say('decide.fault.materials-unknown') }
    : { id: 'because', says: words.say('decide.fault.because-unknown') };
};

/** Why a finding was not taken, in words, and with which status (RFC 9110 §15.5). */
const notTaken: Record<CannotResolve['kind'], 403 | 404 | 409> = { 'not-found': 404, 'not-stuck': 409, 'under-way': 409, 'same-person': 403, 'own-case': 403 };

export const caseRoutes = (routes: Routes, { desk, accept, largest }: ConsoleDeps): void => {
  /** Of the staff who stand in the journal. */
  const namesIn = async ({ brand }: Own['who'], { journal, findings }: ReviewCase): Promise<Map<string, string>> => {
    const ids = new Set([...journal.flatMap(({ facts }) => [facts['decidedBy'], facts['by']]), ...findings.map(({ by }) => by)].filter((id) => typeof id === 'string'));
    const members = ids.size === 0 ? new Map<string, { name: string }>() : await desk.db.inBrand(brand, (tx) => staffMembers(tx, desk.vault, [...ids]));
    return new Map([...members].map(([id, { name }]) => [id, name]));
  };

  /** The case as it stands now, with what was sent and why it did not happen. */
  const showCase = async (asked: Asked & Own, status = 200, said: { sent?: SentDecision; finding?: SentFinding; why?: CannotDecide; cannot?: string } = {}) => {
    const { visit, staff, who, params, reply } = asked;
    const view = await seeCase(desk, who, params['number'] ?? '');
    if (view === undefined) return notFound(asked);
    if (!maySeeWhole(staff)) return show(reply, <ProgressPage place={visit.place()} view={view} staff={staff} names={await namesIn(who, view)} finding={said.finding} />, status, false);
    return show(reply, (
      <CasePage place={visit.place()} view={view} staff={staff} names={await namesIn(who, view)} now={desk.clock.now()}
        {...(said.sent ? { sent: said.sent } : {})} {...(said.why ? { cannot: inWords(said.why, visit.words) } : said.cannot ? { cannot: said.cannot } : {})} finding={said.finding} />
    ), status, false);
  };

  const done = ({ visit, params, reply }: Asked, doing: Doing) =>
    seeOther(reply, `${visit.to.home}?${new URLSearchParams({ done: doing, case: params['number'] ?? '' })}`);

  const cannot = (asked: Asked & Own, why: CannotDecide, sent: SentDecision) => {
    const fault = fieldFault(why, asked.visit.words);
    return fault ? showCase(asked, 422, { sent: { ...sent, faults: [fault] } }) : showCase(asked, statusOf(why), { sent, why });
  };

  routes.get('/cases/:number', (asked) => showCase(asked));
  // Whoever loads the answer to a form again by its address comes back to the case.
  for (const doing of doings) routes.get(`/cases/:number/${doing}`, ({ visit, params, reply }) => seeOther(reply, visit.to.case(encodeURIComponent(params['number'] ?? ''))));

  routes.post('/cases/:number/approve', mayDecide, async (asked) => {
    const form = approval.parse(asked.fields);
    const result = await approve(desk, asked.who, asked.params['number'] ?? '', form.seen);
    return result.ok ? done(asked, 'approve') : cannot(asked, result.why, { decision: 'approve', faults: [] });
  });

  routes.post('/cases/:number/ask', mayDecide, async (asked) => {
    const { say } = asked.visit.words;
    const { materials, note, seen } = asking.parse(asked.fields);
    const sent = { decision: 'ask', materials, note } as const;
    const length = [...note.trim()].length;
    const faults: Fault[] = [
      ...(materials.length === 0 ? [{ id: 'materials', says: say('decide.fault.materials') }] : []),
      ...(length === 0 ? [{ id: 'note', says: say('decide.fault.note') }] : []),
      ...(length > noteMost ? [{ id: 'note', says: say('decide.fault.note-long', { most: noteMost }) }] : []),
    ];
    if (faults.length > 0) return showCase(asked, 422, { sent: { ...sent, faults } });
    const result = await ask(desk, asked.who, asked.params['number'] ?? '', { materials, note }, seen);
    return result.ok ? done(asked, 'ask') : cannot(asked, result.why, { ...sent, faults: [] });
  });

  routes.post('/cases/:number/refuse', mayDecide, async (asked) => {
    const { because, seen } = refusal.parse(asked.fields);
    if (because === '') return showCase(asked, 422, { sent: { decision: 'refuse', faults: [{ id: 'because', says: asked.visit.words.say('decide.fault.because') }] } });
    const result = await refuse(desk, asked.who, asked.params['number'] ?? '', because, seen);
    return result.ok ? done(asked, 'refuse') : cannot(asked, result.why, { decision: 'refuse', because, faults: [] });
  });

  routes.post('/cases/:number/resume', mayResume, async (asked) => {
    const result = await resume(desk, asked.who, asked.params['number'] ?? '');
    return result.ok ? done(asked, 'resume') : showCase(asked, statusOf(result.why), { why: result.why });
  });

  const noFinding = (asked: Asked & Own, why: CannotResolve) =>
    why.kind === 'not-found' ? notFound(asked) : showCase(asked, notTaken[why.kind], { cannot: asked.visit.words.say(`cannot.resolve.${why.kind}`) });

  routes.upload('/cases/:number/resolutions', mayResume, async (asked) => {
    const { say } = asked.visit.words;
    const { step, verdict, evidence } = finding.parse(asked.fields);
    const file = asked.files['file'];
    const given = verdicts.find((one) => one === verdict);
    const accepted = file === undefined || file.tooLarge ? undefined : await accept(file.contents);
    const most = `${Math.round(largest / 1024 / 1024)} MB`;
    const length = [...evidence.trim()].length;
    const faults: Fault[] = [
      ...(step === '' ? [{ id: 'step', says: say('stuck.fault.step') }] : []),
      ...(given === undefined ? [{ id: 'verdict', says: say('stuck.fault.verdict') }] : []),
      ...(length < 10 ? [{ id: 'evidence', says: say('stuck.fault.evidence') }] : []),
      ...(length > evidenceMost ? [{ id: 'evidence', says: say('stuck.fault.evidence-long', { most: evidenceMost }) }] : []),
      ...(file?.tooLarge ? [{ id: 'file', says: say('upload.too-large', { most }) }] : accepted?.ok === false ? [{ id: 'file', says: say('upload.not-taken', { most }) }] : []),
    ];
    if (faults.length > 0 || given === undefined) return showCase(asked, 422, { finding: { step, evidence, faults, ...(given === undefined ? {} : { verdict: given }) } });
    const result = await proposeResolution(desk, asked.who, asked.params['number'] ?? '', { step, verdict: given, evidence: evidence.trim(), ...(accepted?.ok ? { document: accepted.value } : {}) });
    return result.ok ? seeOther(asked.reply, `${asked.visit.to.case(asked.params['number'] ?? '')}#deciding`) : noFinding(asked, result.why);
  });

  routes.post('/cases/:number/resolutions/:id', mayResume, async (asked) => {
    const agreed = asked.fields['agreed'] === 'yes';
    const result = await decideOnResolution(desk, asked.who, asked.params['number'] ?? '', asked.params['id'] ?? '', agreed);
    if (!result.ok) return noFinding(asked, result.why);
    return agreed ? done(asked, 'resume') : seeOther(asked.reply, `${asked.visit.to.case(asked.params['number'] ?? '')}#deciding`);
  });
};
