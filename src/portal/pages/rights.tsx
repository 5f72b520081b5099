import { Card, Notice, SummaryList } from '../../design/index.ts';
import type { Rights } from '../../policy/laws.ts';
import type { Words } from '../words.tsx';

/** What the law of their place gives whoever prepares to cancel: how to change operators without cancelling, and what may not stand in their way. */
export const RightsCards = ({ rights, words: { say, text } }: { readonly rights: Rights | undefined; readonly words: Pick<Words, 'say' | 'text'> }) => {
  if (rights === undefined) return null;
  const { switching, told } = rights;
  return (
    <>
      {switching ? (
        <Card title={say('switching.title')}>
          <p>{say('switching.says')}</p>
          <SummaryList answers={switching.asks.map(({ word, to, gets }) => ({ what: text(gets), is: <b class="num">{say('switching.send', { word, to })}</b> }))} />
          <p class="quiet">{say('switching.times', { seconds: switching.answeredWithinSeconds, days: switching.codeDays, working: switching.switchedWithin })}</p>
          <p class="small">{say('rights.source', { source: switching.source })}</p>
        </Card>
      ) : null}
      {told.map(({ says, source }) => <Notice key={source} icon="shield"><p>{text(says)}</p><p class="small">{say('rights.source', { source })}</p></Notice>)}
    </>
  );
};
