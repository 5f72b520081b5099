import { Actions, Button, CheckBox, CheckGroup, ErrorSummary, Form, Go, Page, type Fault } from '../../design/index.ts';
import type { Draft, Preview } from '../../desk/views.ts';
import { paths, type Place } from '../place.ts';
import { StageWay } from '../stage.tsx';
import { faultOf } from './faults.ts';
import { PreviewCards } from './preview.tsx';

/** Each consequence acknowledged for itself, above what will happen when and at what price (UP10, UP12). */
export const ConsequencesPage = ({ place, draft, preview, ticked, faults }: {
  readonly place: Place; readonly draft: Draft; readonly preview: Preview;
  readonly ticked: readonly string[]; readonly faults: readonly Fault[];
}) => {
  const { frame, words, base, token } = place;
  const { pack } = draft;
  const { say, text } = words;
  const to = paths(base);
  const { lineId } = draft.line;
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('consequences.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <StageWay place={place} draft={draft} stage="consequences" />
      <h1>{say('consequences.title')}</h1>
      <PreviewCards place={place} preview={preview} />
      <Form action={to.consequences(lineId)} token={token}>
        <CheckGroup name="acknowledged" label={say('consequences.each')} hint={say('consequences.hint')} fault={faultOf(faults, 'acknowledged')}>
          {pack.consequences.map((consequence, place) => (
            <CheckBox key={consequence.id} name="acknowledged" value={consequence.id} label={text(consequence.says)} checked={ticked.includes(consequence.id)} {...(place === 0 ? { id: 'acknowledged' } : {})} />
          ))}
        </CheckGroup>
        <Actions>
          <Button>{say('consequences.next')}</Button>
          <Go look="link" href={to.home}>{say('way.later')}</Go>
        </Actions>
      </Form>
    </Page>
  );
};
