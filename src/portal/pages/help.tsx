import { Card, Notice, Page, Questions, SummaryList, Tag } from '../../design/index.ts';
import type { Support } from '../../policy/support-hours.ts';
import { paths, type Place } from '../place.ts';

const phoneHref = (phone: string): string => `tel:${phone.replace(/[^+\d]/g, '')}`;

/** Support: every way to reach a person, and whether somebody is there now (UP13, UU12). */
export const HelpPage = ({ place: { frame, words, pack, base }, support }: { readonly place: Place; readonly support: Support }) => {
  const { say, text } = words;
  const { phone, mail, hours, site, post } = pack.addresses;
  const to = paths(base);
  return (
    <Page frame={frame} title={say('foot.help')}>
      <h1>{say('help.title')}</h1>
      <p>{say('help.says')}</p>
      <p>{support.kind === 'open'
        ? <><Tag tone="done">{say('help.open')}</Tag> {support.until ? words.compose('help.open-until', { at: words.instant(support.until) }) : say('help.open-always')}</>
        : <><Tag>{say('help.closed')}</Tag> {support.kind === 'closed' ? words.compose('help.opens', { at: words.instant(support.opensAt) }) : null}</>}</p>
      <Card>
        <SummaryList answers={[
          { what: say('help.phone'), is: <><a class="num nb" href={phoneHref(phone)}>{phone}</a><br /><span class="quiet">{text(hours)}</span>{pack.channels.includes('phone') ? <><br /><span class="quiet">{say('help.phone-apply')}</span></> : null}</> },
          ...(pack.channels.includes('chat') ? [{ what: say('help.chat'), is: <a href={to.home}>{say('help.chat-says')}</a> }] : []),
          { what: say('letter.title'), is: <a href={to.blankLetter}>{say('help.letter-says')}</a> },
          ...(post === undefined ? [] : [{ what: say('letter.post'), is: <>{post.map((line, at) => <span key={at}>{line}<br /></span>)}</> }]),
          ...pack.social.map(({ label, handle }) => ({ what: text(label), is: <><b>{handle}</b><br /><span class="quiet">{say('help.social-says')}</span></> })),
          { what: say('help.mail'), is: <a href={`mailto:${mail}`}>{mail}</a> },
          { what: say('help.site'), is: <b>{site}</b> },
        ]} />
      </Card>
      <Notice icon="shield"><p>{say('help.never')} <a href={paths(base).safety}>{say('safety.more')}</a></p></Notice>
      <p><a class="link" href={paths(base).questions}>{say('help.questions')}</a><br /><a class="link" href={paths(base).lookUp}>{say('sign-in.look-up')}</a></p>
    </Page>
  );
};

export const QuestionsPage = ({ place: { frame, words, pack, base } }: { readonly place: Place }) => {
  const { say, text } = words;
  return (
    <Page frame={frame} title={say('foot.questions')}>
      <h1>{say('foot.questions')}</h1>
      <Questions asked={pack.questions.map(({ question, answer }) => ({ question: text(question), answer: <p>{text(answer)}</p> }))} />
      <p>{say('questions.more')} <a href={paths(base).help}>{say('foot.help')}</a></p>
    </Page>
  );
};

/** How to tell us from somebody who only looks like us. */
export const SafetyPage = ({ place: { frame, words, pack, base } }: { readonly place: Place }) => {
  const { say, compose } = words;
  return (
    <Page frame={frame} title={say('safety.title')}>
      <h1>{say('safety.title')}</h1>
      <Card title={say('safety.official')}>
        <SummaryList answers={[
          { what: say('help.site'), is: <b>{pack.addresses.site}</b> },
          { what: say('help.mail'), is: <b>{pack.addresses.mail}</b> },
          { what: say('help.phone'), is: <b class="num">{pack.addresses.phone}</b> },
          { what: say('safety.sms'), is: <b>{pack.smsSender}</b> },
        ]} />
        <p class="quiet">{say('safety.official-says')}</p>
      </Card>
      <h2>{say('safety.tell')}</h2>
      <div class="prose"><ul>
        <li>{compose('safety.look', { site: <b>{pack.addresses.site}</b> })}</li>
        <li>{say('safety.codes')}</li>
        <li>{say('safety.chat')}</li>
        <li>{say('safety.pay')}</li>
      </ul></div>
      <h2>{say('safety.network')}</h2>
      <div class="prose"><ul><li>{say('safety.wifi')}</li><li>{say('safety.document')}</li><li>{say('safety.shared')}</li></ul></div>
      <h2>{say('safety.happened')}</h2>
      <p>{say('safety.happened-says')} <a href={paths(base).help}>{say('foot.help')}</a></p>
    </Page>
  );
};
