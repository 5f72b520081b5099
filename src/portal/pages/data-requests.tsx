import { Button, Card, Form, Row, Tag } from '../../design/index.ts';
import { dataRequestKinds, type DataRequest } from '../../desk/data-requests.ts';
import type { Place } from '../place.ts';

const Stands = ({ one, place: { words } }: { readonly one: DataRequest; readonly place: Place }) => {
  const { say } = words;
  const { kind, askedAt, dueAt, extended, answeredAt } = one;
  return (
    <Row mark="h3" title={say(`data.kind.${kind}`)} stands={<Tag tone={answeredAt ? 'done' : 'now'}>{say(answeredAt ? 'data.answered' : 'data.open')}</Tag>} says={
      <>
        {words.compose('data.asked-at', { at: words.instant(askedAt) })}{' '}
        {answeredAt ? words.compose('data.answered-at', { at: words.instant(answeredAt) }) : dueAt ? words.compose('data.due', { at: words.instant(dueAt) }) : say('data.no-term')}
        {extended && !answeredAt ? <> {say('data.extended', { because: extended.because })}</> : null}
      </>
    } />
  );
};

/** A copy of one's data, or their erasure: how to ask, and by when an answer is owed. */
export const DataRequestsCard = ({ requests, action, place }: { readonly requests: readonly DataRequest[]; readonly action: string; readonly place: Place }) => {
  const { words: { say }, token } = place;
  const open = dataRequestKinds.filter((kind) => !requests.some((one) => one.kind === kind && one.answeredAt === undefined));
  return (
    <Card title={say('data.title')}>
      <p class="quiet">{say('data.says')}</p>
      {requests.map((one) => <Stands key={one.id} one={one} place={place} />)}
      {open.map((kind) => (
        <Form key={kind} action={action} token={token} sheet={false}>
          <input type="hidden" name="kind" value={kind} />
          <Button look="plain">{say(`data.ask.${kind}`)}</Button>
        </Form>
      ))}
    </Card>
  );
};
