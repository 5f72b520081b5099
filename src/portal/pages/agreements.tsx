import { Actions, Button, ErrorSummary, Field, Form, Go, Notice, Page, Way, type Fault } from '../../design/index.ts';
import type { ProofView } from '../../desk/proof.ts';
import type { AgreementView, Draft } from '../../desk/views.ts';
import type { StageName } from '../../policy/stages.ts';
import { paths, type Place } from '../place.ts';
import { padScript } from '../signature-pad.ts';
import { StageWay } from '../stage.tsx';
import { faultOf } from './faults.ts';
import { Channel } from './proof.tsx';

type Props = { readonly place: Place; readonly draft: Draft; readonly agreements: readonly AgreementView[]; readonly proof: ProofView; readonly next: StageName; readonly faults: readonly Fault[] };

/** Each agreement in full, as a paper to take along, and with its signature once it has one (ES4). */
export const AgreementsPage = ({ place, draft, agreements, proof, next, faults }: Props) => {
  const { frame, words, base, token } = place;
  const { say, text } = words;
  const to = paths(base);
  const { lineId } = draft.line;
  const done = agreements.every(({ signed }) => signed !== undefined);
  const shown = proof.shown.has('contact-code');
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('agreements.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <StageWay place={place} draft={draft} stage="agreements" />
      <h1>{say('agreements.title')}</h1>
      <p>{say('agreements.says')}</p>
      {agreements.map(({ id, title, body, signed }) => (
        <section class="paper" key={id}>
          <h2>{text(title)}</h2>
          {text(body).split(/\n+/).map((paragraph, at) => <p key={at}>{paragraph}</p>)}
          {signed === undefined
            ? <p><Go look="link" href={to.agreement(lineId, id)} download>{say('agreements.pdf')}</Go></p>
            : <Notice tone="done"><p>{words.compose('agreements.signed', { at: words.instant(signed.at) })} <Go look="link" href={to.signedInDraft(lineId, id)} download>{say('agreements.signed-pdf')}</Go></p></Notice>}
        </section>
      ))}
      {done ? <Actions><Go href={to.stage(lineId, next)}>{say('agreements.next')}</Go></Actions> : null}
      {Object.keys(proof.contacts).length === 0 && !shown
        ? <Notice tone="stop"><p>{say('agreements.no-contact')} <a href={to.help}>{say('foot.help')}</a></p></Notice>
        : (
          <Form action={to.stage(lineId, 'agreements')} token={token}>
            <div id="agreements" class="stack">
              <p>{say(shown ? 'agreements.proven' : 'agreements.code-says')}</p>
              {shown ? null : <Channel view={proof} place={place} />}
            </div>
            <Actions>
              <Button look={done ? 'plain' : 'main'}>{say(done ? 'agreements.again' : 'agreements.go-on')}</Button>
              <Go look="link" href={to.home}>{say('way.later')}</Go>
            </Actions>
          </Form>
        )}
    </Page>
  );
};

/** The name, the code where none was given yet, and a box to draw in where there is script. */
export const SignPage = ({ place, lineId, at, agreements, proven, faults, signature, minutes }: {
  readonly place: Place; readonly lineId: string; /** Under a link: where they are read, and where signed. */ readonly at?: { readonly read: string; readonly sign: string }; readonly agreements: readonly AgreementView[]; readonly proven: boolean; readonly faults: readonly Fault[]; readonly signature?: string; readonly minutes: number;
}) => {
  const { frame, words, base, token } = place;
  const { say, text } = words;
  const to = paths(base);
  const { read, sign } = at ?? { read: to.stage(lineId, 'agreements'), sign: to.sign(lineId) };
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('sign.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <Way back={{ href: read, label: say('way.back') }} />
      <h1>{say('sign.title')}</h1>
      <p>{say('sign.says')}</p>
      <ul>{agreements.map(({ id, title }) => <li key={id}><a href={read}>{text(title)}</a></li>)}</ul>
      {faults.length > 0 ? null : <Notice icon="info"><p>{proven ? say('agreements.proven') : say('sign.sent', { minutes })}</p></Notice>}
      <Form action={sign} token={token}>
        <input type="hidden" name="language" value={words.language} />
        <Field name="signature" label={say('sign.name')} hint={say('sign.name-hint')} value={signature} autocomplete="name" maxLength={80} spellcheck={false} fault={faultOf(faults, 'signature')} />
        <div id="pad" class="field" hidden>
          <p id="pad-label"><b>{say('sign.drawing')}</b></p>
          <p class="hint">{say('sign.drawing-hint')}</p>
          <canvas class="pad" width={600} height={180} role="img" aria-labelledby="pad-label" />
          <input type="hidden" name="drawn" value="" />
          <div><button class="btn plain small" type="button">{say('sign.clear')}</button></div>
        </div>
        {proven ? null : <Field name="code" class="code" label={say('code.label')} hint={say('code.hint')} inputMode="numeric" autocomplete="one-time-code" maxLength={12} spellcheck={false} fault={faultOf(faults, 'code')} />}
        <Button>{say('sign.do')}</Button>
      </Form>
      {proven ? null : <p class="quiet">{say('code.none')} <a class="link" href={read}>{say('code.again')}</a></p>}
      <script dangerouslySetInnerHTML={{ __html: padScript }} />
    </Page>
  );
};
