import { Button, ErrorSummary, Field, Form, Page, type Fault } from '../../design/index.ts';
import { paths, type Place } from '../place.ts';
import { faultOf } from './faults.ts';
import { OpenEntries } from './open-entries.tsx';
import { SafetyAdvice } from './safety-advice.tsx';
import { ToldNotice, type Told } from './told.tsx';

export const SignInPage = ({ place, name, faults, told, next }: {
  readonly place: Place;
  readonly name?: string | undefined;
  readonly faults: readonly Fault[];
  /** Why one is here: signed out, or the password was changed. */
  readonly told?: Told | undefined;
  /** The page that was wanted, below the brand's own address. */
  readonly next?: string | undefined;
}) => {
  const { frame, words: { say }, pack, base, token } = place;
  const to = paths(base);
  const by = pack.signIn.map((kind) => say(`sign-in.by.${kind}`)).join(' / ');
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('sign-in.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <ToldNotice told={told} />
      <h1>{say('sign-in.title')}</h1>
      <p>{say('sign-in.says')}</p>
      <Form action={to.signIn} token={token}>
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <Field name="name" label={by} value={name} autocomplete="username" inputMode={pack.signIn.length === 1 && pack.signIn[0] === 'phone' ? 'tel' : 'text'}
          hint={pack.signIn.includes('phone') ? say('sign-in.phone-hint') : undefined} autocapitalize="none" spellcheck={false} fault={faultOf(faults, 'name')} />
        <Field name="password" type="password" label={say('sign-in.password')} autocomplete="current-password" fault={faultOf(faults, 'password')} />
        <Button>{say('sign-in.do')}</Button>
      </Form>
      <p><a class="link" href={to.reset}>{say('sign-in.forgotten')}</a><br /><a class="link" href={to.lookUp}>{say('sign-in.look-up')}</a></p>
      <OpenEntries place={place} />
      <SafetyAdvice place={place} />
    </Page>
  );
};
