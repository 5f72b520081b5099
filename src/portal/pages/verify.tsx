import { Button, Card, ErrorSummary, Field, FileField, Form, Notice, Page, SummaryList, type Fault } from '../../design/index.ts';
import { paths, type Place } from '../place.ts';
import { faultOf } from './faults.ts';

/** How a check ended, in words. `facts` are those that may be believed. */
export type Checked = {
  readonly good: boolean;
  readonly verdict: string;
  readonly says: readonly string[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
};

/** Open to everyone: is this certificate genuine? `byNumber`: only the number was given, so no file was compared. */
export const VerifyPage = ({ place, checked, byNumber, number, faults }: {
  readonly place: Place; readonly checked?: Checked; readonly byNumber?: boolean; readonly number?: string; readonly faults: readonly Fault[];
}) => {
  const { frame, words: { say }, base, token } = place;
  const to = paths(base);
  return (
    <Page frame={frame} title={checked ? checked.verdict : say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('verify.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <h1>{checked ? checked.verdict : say('verify.title')}</h1>
      {checked ? (
        <>
          <Notice tone={checked.good ? 'done' : 'stop'} title={say(checked.good ? 'verify.good' : 'verify.bad')}>
            {checked.says.map((line) => <p key={line}>{line}</p>)}
            {byNumber && checked.good ? <p>{say('verify.number-says')}</p> : null}
          </Notice>
          {checked.facts.length > 0 ? <section class="paper night"><SummaryList answers={checked.facts.map(({ label, value }) => ({ what: label, is: value }))} /></section> : null}
          <h2>{say('verify.another')}</h2>
        </>
      ) : null}
      {number !== undefined && !checked ? <Notice tone="todo" title={say('verify.unknown')}><p>{say('verify.unknown-says', { number })}</p></Notice> : null}
      <p>{say('verify.says')}</p>
      <Form action={to.verify} token={token} files>
        <FileField name="certificate" label={say('verify.file')} accept=".jws,.pdf,application/pdf,application/jose,text/plain" fault={faultOf(faults, 'certificate')} />
        <Field name="text" many label={say('verify.paste')} class="jws" spellcheck={false} fault={faultOf(faults, 'text')} />
        <Button>{say('verify.do')}</Button>
      </Form>
      <Card title={say('verify.offline-title')}>
        <p>{say('verify.offline')}</p>
        <p><code>./signoff verify certificate.jws --keys certificate-keys.json</code></p>
        <p><a href={to.keys} download>{say('verify.key')}</a></p>
      </Card>
    </Page>
  );
};
