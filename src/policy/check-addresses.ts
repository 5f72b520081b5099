import { parseMsisdn } from '../cancellation/identifiers/msisdn.ts';
import type { FoundText } from './check-texts.ts';
import { fault, type Fault } from './finding.ts';
import { languages, type Pack } from './pack.ts';

const hostNames = /(?<![\w-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?![\w-])/gi;
const phoneNumbers = /\+\d[\d -]{5,}\d/g;

/**
 * A subscriber who is told one official address must not be sent to another: the mail address and every host name in a text
 * lie on the brand's site, and every phone number in a text is the brand's.
 */
export const addressFaults = (pack: Pack, texts: readonly FoundText[]): Fault[] => {
  const { site, mail, phone } = pack.addresses;
  const isOurs = (host: string): boolean => host.toLowerCase() === site || host.toLowerCase().endsWith(`.${site}`);
  const faults: Fault[] = [];
  if (!new RegExp(`^${hostNames.source}$`).test(site)) faults.push(fault('foreign-address', 'addresses.site', `“${site}” is not a host name in lower case`, 'write it without scheme, path and port: brand.example'));
  const mailHost = mail.slice(mail.lastIndexOf('@') + 1);
  if (!isOurs(mailHost)) faults.push(fault('foreign-address', 'addresses.mail', `${mail} is not on the domain of ${site}`, `use an address at ${site}`));
  if (pack.channels.includes('post') && pack.addresses.post === undefined) faults.push(fault('nowhere-to-post', 'addresses.post', 'the pack takes applications by post and names no postal address', 'add `post` to the addresses, line by line, or take `post` out of the channels'));
  const ourPhone = parseMsisdn(phone);
  if (!ourPhone.ok) faults.push(fault('not-a-number', 'addresses.phone', `“${phone}” can't be called from everywhere`, 'write it with + and the country code'));
  if (!/^[A-Za-z0-9][A-Za-z0-9 &._-]*$/.test(pack.smsSender)) faults.push(fault('not-a-sender', 'smsSender', `“${pack.smsSender}” can't be sent as the name of an SMS's sender`, 'eleven letters and digits at most, such as UltraPurple'));
  for (const { at, text } of texts) {
    for (const language of languages) {
      const written = String(text[language] ?? '');
      for (const host of new Set(written.match(hostNames) ?? [])) {
        if (!isOurs(host)) faults.push(fault('foreign-address', `${at}.${language}`, `${host} is not on the domain of ${site}`, 'take it out, or name an address of the brand'));
      }
      for (const number of new Set(written.match(phoneNumbers) ?? [])) {
        const parsed = parseMsisdn(number);
        if (!parsed.ok || !ourPhone.ok || parsed.value !== ourPhone.value) faults.push(fault('foreign-address', `${at}.${language}`, `${number} is not the brand's own number`, `use ${phone}`));
      }
    }
  }
  return faults;
};
