import { Button, Card, Contacts, ErrorSummary, Form, Go, Notice, Page, RadioGroup, Way, type Fault } from '../../design/index.ts';
import type { CallView } from '../../desk/phone-call.ts';
import type { ToSign } from '../../desk/signing-link.ts';
import { paths, type Place } from '../place.ts';
import { faultOf } from './faults.ts';

/** What only the caller can do: the agent has the link sent, waits, and goes on when it is signed (UR2, ES2, ES4). */
export const CallAgreementsPage = ({ place, callId, lineId, toSign, contacts, faults }: {
  readonly place: Place; readonly callId: string; readonly lineId: string; readonly toSign: ToSign; readonly contacts: CallView['contacts']; readonly faults: readonly Fault[];
}) => {
  const { frame, words: { say, text, compose, instant }, base, token } = place;
  const to = paths(base);
  const { agreements, link } = toSign;
  const signed = agreements.every((one) => one.signed !== undefined);
  const here = to.callLine(callId, lineId, 'agreements');
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('call.sign') })} dense>
      <Way back={{ href: to.callLine(callId, lineId, 'form'), label: say('call.form') }} />
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <h1>{say('call.sign')}</h1>
      <ul>{agreements.map(({ id, title, signed: done }) => <li key={id}>{text(title)}{done ? <span class="quiet"> {instant(done.at)}</span> : null}</li>)}</ul>
      {signed ? <><Notice tone="done"><p>{say('call.sign-done')}</p></Notice><Go href={to.callLine(callId, lineId, 'consequences')}>{say('call.to-consequences')}</Go></> : (
        <>
          <Notice icon="shield"><p>{say('call.sign-says')}</p></Notice>
          {link === undefined ? null : (
            <Card wanted title={say('call.sign-waits')}>
              <p>{compose('call.sign-sent', { at: instant(link.madeAt), to: <Contacts of={[link.to]} />, until: instant(link.until) })}</p>
              <div><Go look="plain" href={here}>{say('call.sign-look')}</Go></div>
            </Card>
          )}
          {contacts.length === 0 ? <Notice tone="stop"><p>{say('call.no-contact')}</p></Notice> : (
            <Form action={here} token={token}>
              <RadioGroup name="channel" label={say('call.where')} fault={faultOf(faults, 'channel')} chosen={contacts[0]?.channel} choices={contacts.map(({ channel, masked }) => ({ value: channel, label: <span class="num">{masked}</span> }))} />
              <div><Button look={link === undefined ? 'main' : 'plain'}>{say(link === undefined ? 'call.sign-send' : 'call.sign-again')}</Button></div>
            </Form>
          )}
        </>
      )}
    </Page>
  );
};
