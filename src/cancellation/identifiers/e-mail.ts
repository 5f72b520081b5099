import { no, ok, type Result } from '../result.ts';
import { narrowed } from './as-typed.ts';
import type { Checked } from './checked.ts';

/**
 * A mailbox as mail servers take it (RFC 5321 §4.1.2, without quoted strings and address literals):
 * the part before @ as typed, the domain in lower case and, where it is international, in its ASCII form (`xn--…`).
 */
export type EMail = Checked<'e-mail'>;
export type EMailFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'no-at-sign' }
  | { readonly kind: 'several-at-signs' }
  | { readonly kind: 'nothing-before-at-sign' }
  /** A character that mail servers don't take unquoted, a dot at an edge, two dots in a row. */
  | { readonly kind: 'bad-name'; readonly found: string }
  /** Needs SMTPUTF8, which too few servers speak for a notice that must arrive. */
  | { readonly kind: 'name-not-ascii'; readonly found: string }
  | { readonly kind: 'name-too-long'; readonly octets: number }
  | { readonly kind: 'bad-domain' }
  /** No dot in it, or nothing but digits after the last: not a domain of the public Internet. */
  | { readonly kind: 'incomplete-domain' }
  | { readonly kind: 'too-long'; readonly octets: number };

const nameCharacter = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]/; // atext and the dot, RFC 5322 §3.2.3
const label = /^(?!-)[\p{L}\p{N}\p{M}-]{1,63}(?<!-)$/u;

export const parseEMail = (text: string): Result<EMail, EMailFault> => {
  const typed = narrowed(text).trim();
  if (typed === '') return no({ kind: 'empty' });
  const [name = '', domainTyped, ...more] = typed.split('@');
  if (domainTyped === undefined) return no({ kind: 'no-at-sign' });
  if (more.length > 0) return no({ kind: 'several-at-signs' });
  const nameFault = faultOfName(name);
  if (nameFault) return no(nameFault);
  const domain = asciiDomain(domainTyped.replaceAll('。', '.')); // the full stop of a Chinese input method
  if (!domain.ok) return domain;
  const address = `${name}@${domain.value}`;
  return address.length > 254 ? no({ kind: 'too-long', octets: address.length }) : ok(address as EMail); // RFC 5321 §4.5.3.1.3
};

const faultOfName = (name: string): EMailFault | undefined => {
  if (name === '') return { kind: 'nothing-before-at-sign' };
  const found = [...name].find((character) => !nameCharacter.test(character));
  if (found !== undefined) return found > '\u007f' ? { kind: 'name-not-ascii', found } : { kind: 'bad-name', found };
  if (/^\.|\.$|\.\./.test(name)) return { kind: 'bad-name', found: '.' };
  return name.length > 64 ? { kind: 'name-too-long', octets: name.length } : undefined; // RFC 5321 §4.5.3.1.1
};

const asciiDomain = (typed: string): Result<string, EMailFault> => {
  const labels = typed.split('.');
  if (!labels.every((part) => label.test(part))) return no({ kind: typed.includes('.') || typed === '' ? 'bad-domain' : 'incomplete-domain' });
  if (labels.length < 2 || /^\d+$/.test(labels.at(-1) ?? '')) return no({ kind: 'incomplete-domain' });
  // Letters and digits only from here, so that nothing else in it can be read as a part of a URL.
  if (!URL.canParse(`http://${typed}`)) return no({ kind: 'bad-domain' });
  const domain = new URL(`http://${typed}`).hostname; // UTS #46: lower case, ASCII form
  const fits = domain.length <= 253 && domain.split('.').every((part) => part.length <= 63);
  return fits ? ok(domain) : no({ kind: 'bad-domain' });
};
