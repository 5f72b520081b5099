import { Button, Form, styleSheet, tokensOf, type Frame, type StyleSheet, type Tongue } from '../design/index.ts';
import { tagOf } from '../language/index.ts';
import { languages, type Language, type Pack } from '../policy/pack.ts';
import { paths } from './place.ts';
import type { Words } from './words.tsx';

const short: Record<Language, string> = { 'zh-CN': '简', 'zh-TW': '繁', en: 'EN' };
const long: Record<Language, string> = { 'zh-CN': '简体中文', 'zh-TW': '繁體中文', en: 'English' };

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

/** The same address in another language. Answered by a redirect that remembers the choice. */
const tongues = (address: string, chosen: Language): Tongue[] =>
  languages.map((language) => ({
    tag: tagOf[language], short: short[language], long: long[language], chosen: language === chosen,
    href: `${address}${address.includes('?') ? '&' : '?'}lang=${language}`,
  }));

/** `address`: path and query of the page itself, where the language links lead back to. */
export const frameOf = ({ pack, words, base, address, token, signedIn }: {
  readonly pack: Pack; readonly words: Words; readonly base: string; readonly address: string; readonly token: string; readonly signedIn: boolean;
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
    themeColour: { light: tokensOf(pack.colour.light, 'light').paper ?? '', dark: tokensOf(pack.colour.dark, 'dark').paper ?? '' },
    skip: say('frame.skip'),
    tonguesLabel: say('frame.languages'),
    tongues: tongues(address, words.language),
    footLabel: say('frame.foot'),
    foot: [
      { href: to.help, label: say('foot.help') }, { href: to.questions, label: say('foot.questions') },
      { href: to.safety, label: say('foot.safety') }, { href: to.verify, label: say('foot.verify') },
    ],
    footForm: signedIn ? <Form action={to.signOut} token={token} sheet={false}><Button look="link">{say('foot.sign-out')}</Button></Form> : undefined,
    footNote: (
      <>
        <p>{words.compose('foot.phone', { phone: <a class="num nb" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>, hours: <span class="nb">{text(hours)}</span> })}</p>
        <p>{words.compose('foot.official', { site: <b class="nb">{site}</b> })}</p>
      </>
    ),
  };
};
