import { Actions, Button, Card, ErrorSummary, Field, FileField, Form, Go, Notice, Page, RadioGroup, Way, type Fault } from '../../design/index.ts';
import type { ProofView } from '../../desk/proof.ts';
import type { ProofWay } from '../../policy/proof-ways.ts';
import { paths, type Place } from '../place.ts';
import type { LifeKey, PortalKey, Words } from '../words.tsx';
import { faultOf } from './faults.ts';
import { SafetyAdvice } from './safety-advice.tsx';

const inWords = (way: ProofWay, { say }: Words): string => way.map((proof) => say(`proof.by.${proof}`)).join(say('proof.and'));

/** Where the code may go. Mail first: whoever has taken over a number gets its SMS too. */
export const Channel = ({ view: { contacts }, place: { words: { say } } }: { readonly view: Pick<ProofView, 'contacts'>; readonly place: Place }) => {
  const choices = [
    ...(contacts.mail ? [{ value: 'e-mail', label: say('proof.to-mail', { to: contacts.mail }) }] : []),
    ...(contacts.sms ? [{ value: 'sms', label: say('proof.to-sms', { to: contacts.sms }), hint: say('proof.sms-risk') }] : []),
  ];
  const [first] = choices;
  return first === undefined ? null : <RadioGroup name="channel" label={say('reset.channel')} hint={say('proof.never-this-number')} choices={choices} chosen={first.value} />;
};

/** On the last page, before the button that sends: who is it? */
export const ChooseProof = ({ place, lineId, view, faults }: { readonly place: Place; readonly lineId: string; readonly view: ProofView; readonly faults: readonly Fault[] }) => {
  const { words, base, token } = place;
  const { say } = words;
  const to = paths(base);
  const [only, ...others] = view.ways;
  if (only === undefined) return <Notice tone="stop" title={say('proof.title')}><p>{say('proof.none')} <a href={to.help}>{say('foot.help')}</a></p>{view.questionMissing ? <p>{say('proof.question-missing')} <a href={to.securityQuestion}>{say('security-question.choose')}</a></p> : null}</Notice>;
  return (
    <Card wanted title={say('proof.title')}>
      <p>{say(`proof.says.${view.level}`)}</p>
      <Form action={to.proof(lineId)} token={token}>
        {others.length > 0
          ? <RadioGroup name="way" label={say('proof.how')} fault={faultOf(faults, 'way')} chosen="0" choices={view.ways.map((way, place) => ({ value: String(place), label: inWords(way, words) }))} />
          : <><input type="hidden" name="way" value="0" /><p><b>{inWords(only, words)}</b></p></>}
        {view.ways.some((way) => way.includes('contact-code')) ? <Channel view={view} place={place} /> : null}
        <Actions><Button>{say('proof.next')}</Button><Go look="link" href={to.home}>{say('way.later')}</Go></Actions>
      </Form>
    </Card>
  );
};

export const ProofShown = ({ place: { words }, view }: { readonly place: Place; readonly view: ProofView }) => view.proven === undefined ? null : (
  <Notice tone="done"><p>{words.compose('proof.shown', { by: inWords(view.proven.by, words), until: words.instant(view.proven.until) })}</p></Notice>
);

type Props = { readonly place: Place; readonly lineId: string; readonly way: string; readonly faults: readonly Fault[] };

const Frame = ({ place, lineId, faults, title, children }: Omit<Props, 'way'> & { readonly title: PortalKey; readonly children: preact.ComponentChildren }) => {
  const { frame, words: { say }, base } = place;
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say(title) })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <Way back={{ href: paths(base).check(lineId), label: say('way.back') }} />
      <h1>{say(title)}</h1>
      {children}
    </Page>
  );
};

export const ProofCodePage = (props: Props & { readonly minutes: number }) => {
  const { place: { words: { say }, base, token }, lineId, way, faults, minutes } = props;
  const to = paths(base);
  return (
    <Frame {...props} title="proof-code.title">
      {faults.length > 0 ? null : <Notice icon="info"><p>{say('proof-code.sent', { minutes })}</p></Notice>}
      <Form action={to.proofCode(lineId)} token={token}>
        <input type="hidden" name="way" value={way} />
        <Field name="code" class="code" label={say('code.label')} hint={say('code.hint')} inputMode="numeric" autocomplete="one-time-code" maxLength={12} spellcheck={false} fault={faultOf(faults, 'code')} />
        <Actions><Button>{say('proof-code.do')}</Button></Actions>
      </Form>
      <p class="quiet">{say('code.none')} <a class="link" href={to.check(lineId)}>{say('code.again')}</a></p>
      <SafetyAdvice place={props.place} />
    </Frame>
  );
};

export const ProofDocumentPage = (props: Props & { readonly documents: readonly string[]; readonly chosen?: string | undefined }) => {
  const { place: { words, base, token, uploadMost }, lineId, way, faults, documents, chosen } = props;
  const { say } = words;
  return (
    <Frame {...props} title="proof-document.title">
      <p>{say('proof-document.says')}</p>
      <SafetyAdvice place={props.place} />
      <Form action={paths(base).proofDocument(lineId)} token={token} files>
        <input type="hidden" name="way" value={way} />
        <RadioGroup name="documentKind" two label={say('application.document-kind')} fault={faultOf(faults, 'documentKind')} chosen={chosen}
          choices={documents.map((kind) => ({ value: kind, label: words.life(`document.${kind}` as LifeKey) }))} />
        <FileField name="document" label={say('application.document')} hint={say('application.document-hint', { most: uploadMost })} accept="image/jpeg,image/png,application/pdf" fault={faultOf(faults, 'document')} />
        <Actions><Button>{say('proof-document.do')}</Button></Actions>
      </Form>
    </Frame>
  );
};

export const ProofQuestionPage = (props: Props & { readonly question: string }) => {
  const { place: { words: { say }, base, token }, lineId, way, faults, question } = props;
  return (
    <Frame {...props} title="proof-question.title">
      <p>{say('proof-question.says')}</p>
      <Form action={paths(base).proofQuestion(lineId)} token={token}>
        <input type="hidden" name="way" value={way} />
        <Field name="answer" label={say(`question.${question}` as PortalKey)} hint={say('proof-question.hint')} autocomplete="off" maxLength={200} spellcheck={false} fault={faultOf(faults, 'answer')} />
        <Actions><Button>{say('proof-question.do')}</Button></Actions>
      </Form>
    </Frame>
  );
};
