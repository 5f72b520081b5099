import { Card, Go, Page, Row, Signal } from '../../design/index.ts';
import type { LineCard, Lines } from '../../desk/views.ts';
import { paths, type Place } from '../place.ts';
import type { Words } from '../words.tsx';
import { FindForm } from './find.tsx';
import { CaseTag, lineSays, runs } from './line-says.tsx';
import { ToldNotice, type Told } from './told.tsx';

const LineActs = ({ line, place: { words: { say, text }, pack, base } }: { readonly line: LineCard; readonly place: Place }) => {
  const to = paths(base);
  const first = pack.entryNames[0];
  const number = line.case?.applicationNumber;
  if (line.case?.todo === 'supply' && number) return <><Go href={to.supplement(number)}>{say('home.do.supply')}</Go><Go look="link" href={to.status(number)}>{say('home.do.status')}</Go></>;
  if (line.case?.todo === 'prove' && number) return <><Go href={to.preparation(line.lineId)}>{say('home.do.prove')}</Go><Go look="link" href={to.status(number)}>{say('home.do.status')}</Go></>;
  if (line.case?.todo === 'finish-draft') return <><Go href={to.preparation(line.lineId)}>{say('home.do.finish-draft')}</Go><Go look="link" href={to.line(line.lineId)}>{say('home.do.line')}</Go></>;
  if (runs(line) && number) return <Go look="plain" href={to.status(number)}>{say('home.do.status')}</Go>;
  if (line.status === 'cancelled') return number ? <Go look="link" href={to.status(number)}>{say('home.do.proof')}</Go> : null;
  return <><Go look="plain" href={to.preparation(line.lineId)}>{first ? text(first) : say('home.do.status')}</Go><Go look="link" href={to.line(line.lineId)}>{say('home.do.line')}</Go></>;
};

/** What the reader has, what is being cancelled, what they must do: in three numbers, then line by line. */
const AtAGlance = ({ lines, words: { say } }: { readonly lines: readonly LineCard[]; readonly words: Words }) => {
  const todo = lines.filter((line) => line.case?.todo).length;
  return (
    <dl class="glance">
      <div><dt>{say('home.glance.have')}</dt><dd>{lines.filter((line) => line.status !== 'cancelled' && !runs(line)).length}</dd></div>
      <div><dt>{say('home.glance.cancelling')}</dt><dd>{lines.filter((line) => runs(line)).length}</dd></div>
      <div class={todo > 0 ? 'wanted' : undefined}><dt>{say('home.glance.todo')}</dt><dd>{todo}</dd></div>
    </dl>
  );
};

export const HomePage = ({ place, view, told }: { readonly place: Place; readonly view: Lines; readonly told?: Told | undefined }) => {
  const { frame, words, base } = place;
  const { say } = words;
  const rank = (line: LineCard): number => (line.case?.todo ? 0 : runs(line) ? 1 : line.status === 'cancelled' ? 3 : 2);
  const lines = view.lines.toSorted((one, other) => rank(one) - rank(other));
  return (
    <Page frame={frame} title={say('home.title')}>
      <ToldNotice told={told} />
      <h1>{say('home.hello', { name: view.name })}</h1>
      <AtAGlance lines={lines} words={words} />
      {lines.length === 0 ? <Card><p>{say('home.none')}</p></Card> : null}
      {lines.map((line) => (
        <Card key={line.lineId} wanted={line.case?.todo !== undefined}>
          <Row mark="h2" signal={<Signal on={line.bars} />}
            title={<a class="bare" href={paths(base).line(line.lineId)}>{words.phone(line.msisdn)}</a>}
            stands={<CaseTag line={line} words={words} />}
            says={lineSays(line, words)}
            acts={<LineActs line={line} place={place} />} />
        </Card>
      ))}
      <p><a class="link" href={paths(base).account}>{say('account.title')} / {say('account.settings')}</a></p>
      <FindForm place={place} />
      <p class="quiet">{words.compose('safety.short', { site: <b class="nb">{place.pack.addresses.site}</b> })} <a href={paths(base).safety}>{say('safety.more')}</a></p>
    </Page>
  );
};
