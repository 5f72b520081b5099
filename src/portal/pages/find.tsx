import { Button, Card, Go, Page, Row, Signal, Way } from '../../design/index.ts';
import type { LineCard } from '../../desk/views.ts';
import { paths, type Place } from '../place.ts';
import { lineSays } from './line-says.tsx';

/** Stands on the first page and beside support: finds the way to cancel under any of its names (UU3, EC5). */
export const FindForm = ({ place: { words: { say }, base }, asked }: { readonly place: Place; readonly asked?: string | undefined }) => (
  <form method="get" action={paths(base).find} class="sheet" role="search">
    <div class="field">
      <label for="q">{say('find.label')}</label>
      <p class="hint" id="q-hint">{say('find.hint')}</p>
      <input type="search" id="q" name="q" aria-describedby="q-hint" maxLength={80} autocomplete="off" value={asked} />
    </div>
    <div class="acts"><Button look="plain">{say('find.do')}</Button></div>
  </form>
);

/** Somebody who looks for the way to cancel and has more than one line, or none. */
export const FoundPage = ({ place, lines }: { readonly place: Place; readonly lines: readonly LineCard[] }) => {
  const { frame, words, pack, base } = place;
  const { say, text } = words;
  const to = paths(base);
  return (
    <Page frame={frame} title={say('find.title')}>
      <Way back={{ href: to.home, label: say('way.to-home') }} />
      <h1>{say('find.title')}</h1>
      {lines.length === 0 ? <Card><p>{say('find.none')}</p></Card> : null}
      {lines.map((line) => (
        <Card key={line.lineId}>
          <Row mark="h2" signal={<Signal on={line.bars} />} title={words.phone(line.msisdn)} says={lineSays(line, words)}
            acts={<Go look="plain" href={to.preparation(line.lineId)}>{pack.entryNames.map(text).join(' / ')}</Go>} />
        </Card>
      ))}
    </Page>
  );
};
