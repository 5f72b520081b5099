import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allPacks, jurisdictions } from '../../policies/index.ts';
import { partsOf } from '../../src/connectors/smpp/text.ts';
import { chooseContacts, maskContact } from '../../src/notices/contacts.ts';
import { render } from '../../src/notices/render.ts';
import { templateNames, templates, type Telling, type Template } from '../../src/notices/templates.ts';
import { voicesOf } from '../../src/notices/voices.ts';
import type { Voice } from '../../src/notices/words.ts';
import { languages } from '../../src/policy/pack.ts';
import { packsOf } from '../../src/policy/packs.ts';

const clock = { now: () => new Date('2026-11-24T06:02:00Z') };
const packs = packsOf(allPacks, jurisdictions);
const voice: Voice = voicesOf(packs, clock, (brand) => `https://${brand}.example/${brand}`)('ultra-purple');

const ofCase = { application: '7F3K-9Q2M-4TWX-C', ending: '42' };
const effective = '2026-12-10T02:00:00.000Z';
const link = { token: 'A'.repeat(43), until: effective };
/** The longest that a notice has to say: every text of the pack, in turn. */
const tellings = (language: (typeof languages)[number]): Telling[] => {
  const values: { readonly [Name in Template]: readonly unknown[] } = {
    'one-time-code': [{ code: '12345678', minutes: 10 }],
    'code-reset': [{ code: '12345678', minutes: 10 }],
    'password-changed': [{ at: effective }],
    'question-changed': [{ at: effective }],
    'sign-in-names': [{ names: [{ kind: 'user-name', name: 'rain.in.the.harbour' }, { kind: 'phone', name: '+12025550142' }] }],
    'data-request': [{ kind: 'copy', stands: 'received', due: effective }, { kind: 'erase', stands: 'received', due: null }, { kind: 'erase', stands: 'extended', due: effective, because: 'many' }, { kind: 'copy', stands: 'answered', due: null }],
    'to-sign': [{ ending: '42', token: link.token, until: effective }],
    'draft-lapses': [{ ending: '42', until: effective }],
    'draft-lapsed': [{ ending: '42' }],
    'refund-arrived': [{ ...ofCase, amount: { minor: 1_234_567, currency: 'USD' }, since: effective }, { ...ofCase, amount: { minor: 950, currency: 'CNY' }, since: null }],
    'refund-failed': [{ ...ofCase, amount: { minor: 1_234_567, currency: 'USD' }, since: effective }, { ...ofCase, amount: { minor: 950, currency: 'CNY' }, since: null }],
    answered: [ofCase, { ending: '42' }],
    'code-call': [{ code: '12345678', minutes: 10 }],
    received: [ofCase, { ...ofCase, off: 'ordered' }],
    stated: [{ ...ofCase, until: effective }],
    'statement-received': [
      { act: 'cancellation', reference: ofCase.application, at: effective, name: '林小雨', contract: '+1 202 555 0142', kind: 'extraordinary', reason: 'x'.repeat(400), ends: '2026-12-31' },
      { act: 'withdrawal', reference: ofCase.application, at: effective, name: '林小雨', contract: '7Q-1', kind: null, reason: null, ends: null },
    ],
    asked: [
      { ...ofCase, materials: allPacks.flatMap((pack) => pack.materials.map(({ says }) => says[language])), note: null, until: effective },
      { ...ofCase, materials: allPacks.slice(0, 1).flatMap((pack) => pack.materials.slice(0, 1).map(({ says }) => says[language])), note: language === 'en' ? 'The photo reflects.' : '照片反光。', until: effective },
    ],
    supplied: [{ ...ofCase, due: effective }, { ...ofCase, due: null }],
    approved: [{ ...ofCase, effective }, { ...ofCase, effective: null }, { ...ofCase, effective: null, off: 'done' }, { ...ofCase, effective, atOnce: true }],
    ordered: [{ ...ofCase, effective }, { ...ofCase, effective, atOnce: true }],
    confirm: [false, true].map((second) => ({ ...ofCase, ...link, second, days: second ? 0 : 30 })),
    'confirm-reminder': [false, true].map((second) => ({ ...ofCase, ...link, second, days: second ? 0 : 30 })),
    barred: [{ ...ofCase, effective }],
    'final-notice': [{ ...ofCase, effective }],
    withdrawn: [ofCase],
    refused: allPacks.flatMap((pack) => pack.refusals.map(({ says, remedy }) => ({ ...ofCase, reason: says[language], remedy: remedy[language] }))),
    lapsed: [ofCase, { ...ofCase, off: 'done' }],
    cancelled: [null, 'never-installed', 'not-confirmed', 'reported-deleted'].map((esim) => ({ ...ofCase, since: effective, free: '2027-03-10', esim })),
    'delete-profile': [false, true].map((last) => ({ ...ofCase, since: effective, last })),
    'profile-deleted': [{ ...ofCase, since: effective, at: effective }],
  };
  return templateNames.flatMap((template) => values[template].map((one) => ({ template, values: templates[template].parse(one) }) as Telling));
};

const standing: Record<(typeof languages)[number], RegExp> = {
  'zh-CN': /还没有注销|线路没有注销|正在注销|已于2026年12月10日（周四）注销|本身不会注销线路/,
  'zh-TW': /還沒有註銷|門號沒有註銷|正在註銷|已於2026年12月10日（週四）註銷|本身不會註銷門號/,
  en: /not cancelled yet|is being cancelled|is not cancelled|is cancelled, since Thursday 10 December 2026|does not by itself cancel/,
};

describe.each(languages)('UP7 UP8 what is told in %s', (language) => {
  it('UP8 every mail and SMS says in words whether the line is cancelled', () => {
    for (const telling of tellings(language)) {
      for (const channel of ['mail', 'sms'] as const) expect(render(telling, channel, language, voice).text).toMatch(standing[language]);
      expect(render(telling, 'mail', language, voice).html).toMatch(standing[language]);
    }
  });

  it('UP7 UP8 an SMS takes at most three parts, whatever the pack’s texts', () => {
    for (const telling of tellings(language)) {
      const { text } = render(telling, 'sms', language, voice);
      const parts = partsOf(text, 0);
      expect([text, parts?.messages.length]).toEqual([text, expect.toSatisfy((count: number) => count <= 3)]);
      if (language === 'en') expect([text, parts?.dataCoding]).toEqual([text, 0]); // GSM-7: no curly quote slipped in
    }
  });

  it('EC3 names only the official addresses of the pack', () => {
    const official = ['https://ultra-purple.example/ultra-purple/cases/7F3K-9Q2M-4TWX-C', `https://ultra-purple.example/ultra-purple/confirm/${link.token}`, `https://ultra-purple.example/ultra-purple/sign/${link.token}`, 'https://ultra-purple.example/ultra-purple/', 'https://ultra-purple.example/ultra-purple/esim/delete'];
    for (const telling of tellings(language)) {
      for (const channel of ['mail', 'sms'] as const) {
        const message = render(telling, channel, language, voice);
        const whole = `${message.text} ${message.html ?? ''}`;
        for (const link of whole.match(/https?:\/\/[^\s"<]+/g) ?? []) expect(official).toContain(link);
        for (const [, host] of whole.matchAll(/[\w.-]+@([\w.-]+\w)/g)) expect(host).toBe(voice.addresses.site);
      }
      expect(render(telling, 'mail', language, voice).from).toBe(`${voice.name[language]} <${voice.addresses.mail}>`);
    }
  });

  it('has no placeholder left and no line without words', () => {
    for (const telling of tellings(language)) {
      const { text, subject, html } = render(telling, 'mail', language, voice);
      for (const one of [text, subject, html, render(telling, 'sms', language, voice).text]) {
        expect(one).not.toMatch(/\{|\}|undefined|null|NaN/);
        expect(one?.trim()).not.toBe('');
      }
      expect(text).not.toMatch(/\n{3,}/);
    }
  });
});

describe('fault 30: what people write stays text', () => {
  const nasty = '<script>alert(1)</script>\r\nBcc: everyone@plum.example\u202e\u0000';
  const telling: Telling = { template: 'asked', values: { ...ofCase, materials: [nasty], note: `a\u2028b ${nasty}`, until: effective } };

  it('in the HTML it is escaped', () => {
    const { html } = render(telling, 'mail', 'zh-CN', voice);
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
  });

  it('in a header nothing ends the line', () => {
    const named: Voice = { ...voice, name: { ...voice.name, en: 'Plum\r\nBcc: a@b.example, "x" <y@z.example>' } };
    const { subject, from } = render({ template: 'received', values: { ...ofCase, application: 'A\r\nX: y' } }, 'mail', 'en', named);
    for (const header of [subject, from]) expect(header).not.toMatch(/[\r\n\u0000-\u001f]/);
    expect(from.match(/[<>]/g)).toEqual(['<', '>']);
  });

  it('in an SMS and in the text nothing hides or turns', () => {
    for (const channel of ['sms', 'mail'] as const) expect(render(telling, channel, 'en', voice).text).not.toMatch(/[\u202e\u0000\r]/);
  });
});

describe('N11 whom to tell', () => {
  const line = '+12025550142';
  const mail = { channel: 'mail', address: 'lin@plum.example' } as const;
  const other = { channel: 'sms', address: '+12025550178' } as const;
  const own = { channel: 'sms', address: '+1 202 555 0142' } as const;

  it('N11 never only the number that is being cancelled', () => {
    expect(chooseContacts({ contacts: [own], lineMsisdn: line })).toEqual({ ok: false, why: { kind: 'only-the-cancelled-number' } });
    expect(chooseContacts({ contacts: [own, { channel: 'sms', address: '0012025550142' }], lineMsisdn: line }).ok).toBe(false);
    expect(chooseContacts({ contacts: [own, other], lineMsisdn: line })).toEqual({ ok: true, value: [other] });
    expect(chooseContacts({ contacts: [], lineMsisdn: line })).toEqual({ ok: false, why: { kind: 'none' } });
    expect(chooseContacts({ contacts: [{ channel: 'mail', address: ' ' }], lineMsisdn: line })).toEqual({ ok: false, why: { kind: 'none' } });
  });

  it('N11 mail first, then the other phone, each once', () => {
    expect(chooseContacts({ contacts: [other, own, mail, { ...mail, address: 'LIN@plum.example' }, other], lineMsisdn: line }))
      .toMatchObject({ ok: true, value: [{ channel: 'mail' }, other] });
  });

  it('is masked where the address may not stand', () => {
    expect([mail, other].map(maskContact)).toEqual(['l•••@p•••.example', '+1 202 ••• ••78']);
  });
});

describe('the brand’s own words', () => {
  it('replace the default ones, key by key', () => {
    const own: Voice = { ...voice, texts: { 'received.sms': { 'zh-CN': '紫气东来 {application}，{standing}', 'zh-TW': '紫氣東來 {application}，{standing}', en: 'Purple {application}: {standing}' } } };
    expect(render({ template: 'received', values: ofCase }, 'sms', 'zh-CN', own).text).toContain('紫气东来 7F3K-9Q2M-4TWX-C，线路还没有注销');
    expect(render({ template: 'received', values: ofCase }, 'mail', 'zh-CN', own).subject).toContain('已收到注销申请');
  });
});

it('all three languages have the same messages, and every template has all of its own', () => {
  const keys = languages.map((language) => Object.keys(JSON.parse(readFileSync(new URL(`../../messages/notices/${language}.json`, import.meta.url), 'utf8')) as object));
  for (const one of keys) expect(one).toEqual(keys[0]);
  for (const template of templateNames) for (const part of ['mail.subject', 'mail.text', 'sms']) expect(keys[0]).toContain(`${template}.${part}`);
});
