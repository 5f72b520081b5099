import { Button, ErrorSummary, Field, Form, Notice, Page, type Fault } from '../../design/index.ts';
import { paths, type Place } from '../place.ts';
import { faultOf } from './faults.ts';

export const SignInPage = ({ place: { frame, words: { say }, base, token }, email, faults, told, next }: {
  readonly place: Place;
  readonly email?: string;
  readonly faults: readonly Fault[];
  /** Why one is here: signed out, or away for too long. */
  readonly told?: string;
  /** The page that was wanted, below the console's own address. */
  readonly next?: string;
}) => (
  <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('sign-in.title') })} dense>
    <div class="narrow">
      <ErrorSummary title={say('faults.title')} faults={faults} />
      {told ? <Notice>{told}</Notice> : null}
      <h1>{say('sign-in.title')}</h1>
      <p>{say('sign-in.says')}</p>
      <Form action={paths(base).signIn} token={token}>
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <Field name="email" type="email" label={say('sign-in.email')} value={email} autocomplete="username" inputMode="email" autocapitalize="none" spellcheck={false} maxLength={254} fault={faultOf(faults, 'email')} />
        <Field name="password" type="password" label={say('sign-in.password')} autocomplete="current-password" fault={faultOf(faults, 'password')} />
        <Button>{say('sign-in.do')}</Button>
      </Form>
    </div>
  </Page>
);
