import { Button, ErrorSummary, Field, Form, Notice, Page, RadioGroup, Way, type Fault } from '../../design/index.ts';
import { paths, type Place } from '../place.ts';
import { faultOf } from './faults.ts';
import { SafetyAdvice } from './safety-advice.tsx';

/** Progress without sign-in: application number, then a code to a contact of record. */
export const LookUpPage = ({ place, number, channel, faults }: { readonly place: Place; readonly number?: string | undefined; readonly channel?: string | undefined; readonly faults: readonly Fault[] }) => {
  const { frame, words: { say }, base, token } = place;
  const to = paths(base);
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('look-up.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <Way back={{ href: to.signIn, label: say('way.to-sign-in') }} step={{ at: 1, of: 2, label: say('way.step', { at: 1, of: 2 }) }} />
      <h1>{say('look-up.title')}</h1>
      <p>{say('look-up.says')}</p>
      <Form action={to.lookUp} token={token}>
        <Field name="number" label={say('status.number')} hint={say('look-up.number-hint')} value={number} autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={40} fault={faultOf(faults, 'number')} />
        <RadioGroup name="channel" label={say('look-up.channel')} two chosen={channel ?? 'e-mail'} fault={faultOf(faults, 'channel')}
          choices={[{ value: 'e-mail', label: say('reset.by-mail') }, { value: 'sms', label: say('reset.by-sms') }]} />
        <Button>{say('look-up.send')}</Button>
      </Form>
      <SafetyAdvice place={place} />
    </Page>
  );
};

export const LookUpCodePage = ({ place, faults, minutes }: { readonly place: Place; readonly faults: readonly Fault[]; readonly minutes: number }) => {
  const { frame, words: { say }, base, token } = place;
  const to = paths(base);
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('look-up-code.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <Way back={{ href: to.lookUp, label: say('way.back') }} step={{ at: 2, of: 2, label: say('way.step', { at: 2, of: 2 }) }} />
      <h1>{say('look-up-code.title')}</h1>
      {faults.length > 0 ? null : <Notice icon="info"><p>{say('look-up-code.sent', { minutes })}</p></Notice>}
      <Form action={to.lookUpCode} token={token}>
        <Field name="code" class="code" label={say('code.label')} hint={say('code.hint')} inputMode="numeric" autocomplete="one-time-code" maxLength={12} spellcheck={false} fault={faultOf(faults, 'code')} />
        <Button>{say('look-up-code.do')}</Button>
      </Form>
      <p class="quiet">{say('code.none')} <a class="link" href={to.lookUp}>{say('code.again')}</a></p>
      <SafetyAdvice place={place} />
    </Page>
  );
};
