import { Fragment, type ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

type Children = { readonly children?: ComponentChildren };

/** `wanted`: something in it waits for the reader. */
export const Card = ({ wanted, title, children }: Children & { readonly wanted?: boolean; readonly title?: ComponentChildren }) => (
  <section class={wanted ? 'card wanted' : 'card'}>{title === undefined ? null : <h2>{title}</h2>}{children}</section>
);

/** One thing in a card: what it is, how it stands, what can be done about it. */
export const Row = ({ title, says, mark, stands, acts, signal, children }: Children & {
  readonly title: ComponentChildren;
  readonly says?: ComponentChildren;
  readonly mark?: 'h2' | 'h3' | 'b';
  readonly stands?: ComponentChildren;
  readonly acts?: ComponentChildren;
  readonly signal?: ComponentChildren;
}) => {
  const Heading = mark ?? 'b';
  return (
    <div class={signal ? 'row with-signal' : 'row'}>
      {signal}
      <div class="what">
        <div class="head"><Heading>{title}</Heading>{stands}</div>
        {says ? <div class="quiet">{says}</div> : null}
        {children}
        {acts ? <div class="act">{acts}</div> : null}
      </div>
    </div>
  );
};

export const Tag = ({ tone, children }: Children & { readonly tone?: 'todo' | 'done' | 'stop' | 'now' }) => (
  <span class={tone ? `tag ${tone}` : 'tag'}>{tone === 'done' ? <Icon name="check" /> : null}{children}</span>
);

/** `small`: one of several in a list. `final`: after it there is no way back to what was. */
type Look = 'main' | 'plain' | 'small' | 'final' | 'link';
const lookOf: Record<Look, string> = { main: 'btn', plain: 'btn plain', small: 'btn plain small', final: 'btn final', link: 'link' };

/** Short facts on one line while there is room; none is broken in itself. */
export const Facts = ({ of }: { readonly of: readonly ComponentChildren[] }) => (
  <span class="facts">{of.map((fact, place) => <span key={place}>{fact}</span>)}</span>
);

/** Masked addresses and numbers in a sentence; none is broken in two. */
export const Contacts = ({ of }: { readonly of: readonly string[] }) => (
  <>{of.map((one, place) => <Fragment key={one}>{place > 0 ? ' / ' : null}<span class="num nb">{one}</span></Fragment>)}</>
);

/** Goes somewhere. */
export const Go = ({ href, look = 'main', download, describedBy, children }: Children & { readonly href: string; readonly look?: Look; readonly download?: boolean; readonly describedBy?: string }) => (
  <a class={lookOf[look]} href={href} download={download} aria-describedby={describedBy}>{children}</a>
);

/** Does something: sends the form it stands in. */
export const Button = ({ look = 'main', name, value, children }: Children & { readonly look?: Look; readonly name?: string; readonly value?: string }) => (
  <button class={lookOf[look]} type="submit" name={name} value={value}>{children}</button>
);

export const Actions = ({ children }: Children) => <div class="acts">{children}</div>;

const iconOf: Record<'plain' | 'todo' | 'done' | 'stop', IconName> = { plain: 'info', todo: 'alert', done: 'check', stop: 'alert' };

export const Notice = ({ tone = 'plain', icon, title, children }: Children & { readonly tone?: 'plain' | 'todo' | 'done' | 'stop'; readonly icon?: IconName; readonly title?: ComponentChildren }) => (
  <div class={tone === 'plain' ? 'notice' : `notice ${tone}`} role={tone === 'done' ? 'status' : undefined}>
    <Icon name={icon ?? iconOf[tone]} /><div>{title ? <b>{title}</b> : null}{children}</div>
  </div>
);

/** Where one is on the way, and the way back. `of` steps are drawn; `label` says it in words. */
export const Way = ({ back, step }: {
  readonly back?: { readonly href: string; readonly label: string };
  readonly step?: { readonly at: number; readonly of: number; readonly label: string };
}) => (
  <div class="way">
    {back ? <a href={back.href}><Icon name="back" />{back.label}</a> : null}
    {step ? (
      <span class="steps">{step.label}
        <i aria-hidden="true">{Array.from({ length: step.of }, (_, place) => <b key={place} class={place < step.at ? 'on' : undefined} />)}</i>
      </span>
    ) : null}
  </div>
);

export type Answer = { readonly what: ComponentChildren; readonly is: ComponentChildren; readonly change?: { readonly href: string; readonly label: string; readonly field: string }; readonly sum?: boolean };

/** Check your answers; or, `side` by side, amounts and facts. */
export const SummaryList = ({ answers, side }: { readonly answers: readonly Answer[]; readonly side?: boolean }) => (
  <dl class={side ? 'answers side' : 'answers'}>
    {answers.map(({ what, is, change, sum }, place) => (
      <div key={place} class={sum ? 'sum' : undefined}>
        <dt>{what}</dt><dd>{is}</dd>
        {change ? <dd class="change"><a href={change.href}>{change.label}<span class="hidden"> {change.field}</span></a></dd> : null}
      </div>
    ))}
  </dl>
);

export type Moment = { readonly title: ComponentChildren; readonly detail?: ComponentChildren; readonly standing: 'done' | 'now' | 'to-come' | 'stopped' };

/** `words` says the standing to those who do not see the dots. */
export const Timeline = ({ moments, words }: { readonly moments: readonly Moment[]; readonly words: Readonly<Record<Moment['standing'], string>> }) => (
  <ol class="time">
    {moments.map(({ title, detail, standing }, place) => (
      <li key={place} class={standing} aria-current={standing === 'now' ? 'step' : undefined}>
        <span class="dot">{standing === 'done' ? <Icon name="check" /> : null}</span>
        <b>{title}<span class="hidden">{`（${words[standing]}）`}</span></b>
        {detail ? <div class="quiet">{detail}</div> : null}
      </li>
    ))}
  </ol>
);

export const Questions = ({ asked }: { readonly asked: readonly { readonly question: ComponentChildren; readonly answer: ComponentChildren }[] }) => (
  <div class="asked">
    {asked.map(({ question, answer }, place) => <details key={place}><summary>{question}</summary><div>{answer}</div></details>)}
  </div>
);
