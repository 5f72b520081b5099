/** What a brand's own words of a notice may be filled with, and what they may not leave out. Pure. */
import type { NoticeTemplate } from './what-follows.ts';

type OfNotice = { /** Everything that the program fills in. */ readonly may: readonly string[]; /** Without it the mail says less than its reader needs. */ readonly must: readonly string[] };

const ofCase = ['application', 'ending'] as const;
const confirming: OfNotice = { may: [...ofCase, 'until', 'second', 'days', 'hasLast', 'lastDay'], must: ['until'] };

/** The notices whose words a brand can write for itself. What the program fills in is held to this by a test. */
export const noticePlaceholders = {
  received: { may: [...ofCase, 'hasEnd', 'end', 'instead', 'named'], must: ['application'] },
  stated: { may: [...ofCase, 'until'], must: ['application', 'until'] },
  asked: { may: [...ofCase, 'materials', 'hasMore', 'count', 'note', 'hasNote', 'until'], must: ['materials', 'until'] },
  supplied: { may: [...ofCase, 'due', 'hasDue'], must: [] },
  approved: { may: [...ofCase, 'effective', 'when'], must: [] },
  ordered: { may: [...ofCase, 'effective', 'when'], must: ['effective'] },
  confirm: confirming,
  'confirm-reminder': confirming,
  barred: { may: [...ofCase, 'effective'], must: ['effective'] },
  'final-notice': { may: [...ofCase, 'effective'], must: ['effective'] },
  withdrawn: { may: [...ofCase], must: [] },
  refused: { may: [...ofCase, 'reason', 'remedy'], must: ['reason', 'remedy'] },
  lapsed: { may: [...ofCase], must: [] },
  cancelled: { may: [...ofCase, 'since', 'free', 'esim', 'esimText'], must: ['esimText'] },
} as const satisfies Partial<Record<NoticeTemplate, OfNotice>>;
export type OwnNotice = keyof typeof noticePlaceholders;

/** `mend`: what the parser stumbled over. */
export type Placeholders = { readonly names: ReadonlySet<string>; readonly broken: boolean };

/** The placeholders of a text in ICU MessageFormat: `{name}`, `{name, select, …}`, `{n, plural, …}`, however deep; `broken` where its braces don't pair. */
export const placeholdersIn = (text: string): Placeholders => {
  const names = new Set<string>();
  let at = 0;
  const quoted = (): boolean => text[at] === "'" && /^'[{}]/.test(text.slice(at, at + 2));
  /** Up to the brace that closes it, or to the end of the text. */
  const message = (inside: boolean): boolean => {
    for (; at < text.length; at += 1) {
      if (quoted()) {
        const end = text.indexOf("'", at + 1);
        if (end < 0) return false;
        at = end;
      } else if (text[at] === '}') return inside;
      else if (text[at] === '{' && !argument()) return false;
    }
    return !inside;
  };
  /** From its opening brace to its closing one. */
  const argument = (): boolean => {
    const [head, name = '', then] = /^\{\s*([\w-]+)\s*([,}])/.exec(text.slice(at)) ?? [];
    if (head === undefined) return false;
    names.add(name);
    at += head.length;
    if (then === '}') return (at -= 1, true);
    for (; at < text.length; at += 1) {
      if (text[at] === '}') return true;
      if (text[at] !== '{') continue;
      at += 1;
      if (!message(true)) return false;
    }
    return false;
  };
  const whole = message(false);
  return { names, broken: !whole };
};
