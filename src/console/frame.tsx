import { Button, Form, styleSheet, tokensOf, tonguesOf, type Frame, type StyleSheet } from '../design/index.ts';
import { tagOf } from '../language/index.ts';
import type { Pack } from '../policy/pack.ts';
import { paths } from './place.ts';
import { mayAssist, mayResume, maySeeWhole, type Staff } from './rights.ts';
import type { Words } from './words.tsx';

const own = [new URL('./console.css', import.meta.url)];
const sheets = new Map<string, StyleSheet>();
/** One sheet for each pair of brand colours, made at first use. */
export const sheetOf = ({ colour }: Pack): StyleSheet => {
  const name = `${colour.light} ${colour.dark}`;
  let sheet = sheets.get(name);
  if (!sheet) {
    sheet = styleSheet(colour, own);
    sheets.set(name, sheet);
  }
  return sheet;
};

/** Where staff go, and who they are. */
const Bar = ({ staff, words: { say }, base, token }: { readonly staff: Staff; readonly words: Words; readonly base: string; readonly token: string }) => {
  const to = paths(base);
  return (
    <>
      <a href={to.home}>{say('bar.queue')}</a>
      <a href={to.findings()}>{say('bar.findings')}</a>
      {mayResume(staff) ? <a href={to.deadlines()}>{say('bar.deadlines')}</a> : null}
      {maySeeWhole(staff) ? <a href={to.bulk}>{say('bar.bulk')}</a> : null}
      {mayAssist(staff) ? <><a href={to.calls}>{say('bar.calls')}</a><a href={to.threads}>{say('threads.title')}</a><a href={to.papers}>{say('bar.papers')}</a><a href={to.social}>{say('bar.social')}</a><a href={to.statements}>{say('bar.statements')}</a><a href={to.refunds}>{say('bar.refunds')}</a></> : null}
      <form class="find" method="get" action={to.find} role="search">
        <input type="search" name="number" aria-label={say('bar.find')} placeholder={say('queue.head.number')} autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={40} />
        <Button look="plain">{say('bar.find-do')}</Button>
      </form>
      <div class="me">
        <span>{say('bar.signed-in', { name: staff.name, roles: staff.roles.map((role) => say(`role.${role}`)).join(' / ') })}</span>
        <Form action={to.signOut} token={token} sheet={false}><Button look="link">{say('bar.sign-out')}</Button></Form>
      </div>
    </>
  );
};

/** `address`: path and query of the page itself, where the language links lead back to. */
export const frameOf = ({ pack, words, base, address, token, staff }: {
  readonly pack: Pack; readonly words: Words; readonly base: string; readonly address: string; readonly token: string; readonly staff: Staff | undefined;
}): Frame => {
  const { say, text } = words;
  const brand = text(pack.name);
  return {
    lang: tagOf[words.language],
    brand: say('frame.name', { brand }),
    home: paths(base).home,
    styleHref: `${base}/${sheetOf(pack).name}`,
    iconHref: `${base}/icon.svg`,
    themeColour: { light: tokensOf(pack.colour.light, 'light').paper ?? '', dark: tokensOf(pack.colour.dark, 'dark').paper ?? '' },
    skip: say('frame.skip'),
    tonguesLabel: say('frame.languages'),
    tongues: tonguesOf(address, words.language),
    footLabel: say('frame.foot'),
    foot: [],
    footNote: <p>{say('frame.note', { brand })}</p>,
    bar: staff && { label: say('frame.foot'), content: <Bar staff={staff} words={words} base={base} token={token} /> },
  };
};
