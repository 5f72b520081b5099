/** A telling as a message in one language, over one channel. */
import type { Message } from '../plan/ports.ts';
import type { Language } from '../policy/pack.ts';
import type { Channel } from './contacts.ts';
import { mailHtml } from './mail-html.ts';
import { standingOf, type Telling } from './templates.ts';
import { factsOf, inOneLine, wordsOf, type Voice } from './words.ts';

/** Curly quotes, dashes and ellipses would make an English SMS of GSM-7 one of UCS-2, with less than half the room. */
const plain = (text: string): string =>
  text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[–—]/g, '-').replaceAll('…', '...').replaceAll('\u00a0', ' ');

/** Where it leads to, if anywhere. */
const urlOf = ({ template, values }: Telling, voice: Voice): string | undefined => {
  if (template === 'to-sign') return voice.signUrl(values.token);
  if (template === 'draft-lapses' || template === 'draft-lapsed') return voice.homeUrl;
  if ('token' in values) return voice.confirmUrl(values.token);
  return 'application' in values && values.application !== undefined ? voice.caseUrl(values.application) : undefined;
};

export const render = (telling: Telling, channel: Channel, language: Language, voice: Voice): Omit<Message, 'to'> => {
  const words = wordsOf(voice, language);
  const brand = inOneLine(voice.name[language]);
  const { template } = telling;
  const facts = factsOf(telling, voice, language, words, channel === 'sms');
  const standing = words(`standing.${standingOf(telling)}`, facts);
  const url = urlOf(telling, voice);

  if (channel === 'sms') {
    const said = words(`${template}.sms`, { ...facts, standing });
    const text = inOneLine(words('sms', { brand, text: url === undefined ? said : words('sms.link', { text: said, url }) }));
    return { from: voice.smsSender, text: language === 'en' ? plain(text) : text };
  }

  const { site, mail, phone, hours } = voice.addresses;
  const subject = words(`${template}.mail.subject`, facts);
  const body = words(`${template}.mail.text`, facts).trim().split(/\n{2,}/);
  const code = 'code' in telling.values ? telling.values.code : undefined;
  // A code is what its mail is about; of the line it only has to be said that nothing happens to it.
  const [headline, paragraphs] = code === undefined ? [standing, body] : [subject, [...body, standing]];
  const action = url === undefined ? undefined : { label: words(`${template}.action`), url };
  const foot = [words('mail.official', { site, mail, phone, hours: hours[language] }), words(template === 'code-call' ? 'mail.no-reply.call' : 'mail.no-reply')];
  return {
    from: `${brand.replace(/["<>\\,;:@]/g, ' ').trim()} <${mail}>`,
    subject: inOneLine(words('mail.subject', { subject, brand })),
    text: [headline, ...paragraphs, ...(action ? [`${action.label}\n${action.url}`] : []), '--', foot.join('\n')].join('\n\n'),
    html: mailHtml({ language, brand, colour: voice.colour.light, headline, paragraphs, foot, ...(code === undefined ? {} : { code }), ...(action ? { action } : {}) }),
  };
};
