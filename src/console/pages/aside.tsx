import { Button, Form, Notice } from '../../design/index.ts';
import type { AsideRow } from '../../desk/set-aside.ts';
import { paths, type Place } from '../place.ts';
import { mayResume, type Staff } from '../rights.ts';

/** `ordered`: somebody just did. `gone`: somebody else had. */
export type Aside = { readonly rows: readonly AsideRow[]; readonly staff: Staff; readonly told?: 'ordered' | 'gone' | undefined };

/** Work that the program has given up, below what is stuck. */
export const AsideWork = ({ place: { words, base, token }, aside: { rows, staff } }: { readonly place: Place; readonly aside: Aside }) => {
  const { say } = words;
  return (
    <section aria-labelledby="aside">
      <h2 id="aside">{say('queue.aside.title')}</h2>
      <p class="quiet">{say('queue.aside.says')}</p>
      <table class="queue">
        <caption class="hidden">{say('queue.aside.title')}</caption>
        <thead><tr>{(['queue.aside.head.what', 'queue.head.number', 'queue.head.since', 'queue.aside.head.again'] as const).map((head) => <th key={head} scope="col">{say(head)}</th>)}</tr></thead>
        <tbody>
          {rows.map(({ id, queue, since, applicationNumber: number }) => (
            <tr key={id}>
              <td data-head={say('queue.aside.head.what')}><div><b>{say(`queue.aside.what.${queue}`)}</b></div></td>
              <td data-head={say('queue.head.number')}><div>{number === undefined ? <span class="quiet">–</span> : <a class="num" href={paths(base).case(number)}>{number}</a>}</div></td>
              <td data-head={say('queue.head.since')}><div>{words.instant(since)}</div></td>
              <td data-head={say('queue.aside.head.again')}><div>{mayResume(staff) ? <Form action={paths(base).orderAside(id)} token={token} sheet={false}><Button look="small">{say('queue.aside.again')}{number === undefined ? null : <span class="hidden"> {say('queue.aside.again-of', { number })}</span>}</Button></Form> : <span class="quiet">–</span>}</div></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

export const AsideTold = ({ place: { words: { say } }, told }: { readonly place: Place; readonly told: Aside['told'] }) =>
  told === 'ordered' ? <Notice tone="done"><p>{say('queue.aside.ordered')}</p></Notice>
    : told === 'gone' ? <Notice tone="stop" title={say('cannot.title')}><p role="alert">{say('queue.aside.gone')}</p></Notice> : null;
