import { Actions, Button, Card, ErrorSummary, Field, FileField, Form, Go, Page, Way, type Fault } from '../../design/index.ts';
import type { Status } from '../../desk/views.ts';
import { paths, type Place } from '../place.ts';
import { faultOf } from './faults.ts';
import { SafetyAdvice } from './safety-advice.tsx';

/** What the reviewer asked for and why; a file, a few words, or both (UP7). */
export const SupplementPage = ({ place, view, note, faults }: { readonly place: Place; readonly view: Status; readonly note?: string | undefined; readonly faults: readonly Fault[] }) => {
  const { frame, words, base, token } = place;
  const { say, text } = words;
  const to = paths(base);
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('supplement.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <Way back={{ href: to.status(view.applicationNumber), label: say('way.back') }} />
      <h1>{say('supplement.title')}</h1>
      <Card title={say('supplement.asked')}>
        <ul class="asked-for">{(view.asked ?? []).map((one, place) => <li key={place}><b>{text(one.material)}</b>{one.note ? <p class="quiet">{one.note}</p> : null}</li>)}</ul>
      </Card>
      <SafetyAdvice place={place} />
      <Form action={to.supplement(view.applicationNumber)} token={token} files>
        <FileField name="document" label={say('supplement.document')} hint={say('application.document-hint', { most: place.uploadMost })} accept="image/jpeg,image/png,application/pdf" fault={faultOf(faults, 'document')} />
        <Field name="note" many label={say('supplement.note')} hint={say('supplement.note-hint')} value={note} maxLength={2000} fault={faultOf(faults, 'note')} />
        <Actions><Button>{say('supplement.send')}</Button><Go look="link" href={to.status(view.applicationNumber)}>{say('way.back')}</Go></Actions>
      </Form>
      <p class="quiet">{say('supplement.clock')}</p>
    </Page>
  );
};
