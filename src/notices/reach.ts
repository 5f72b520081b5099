/** How a subscriber can be reached about one of their lines: contacts of record, then those on the case's form. */
import { parseEMail } from '../cancellation/identifiers/e-mail.ts';
import { parseMsisdn } from '../cancellation/identifiers/msisdn.ts';
import type { Tx } from '../store/db.ts';
import { contextOf, formContents, lineContents, opened, personContents } from '../vault/contents.ts';
import type { Keyring } from '../vault/keyring.ts';
import { chooseContacts, type Contact, type Contacts, type NoContact } from './contacts.ts';
import { languages, type Language } from '../policy/pack.ts';
import type { Result } from '../cancellation/result.ts';

/** `named`: the last day of service that the case's form asks for, as typed. */
export type Reach = { readonly language: Language; readonly ending: string; readonly contacts: Result<Contacts, NoContact>; readonly named?: string };

type PersonRow = { id: string; language: string; sealed: Buffer };
type CaseRow = { id: string; subscriber_id: string; line_id: string; line: Buffer; form: Buffer | null };

const mail = (text: string | null | undefined): Contact[] => {
  const parsed = parseEMail(text ?? '');
  return parsed.ok ? [{ channel: 'mail', address: parsed.value }] : [];
};
const sms = (text: string | null | undefined): Contact[] => {
  const parsed = parseMsisdn(text ?? '');
  return parsed.ok ? [{ channel: 'sms', address: parsed.value }] : [];
};
const languageOf = (text: string): Language => languages.find((one) => one === text) ?? 'zh-CN';

const personsOf = async (tx: Tx, ids: readonly string[]): Promise<Map<string, PersonRow>> =>
  new Map((await tx.query<PersonRow>('select id, language, sealed from subscribers where id = any($1::uuid[])', [ids])).map((row) => [row.id, row]));

/** By case. */
export const reachForCases = async (tx: Tx, keyring: Keyring, caseIds: readonly string[]): Promise<Map<string, Reach>> => {
  const cases = await tx.query<CaseRow>(
    `select c.id, c.subscriber_id, c.line_id, l.sealed as line, c.sealed_form as form from cancellations c join lines l on l.id = c.line_id where c.id = any($1::uuid[])`, [caseIds]);
  const persons = await personsOf(tx, cases.map((row) => row.subscriber_id));
  return new Map(cases.map((row): [string, Reach] => {
    const person = persons.get(row.subscriber_id);
    if (person === undefined) throw new Error('a case without its subscriber');
    const { email, contactPhone } = opened(keyring.openJson(person.id, contextOf.person(person.id), person.sealed, personContents));
    const form = row.form === null ? {} : opened(keyring.openJson(person.id, contextOf.form(row.id), row.form, formContents));
    const { msisdn } = opened(keyring.openJson(person.id, contextOf.line(row.line_id), row.line, lineContents));
    const contacts = [...mail(email), ...mail(form.email), ...sms(contactPhone), ...sms(form.phone)];
    return [row.id, { language: languageOf(person.language), ending: msisdn.slice(-2), contacts: chooseContacts({ contacts, lineMsisdn: msisdn }), ...(form.endsOn ? { named: form.endsOn } : {}) }];
  }));
};

/** About a line that may have no case: the contacts of record. */
export const reachForLine = async (tx: Tx, keyring: Keyring, subscriberId: string, lineId: string): Promise<Reach> => {
  const person = (await personsOf(tx, [subscriberId])).get(subscriberId);
  const [line] = await tx.query<{ sealed: Buffer }>('select sealed from lines where id = $1', [lineId]);
  if (person === undefined || line === undefined) throw new Error('a line without its subscriber');
  const { email, contactPhone } = opened(keyring.openJson(subscriberId, contextOf.person(subscriberId), person.sealed, personContents));
  const { msisdn } = opened(keyring.openJson(subscriberId, contextOf.line(lineId), line.sealed, lineContents));
  return { language: languageOf(person.language), ending: msisdn.slice(-2), contacts: chooseContacts({ contacts: [...mail(email), ...sms(contactPhone)], lineMsisdn: msisdn }) };
};

/**
 * Where a code goes: the contact of record that the person wants it at, else the other one. Never a number of their own lines,
 * which may be the one that is being cancelled, or in a stranger's hands after a SIM swap.
 */
export const reachForCode = async (tx: Tx, keyring: Keyring, subscriberId: string, wanted: 'mail' | 'sms'): Promise<{ readonly language: Language; readonly contact: Contact | undefined } | undefined> => {
  const person = (await personsOf(tx, [subscriberId])).get(subscriberId);
  if (person === undefined) return undefined;
  const { email, contactPhone } = opened(keyring.openJson(subscriberId, contextOf.person(subscriberId), person.sealed, personContents));
  const lines = await tx.query<{ id: string; sealed: Buffer }>('select id, sealed from lines where subscriber_id = $1', [subscriberId]);
  const own = new Set(lines.map((line) => opened(keyring.openJson(subscriberId, contextOf.line(line.id), line.sealed, lineContents)).msisdn));
  const contacts = [...mail(email), ...sms(contactPhone).filter(({ address }) => !own.has(address))];
  return { language: languageOf(person.language), contact: contacts.find(({ channel }) => channel === wanted) ?? contacts[0] };
};
