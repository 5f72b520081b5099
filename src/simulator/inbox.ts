/** Mail and SMS as the people they were sent to see them, read from the ledger. */
import type { Effect } from './systems.ts';

export type InboxMail = { readonly at: string; readonly from: string; readonly name: string; readonly to: string; readonly subject: string; readonly text: string; readonly html?: string; readonly id: string };
export type InboxSms = { readonly at: string; readonly from: string; readonly to: string; readonly text: string };
export type Inbox = { readonly mail: readonly InboxMail[]; readonly sms: readonly InboxSms[] };

const word = (effect: Effect, name: string): string => {
  const value = effect.detail?.[name];
  return typeof value === 'string' ? value : '';
};

type Part = { readonly reference: number; readonly parts: number; readonly part: number };

/** A phone shows a long message when all of its parts have come, as one. */
const smsOf = (effects: readonly Effect[]): InboxSms[] => {
  const open = new Map<string, Map<number, string>>();
  return effects.filter((effect) => effect.system === 'message-centre' && effect.effect.startsWith('sms-')).flatMap((effect) => {
    const sms = { at: effect.at, from: word(effect, 'from'), to: effect.subject, text: word(effect, 'text') };
    const part = effect.detail?.['part'] as Part | undefined;
    if (!part) return [sms];
    const name = `${sms.from} ${sms.to} ${part.reference} ${part.parts}`;
    const come = (open.get(name) ?? new Map<number, string>()).set(part.part, sms.text);
    open.set(name, come);
    if (come.size < part.parts) return [];
    open.delete(name);
    return [{ ...sms, text: [...come].sort(([left], [right]) => left - right).map(([, text]) => text).join('') }];
  });
};

/** Oldest first. Without `to`, everybody's. */
export const inboxOf = (effects: readonly Effect[], to?: string): Inbox => {
  const theirs = to === undefined ? effects : effects.filter((effect) => effect.subject === to);
  const mail = theirs.filter((effect) => effect.effect === 'mail-accepted').map((effect): InboxMail => ({
    at: effect.at, from: word(effect, 'from'), name: word(effect, 'name'), to: effect.subject, subject: word(effect, 'subject'), text: word(effect, 'text'),
    ...(word(effect, 'html') === '' ? {} : { html: word(effect, 'html') }), id: effect.key,
  }));
  return { mail, sms: smsOf(theirs) };
};

/** Everybody who was ever sent anything, the latest first. */
export const receiversOf = (effects: readonly Effect[]): readonly string[] =>
  [...new Set(effects.filter((effect) => effect.effect === 'mail-accepted' || effect.effect.startsWith('sms-')).map((effect) => effect.subject).reverse())];
