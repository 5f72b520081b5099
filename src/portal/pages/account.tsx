import { Card, Facts, Go, Page, Row, Signal, SummaryList, Way } from '../../design/index.ts';
import { isOpen } from '../../cancellation/life-cycle.ts';
import type { Account } from '../../desk/account.ts';
import type { DataRequest } from '../../desk/data-requests.ts';
import { paths, type Place } from '../place.ts';
import type { PortalKey } from '../words.tsx';
import { DataRequestsCard } from './data-requests.tsx';
import { CaseTag, lineSays } from './line-says.tsx';
import { ToldNotice, type Told } from './told.tsx';

/** Everything tied to the account, and the way to cancel under each of its usual names (UU2, UU3). */
export const AccountPage = ({ place, view, requests, told }: { readonly place: Place; readonly view: Account; readonly requests: readonly DataRequest[]; readonly told?: Told | undefined }) => {
  const { frame, words, base } = place;
  const { say, text } = words;
  const to = paths(base);
  const { person, lines, paysWith, signsInWith, securityQuestion } = view;
  return (
    <Page frame={frame} title={say('account.title')}>
      <Way back={{ href: to.home, label: say('way.to-home') }} />
      <ToldNotice told={told} />
      <h1>{say('account.title')} / {say('account.settings')}</h1>
      <p class="quiet">{say('account.says')}</p>
      {lines.map(({ line, devices, services, entryNames }) => (
        <Card key={line.lineId}>
          <Row mark="h2" signal={<Signal on={line.bars} />} title={words.phone(line.msisdn)} stands={<CaseTag line={line} words={words} />} says={lineSays(line, words)} />
          {line.status === 'cancelled' ? <p class="quiet">{say('account.cancelled')}</p> : (
            <SummaryList answers={[
              { what: say('account.number'), is: words.phone(line.msisdn) },
              { what: say('account.device'), is: devices.length > 0 ? <Facts of={devices} /> : say('line.nothing') },
              { what: say('account.services'), is: services.length > 0 ? <Facts of={services.map(text)} /> : say('line.nothing') },
            ]} />
          )}
          {line.status !== 'cancelled' && line.case?.applicationNumber !== undefined && isOpen(line.case.state)
            ? <div><Go look="plain" href={to.status(line.case.applicationNumber)}>{say('home.do.status')}</Go></div>
            : line.status === 'cancelled' ? null : <div><Go look="plain" href={to.preparation(line.lineId)}>{entryNames.map(text).join(' / ')}</Go></div>}
        </Card>
      ))}
      <Card title={say('account.pays-with')}>
        {paysWith.length === 0 ? <p class="quiet">{say('account.no-payment')}</p>
          : <ul class="bare">{paysWith.map(({ label, last4 }, at) => <li key={at}>{last4 === undefined ? label : say('account.card', { label, last4 })}</li>)}</ul>}
      </Card>
      <Card title={say('account.signs-in')}>
        <SummaryList answers={signsInWith.map(({ kind, shown }) => ({ what: say(`sign-in.by.${kind}`), is: shown === undefined ? say('account.hidden') : <span class="num nb">{shown}</span> }))} />
        <div><Go look="link" href={to.reset}>{say('account.password')}</Go></div>
      </Card>
      {securityQuestion ? (
        <Card title={say('security-question.title')}>
          <p class="quiet">{securityQuestion.set
            ? words.compose('security-question.set', { question: <b>{say(`question.${securityQuestion.set.question}` as PortalKey)}</b>, at: words.instant(securityQuestion.set.at) })
            : say('security-question.none')}</p>
          <div><Go look="link" href={to.securityQuestion}>{say(securityQuestion.set ? 'security-question.change' : 'security-question.choose')}</Go></div>
        </Card>
      ) : null}
      <Card title={say('account.contact')}>
        <SummaryList answers={[
          { what: say('account.name'), is: person.name },
          { what: say('account.email'), is: person.email ?? say('line.nothing') },
          { what: say('account.phone'), is: person.contactPhone === null ? say('line.nothing') : words.phone(person.contactPhone) },
        ]} />
      </Card>
      <DataRequestsCard requests={requests} action={to.dataRequests} place={place} />
    </Page>
  );
};
