import { Button, ErrorSummary, Field, Form, Notice, Page, RadioGroup, type Fault } from '../../design/index.ts';
import type { SocialContact } from '../../desk/social-contact.ts';
import { paths, type Place } from '../place.ts';
import { faultOf } from './faults.ts';

/** What somebody wrote to an official account elsewhere goes into the thread of its case or line. */
export const SocialPage = ({ place, sent, done, faults }: { readonly place: Place; readonly sent?: SocialContact; readonly done: boolean; readonly faults: readonly Fault[] }) => {
  const { frame, words: { say, text }, pack, base, token } = place;
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('social.title') })} dense>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      {done ? <Notice tone="done"><p>{say('social.done')}</p></Notice> : null}
      <h1>{say('social.title')}</h1>
      {pack.social.length === 0 ? <p class="empty">{say('social.none')}</p> : (
        <>
          <Notice icon="shield"><p>{say('social.says')}</p></Notice>
          <Form action={paths(base).social} token={token}>
            <RadioGroup name="network" label={say('social.network')} fault={faultOf(faults, 'network')} chosen={sent?.network} choices={pack.social.map(({ id, label, handle }) => ({ value: id, label: text(label), hint: handle }))} />
            <Field name="handle" label={say('social.handle')} value={sent?.handle} autocomplete="off" autocapitalize="none" spellcheck={false} maxLength={80} fault={faultOf(faults, 'handle')} />
            <Field name="about" label={say('social.about')} value={sent?.about} autocomplete="off" spellcheck={false} maxLength={40} fault={faultOf(faults, 'about')} />
            <Field name="said" many label={say('social.said')} value={sent?.said} maxLength={2000} fault={faultOf(faults, 'said')} />
            <Button>{say('social.do')}</Button>
          </Form>
        </>
      )}
    </Page>
  );
};
