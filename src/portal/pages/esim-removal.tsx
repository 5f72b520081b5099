import { Button, Card, Form, Go, Notice, Tag } from '../../design/index.ts';
import type { Status } from '../../desk/views.ts';
import { paths, type Place } from '../place.ts';

/** The two signals, each with its date: ordered removed at the SM-DP+; deleted, as the card reported, or not confirmed (N1). */
export const EsimCard = ({ view, place: { words, base, token } }: { readonly view: Status; readonly place: Place }) => {
  const { say, instant, compose } = words;
  const { esim } = view;
  if (esim === undefined) return null;
  const to = paths(base);
  const ended = view.cancelled.answer === 'yes';
  const open = esim.kind === 'not-confirmed';
  return (
    <Card wanted={open && esim.saidAt === undefined && ended} title={say('esim.title')}>
      <ul class="items">
        <li><span>{say('esim.ordered')}<span class="quiet">{instant(esim.orderedAt)}</span></span><Tag tone="done">{say('esim.ordered-done')}</Tag></li>
        <li>
          <span>{say('esim.on-device')}<span class="quiet">
            {esim.kind === 'never-installed' ? say('esim.never-installed') : esim.kind === 'reported-deleted' ? compose('esim.reported', { at: instant(esim.reportedAt) }) : compose('esim.not-confirmed', { at: instant(esim.orderedAt) })}
          </span></span>
          {esim.kind === 'never-installed' ? <Tag tone="done">{say('esim.none')}</Tag> : esim.kind === 'reported-deleted' ? <Tag tone="done">{say('esim.deleted')}</Tag> : <Tag tone="todo">{say('esim.open')}</Tag>}
        </li>
      </ul>
      {open && esim.saidAt !== undefined ? <Notice><p>{compose('esim.said', { at: instant(esim.saidAt) })}</p></Notice> : null}
      {open && ended ? (
        <>
          {esim.saidAt === undefined ? <p>{say('esim.please')}</p> : null}
          <div class="acts">
            <Go {...(esim.saidAt === undefined ? {} : { look: 'link' as const })} href={to.deleteEsim}>{say('esim.how')}</Go>
            {esim.saidAt === undefined ? <Form action={to.saidDeleted(view.applicationNumber)} token={token}><Button look="plain">{say('esim.say-deleted')}</Button></Form> : null}
          </div>
        </>
      ) : null}
    </Card>
  );
};
