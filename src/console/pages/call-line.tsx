import { Button, Card, Form, Notice, Page, Row, Tag, Way } from '../../design/index.ts';
import type { Preparation } from '../../desk/views.ts';
import { paths, type Place } from '../place.ts';

/** What stands open on the line, told on the phone and settled on the caller's word (UR2). */
export const CallLinePage = ({ place, callId, view, cannot }: { readonly place: Place; readonly callId: string; readonly view: Preparation; readonly cannot?: string }) => {
  const { frame, words, base, token } = place;
  const { say, text } = words;
  const to = paths(base);
  const { lineId } = view.line;
  return (
    <Page frame={frame} title={say('call.line')} dense>
      <Way back={{ href: to.call(callId), label: say('call.back') }} />
      <h1>{words.phone(view.line.msisdn)}</h1>
      {cannot ? <Notice tone="stop"><p role="alert">{cannot}</p></Notice> : null}
      {view.answer === 'eligible' ? null : <Notice tone="todo" title={say('call.not-yet')}><ul>{view.open.map((one, place) => <li key={place}>{text(one)}</li>)}</ul></Notice>}
      <Card title={say('call.preparation')}>
        {view.items.map((item) => (
          <Row key={item.id} mark="h3" title={text(item.title)} says={text(item.says)}
            stands={item.state === 'advice' ? undefined : <Tag tone={item.state === 'done' ? 'done' : 'todo'}>{say(item.state === 'done' ? 'call.item.done' : item.required ? 'call.item.must' : 'call.item.open')}</Tag>}>
            {item.bills && item.bills.length > 0 ? (
              <ul class="bare">{item.bills.map((bill) => (
                <li key={bill.billId}>
                  {say('case.unpaid-one', { amount: words.money(bill.amount), day: words.calendarDay(bill.dueOn) })}{' '}
                  <Form action={to.callLine(callId, lineId, 'pay-bill')} token={token} sheet={false}><input type="hidden" name="bill" value={bill.billId} /><Button look="small">{say('call.pay')}</Button></Form>
                </li>
              ))}</ul>
            ) : null}
            {item.devices && item.devices.length > 0 ? (
              <>
                <ul class="bare">{item.devices.map((device) => <li key={device.deviceId}>{device.name}</li>)}</ul>
                <Form action={to.callLine(callId, lineId, 'unbind')} token={token} sheet={false}><Button look="small">{say('call.unbind')}</Button></Form>
              </>
            ) : null}
            {item.credit && item.credit.minor > 0 ? <p>{words.money(item.credit)}</p> : null}
          </Row>
        ))}
        <p class="quiet">{text(view.regionNote)}</p>
      </Card>
      {view.pack.channels.includes('phone') ? null : <Notice tone="todo"><p>{say('call.not-by-phone')}</p></Notice>}
      {view.mayGoOn && view.pack.channels.includes('phone') ? <Form action={to.callLine(callId, lineId, 'open')} token={token} sheet={false}><Button>{say('call.open')}</Button></Form> : null}
    </Page>
  );
};
