import { Button, Card, ErrorSummary, Field, Form, Go, Notice, Page, RadioGroup, Row, Signal, SummaryList, Tag, Way, type Fault } from '../../design/index.ts';
import { isOpen } from '../../cancellation/life-cycle.ts';
import type { CallView } from '../../desk/phone-call.ts';
import type { LineCard } from '../../desk/views.ts';
import { paths, type Place } from '../place.ts';
import { faultOf } from './faults.ts';

/** Who is on the phone? Nothing is shown of anybody yet. */
export const FindCallerPage = ({ place, typed, faults }: { readonly place: Place; readonly typed?: string; readonly faults: readonly Fault[] }) => {
  const { frame, words: { say }, base, token } = place;
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('call.find') })} dense>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <h1>{say('call.find')}</h1>
      <p>{say('call.find-says')}</p>
      <Form action={paths(base).calls} token={token}>
        <Field name="name" label={say('call.find-name')} value={typed} autocomplete="off" autocapitalize="none" spellcheck={false} maxLength={254} fault={faultOf(faults, 'name')} />
        <Button>{say('call.find-do')}</Button>
      </Form>
    </Page>
  );
};

const Prove = ({ place: { words: { say }, base, token }, call, faults }: { readonly place: Place; readonly call: CallView; readonly faults: readonly Fault[] }) => (
  <>
    <Notice icon="shield"><p>{say('call.prove-says')}</p></Notice>
    {call.contacts.length === 0 ? <Notice tone="stop"><p>{say('call.no-contact')}</p></Notice> : (
      <Card title={say('call.send')}>
        <Form action={paths(base).callCode(call.callId)} token={token}>
          <RadioGroup name="channel" label={say('call.where')} fault={faultOf(faults, 'channel')} chosen={call.contacts[0]?.channel}
            choices={call.contacts.map(({ channel, masked }) => ({ value: channel, label: <span class="num">{masked}</span> }))} />
          <Button look={call.codeId === undefined ? 'main' : 'plain'}>{say(call.codeId === undefined ? 'call.send-do' : 'call.send-again')}</Button>
        </Form>
      </Card>
    )}
    {call.codeId === undefined ? null : (
      <Card wanted title={say('call.code')}>
        <Form action={paths(base).callProve(call.callId)} token={token}>
          <Field name="code" label={say('call.code-label')} hint={say('call.code-hint')} autocomplete="off" inputMode="numeric" maxLength={20} class="num" fault={faultOf(faults, 'code')} />
          <Button>{say('call.code-do')}</Button>
        </Form>
      </Card>
    )}
  </>
);

const LineRow = ({ place: { words, base }, callId, line }: { readonly place: Place; readonly callId: string; readonly line: LineCard }) => {
  const { say, life } = words;
  const to = paths(base);
  const one = line.case;
  const under = one !== undefined && isOpen(one.state) && one.state !== 'draft' && one.state !== 'received'; // declared without sign-in: it is theirs to prove
  return (
    <Row signal={<Signal on={line.bars} />} title={words.phone(line.msisdn)} says={life(`kind.${line.kind}`)}
      stands={one && one.applicationNumber ? <Tag>{say(`state.${one.state}`)}</Tag> : line.status === 'cancelled' ? <Tag tone="done">{say('state.cancelled')}</Tag> : undefined}
      acts={under && one.applicationNumber
        ? <Go look="small" href={to.case(one.applicationNumber)}>{say('call.progress')}</Go>
        : line.status === 'cancelled' ? undefined : <Go look="small" href={to.callLine(callId, line.lineId)}>{say('call.cancel-line')}</Go>} />
  );
};

/** Who forgot the name, address or number to sign in with gets it at a contact of record (UR1). */
const Names = ({ place: { words, base, token }, call: { callId, contacts, caller }, faults }: { readonly place: Place; readonly call: CallView; readonly faults: readonly Fault[] }) => {
  const { say } = words;
  if (caller === undefined) return null;
  const { signsInWith, namesSent } = caller;
  return (
    <Card title={say('call.names')}>
      <p>{say('call.names-says')}</p>
      {signsInWith.length === 0 ? <p class="quiet">{say('call.names-none')}</p> : (
        <>
          <SummaryList answers={signsInWith.map(({ kind, masked }) => ({ what: say(`call.name.${kind}`), is: <span class="num nb">{masked}</span> }))} />
          {namesSent ? <p class="quiet">{words.compose('call.names-sent', { at: words.instant(namesSent.at), channel: namesSent.by })}</p> : null}
          {contacts.length === 0 ? null : (
            <Form action={paths(base).callNames(callId)} token={token}>
              <RadioGroup name="names-to" label={say('call.names-where')} fault={faultOf(faults, 'names-to')} chosen={contacts[0]?.channel}
                choices={contacts.map(({ channel, masked }) => ({ value: channel, label: <span class="num">{masked}</span> }))} />
              <Button look="plain">{say('call.names-do')}</Button>
            </Form>
          )}
        </>
      )}
    </Card>
  );
};

/** Before the code: where it can go, masked. After it: what the caller has. */
export const CallPage = ({ place, call, faults, done }: { readonly place: Place; readonly call: CallView; readonly faults: readonly Fault[]; readonly done?: string | undefined }) => {
  const { frame, words, base, token } = place;
  const { say } = words;
  const { caller } = call;
  const title = caller ? say('call.title', { name: caller.name }) : say('call.prove');
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title })} dense>
      <Way back={{ href: paths(base).calls, label: say('call.find') }} />
      <ErrorSummary title={say('faults.title')} faults={faults} />
      {done ? <Notice tone="done"><p>{words.compose('call.done', { number: <b class="num nb">{done}</b> })}</p></Notice> : null}
      <h1>{title}</h1>
      {caller && call.provenAt ? (
        <>
          <p class="quiet">{words.compose('call.proven', { at: words.instant(call.provenAt) })}</p>
          <Card title={say('call.lines')}>{caller.lines.map((line) => <LineRow key={line.lineId} place={place} callId={call.callId} line={line} />)}</Card>
          <Names place={place} call={call} faults={faults} />
        </>
      ) : <Prove place={place} call={call} faults={faults} />}
      <Form action={paths(base).callEnd(call.callId)} token={token} sheet={false}><Button look="plain">{say('call.end')}</Button></Form>
    </Page>
  );
};
