import { Button, ErrorSummary, Field, Form, Notice, Page, RadioGroup, Way, type Fault } from '../../design/index.ts';
import { paths, type Place } from '../place.ts';
import { faultOf } from './faults.ts';
import { SafetyAdvice } from './safety-advice.tsx';

export const ResetPage = ({ place, name, channel, faults }: { readonly place: Place; readonly name?: string | undefined; readonly channel?: string | undefined; readonly faults: readonly Fault[] }) => {
  const { frame, words: { say }, pack, base, token } = place;
  const to = paths(base);
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('reset.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <Way back={{ href: to.signIn, label: say('way.to-sign-in') }} step={{ at: 1, of: 2, label: say('way.step', { at: 1, of: 2 }) }} />
      <h1>{say('reset.title')}</h1>
      <p>{say('reset.says')}</p>
      <Form action={to.reset} token={token}>
        <Field name="name" label={pack.signIn.map((kind) => say(`sign-in.by.${kind}`)).join(' / ')} value={name} autocomplete="username"
          hint={pack.signIn.includes('phone') ? say('sign-in.phone-hint') : undefined} inputMode={pack.signIn[0] === 'phone' ? 'tel' : 'text'} spellcheck={false} autocapitalize="none" fault={faultOf(faults, 'name')} />
        <RadioGroup name="channel" label={say('reset.channel')} two chosen={channel ?? 'e-mail'} fault={faultOf(faults, 'channel')}
          choices={[{ value: 'e-mail', label: say('reset.by-mail') }, { value: 'sms', label: say('reset.by-sms') }]} />
        <Button>{say('reset.send')}</Button>
      </Form>
      <SafetyAdvice place={place} />
    </Page>
  );
};

export const ResetCodePage = ({ place, faults, minutes, leastLength }: { readonly place: Place; readonly faults: readonly Fault[]; readonly minutes: number; readonly leastLength: number }) => {
  const { frame, words: { say }, base, token } = place;
  const to = paths(base);
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('reset-code.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <Way back={{ href: to.reset, label: say('way.back') }} step={{ at: 2, of: 2, label: say('way.step', { at: 2, of: 2 }) }} />
      <h1>{say('reset-code.title')}</h1>
      {faults.length > 0 ? null : <Notice icon="info"><p>{say('reset-code.sent', { minutes })}</p></Notice>}
      <Form action={to.resetCode} token={token}>
        <Field name="code" class="code" label={say('code.label')} hint={say('code.hint')} inputMode="numeric" autocomplete="one-time-code" maxLength={12} spellcheck={false} fault={faultOf(faults, 'code')} />
        <Field name="password" type="password" label={say('reset-code.password')} hint={say('reset-code.password-hint', { least: leastLength })} autocomplete="new-password" maxLength={256} fault={faultOf(faults, 'password')} />
        <Button>{say('reset-code.do')}</Button>
      </Form>
      <p class="quiet">{say('code.none')} <a class="link" href={to.reset}>{say('code.again')}</a></p>
      <SafetyAdvice place={place} />
    </Page>
  );
};
