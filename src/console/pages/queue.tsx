import type { ComponentChildren } from 'preact';
import { Notice, Page, Tag } from '../../design/index.ts';
import { queueTabs, type Queue, type QueueRow, type QueueTab } from '../../desk/review-queue.ts';
import { paths, type Place } from '../place.ts';
import { AsideTold, AsideWork, type Aside } from './aside.tsx';
import { Left } from '../time-left.tsx';
import type { ConsoleKey, LifeKey } from '../words.tsx';

type Column = { readonly head: ConsoleKey; readonly cell: (row: QueueRow) => ComponentChildren };

const columnsOf = (tab: QueueTab, { words, base }: Place): readonly Column[] => {
  const { say, text, instant, life } = words;
  const number: Column = { head: 'queue.head.number', cell: (row) => <a class="num" href={paths(base).case(row.applicationNumber)}>{row.applicationNumber}</a> };
  const line: Column = { head: 'queue.head.line', cell: (row) => <>{life(`kind.${row.kind}` as LifeKey)}{row.channel === 'web' ? null : <span class="quiet"> · {say(`channel.${row.channel}` as ConsoleKey)}</span>}</> };
  const reason: Column = { head: 'queue.head.reason', cell: (row) => (row.reasonSays ? text(row.reasonSays) : <span class="quiet">{say('queue.no-reason')}</span>) };
  const received: Column = { head: 'queue.head.received', cell: (row) => instant(row.receivedAt) };
  const due: Column = { head: 'queue.head.due', cell: (row) => (row.dueAt ? instant(row.dueAt) : <span class="quiet">{say('queue.no-due-says')}</span>) };
  const left: Column = { head: 'queue.head.left', cell: (row) => (row.left ? <Left left={row.left} paused={row.state === 'waiting'} words={words} /> : <Tag tone="todo">{say('queue.no-due')}</Tag>) };
  switch (tab) {
    case 'reviewing':
      return [left, number, line, reason, received, due];
    case 'waiting':
      return [left, number, line, reason, { head: 'queue.head.since', cell: (row) => instant(row.since) }];
    case 'received':
      return [number, line, received];
    case 'stalled':
      return [
        { head: 'queue.head.step', cell: (row) => <><b>{row.step ? words.step(row.step) : null}</b>{row.state === 'stalled' ? null : <span class="quiet"> · {say(`state.${row.state}`)}</span>}</> },
        number, line, { head: 'queue.head.since', cell: (row) => instant(row.since) },
      ];
  }
};

/** What waits for people, the most urgent first. */
export const QueuePage = ({ place, tab, queue, told, aside }: { readonly place: Place; readonly tab: QueueTab; readonly queue: Queue; readonly told?: ComponentChildren; readonly aside?: Aside }) => {
  const counts = { ...queue.counts, stalled: queue.counts.stalled + queue.counts.aside };
  const { frame, words: { say, clock }, base } = place;
  const columns = columnsOf(tab, place);
  const count = queue.counts[tab];
  return (
    <Page frame={frame} title={say('queue.title')} dense>
      {told ? <Notice tone="done"><p>{told}</p></Notice> : null}
      {aside ? <AsideTold place={place} told={aside.told} /> : null}
      <h1>{say('queue.title')}</h1>
      {queue.asOf ? <p class="quiet">{say('queue.as-of', { at: clock(queue.asOf) })}</p> : null}
      <nav class="tabs" aria-label={say('queue.tabs')}>
        <ul>
          {queueTabs.map((one) => (
            <li key={one}><a href={paths(base).tab(one)} aria-current={one === tab ? 'page' : undefined}>{say(`queue.tab.${one}`)} <span class={counts[one] > 0 && one === 'stalled' ? 'count wanted' : 'count'}><span aria-hidden="true">{counts[one]}</span><span class="hidden">{say('queue.count', { count: counts[one] })}</span></span></a></li>
          ))}
        </ul>
      </nav>
      {tab === 'reviewing' && queue.counts.late > 0 ? <Notice tone="stop"><p>{say('queue.late', { count: queue.counts.late })}</p></Notice> : null}
      {queue.rows.length === 0 ? <p class="empty">{say(`queue.empty.${tab}`)}</p> : (
        <table class="queue">
          <caption class="hidden">{say(`queue.tab.${tab}`)}</caption>
          <thead><tr>{columns.map(({ head }) => <th key={head} scope="col">{say(head)}</th>)}</tr></thead>
          <tbody>{queue.rows.map((row) => <tr key={row.applicationNumber}>{columns.map(({ head, cell }) => <td key={head} data-head={say(head)}><div>{cell(row)}</div></td>)}</tr>)}</tbody>
        </table>
      )}
      {count > queue.rows.length ? <p class="quiet">{say('queue.first', { shown: queue.rows.length, count })}</p> : null}
      {aside && aside.rows.length > 0 ? <AsideWork place={place} aside={aside} /> : null}
    </Page>
  );
};
