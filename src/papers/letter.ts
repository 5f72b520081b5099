/** The formal letter to the operator, written once for paper, for a mail and for copying (UU12). */
import { formatDay, formatPhone, translator } from '../language/index.ts';
import type { Language, Pack } from '../policy/pack.ts';
import type written from '../../messages/papers/zh-CN.json';

export type PapersKey = keyof typeof written;

/** `cancel`: nothing is under way. `progress`: it is. `objection`: it was refused. `complete`: it got stuck. */
export const letterKinds = ['cancel', 'progress', 'objection', 'complete'] as const;
export type LetterKind = (typeof letterKinds)[number];

/** What is not known is left blank, to be filled in by hand. `accountName`: what they sign in with. `orderNumber`: of the application, or under which the line is billed. */
export type LetterFacts = {
  readonly kind: LetterKind;
  readonly name?: string;
  readonly msisdn?: string;
  readonly accountName?: string;
  readonly email?: string;
  readonly orderNumber?: string;
  readonly refusedBecause?: string;
  readonly at: Date;
};

export type Letter = {
  /** Line by line: to whom, at which official addresses. */
  readonly to: readonly string[];
  readonly date: string;
  readonly subject: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly body: readonly string[];
  readonly name: string;
};

export const letterOf = (pack: Pick<Pack, 'name' | 'addresses' | 'calendar'>, given: LetterFacts, language: Language): Letter => {
  const say = translator<PapersKey>('papers', language);
  const blank = say('letter.blank');
  const { addresses } = pack;
  const brand = pack.name[language];
  return {
    to: [say('letter.to', { brand }), ...(addresses.post ?? []), say('letter.to-mail', { mail: addresses.mail }), say('letter.to-site', { site: addresses.site })],
    date: formatDay(given.at, pack.calendar.zone, language),
    subject: say(`letter.subject.${given.kind}`, { number: given.orderNumber ?? blank }),
    facts: [
      { label: say('letter.name'), value: given.name ?? blank },
      { label: say('letter.line'), value: given.msisdn === undefined ? blank : formatPhone(given.msisdn) },
      { label: say('letter.account-name'), value: given.accountName === undefined ? blank : /^\+\d+$/.test(given.accountName) ? formatPhone(given.accountName) : given.accountName },
      { label: say('letter.email'), value: given.email ?? blank },
      { label: say('letter.order'), value: given.orderNumber ?? blank },
    ],
    body: [
      say(`letter.body.${given.kind}`, { brand }),
      ...(given.refusedBecause === undefined ? [] : [say('letter.refused', { because: given.refusedBecause })]),
      say('letter.answer'),
    ],
    name: given.name ?? blank,
  };
};

/** The same for a mail: plain lines, to be copied or opened in a mail program. */
export const letterText = ({ to: [to = ''], date, facts, body, name }: Letter): string =>
  [to, ...body, facts.map(({ label, value }) => `${label}${/[\u4e00-\u9fff]/.test(label) ? '：' : ': '}${value}`).join('\n'), `${name}\n${date}`].join('\n\n');

export const mailtoOf = (address: string, letter: Letter): string =>
  `mailto:${address}?${new URLSearchParams({ subject: letter.subject, body: letterText(letter) }).toString().replaceAll('+', '%20')}`;
