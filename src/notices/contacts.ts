import { no, ok, type Result } from '../cancellation/result.ts';
import { maskNumber } from '../evidence/subject.ts';

export type Channel = 'mail' | 'sms';
/** `address`: an e-mail address, or an E.164 number with `+`. */
export type Contact = { readonly channel: Channel; readonly address: string };
/** In the order in which they are tried; never empty. */
export type Contacts = readonly [Contact, ...Contact[]];

/** `only-the-cancelled-number`: what would be sent there arrives at nobody, or at a stranger. The form must ask for another. */
export type NoContact = { readonly kind: 'none' } | { readonly kind: 'only-the-cancelled-number' };

const digitsOf = (number: string): string => number.replace(/\D/g, '').replace(/^00/, '');

/** Mail first: it is kept and has room for reasons. Never the number that is being cancelled. Doubles are dropped. */
export const chooseContacts = ({ contacts, lineMsisdn }: { readonly contacts: readonly Contact[]; readonly lineMsisdn: string }): Result<Contacts, NoContact> => {
  const given = contacts.filter(({ address }) => address.trim() !== '');
  const working = given.filter(({ channel, address }) => channel === 'mail' || digitsOf(address) !== digitsOf(lineMsisdn));
  const keyOf = ({ channel, address }: Contact): string => (channel === 'mail' ? address.toLowerCase() : digitsOf(address));
  const once = [...new Map(working.map((contact) => [keyOf(contact), contact])).values()];
  const [first, ...others] = [...once.filter(({ channel }) => channel === 'mail'), ...once.filter(({ channel }) => channel === 'sms')];
  if (first) return ok([first, ...others]);
  return no({ kind: given.length > 0 ? 'only-the-cancelled-number' : 'none' });
};

/** `m•••@e•••.example`, `+1 202 ••• ••42`: its owner knows it again; it stands where the address may not. */
export const maskContact = ({ channel, address }: Contact): string => {
  if (channel === 'sms') return maskNumber(address);
  const [name = '', domain = ''] = address.split('@');
  const dot = domain.lastIndexOf('.');
  return `${[...name][0] ?? ''}•••@${[...domain][0] ?? ''}•••${dot > 0 ? domain.slice(dot) : ''}`;
};
