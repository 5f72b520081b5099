/** Is an address, a number or a sender one of a brand's own, one that is made to look like it, or none of them (EC3)? */
import { slips } from './nearness.ts';
import { fromPunycode } from './punycode.ts';
import type { Pack } from './pack.ts';

export type Official = Pick<Pack, 'addresses' | 'smsSender' | 'social'>;
export type AddressKind = 'site' | 'mail' | 'phone' | 'sender' | 'social';

/**
 * How it deceives: letters of another script that look the same; our name in front of somebody else's domain; our name with
 * something added; our name under another ending; a slip of the hand away; our name before an `@` that is not a host.
 */
export type Trick = 'other-letters' | 'extra-domain' | 'added-words' | 'other-ending' | 'nearly-the-same' | 'before-the-at';

export type Judged =
  | { readonly kind: 'official'; readonly as: AddressKind }
  | { readonly kind: 'look-alike'; readonly of: AddressKind; readonly trick: Trick; readonly official: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'nothing' };

/** Characters that people take for Latin ones; after NFKC and without accents. Pairs of letters that look like one go last. */
const looksLike: Readonly<Record<string, string>> = {
  а: 'a', ɑ: 'a', α: 'a', в: 'b', с: 'c', ϲ: 'c', ԁ: 'd', е: 'e', ҽ: 'e', ε: 'e', һ: 'h', і: 'i', ı: 'i', ι: 'i', ӏ: 'l', ј: 'j', к: 'k', κ: 'k', м: 'm', п: 'n', ո: 'n', η: 'n',
  о: 'o', ο: 'o', օ: 'o', σ: 'o', р: 'p', ρ: 'p', ԛ: 'q', г: 'r', ѕ: 's', т: 't', τ: 't', υ: 'u', ս: 'u', ν: 'v', ѵ: 'v', ԝ: 'w', ω: 'w', х: 'x', χ: 'x', у: 'y', γ: 'y',
  '0': 'o', '1': 'l', '3': 'e', '5': 's', '|': 'l', '‐': '-', '‑': '-', '–': '-', '—': '-', '_': '-', '。': '.', '．': '.',
};
const asSeen = (text: string): string =>
  [...text.normalize('NFKC').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')].map((letter) => looksLike[letter] ?? letter).join('').replaceAll('rn', 'm').replaceAll('vv', 'w').replaceAll('i', 'l');

const readable = (host: string): string => host.split('.').map((label) => fromPunycode(label) ?? label).join('.');
const isUnder = (host: string, site: string): boolean => host === site || host.endsWith(`.${site}`);
const mostSlips = (word: string): number => (word.length < 5 ? 0 : word.length < 10 ? 1 : 2);

/** A host name that is not the brand's: does it try to pass for it? */
const trickOfHost = (host: string, site: string): Trick | undefined => {
  const [seen, ours] = [asSeen(readable(host)), asSeen(site)];
  if (isUnder(seen, ours)) return 'other-letters';
  const name = ours.split('.')[0] ?? ours;
  if (seen.startsWith(`${ours}.`) || seen.includes(`.${ours}.`) || seen.includes(`${ours.replaceAll('.', '-')}`)) return 'extra-domain';
  const labels = seen.split('.');
  const bare = labels.map((label) => label.replaceAll('-', ''));
  if (labels.at(-2) === name || bare.at(-2) === name.replaceAll('-', '')) return 'other-ending';
  if (labels.slice(0, -1).includes(name)) return 'extra-domain';
  if (name.length > 3 && (labels.some((label) => `-${label}-`.includes(`-${name}-`)) || (name.length > 5 && bare.some((label) => label.includes(name.replaceAll('-', '')))))) return 'added-words';
  const near = [seen, labels.slice(-2).join('.')].some((one) => slips(one, ours, mostSlips(name)) <= mostSlips(name)) || labels.slice(0, -1).some((label) => slips(label, name, mostSlips(name)) <= mostSlips(name) && mostSlips(name) > 0);
  return near ? 'nearly-the-same' : undefined;
};

const judgeHost = (host: string, site: string, of: 'site' | 'mail', official: string): Judged => {
  const trick = trickOfHost(host, site);
  return trick === undefined ? { kind: 'unknown' } : { kind: 'look-alike', of, trick, official };
};

const judgeLink = (typed: string, { addresses: { site } }: Official): Judged => {
  const rest = typed.replace(/^[a-z][a-z0-9+.-]*:[\\/]*/i, '').split(/[/?#\\]/)[0] ?? '';
  const host = (rest.split('@').at(-1) ?? '').replace(/:\d*$/, '').replace(/[.。．]+$/, '').toLowerCase();
  if (isUnder(host, site)) return { kind: 'official', as: 'site' };
  // What stands before an @ is no host: the browser goes to what stands behind it.
  if (rest.includes('@') && asSeen(rest.slice(0, rest.lastIndexOf('@'))).includes(asSeen(site))) return { kind: 'look-alike', of: 'site', trick: 'before-the-at', official: site };
  return judgeHost(host, site, 'site', site);
};

const judgeMail = (typed: string, { addresses: { site, mail } }: Official): Judged => {
  const address = typed.replace(/^mailto:/i, '').toLowerCase();
  if (address === mail.toLowerCase()) return { kind: 'official', as: 'mail' };
  const domain = address.slice(address.lastIndexOf('@') + 1);
  // Under our own domain, but not the address that we write from.
  return isUnder(domain, site) ? { kind: 'unknown' } : judgeHost(domain, site, 'mail', mail);
};

const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '').replace(/^00/, '');

const judgePhone = (typed: string, { addresses: { phone } }: Official): Judged => {
  const [theirs, ours] = [digitsOf(typed), digitsOf(phone)];
  if (theirs === ours) return { kind: 'official', as: 'phone' };
  return slips(theirs, ours, 1) <= 1 ? { kind: 'look-alike', of: 'phone', trick: 'nearly-the-same', official: phone } : { kind: 'unknown' };
};

/** A name without a dot: who sends an SMS, or an account elsewhere. */
const judgeName = (typed: string, { smsSender, social }: Official): Judged => {
  if (typed === smsSender) return { kind: 'official', as: 'sender' };
  const own = social.find(({ handle }) => handle.toLowerCase() === typed.toLowerCase() || handle.replace(/^@/, '').toLowerCase() === typed.toLowerCase());
  if (own !== undefined) return { kind: 'official', as: 'social' };
  const known = [{ of: 'sender' as const, official: smsSender }, ...social.map(({ handle }) => ({ of: 'social' as const, official: handle }))];
  const seen = asSeen(typed.replace(/^@/, ''));
  const tricks: readonly (readonly [Trick, (ours: string) => boolean])[] = [
    ['other-letters', (ours) => seen === ours],
    ['nearly-the-same', (ours) => slips(seen, ours, mostSlips(ours)) <= mostSlips(ours)],
    ['added-words', (ours) => ours.length > 3 && seen.includes(ours)],
  ];
  for (const [trick, fits] of tricks)
    for (const { of, official } of known) if (fits(asSeen(official.replace(/^@/, '')))) return { kind: 'look-alike', of, trick, official };
  return { kind: 'unknown' };
};

/** `typed`: one address as it was pasted: a link, a host, a mail address, a phone number, a sender's name. */
export const judgeAddress = (typed: string, official: Official): Judged => {
  const text = typed.trim().replace(/^[<"'“‘「(（]+|[>"'”’」)）,，;；!！]+$/g, '').replace(/[\p{Cf}\p{Cc}]/gu, '').slice(0, 2000);
  const plain = text.normalize('NFKC');
  if (text === '') return { kind: 'nothing' };
  if (official.social.some(({ handle }) => handle.toLowerCase() === plain.toLowerCase())) return { kind: 'official', as: 'social' };
  if (/^[a-z][a-z0-9+.-]*:[\\/]{2}/i.test(plain)) return judgeLink(text, official);
  if (/^(mailto:)?[^@\s/]+@[^@\s/]+\.[^@\s/]+$/i.test(plain)) return judgeMail(text, official);
  if (/^(tel:)?[+(]?[\d\s().-]{5,}$/.test(plain)) return judgePhone(plain, official);
  if (/[.。][^\s.。]{2,}/.test(plain) && !/\s/.test(plain)) return judgeLink(text, official);
  return judgeName(text, official);
};
