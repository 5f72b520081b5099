import { Button, Card, ErrorSummary, Field, Form, Notice, Page, Questions, SummaryList, Tag, type Fault } from '../../design/index.ts';
import type { Judged } from '../../policy/look-alike.ts';
import type { Support } from '../../policy/support-hours.ts';
import { FindForm } from './find.tsx';
import { faultOf } from './faults.ts';
import { OpenEntries } from './open-entries.tsx';
import { paths, type Place } from '../place.ts';

const phoneHref = (phone: string): string => `tel:${phone.replace(/[^+\d]/g, '')}`;

/** Support: every way to reach a person, and whether somebody is there now (UP13, UU12). `asked`: what was looked for and not found. */
export const HelpPage = ({ place, support, asked }: { readonly place: Place; readonly support: Support; readonly asked?: string }) => {
  const { frame, words, pack, base } = place;
  const { say, text } = words;
  const { phone, mail, hours, site, post } = pack.addresses;
  const to = paths(base);
  return (
    <Page frame={frame} title={say('foot.help')}>
      {asked ? <Notice><p>{say('find.unknown', { asked })}</p></Notice> : null}
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
      <OpenEntries place={place} />
      <FindForm place={place} asked={asked} />
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

/** What is known of an address that somebody pasted; shown as text, never as a link (EC3). */
const Verdict = ({ judged, asked, place: { words: { say, compose } } }: { readonly judged: Judged; readonly asked: string; readonly place: Place }) => {
  const typed = <code>{asked.slice(0, 120)}</code>;
  switch (judged.kind) {
    case 'official': return <Notice tone="done" title={say('safety.is-official')}><p>{compose('safety.is-official-says', { typed })}</p></Notice>;
    case 'look-alike': return <Notice tone="stop" title={say('safety.is-look-alike')}><p>{typed} {say(`safety.trick.${judged.trick}`)}</p><p>{compose('safety.is-look-alike-says', { official: <b class="nb">{judged.official}</b> })}</p></Notice>;
    case 'unknown': return <Notice tone="todo" title={say('safety.is-unknown')}><p>{typed} {say('safety.is-unknown-says')}</p></Notice>;
    case 'nothing': return null;
  }
};

/** How to tell us from somebody who only looks like us. */
export const SafetyPage = ({ place, asked, judged, faults = [] }: { readonly place: Place; readonly asked?: string; readonly judged?: Judged; readonly faults?: readonly Fault[] }) => {
  const { frame, words, pack, base, token } = place;
  const { say, compose } = words;
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('safety.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
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
      {judged && asked ? <Verdict judged={judged} asked={asked} place={place} /> : null}
      <Form action={paths(base).safety} token={token}>
        <Field name="address" label={say('safety.ask')} hint={say('safety.ask-hint')} value={asked} maxLength={2000} spellcheck={false} autocapitalize="none" autocomplete="off" fault={faultOf(faults, 'address')} />
        <div><Button look="plain">{say('safety.ask-do')}</Button></div>
      </Form>
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
