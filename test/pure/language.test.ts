import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { IntlMessageFormat } from 'intl-messageformat';
import { areas, chooseLanguage, composer, formatCalendarDay, formatClock, formatDay, formatInstant, formatMoney, formatPhone, localeOf, translator } from '../../src/language/index.ts';
import { pastOf } from '../../src/cancellation/events.ts';
import { states } from '../../src/cancellation/life-cycle.ts';
import { lineKinds } from '../../src/cancellation/line.ts';
import { templateNames } from '../../src/notices/templates.ts';
import { documentKinds, languages, pack } from '../../src/policy/pack.ts';

const messages = new URL('../../messages/', import.meta.url);
const catalogue = (area: string, language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`${area}/${language}.json`, messages), 'utf8')) as Record<string, string>;

/** The names that a message wants filled in; `said`: those that show, and don't just choose between wordings. */
const wanted = (text: string): { all: Set<string>; said: Set<string> } => {
  const all = new Set<string>();
  const said = new Set<string>();
  const walk = (elements: readonly { type: number; value?: unknown; options?: object; children?: unknown }[]): void => {
    for (const element of elements) {
      if (element.type !== 0 && element.type !== 7) all.add(String(element.value));
      if (element.type !== 0 && element.type !== 7 && element.type !== 5 && element.type !== 6) said.add(String(element.value));
      for (const option of Object.values(element.options ?? {})) walk((option as { value: never }).value);
      if (element.children) walk(element.children as never);
    }
  };
  walk(new IntlMessageFormat(text, 'en').getAst() as never);
  return { all, said };
};

describe('messages', () => {
  it('has no folder that is not an area', () => {
    expect(readdirSync(messages).filter((name) => name !== 'README.md' && !(areas as readonly string[]).includes(name))).toEqual([]);
  });

  it.each(areas.filter((area) => existsSync(new URL(`${area}/zh-CN.json`, messages))))('%s says the same in all languages, and each message compiles', (area) => {
    const chinese = catalogue(area, 'zh-CN');
    for (const language of languages) {
      const other = catalogue(area, language);
      expect(Object.keys(other).sort(), language).toEqual(Object.keys(chinese).sort());
      for (const [key, text] of Object.entries(other)) {
        if (!key.endsWith('.joint')) expect(text.trim(), `${language} ${key}`).not.toBe('');
        expect(() => new IntlMessageFormat(text, localeOf[language]), `${language} ${key}`).not.toThrow();
        const [here, there] = [wanted(text), wanted(chinese[key] ?? '')];
        // Nothing is said that the Chinese does not know of; English may do without a count that Chinese says.
        expect([...here.said].filter((name) => !there.all.has(name)), `${language} ${key}`).toEqual([]);
        if (language === 'zh-TW') expect([...there.said].filter((name) => !here.all.has(name)), `${language} ${key}`).toEqual([]);
      }
    }
  });

  it.each(areas.filter((area) => existsSync(new URL(`${area}/zh-CN.json`, messages))))('%s sets Chinese with full-width punctuation', (area) => {
    for (const language of ['zh-CN', 'zh-TW'] as const) {
      const half = Object.entries(catalogue(area, language)).filter(([, text]) => /[\p{Script=Han}][,;:!?]|[,;:!?][\p{Script=Han}]/u.test(text.replace(/\{\w+, *(plural|select|number)[^]*$/, '')));
      expect(half, language).toEqual([]);
    }
  });

  it('has a name at the desk for every notice: a case page lists all that was sent', () => {
    expect(templateNames.filter((name) => !(`notice.${name}` in catalogue('console', 'zh-CN')))).toEqual([]);
  });

  it('has a word for every state, step, kind of line and document', () => {
    const life = new Set(Object.keys(catalogue('life', 'zh-CN')));
    const wantedKeys = [
      ...states.map((state) => `state.${state}`), ...pack.shape.steps.element.options.map((step) => `step.${step}`),
      ...lineKinds.flatMap((kind) => [`kind.${kind}`, `this.${kind}`]), ...documentKinds.map((kind) => `document.${kind}`),
      ...Object.values(pastOf).flatMap((event) => [`event.${event}`, `to-come.${event}`]),
    ];
    expect(wantedKeys.filter((key) => !life.has(key))).toEqual([]);
  });

  it('throws for a key that does not exist', () => {
    expect(() => translator('life', 'en')('no.such.key')).toThrow('no message life/en: no.such.key');
  });

  it('composes pieces of a sentence with elements between them', () => {
    const words = composer('life', 'en');
    const pieces = words<{ bold: string }>('verdict.from', { day: { bold: 'Thursday' } });
    expect(pieces).toContainEqual({ bold: 'Thursday' });
  });
});

describe('language of a page', () => {
  it.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', undefined, 'zh-CN'], ['zh-TW,zh;q=0.9', undefined, 'zh-TW'], ['zh-HK', undefined, 'zh-TW'],
    ['zh-Hant-MY', undefined, 'zh-TW'], ['zh-Hans-HK', undefined, 'zh-CN'], ['zh-SG', undefined, 'zh-CN'], ['yue', undefined, 'zh-TW'],
    ['en-US,en;q=0.5', undefined, 'en'], ['en;q=0.3,zh-TW;q=0.9', undefined, 'zh-TW'], ['zh;q=0,en', undefined, 'en'],
    ['fr,de;q=0.8', undefined, 'en'], ['fr,zh-TW;q=0.2', undefined, 'zh-TW'], ['*', undefined, 'zh-CN'], ['', undefined, 'zh-CN'],
    [undefined, undefined, 'zh-CN'], ['en', 'zh-TW', 'zh-TW'], ['en', 'klingon', 'en'],
  ])('%s with cookie %s is %s', (header, cookie, language) => {
    expect(chooseLanguage(header, cookie)).toBe(language);
  });
});

describe('dates and amounts', () => {
  const at = new Date('2026-12-03T06:02:00Z');
  const now = new Date('2026-11-20T00:00:00Z');
  it.each([
    ['zh-CN', '12月3日（周四）', '12月3日（周四）14:02', '2026年12月3日（周四）'],
    ['zh-TW', '12月3日（週四）', '12月3日（週四）14:02', '2026年12月3日（週四）'],
    ['en', 'Thursday 3 December', 'Thursday 3 December, 14:02', 'Thursday 3 December 2026'],
  ] as const)('%s', (language, day, instant, withYear) => {
    expect(formatDay(at, 'Asia/Shanghai', language, now)).toBe(day);
    expect(formatInstant(at, 'Asia/Shanghai', language, now)).toBe(instant);
    expect(formatDay(at, 'Asia/Shanghai', language)).toBe(withYear);
    expect(formatDay(at, 'Asia/Shanghai', language, new Date('2027-01-01T00:00:00Z'))).toBe(withYear);
    expect(formatCalendarDay('2026-12-03', language, now)).toBe(day);
  });

  it('says the day of the zone, not of the machine, and midnight as 00', () => {
    expect(formatInstant(new Date('2026-12-31T16:00:00Z'), 'Asia/Shanghai', 'zh-CN', now)).toBe('2027年1月1日（周五）00:00');
    expect(formatClock(new Date('2026-12-31T16:00:07Z'), 'Asia/Shanghai', 'en')).toBe('00:00:07');
  });

  it('sets every number as the library does that parses it', () => {
    let last = 7;
    const digit = (): number => (last = (last * 16_807) % 2_147_483_647) % 10;
    for (const country of getCountries())
      for (let times = 0; times < 40; times++) {
        const number = `+${getCountryCallingCode(country)}${Array.from({ length: 5 + (times % 8) }, digit).join('')}`;
        expect(formatPhone(number)).toBe(parsePhoneNumberFromString(number)?.formatInternational() ?? number);
      }
  });

  it('says what Intl would say, on every day of a year and on those on which clocks are put', () => {
    for (const zone of ['Asia/Shanghai', 'Asia/Taipei', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Chatham', 'UTC']) {
      const asked = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 2); at += 5 * 3_600_000 + 17 * 60_000 + 31_000) {
        const { weekday, day, month, year, hour, minute } = Object.fromEntries(asked.formatToParts(at).map(({ type, value }) => [type, value]));
        expect(formatInstant(new Date(at), zone, 'en')).toBe(`${weekday} ${day} ${month} ${year}, ${hour}:${minute}`);
      }
    }
  });

  it('writes amounts with a currency that can be told from its neighbours', () => {
    expect(formatMoney({ minor: 420, currency: 'USD' }, 'zh-CN')).toBe('US$4.20');
    expect(formatMoney({ minor: 123456, currency: 'TWD' }, 'zh-TW')).toBe('NT$1,234.56');
    expect(formatMoney({ minor: -690, currency: 'CNY' }, 'zh-CN')).toBe('−¥6.90');
    expect(formatMoney({ minor: 690, currency: 'CNY' }, 'en')).toBe('CN¥6.90');
    expect(formatMoney({ minor: 500, currency: 'JPY' }, 'en')).toBe('JP¥500');
  });

  it('groups telephone numbers', () => {
    expect(formatPhone('+12025550142')).toBe('+1 202 555 0142');
    expect(formatPhone('+447700900123')).toBe('+44 7700 900123');
    expect(formatPhone('none')).toBe('none');
    expect(formatPhone('+4407700900123')).toBe('+44 7700 900123');
  });
});
