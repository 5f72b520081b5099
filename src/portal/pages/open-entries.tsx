import { Card, Go } from '../../design/index.ts';
import { paths, type Place } from '../place.ts';

/** The buttons that a law demands for anybody, in its own words, each with what it is in the reader's. */
export const OpenEntries = ({ place: { entries, words: { say, text }, base } }: { readonly place: Place }) => entries.length === 0 ? null : (
  <Card title={say('statement.title')}>
    <ul class="items">
      {entries.map(({ path, open }) => (
        <li key={path}><span>{text(open.words)}</span><Go look="plain" href={paths(base).statement(path)}><span lang={open.prescribed.language}>{open.prescribed.words}</span></Go></li>
      ))}
    </ul>
    <p class="quiet">{say('statement.needs')}</p>
  </Card>
);
