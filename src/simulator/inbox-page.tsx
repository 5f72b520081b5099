/** The inbox as a page: a phone, and mail. No script; it comes again by itself. */
import type { ComponentChildren } from 'preact';
import { BrandMark, render } from '../design/index.ts';
import { formatInstant, tagOf } from '../language/index.ts';
import type { Inbox, InboxMail, InboxSms } from './inbox.ts';
import { inboxWords, type InboxWords, type Language } from './inbox-words.ts';

export type InboxView = {
  readonly inbox: Inbox;
  readonly receivers: readonly string[];
  readonly to?: string;
  readonly language: Language;
  readonly zone: string;
  readonly now: Date;
};

/** Addresses that can be opened, and the text between them. */
const Linked = ({ text }: { readonly text: string }) => (
  <>{text.split(/(https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+[\w/#=&%-])/).map((piece, place) => (place % 2 === 1 ? <a key={place} href={piece}>{piece}</a> : piece))}</>
);

const hrefOf = (to: string | undefined): string => (to === undefined ? '/inbox' : `/inbox?to=${encodeURIComponent(to)}`);

const Receivers = ({ view, words }: { readonly view: InboxView; readonly words: InboxWords }) => (
  <nav aria-label={words.receivers}>
    <ul class="who">
      {[undefined, ...view.receivers].map((to) => {
        const label = to ?? words.everybody;
        return <li key={label}>{to === view.to ? <b aria-current="page">{label}</b> : <a href={hrefOf(to)}>{label}</a>}</li>;
      })}
    </ul>
  </nav>
);

type At = (at: string) => string;

/** Bubbles of one sender under one another, as a phone keeps them. */
const Phone = ({ sms, at, showTo, words }: { readonly sms: readonly InboxSms[]; readonly at: At; readonly showTo: boolean; readonly words: InboxWords }) => (
  <section>
    <h2>{words.sms}</h2>
    <div class="phone">
      {[...new Set(sms.map((one) => (showTo ? `${one.from} → ${one.to}` : one.from)))].map((thread) => (
        <div class="thread" key={thread}>
          <h3>{thread}</h3>
          {sms.filter((one) => thread === (showTo ? `${one.from} → ${one.to}` : one.from)).map((one, place) => (
            <>
              <time key={`${place} at`} dateTime={one.at}>{at(one.at)}</time>
              <p key={place} class="bubble"><Linked text={one.text} /></p>
            </>
          ))}
        </div>
      ))}
    </div>
  </section>
);

/** HTML of a mail is shown as a mail program does: without script, and links open beside it. */
const Mail = ({ mail, at, words }: { readonly mail: InboxMail; readonly at: At; readonly words: InboxWords }) => (
  <article class="mail">
    <header>
      <h3>{mail.subject || words.noSubject}</h3>
      <span class="quiet">{words.from}{mail.name ? `${mail.name} <${mail.from}>` : mail.from}</span>
      <span class="quiet">{words.to}{mail.to}</span>
      <time class="quiet" dateTime={mail.at}>{at(mail.at)}</time>
    </header>
    {mail.html
      ? <iframe title={mail.subject || words.noSubject} sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc={`<base target="_blank">${mail.html}`} />
      : <div class="text"><Linked text={mail.text} /></div>}
  </article>
);

const Empty = ({ words }: { readonly words: InboxWords }) => <div class="empty"><h2>{words.nothing}</h2><p class="quiet">{words.nothingSays}</p></div>;

const Frame = ({ language, children }: { readonly language: Language; readonly children: ComponentChildren }) => {
  const words = inboxWords[language];
  return (
    <html lang={tagOf[language]}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="5" />
        <title>{words.title}</title>
        <meta name="format-detection" content="telephone=no" />
        <link rel="stylesheet" href="/inbox.css" />
      </head>
      <body>
        <header class="top"><div class="frame"><span class="brand"><BrandMark /><span>{words.title}</span></span></div></header>
        <main class="frame">{children}</main>
        <footer class="foot"><div class="frame">{words.refreshes}</div></footer>
      </body>
    </html>
  );
};

export const inboxPage = (view: InboxView): string => {
  const words = inboxWords[view.language];
  const at: At = (instant) => formatInstant(new Date(instant), view.zone, view.language, view.now);
  const { mail, sms } = view.inbox;
  return render(
    <Frame language={view.language}>
      <h1>{view.to ?? words.title}</h1>
      <p class="quiet">{words.says}</p>
      <Receivers view={view} words={words} />
      {mail.length + sms.length === 0 ? <Empty words={words} /> : (
        <div class={mail.length > 0 && sms.length > 0 ? 'inbox both' : 'inbox'}>
          {sms.length > 0 ? <Phone sms={sms} at={at} showTo={view.to === undefined} words={words} /> : null}
          {mail.length > 0 ? <section><h2>{words.mail}</h2>{[...mail].reverse().map((one) => <Mail key={`${one.id} ${one.at}`} mail={one} at={at} words={words} />)}</section> : null}
        </div>
      )}
    </Frame>,
  );
};
