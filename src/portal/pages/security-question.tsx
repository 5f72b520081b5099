import { Actions, Button, ErrorSummary, Field, Form, Notice, Page, RadioGroup, Way, type Fault } from '../../design/index.ts';
import type { CodeContacts, SecurityQuestion } from '../../desk/security-question.ts';
import { questions } from '../../identity/security-questions.ts';
import { paths, type Place } from '../place.ts';
import type { PortalKey } from '../words.tsx';
import { faultOf } from './faults.ts';
import { Channel } from './proof.tsx';
import { SafetyAdvice } from './safety-advice.tsx';

type Props = { readonly place: Place; readonly faults: readonly Fault[] };

const Frame = ({ place: { frame, words: { say }, base }, faults, at, children }: Props & { readonly at: 1 | 2; readonly children: preact.ComponentChildren }) => (
  <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('security-question.title') })}>
    <ErrorSummary title={say('faults.title')} faults={faults} />
    <Way back={{ href: paths(base).account, label: say('account.title') }} step={{ at, of: 2, label: say('way.step', { at, of: 2 }) }} />
    <h1>{say('security-question.title')}</h1>
    {children}
  </Page>
);

/** What it is for and what it is not, and the code that comes first. */
export const SecurityQuestionPage = (props: Props & { readonly set: SecurityQuestion['set']; readonly contacts: CodeContacts }) => {
  const { place, faults, set, contacts } = props;
  const { words: { say, compose, instant }, base, token } = place;
  const to = paths(base);
  return (
    <Frame {...props} at={1}>
      <p>{say('security-question.says')}</p>
      {set ? <Notice tone="done"><p>{compose('security-question.set', { question: <b>{say(`question.${set.question}` as PortalKey)}</b>, at: instant(set.at) })}</p></Notice> : null}
      {contacts.mail === undefined && contacts.sms === undefined
        ? <Notice tone="stop"><p>{say('security-question.no-contact')} <a href={to.help}>{say('foot.help')}</a></p></Notice>
        : (
          <Form action={to.securityQuestion} token={token}>
            <div id="channel-first" class="stack">
              {faultOf(faults, 'channel-first') === undefined ? null : <p class="fault">{faultOf(faults, 'channel-first')}</p>}
              <Channel view={{ contacts }} place={place} />
            </div>
            <Actions><Button>{say('security-question.send')}</Button></Actions>
          </Form>
        )}
    </Frame>
  );
};

/** The code, one of the questions, and its answer. An answer that was typed is not given back: it is a secret. */
export const SetQuestionPage = (props: Props & { readonly minutes: number; readonly least: number; readonly chosen?: string | undefined }) => {
  const { place, faults, minutes, least, chosen } = props;
  const { words: { say }, base, token } = place;
  const to = paths(base);
  return (
    <Frame {...props} at={2}>
      {faults.length > 0 ? null : <Notice icon="info"><p>{say('security-question.sent', { minutes })}</p></Notice>}
      <Form action={to.setQuestion} token={token}>
        <Field name="code" class="code" label={say('code.label')} hint={say('code.hint')} inputMode="numeric" autocomplete="one-time-code" maxLength={12} spellcheck={false} fault={faultOf(faults, 'code')} />
        <RadioGroup name="question" label={say('security-question.which')} fault={faultOf(faults, 'question')} chosen={chosen} choices={questions.map((one) => ({ value: one, label: say(`question.${one}`) }))} />
        <Field name="answer" label={say('security-question.answer')} hint={say('security-question.answer-hint', { least })} autocomplete="off" spellcheck={false} autocapitalize="none" maxLength={200} fault={faultOf(faults, 'answer')} />
        <Actions><Button>{say('security-question.do')}</Button></Actions>
      </Form>
      <p class="quiet">{say('code.none')} <a class="link" href={to.securityQuestion}>{say('code.again')}</a></p>
      <SafetyAdvice place={place} />
    </Frame>
  );
};
