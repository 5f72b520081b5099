import { fault, type Fault } from './finding.ts';
import { noticePlaceholders, placeholdersIn, type OwnNotice } from './notice-placeholders.ts';
import { languages, type Pack } from './pack.ts';

const list = (names: readonly string[]): string => names.map((name) => `{${name}}`).join(', ');

/** A brand's own words of its notices: nothing that nobody fills in, nothing left out that their reader needs. */
export const noticeFaults = (pack: Pack): Fault[] =>
  (Object.keys(pack.notices) as OwnNotice[]).flatMap((notice) => {
    const { may, must }: { readonly may: readonly string[]; readonly must: readonly string[] } = noticePlaceholders[notice];
    return (['subject', 'text', 'sms', 'action'] as const).flatMap((part) => {
      const text = pack.notices[notice]?.[part];
      if (text === undefined) return [];
      const allowed = part === 'action' ? [] : part === 'sms' ? [...may, 'standing'] : may;
      const needed = part === 'text' ? must : part === 'sms' ? ['standing'] : [];
      return languages.flatMap((language): Fault[] => {
        const at = `notices.${notice}.${part}.${language}`;
        const { names, broken } = placeholdersIn(text[language]);
        if (broken) return [fault('broken-text', at, 'its braces don’t pair, so it can’t be filled in', 'close each { with a }; a brace that is meant to be read stands in \'single quotes\'')];
        const unknown = [...names].filter((name) => !allowed.includes(name));
        const left = needed.filter((name) => !names.has(name));
        return [
          ...unknown.map((name) => fault('unknown-placeholder', at, `nothing is ever filled in for {${name}}`, allowed.length === 0 ? 'write it without placeholders' : `use one of ${list(allowed)}`)),
          ...left.map((name) => fault('placeholder-left-out', at, name === 'standing' ? 'the SMS does not say whether the line is cancelled' : `its reader is not told {${name}}`, `put {${name}} where it belongs`)),
        ];
      });
    });
  });
