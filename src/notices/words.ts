/** The words of notices: the default ones, or the brand's own where its policy has some. */
import { IntlMessageFormat } from 'intl-messageformat';
import { formatCalendarDay, formatDay, formatInstant, formatMoney, formatPhone, localeOf, translator, type Translate } from '../language/index.ts';
import type { Language, Pack, Text } from '../policy/pack.ts';
import type { Telling } from './templates.ts';

/** Who speaks. Its addresses are the only ones that a notice names; `caseUrl` leads to its own pages. */
export type Voice = Pick<Pack, 'brand' | 'name' | 'colour' | 'addresses' | 'smsSender' | 'calendar'> & {
  readonly caseUrl: (applicationNumber: string) => string;
  readonly confirmUrl: (token: string) => string;
  /** The page that says how an eSIM is deleted on each make of phone. */
  readonly deletionGuide: string;
  /** The page on which agreements are signed by a link. */
  readonly signUrl: (token: string) => string;
  /** Where whoever signs in sees their lines. */
  readonly homeUrl: string;
  /** The brand's own words by key of `messages/notices`, in ICU MessageFormat. */
  readonly texts?: Readonly<Record<string, Text>>;
};

const own = new Map<string, IntlMessageFormat>();

export const wordsOf = (voice: Voice, language: Language): Translate => {
  const common = translator('notices', language);
  return (key, values) => {
    const text = voice.texts?.[key]?.[language];
    if (text === undefined) return common(key, values);
    const name = `${language} ${text}`;
    const message = own.get(name) ?? new IntlMessageFormat(text, localeOf[language]);
    own.set(name, message);
    return String(message.format(values as Record<string, string>));
  };
};

const controls = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;
/** For one line, a header above all: nothing in it can end it (CWE-93), nothing can turn its direction. */
export const inOneLine = (text: string): string => text.replace(controls, ' ').replace(/ {2,}/g, ' ').trim();
const inLines = (text: string): string => text.split(/\r\n|[\r\n\u2028\u2029]/).map(inOneLine).join('\n').trim();

export const shortened = (text: string, most: number): string => {
  const characters = [...inOneLine(text)];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
};

type Facts = Readonly<Record<string, string>>;
const yes = (there: boolean): string => (there ? 'yes' : 'no');

/** What a telling's words are filled with: its values, written out. `brief` keeps free text short enough for an SMS. */
export const factsOf = ({ template, values }: Telling, voice: Voice, language: Language, words: Translate, brief: boolean): Facts => {
  const at = (instant: string): string => formatInstant(new Date(instant), voice.calendar.zone, language);
  const day = (instant: string): string => formatDay(new Date(instant), voice.calendar.zone, language);
  const free = (text: string): string => (brief ? shortened(text, language === 'en' ? 90 : 40) : inLines(text));
  switch (template) {
    case 'one-time-code':
    case 'code-reset':
    case 'code-call':
      return { code: values.code, minutes: String(values.minutes) };
    case 'password-changed':
    case 'question-changed':
      return { at: at(values.at) };
    case 'data-request':
      return { kind: values.kind, stands: values.stands, hasDue: yes(values.due !== null), due: values.due === null ? '' : at(values.due), because: values.because ?? 'complex' };
    case 'sign-in-names':
      return { names: values.names.map(({ kind, name }) => words(`name.${kind}`, { name: kind === 'phone' ? formatPhone(name) : inOneLine(name) })).join(brief ? (language === 'en' ? '; ' : '；') : '\n') };
    case 'to-sign':
      return { ending: values.ending, until: at(values.until) };
    case 'draft-lapses':
      return { ending: values.ending, until: day(values.until) };
    case 'draft-lapsed':
      return { ending: values.ending };
    case 'refund-arrived':
    case 'refund-failed':
      return { ...ofCase(values), amount: formatMoney(values.amount, language), since: values.since === null ? '' : day(values.since) };
    case 'stated':
      return { ...ofCase(values), until: day(values.until) };
    case 'statement-received':
      return {
        act: values.act, reference: values.reference, at: at(values.at), name: inOneLine(values.name), contract: inOneLine(values.contract), kind: values.kind ?? 'none', hasReason: yes(values.reason !== null), reason: free(values.reason ?? ''),
        when: values.ends === null ? 'none' : values.ends === '' ? 'soonest' : 'day', ends: values.ends ? formatCalendarDay(values.ends, language) : '',
      };
    case 'asked': {
      const written = values.materials.map((one) => inOneLine(one));
      const [first = ''] = written.map((one) => one.replace(/[。.；;]+$/, ''));
      const materials = brief ? free(first) : written.map((one) => `· ${one}`).join('\n');
      return { ...ofCase(values), materials, hasMore: yes(written.length > 1), count: String(written.length), note: free(values.note ?? ''), hasNote: yes(values.note !== null), until: day(values.until) };
    }
    case 'supplied':
      return { ...ofCase(values), due: values.due === null ? '' : day(values.due), hasDue: yes(values.due !== null) };
    case 'approved':
      return { ...ofCase(values), effective: values.effective === null ? '' : at(values.effective), when: values.effective === null ? 'open' : values.atOnce ? 'now' : 'until' };
    case 'ordered':
      return { ...ofCase(values), effective: at(values.effective), when: values.atOnce ? 'now' : 'until' };
    case 'confirm':
    case 'confirm-reminder':
      return { ...ofCase(values), until: at(values.until), second: yes(values.second), days: String(values.days), hasLast: yes(values.last !== undefined), lastDay: values.last === undefined ? '' : formatCalendarDay(values.last, language) };
    case 'barred':
    case 'final-notice':
      return { ...ofCase(values), effective: at(values.effective) };
    case 'refused':
      return { ...ofCase(values), reason: free(values.reason), remedy: free(values.remedy) };
    case 'cancelled':
      return {
        ...ofCase(values), since: day(values.since), free: formatCalendarDay(values.free, language),
        esim: values.esim ?? 'none', esimText: values.esim === null ? '' : words(`esim.${values.esim}`),
      };
    case 'delete-profile':
      return { ...ofCase(values), since: day(values.since), guide: voice.deletionGuide, last: yes(values.last) };
    case 'profile-deleted':
      return { ...ofCase(values), since: day(values.since), at: at(values.at) };
    case 'answered':
      return { ending: values.ending, application: values.application ?? '', hasCase: yes(values.application !== undefined) };
    case 'received':
      return {
        ...ofCase(values), hasEnd: yes(values.ends !== undefined), end: values.ends === undefined ? '' : formatCalendarDay(values.ends.last, language),
        instead: values.ends?.because ?? 'none', named: values.ends?.named === undefined ? '' : formatCalendarDay(values.ends.named, language),
      };
    case 'withdrawn':
    case 'lapsed':
      return ofCase(values);
  }
};
const ofCase = ({ application, ending }: { readonly application: string; readonly ending: string }): Facts => ({ application, ending });
