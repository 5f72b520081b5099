import { Actions, Button, Card, CheckBox, CheckGroup, ErrorSummary, Form, Go, Notice, Page, SummaryList, type Fault } from '../../design/index.ts';
import type { AccountToConfirm } from '../../desk/confirm-account.ts';
import { paths, type Place } from '../place.ts';
import { StageWay } from '../stage.tsx';
import { faultOf } from './faults.ts';

/** The account as it stands on record, confirmed by its owner (UR1). What is wrong is mended by people, not typed over here. */
export const AccountToConfirmPage = ({ place, view, faults }: { readonly place: Place; readonly view: AccountToConfirm; readonly faults: readonly Fault[] }) => {
  const { frame, words, base, token } = place;
  const { say } = words;
  const to = paths(base);
  const { phone, mail, hours } = view.pack.addresses;
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('account-check.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <StageWay place={place} draft={view} stage="account" />
      <h1>{say('account-check.title')}</h1>
      <p>{say('account-check.says')}</p>
      <Card>
        <SummaryList answers={[
          { what: say('account-check.number'), is: words.phone(view.line.msisdn) },
          { what: say('account-check.reference'), is: <span class="num">{view.reference}</span> },
          { what: say('application.name'), is: view.name },
          { what: say('application.email'), is: view.email ?? say('check.none') },
          { what: say('account-check.phone'), is: view.phone ? <span class="num nb">{view.phone}</span> : say('check.none') },
        ]} />
      </Card>
      <Notice icon="info" title={say('account-check.wrong')}>
        <p>{words.compose('account-check.wrong-says', { phone: <a class="num nb" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>, hours: words.text(hours), mail: <a href={`mailto:${mail}`}>{mail}</a> })}</p>
        <p><a href={to.help}>{say('foot.help')}</a> · <a href={to.reset}>{say('account-check.forgotten')}</a></p>
      </Notice>
      <Form action={to.stage(view.line.lineId, 'account')} token={token}>
        <CheckGroup name="account" label={say('account-check.is-it')} fault={faultOf(faults, 'account')}>
          <CheckBox name="account" id="account" value="confirmed" label={say('account-check.right')} checked={view.confirmed} />
        </CheckGroup>
        <Actions><Button>{say('application.next')}</Button><Go look="link" href={to.home}>{say('way.later')}</Go></Actions>
      </Form>
    </Page>
  );
};
