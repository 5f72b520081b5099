import { Button, Card, Form, Notice } from '../../design/index.ts';
import type { ReviewCase } from '../../desk/review-case.ts';
import { paths, type Place } from '../place.ts';
import { mayResume, type Staff } from '../rights.ts';

type Outcome = { readonly kind: 'done' | 'refused' | 'unreachable' | 'unknown'; readonly code?: string; readonly says?: string };
const kinds = ['done', 'refused', 'unreachable', 'unknown'];

/** As recorded with the step: free of personal data, and possibly written by an older build. */
const outcomeOf = (saved: unknown): Outcome | undefined => {
  const outcome = saved as Outcome | null | undefined;
  return outcome != null && kinds.includes(outcome.kind) ? outcome : undefined;
};

export const stuckSteps = ({ steps }: Pick<ReviewCase, 'steps'>) => steps.filter((step) => step.state === 'stalled' || step.state === 'refused');

/** What was tried, what came back, and, where it can go on, the button for that. */
export const Stuck = ({ view, staff, place: { words, base, token } }: { readonly view: ReviewCase; readonly staff: Staff; readonly place: Place }) => {
  const { say, instant } = words;
  const steps = stuckSteps(view);
  if (steps.length === 0) return null;
  const { applicationNumber } = view.status;
  return (
    <Card wanted title={say('stuck.title')}>
      {steps.map((step) => {
        const outcome = outcomeOf(step.outcome);
        return (
          <dl class="known" key={step.name}>
            <div><dt>{say('stuck.sent')}</dt><dd><b>{words.step(step.name)}</b><br /><span class="quiet">{say('stuck.tried', { count: step.attempts })}</span></dd></div>
            {step.firstTriedAt ? <div><dt>{say('stuck.first')}</dt><dd>{instant(step.firstTriedAt)}</dd></div> : null}
            <div><dt>{say('stuck.outcome')}</dt><dd>{outcome ? say(`outcome.${outcome.kind}`) : say('stuck.nothing')}</dd></div>
            {outcome?.code ? <div><dt>{say('stuck.code')}</dt><dd><code>{outcome.code}</code></dd></div> : null}
            {outcome?.says ? <div><dt>{say('stuck.says')}</dt><dd lang="en" class="said">{outcome.says}</dd></div> : null}
            {step.intentKey ? <div><dt>{say('stuck.key')}</dt><dd><code>{step.intentKey}</code></dd></div> : null}
          </dl>
        );
      })}
      {mayResume(staff) ? (
        <>
          <Notice><p>{say('stuck.what')}</p></Notice>
          <Form action={paths(base).resume(applicationNumber)} token={token}><Button>{say('stuck.resume')}</Button></Form>
        </>
      ) : <p>{say('stuck.not-yours', { roles: staff.roles.map((role) => say(`role.${role}`)).join(' / ') })}</p>}
    </Card>
  );
};
