import { Actions, Button, Card, ErrorSummary, Field, Form, Go, Notice, Page, RadioGroup, StateBanner, SummaryList, Way, type Answer, type Fault } from '../../design/index.ts';
import type { StatementReceipt, StatementTyped } from '../../desk/statement.ts';
import { paths, type Place } from '../place.ts';
import type { Words } from '../words.tsx';
import { faultOf } from './faults.ts';
import { OpenEntries } from './open-entries.tsx';

/** Step 1: what can be declared without signing in. */
export const StatementsPage = ({ place }: { readonly place: Place }) => {
  const { frame, words: { say }, base } = place;
  return (
    <Page frame={frame} title={say('statement.title')}>
      <Way back={{ href: paths(base).signIn, label: say('way.to-sign-in') }} />
      <h1>{say('statement.title')}</h1>
      <p>{say('statement.says')}</p>
      <OpenEntries place={place} />
    </Page>
  );
};

/** Step 2: what the law lets us ask and nothing else, and the button that declares it. `once` tells this showing of the form from the next. */
export const StatementPage = ({ place, entry, typed, faults, once }: {
  readonly place: Place; readonly entry: Place['entries'][number]; readonly typed: StatementTyped; readonly faults: readonly Fault[]; readonly once: string;
}) => {
  const { frame, words: { say, text }, base, token } = place;
  const to = paths(base);
  const asks = (what: (typeof entry.asks)[number]): boolean => entry.asks.includes(what);
  const { open, confirm } = entry;
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: text(open.words) })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <Way back={{ href: to.statements, label: say('way.back') }} />
      <h1>{text(open.words)} <span class="quiet" lang={open.prescribed.language}>{open.prescribed.words}</span></h1>
      <p>{text(entry.says)}</p>
      <Form action={to.statement(entry.path)} token={token}>
        <input type="hidden" name="once" value={once} />
        {asks('kind') ? <RadioGroup name="kind" label={say('statement.kind')} chosen={typed.kind} fault={faultOf(faults, 'kind')} choices={[
          { value: 'ordinary', label: say('statement.kind.ordinary'), hint: say('statement.kind.ordinary-hint') },
          { value: 'extraordinary', label: say('statement.kind.extraordinary'), hint: say('statement.kind.extraordinary-hint') },
        ]} /> : null}
        {asks('reason') ? <Field name="reason" many label={say('statement.reason')} hint={say('statement.reason-hint')} value={typed.reason} maxLength={1000} fault={faultOf(faults, 'reason')} /> : null}
        {asks('identity') ? <Field name="name" label={say('statement.name')} value={typed.name} autocomplete="name" maxLength={120} fault={faultOf(faults, 'name')} /> : null}
        {asks('contract') ? <Field name="contract" label={say('statement.contract')} hint={say('statement.contract-hint')} value={typed.contract} autocomplete="off" spellcheck={false} maxLength={80} fault={faultOf(faults, 'contract')} /> : null}
        {asks('end-date') ? (
          <>
            <RadioGroup name="when" label={say('statement.when')} two chosen={typed.when} choices={[{ value: 'soonest', label: say('statement.when.soonest') }, { value: 'day', label: say('statement.when.day') }]} />
            <Field name="ends" type="date" label={say('statement.ends')} hint={say('statement.ends-hint')} value={typed.ends} fault={faultOf(faults, 'ends')} />
          </>
        ) : null}
        {asks('contact') ? <Field name="email" type="email" label={say('statement.email')} value={typed.email} autocomplete="email" autocapitalize="none" spellcheck={false} maxLength={254} fault={faultOf(faults, 'email')} /> : null}
        <p class="quiet">{say('statement.needs')}</p>
        <Button><span lang={confirm.prescribed.language}>{confirm.prescribed.words}</span></Button>
        <p class="quiet" lang={frame.lang}>{text(confirm.words)}</p>
      </Form>
      <p class="quiet">{say('statement.law', { place: text(entry.place), source: entry.source })}</p>
    </Page>
  );
};

/** The statement as it was made, line by line: for the page, and for the file beside it. */
export const linesOf = ({ kind, reference, contents }: StatementReceipt, { say, calendarDay }: Pick<Words, 'say' | 'calendarDay'>): readonly { readonly what: string; readonly is: string }[] => [
  { what: say('statement.receipt.number'), is: reference },
  { what: say('statement.receipt.kind'), is: kind === 'withdrawal' ? say('statement.receipt.withdrawal') : say(`statement.kind.${contents.kind ?? 'ordinary'}`) },
  ...(contents.reason === undefined ? [] : [{ what: say('statement.reason'), is: contents.reason }]),
  { what: say('statement.name'), is: contents.name },
  { what: say('statement.contract'), is: contents.contract },
  ...(contents.ends === undefined ? [] : [{ what: say('statement.when'), is: contents.ends === '' ? say('statement.when.soonest') : calendarDay(contents.ends) }]),
  { what: say('statement.email'), is: contents.email },
];

/** It has arrived: what, and when. The same whether or not there is such a contract. */
export const StatementReceiptPage = ({ place, receipt }: { readonly place: Place; readonly receipt: StatementReceipt }) => {
  const { frame, words, base } = place;
  const { say } = words;
  const to = paths(base);
  const title = say(receipt.kind === 'withdrawal' ? 'statement.receipt.withdraw' : 'statement.receipt.cancel');
  const [number, ...rest] = linesOf(receipt, words);
  const answers: Answer[] = [...(number ? [{ what: number.what, is: <b class="num">{number.is}</b> }] : []), { what: say('statement.receipt.at'), is: words.instant(receipt.receivedAt) }, ...rest];
  return (
    <Page frame={frame} title={title}>
      <StateBanner tone="on-air" bars={4} subject={receipt.reference} verdict={title}>
        <p>{words.compose('statement.receipt.says', { at: words.instant(receipt.receivedAt), email: <b>{receipt.contents.email}</b> })}</p>
      </StateBanner>
      <Card><SummaryList answers={answers} /></Card>
      {receipt.contents.ends ? <p>{say('statement.ends-not-possible')}</p> : null}
      <p>{say('statement.receipt.next')}</p>
      <Actions><Go look="plain" href={to.statementFile} download>{say('statement.receipt.save')}</Go><Go look="link" href={to.signIn}>{say('way.to-sign-in')}</Go></Actions>
      <Notice icon="paper"><p>{say('statement.receipt.keep')}</p></Notice>
    </Page>
  );
};
