import { Button, Card, Field, FileField, Form, Notice, RadioGroup, type Fault } from '../../design/index.ts';
import type { ReviewCase } from '../../desk/review-case.ts';
import { paths, type Place } from '../place.ts';
import { mayResume, maySeeWhole, type Staff } from '../rights.ts';
import { faultOf } from './faults.ts';

type Outcome = { readonly kind: 'done' | 'refused' | 'unreachable' | 'unknown'; readonly code?: string; readonly says?: string };
const kinds = ['done', 'refused', 'unreachable', 'unknown'];

export const evidenceMost = 2000;
/** What was just sent of a finding and did not pass. */
export type SentFinding = { readonly step: string; readonly verdict?: string; readonly evidence?: string; readonly faults: readonly Fault[] };

/** What people may find: it happened, or it did not. */
export const verdicts = ['happened', 'did-not-happen'] as const;

type Props = { readonly view: ReviewCase; readonly staff: Staff; readonly place: Place; readonly names: ReadonlyMap<string, string>; readonly sent?: SentFinding | undefined };
type Step = ReviewCase['steps'][number];

/** As recorded with the step: free of personal data, and possibly written by an older build. */
const outcomeOf = (saved: unknown): Outcome | undefined => {
  const outcome = saved as Outcome | null | undefined;
  return outcome != null && kinds.includes(outcome.kind) ? outcome : undefined;
};

export const stuckSteps = ({ steps }: Pick<ReviewCase, 'steps'>) => steps.filter((step) => step.state === 'stalled' || step.state === 'refused');

/** What was sent, what came back, and what was read since. */
const Tries = ({ step, view, place: { words } }: { readonly step: Step; readonly view: ReviewCase; readonly place: Place }) => {
  const { say, instant } = words;
  const tries = view.tries.filter((one) => one.step === step.name && one.undo === step.undo);
  if (tries.length === 0) return null;
  return (
    <details class="tries">
      <summary>{say('stuck.tries', { count: tries.length })}</summary>
      <table class="journal">
        <thead><tr><th scope="col">{say('case.journal.at')}</th><th scope="col">{say('stuck.did')}</th><th scope="col">{say('stuck.outcome')}</th></tr></thead>
        <tbody>
          {tries.map((one, place) => {
            const outcome = outcomeOf(one.outcome);
            return (
              <tr key={place}>
                <td class="quiet">{instant(one.at)}</td>
                <td>{say(`stuck.mode.${one.mode}`)}</td>
                <td>{outcome ? say(one.mode === 'read' && outcome.kind === 'done' ? 'stuck.read-not-so' : `outcome.${outcome.kind}`) : say('stuck.nothing')}{outcome?.code ? <> <code>{outcome.code}</code></> : null}{outcome?.says ? <span lang="en" class="quiet detail said">{outcome.says}</span> : null}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
};

/** What a colleague found, for a second person to look at and agree to or not. */
const Found = ({ step, view, staff, names, place }: Props & { readonly step: Step }) => {
  const { words: { say, instant }, base, token } = place;
  const { applicationNumber: number } = view.status;
  const found = view.findings.find((one) => one.step === step.name);
  if (found === undefined) return null;
  const file = found.documentId !== undefined && maySeeWhole(staff) ? paths(base).document(number, found.documentId) : undefined;
  return (
    <Notice tone="todo" title={say(`stuck.found.${found.verdict}`, { name: names.get(found.by) ?? say('actor.agent') })}>
      <p class="quiet">{instant(found.at)}</p>
      <p class="said">{found.evidence}</p>
      {file ? <p><a href={file} target="_blank" rel="noopener">{say('stuck.found.file')}</a></p> : null}
      {found.mine ? <p>{say('stuck.found.mine')}</p> : null}
      {mayResume(staff) ? (
        <div class="ways">
          {found.mine ? null : <Form action={paths(base).resolution(number, found.id)} token={token}><input type="hidden" name="agreed" value="yes" /><Button>{say('stuck.agree')}</Button></Form>}
          <Form action={paths(base).resolution(number, found.id)} token={token}><input type="hidden" name="agreed" value="no" /><Button look="plain">{say(found.mine ? 'stuck.take-back' : 'stuck.disagree')}</Button></Form>
        </div>
      ) : null}
    </Notice>
  );
};

/** Where no read settles it: what somebody saw at the other side, for a second person to agree to. */
const Find = ({ view, place: { words, base, token }, sent }: Props) => {
  const { say } = words;
  const steps = stuckSteps(view).filter(({ name }) => !view.findings.some(({ step }) => step === name));
  const [only] = steps;
  if (view.ownCase || only === undefined) return null;
  const faults = sent?.faults ?? [];
  return (
    <details class="find" open={sent !== undefined}>
      <summary>{say('stuck.find')}</summary>
      <Form action={paths(base).resolutions(view.status.applicationNumber)} token={token} files>
        <p>{say('stuck.find-says')}</p>
        {steps.length === 1 ? <input type="hidden" name="step" value={only.name} /> : (
          <RadioGroup name="step" label={say('stuck.find-step')} fault={faultOf(faults, 'step')} chosen={sent?.step} choices={steps.map(({ name }) => ({ value: name, label: words.step(name) }))} />
        )}
        <RadioGroup name="verdict" label={say('stuck.verdict')} fault={faultOf(faults, 'verdict')} chosen={sent?.verdict}
          choices={verdicts.map((value) => ({ value, label: say(`stuck.verdict.${value}`), hint: say(`stuck.verdict-hint.${value}`) }))} />
        <Field name="evidence" many label={say('stuck.evidence')} hint={say('stuck.evidence-hint')} value={sent?.evidence} fault={faultOf(faults, 'evidence')} />
        <FileField name="file" accept="image/jpeg,image/png,application/pdf" label={say('stuck.file')} fault={faultOf(faults, 'file')} />
        <Button>{say('stuck.find-do')}</Button>
      </Form>
    </details>
  );
};

/** What was tried, what came back, and, where it can go on, the button for that. */
export const Stuck = (props: Props) => {
  const { view, staff, place: { words, base, token } } = props;
  const { say, instant } = words;
  const steps = stuckSteps(view);
  if (steps.length === 0) return null;
  const { applicationNumber } = view.status;
  return (
    <Card wanted title={say('stuck.title')}>
      {steps.map((step) => {
        const outcome = outcomeOf(step.outcome);
        return (
          <div key={step.name}>
            <dl class="known">
              <div><dt>{say('stuck.sent')}</dt><dd><b>{words.step(step.name)}</b><br /><span class="quiet">{say('stuck.tried', { count: step.attempts })}{step.reads > 0 ? ` · ${say('stuck.read', { count: step.reads })}` : ''}</span></dd></div>
              {step.firstTriedAt ? <div><dt>{say('stuck.first')}</dt><dd>{instant(step.firstTriedAt)}</dd></div> : null}
              <div><dt>{say('stuck.outcome')}</dt><dd>{outcome ? say(`outcome.${outcome.kind}`) : say('stuck.nothing')}</dd></div>
              {outcome?.code ? <div><dt>{say('stuck.code')}</dt><dd><code>{outcome.code}</code></dd></div> : null}
              {outcome?.says ? <div><dt>{say('stuck.says')}</dt><dd lang="en" class="said">{outcome.says}</dd></div> : null}
              {step.intentKey ? <div><dt>{say('stuck.key')}</dt><dd><code>{step.intentKey}</code></dd></div> : null}
            </dl>
            <Tries step={step} view={view} place={props.place} />
            <Found {...props} step={step} />
          </div>
        );
      })}
      {mayResume(staff) ? (
        <>
          <Notice><p>{say('stuck.what')}</p></Notice>
          <Form action={paths(base).resume(applicationNumber)} token={token}><Button>{say('stuck.resume')}</Button></Form>
          <Find {...props} />
        </>
      ) : <p>{say('stuck.not-yours', { roles: staff.roles.map((role) => say(`role.${role}`)).join(' / ') })}</p>}
    </Card>
  );
};
