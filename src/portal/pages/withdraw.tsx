import { Actions, Button, Form, Go, Notice, Page, Way } from '../../design/index.ts';
import type { Status } from '../../desk/views.ts';
import { paths, type Place } from '../place.ts';

/** Asked once more, with what comes back. */
export const WithdrawPage = ({ place, view }: { readonly place: Place; readonly view: Status }) => {
  const { frame, words, base, token } = place;
  const { say } = words;
  const to = paths(base);
  return (
    <Page frame={frame} title={say('withdraw.title')}>
      <Way back={{ href: to.status(view.applicationNumber), label: say('way.back') }} />
      <h1>{say('withdraw.title')}</h1>
      <p>{words.compose('withdraw.says', { number: words.phone(view.line.msisdn) })}</p>
      <div class="prose"><ul>
        <li>{say('withdraw.restores-line')}</li>
        <li>{say('withdraw.restores-charges')}</li>
        <li>{say('withdraw.restores-money')}</li>
        <li>{say('withdraw.again')}</li>
      </ul></div>
      {view.withdraw?.freeUntil ? <Notice icon="info"><p>{words.compose('withdraw.until', { at: words.instant(view.withdraw.freeUntil) })}</p></Notice> : null}
      <Form action={to.withdraw(view.applicationNumber)} token={token}>
        <Actions><Button>{say('withdraw.do')}</Button><Go look="link" href={to.status(view.applicationNumber)}>{say('withdraw.not')}</Go></Actions>
      </Form>
    </Page>
  );
};
