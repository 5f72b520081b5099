import { Actions, Button, Contacts, ErrorSummary, Form, Go, Notice, Page, type Fault } from '../../design/index.ts';
import type { Signing } from '../../desk/signing-link.ts';
import { paths, type Place } from '../place.ts';
import { SafetyAdvice } from './safety-advice.tsx';

/** What a link sent during a call opens, and all that it opens: the agreements of one draft, to be read and signed (ES4, UR2). */
export const SigningPage = ({ place, signing, address, faults }: { readonly place: Place; readonly signing: Signing; /** Of this very page. */ readonly address: string; readonly faults: readonly Fault[] }) => {
  const { frame, words, base, token } = place;
  const { say, text, compose } = words;
  const { stands, agreements, until, to } = signing;
  const title = say(stands === 'open' ? 'agreements.title' : `signing.${stands}`);
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <h1>{title}</h1>
      {stands !== 'open' ? <p>{say(`signing.${stands}-says`)} <a href={paths(base).help}>{say('foot.help')}</a></p> : (
        <>
          <p>{compose('signing.says', { until: words.instant(until) })}</p>
          {agreements.map(({ id, title: of, body }) => (
            <section class="paper" key={id}>
              <h2>{text(of)}</h2>
              {text(body).split(/\n+/).map((paragraph, at) => <p key={at}>{paragraph}</p>)}
              <p><Go look="link" href={`${address}/${id}/to-read.pdf`} download>{say('agreements.pdf')}</Go></p>
            </section>
          ))}
          <Notice icon="shield"><p>{say('signing.not-the-agent')}</p></Notice>
          <Form action={address} token={token}>
            <p id="agreements">{compose('signing.code-goes', { to: <Contacts of={[to]} /> })}</p>
            <Actions><Button>{say('agreements.go-on')}</Button></Actions>
          </Form>
          <SafetyAdvice place={place} />
        </>
      )}
    </Page>
  );
};
