import { Button, Form, Notice, Page, Tag } from '../../design/index.ts';
import type { Finding, Findings } from '../../desk/findings.ts';
import type { FindingKind } from '../../plan/mend.ts';
import { paths, type Place } from '../place.ts';
import { mayResume, type Staff } from '../rights.ts';
import type { ConsoleKey, LifeKey } from '../words.tsx';

/** In the order of how bad it is. */
const kinds: Readonly<Record<FindingKind, true>> = { 'still-reachable': true, 'still-billed': true, 'bill-after-end': true, 'service-runs': true, 'still-attached': true };
export const kindsOfFindings = Object.keys(kinds) as FindingKind[];

const How = ({ one, staff, place: { words, base, token } }: { readonly one: Finding; readonly staff: Staff; readonly place: Place }) => {
  const { say } = words;
  const steps = one.steps.map(words.step).join(words.language === 'en' ? ', ' : '、');
  const times = one.mends > 0 ? <span class="quiet detail">{say('findings.times', { count: one.mends })}</span> : null;
  switch (one.mending) {
    case 'under-way':
      return <><Tag tone="now">{say('findings.under-way')}</Tag>{times}</>;
    case 'next-look':
      return <><Tag tone="done">{say('findings.next-look')}</Tag>{times}</>;
    case 'by-hand':
      return <span>{say(one.what === 'bill-after-end' ? 'findings.by-hand' : 'findings.by-hand-here')}</span>;
    case 'gone':
      return <span>{say('findings.gone')}</span>;
    case 'stuck':
    case 'to-order':
      return (
        <>
          {one.mending === 'stuck' ? <p>{say('findings.stuck')}</p> : null}
          {mayResume(staff) ? <Form action={paths(base).mend(one.id)} token={token} sheet={false}><Button look="small">{say('findings.mend')}<span class="hidden"> {say('findings.mend-of', { number: one.applicationNumber })}</span></Button></Form> : null}
          <span class="quiet detail">{say('findings.steps', { steps })}</span>{times}
        </>
      );
  }
};

type Props = { readonly place: Place; readonly staff: Staff; readonly show: 'open' | 'mended'; readonly what?: FindingKind | undefined; readonly findings: Findings };

const Filters = ({ place: { words: { say }, base }, show, what, findings }: Omit<Props, 'staff'>) => {
  const to = paths(base);
  const shown = show === 'open' ? {} : { show };
  return (
    <>
      <nav class="tabs" aria-label={say('findings.tabs')}>
        <ul>
          {(['open', 'mended'] as const).map((one) => (
            <li key={one}><a href={to.findings(one === 'open' ? {} : { show: one })} aria-current={one === show ? 'page' : undefined}>{say(`findings.tab.${one}`)} <span class={one === 'open' && findings.counts.open > 0 ? 'count wanted' : 'count'}>{findings.counts[one]}</span></a></li>
          ))}
        </ul>
      </nav>
      <nav class="chips" aria-label={say('findings.kinds')}>
        <ul>
          {[undefined, ...kindsOfFindings].map((one) => (
            <li key={one ?? 'all'}><a href={to.findings({ ...shown, ...(one === undefined ? {} : { what: one }) })} aria-current={one === what ? 'true' : undefined}>{say(one === undefined ? 'findings.all' : `findings.what.${one}`)}</a></li>
          ))}
        </ul>
      </nav>
    </>
  );
};

const Rows = ({ place, staff, show, findings }: Props) => {
  const { words, base } = place;
  const { say } = words;
  const last: ConsoleKey = show === 'open' ? 'findings.head.mend' : 'findings.head.mended';
  const heads: readonly ConsoleKey[] = ['queue.head.number', 'findings.head.what', 'queue.head.line', 'findings.head.age', 'findings.head.found', last];
  return (
    <table class="queue findings">
      <caption class="hidden">{say(`findings.tab.${show}`)}</caption>
      <thead><tr>{heads.map((head) => <th key={head} scope="col">{say(head)}</th>)}</tr></thead>
      <tbody>
        {findings.rows.map((one) => (
          <tr key={one.id}>
            <td data-head={say('queue.head.number')}><div><a class="num" href={paths(base).case(one.applicationNumber)}>{one.applicationNumber}</a></div></td>
            <td data-head={say('findings.head.what')}><div><b>{say(`findings.what.${one.what}`)}</b>{one.owed ? <span class="quiet"> · {words.money(one.owed)}</span> : null}</div></td>
            <td data-head={say('queue.head.line')}><div>{words.life(`kind.${one.kind}` as LifeKey)}</div></td>
            <td data-head={say('findings.head.age')}><div>{say('findings.days', { count: one.days })}</div></td>
            <td data-head={say('findings.head.found')}><div>{words.instant(one.foundAt)}</div></td>
            <td data-head={say(last)}><div>{one.mendedAt ? words.instant(one.mendedAt) : <How one={one} staff={staff} place={place} />}</div></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** What was found of lines that should be silent: each by its application number, as old as it is. */
export const FindingsPage = ({ ordered, cannot, ...rest }: Props & { readonly ordered?: string | undefined; readonly cannot?: 'already-mended' | 'under-way' | 'by-hand' | 'gone' }) => {
  const { place: { frame, words }, findings: { rows, last }, show, what } = rest;
  const { say } = words;
  return (
    <Page frame={frame} title={say('findings.title')} dense>
      {ordered ? <Notice tone="done"><p>{say('findings.ordered', { number: ordered })}</p></Notice> : null}
      {cannot ? <Notice tone="stop" title={say('cannot.title')}><p role="alert">{say(`findings.cannot.${cannot}`)}</p></Notice> : null}
      <h1>{say('findings.title')}</h1>
      <p class="quiet">{say('findings.says')} {last ? words.compose('findings.last', { at: words.instant(last.endedAt), lines: last.lines, unread: last.unread }) : say('findings.never')}</p>
      <Filters {...rest} />
      {rows.length === 0 ? <p class="empty">{say(what === undefined ? `findings.none.${show}` : 'findings.none.kind')}</p> : <Rows {...rest} />}
    </Page>
  );
};
