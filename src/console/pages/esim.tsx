import { Card, Tag } from '../../design/index.ts';
import type { ReviewCase } from '../../desk/review-case.ts';
import type { Place } from '../place.ts';

/** How the removal of the profile stands: what was ordered, what the card reported, what its subscriber says. Never one for the other. */
export const EsimCard = ({ view: { status: { esim }, steps }, place: { words } }: { readonly view: ReviewCase; readonly place: Place }) => {
  const { say, instant } = words;
  if (esim === undefined) return null;
  const said = (steps.find(({ name }) => name === 'cancel-esim-order')?.outcome as { readonly says?: unknown } | undefined)?.says;
  return (
    <Card title={say('esim.title')}>
      <dl class="known">
        <div><dt>{say('esim.ordered')}</dt><dd>{instant(esim.orderedAt)}</dd></div>
        {typeof said === 'string' ? <div><dt>{say('esim.answered')}</dt><dd lang="en" class="said">{said}</dd></div> : null}
        <div><dt>{say('esim.device')}</dt><dd>
          {esim.kind === 'never-installed' ? <Tag tone="done">{say('esim.never-installed')}</Tag> : null}
          {esim.kind === 'reported-deleted' ? <><Tag tone="done">{say('esim.reported-deleted')}</Tag> <span class="quiet">{instant(esim.reportedAt)}</span></> : null}
          {esim.kind === 'not-confirmed' ? <><Tag tone="todo">{say('esim.not-confirmed')}</Tag> <span class="quiet">{words.compose('esim.since', { at: instant(esim.orderedAt) })}</span></> : null}
        </dd></div>
        {esim.kind === 'not-confirmed' && esim.saidAt ? <div><dt>{say('esim.said')}</dt><dd>{instant(esim.saidAt)}<br /><span class="quiet">{say('esim.said-says')}</span></dd></div> : null}
      </dl>
    </Card>
  );
};
