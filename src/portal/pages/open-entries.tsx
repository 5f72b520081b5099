import { Card, Go } from '../../design/index.ts';
import { paths, type Place } from '../place.ts';

/** The buttons that a law demands for anybody, in its own words, each with what it is in the reader's. */
export const OpenEntries = ({ place: { entries, words: { say, text }, base } }: { readonly place: Place }) => entries.length === 0 ? null : (
  <Card title={say('statement.title')}>
    {entries.map(({ path, open }) => (
      <div key={path}>
        <p>{text(open.words)}</p>
        <Go look="plain" href={paths(base).statement(path)}><span lang={open.prescribed.language}>{open.prescribed.words}</span></Go>
      </div>
    ))}
    <p class="quiet">{say('statement.needs')}</p>
  </Card>
);
