import { Button, Form, still, styleSheet, tokensOf, tonguesOf, type Frame, type StyleSheet } from '../design/index.ts';
import { tagOf } from '../language/index.ts';
import type { OpenEntry } from '../policy/laws.ts';
import type { Pack } from '../policy/pack.ts';
import { paths } from './place.ts';
import type { Words } from './words.tsx';

const sheets = new Map<string, StyleSheet>();
/** One sheet for each pair of brand colours, made at first use. */
export const sheetOf = ({ colour }: Pack): StyleSheet => {
  const name = `${colour.light} ${colour.dark}`;
  let sheet = sheets.get(name);
  if (!sheet) {
    sheet = styleSheet(colour);
    sheets.set(name, sheet);
  }
  return sheet;
};

const themes = new Map<string, Frame['themeColour']>();
const themeOf = ({ colour }: Pack): Frame['themeColour'] => {
  const name = `${colour.light} ${colour.dark}`;
  const known = themes.get(name) ?? { light: tokensOf(colour.light, 'light').paper ?? '', dark: tokensOf(colour.dark, 'dark').paper ?? '' };
  themes.set(name, known);
  return known;
};

/** `address`: path and query of the page itself, where the language links lead back to. */
export const frameOf = ({ pack, words, base, address, token, entries, signedIn }: {
  readonly pack: Pack; readonly words: Words; readonly base: string; readonly address: string; readonly token: string; readonly entries: readonly OpenEntry[]; readonly signedIn: boolean;
}): Frame => {
  const { say, text } = words;
  const to = paths(base);
  const { site, phone, hours } = pack.addresses;
  return {
    lang: tagOf[words.language],
    brand: text(pack.name),
    home: signedIn ? to.home : to.signIn,
    styleHref: `${base}/${sheetOf(pack).name}`,
    iconHref: `${base}/icon.svg`,
    themeColour: themeOf(pack),
    skip: say('frame.skip'),
    tonguesLabel: say('frame.languages'),
    tongues: tonguesOf(address, words.language),
    footLabel: say('frame.foot'),
    foot: [
      { href: to.help, label: say('foot.help') }, { href: to.questions, label: say('foot.questions') },
      { href: to.safety, label: say('foot.safety') }, { href: to.verify, label: say('foot.verify') },
      ...entries.map(({ path, open: { prescribed } }) => ({ href: to.statement(path), label: prescribed.words, lang: prescribed.language })),
    ],
    footForm: signedIn ? <Form action={to.signOut} token={token} sheet={false}><Button look="link">{say('foot.sign-out')}</Button></Form> : undefined,
    footNote: still('foot note', [words.language, phone, text(hours), site], () => (
      <>
        <p>{words.compose('foot.phone', { phone: <a class="num nb" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>, hours: <span class="nb">{text(hours)}</span> })}</p>
        <p>{words.compose('foot.official', { site: <b class="nb">{site}</b> })}</p>
      </>
    )),
  };
};
