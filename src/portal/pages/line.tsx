import { Card, Go, Page, Row, Signal, SummaryList, Way } from '../../design/index.ts';
import { isOpen } from '../../cancellation/life-cycle.ts';
import type { LineCard } from '../../desk/views.ts';
import { paths, type Place } from '../place.ts';
import { CaseTag, lineSays } from './line-says.tsx';
import { ToldNotice, type Told } from './told.tsx';

/** One line, what stands on it, and the entry to cancel under the names that people look for. */
export const LinePage = ({ place, line, chat, told }: { readonly place: Place; readonly line: LineCard; /** Its policy has a thread with support. */ readonly chat: boolean; readonly told?: Told | undefined }) => {
  const { frame, words, pack, base } = place;
  const { say, life, money } = words;
  const to = paths(base);
  const last = line.case;
  const open = last !== undefined && isOpen(last.state);
  const number = last?.applicationNumber; // a draft has none, nor has one that lapsed
  const facts = [
    { what: say('line.kind'), is: life(`kind.${line.kind}`) },
    { what: say('line.credit'), is: <span class="num">{money(line.credit)}</span> },
    { what: say('line.unpaid'), is: line.unpaid.minor > 0 ? <span class="num">{money(line.unpaid)}</span> : say('line.nothing') },
    { what: say('line.devices'), is: line.boundDevices > 0 ? say('line.device-count', { count: line.boundDevices }) : say('line.nothing') },
  ];
  return (
    <Page frame={frame} title={say('line.title')}>
      <Way back={{ href: to.home, label: say('way.to-home') }} />
      <ToldNotice told={told} />
      <h1>{words.phone(line.msisdn)}</h1>
      <Card>
        <Row signal={<Signal on={line.bars} />} title={life(`kind.${line.kind}`)} says={lineSays(line, words)} stands={<CaseTag line={line} words={words} />} />
      </Card>
      {line.status === 'cancelled' ? null : <Card title={say('line.standing')}><SummaryList side answers={facts} /></Card>}
      {open && number
        ? <Card title={say('line.case')}><p>{say('line.case-says')}</p><div><Go href={to.status(number)}>{say('home.do.status')}</Go></div></Card>
        : null}
      {number && !open ? <p><Go look="link" href={to.status(number)}>{say('line.last-case')}</Go></p> : null}
      {line.status !== 'cancelled' && (!open || last.state === 'draft') ? (
        <Card title={pack.entryNames.map(words.text).join(' / ')}>
          <p>{say('line.entry-says', { this: words.thisOne(line.kind) })}</p>
          <div><Go href={to.preparation(line.lineId)} look={open ? 'main' : 'plain'}>{open ? say('home.do.finish-draft') : pack.entryNames.map(words.text).join(' / ')}</Go></div>
        </Card>
      ) : null}
      <p>{say('line.support')} {chat ? <><Go look="link" href={to.messages(line.lineId)}>{say('messages.title')}</Go> · </> : null}<Go look="link" href={to.letter(line.lineId)}>{say('letter.title')}</Go></p>
    </Page>
  );
};
