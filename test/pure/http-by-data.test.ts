import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { factKinds, operations, rulesOf, type PortName } from '../../src/connectors/http-by-data/operations.ts';
import { readDescription, type CheckedRequest, type ReadDescription } from '../../src/connectors/http-by-data/read-description.ts';
import { meaningOf, minorOf } from '../../src/connectors/http-by-data/reply-table.ts';
import { fillHeader, fillJson, fillPath, fillQuery, parseTemplate } from '../../src/connectors/http-by-data/template.ts';
import { fuzzRuns } from './fuzz.ts';

const runs = fuzzRuns(1_000);
vi.setConfig({ testTimeout: 90_000 + 20 * runs.numRuns });

const env: Record<string, string> = {
  ACME_BILLING_ORIGIN: 'https://crm.acme.example/crm/v3', ACME_BILLING_TOKEN: 'token', ACME_PROVISIONING_ORIGIN: 'https://provisioning.acme.example',
  ACME_PROVISIONING_USER: 'desk', ACME_PROVISIONING_PASSWORD: 'pass', BROKEN: 'a\nb',
};
const billingFile = readFileSync('docs/http-connectors/billing.example.yaml', 'utf8');
const registerFile = readFileSync('docs/http-connectors/home-register.example.yaml', 'utf8');
const read = (source: string) => readDescription(source, 'acme.yaml', (name) => env[name]);
const right = (source: string): ReadDescription => {
  const described = read(source);
  if (!described.ok) throw new Error(JSON.stringify(described.why));
  return described.value;
};
const wrong = (source: string): string[] => {
  const described = read(source);
  return described.ok ? [] : described.why.map(({ at, says, mend }) => `${at}: ${says} → ${mend}`);
};
const changed = (from: string | RegExp, to: string, file = billingFile): string => {
  const source = file.replace(from, to);
  if (source === file) throw new Error(`${String(from)} is not in the example`);
  return source;
};

describe('a description is read whole', () => {
  test('the examples of the documentation are right', () => {
    expect([...right(billingFile).operations.keys()].sort()).toEqual(['freeze', 'read', 'settle', 'stop', 'unfreeze']);
    expect([...right(registerFile).operations.keys()].sort()).toEqual(['bar', 'detach', 'read', 'remove', 'unbar']);
  });

  test('JSON serves as well', async () => {
    const { parse } = await import('yaml');
    expect(right(JSON.stringify(parse(billingFile))).port).toBe('billing');
  });

  test.each([
    ['YAML that is none', changed('version: 1', 'version: [1'), 'acme.yaml:'],
    ['a key twice', changed('port: billing', 'port: billing\nport: billing'), 'acme.yaml:4: Map keys must be unique'],
    ['a word that is not known', changed('timeoutSeconds', 'timeOut'), 'acme.yaml:2: Unrecognized key: "timeOut"'],
    ['another version', changed('version: 1', 'version: 2'), 'acme.yaml:2 (version): Invalid input: expected 1'],
    ['a port that there is not', changed('port: billing', 'port: bill'), 'acme.yaml:3 (port): Invalid option'],
    ['plain HTTP elsewhere', changed('{ env: ACME_BILLING_ORIGIN }', 'http://billing.acme.example'), 'acme.yaml:4 (origin): is not https://…, nor http:// on this machine'],
    ['credentials in the address', changed('{ env: ACME_BILLING_ORIGIN }', 'https://desk:pass@billing.acme.example'), 'acme.yaml:4 (origin): holds more than host and prefix'],
    ['a variable that is not set', changed('ACME_BILLING_TOKEN', 'NOBODY'), 'acme.yaml:6 (secrets.token): the environment variable NOBODY is not set → Set NOBODY.'],
    ['a secret with a line break', changed('ACME_BILLING_TOKEN', 'BROKEN'), 'acme.yaml:6 (secrets.token): BROKEN holds what no header can hold'],
    ['a secret that is not named', changed('{secret.token}', '{secret.other}'), 'acme.yaml:7 (headers.authorization): {secret.other} is not named under secrets'],
    ['a secret in a path', changed("path: '/accounts/{ref}', query", "path: '/{secret.token}/{ref}', query"), '(operations.read.request.path): {secret.token} does not belong here'],
    ['a fact that the call has not', changed('expand: balance', "expand: '{imsi}'"), '(operations.read.request.query.expand): {imsi} is nothing that this call knows → It knows {ref}, {key}.'],
    ['braces that are no placeholder', changed('expand: balance', "expand: '{}'"), '(operations.read.request.query.expand): "{}" is no placeholder'],
    ['no key where a repeat would pay twice', changed("headers: { x-request-id: '{key}' }\n      json", 'json'), '{key} is nowhere in it → Send it as the peer\'s idempotency key'],
    ['no reference', changed("method: DELETE, path: '/accounts/{ref}'", 'method: DELETE, path: /accounts/all'), '{ref} is nowhere in it'],
    ['an amount that is left out', changed(/ +writeOff.*\n/, ''), '{forfeitMinor} is nowhere in it'],
    ['a value that is not always there', changed("toAccount: '{transferTo}'", 'toAccount: fixed').replace("currency: '{currency}'", "currency: '{currency}'\n        to: '{transferTo}'"), '{transferTo} is not there in every call'],
    ['an act by GET', changed('method: DELETE', 'method: GET'), '(operations.stop.request.method): GET changes nothing'],
    ['a host header', changed('x-request-id: \'{key}\' }\n      json', 'x-request-id: \'{key}\', host: other }\n      json'), 'host): is not set from here'],
    ['a path with ..', changed("path: '/accounts/{ref}', query", "path: '/accounts/../{ref}', query"), '(operations.read.request.path): has an empty part, . or ..'],
    ['a path with a query', changed("path: '/accounts/{ref}', query", "path: '/accounts/{ref}?all=1', query"), 'begins with / and has no ? # or blank'],
    ['a call that is missing', changed(/ {2}stop:[\s\S]*/, ''), '(operations): stop is missing'],
    ['a call that there is not', changed('  stop:', '  halt:'), '(operations.halt): billing has no such call'],
    ['a bare 410 as gone', changed('where: { /error/code: ALREADY_CLOSED }, ', ''), '410 of whatever stands in between would be taken for gone'],
    ['a redirect as done', changed('{ status: 204, is: done }', '{ status: 302, is: done }'), 'a redirect is not followed'],
    ['a row behind one that takes all', changed('- { status: 204, is: done }', '- { status: 204, is: done }\n      - { status: 204, is: unknown }'), 'a row before it takes every such reply'],
    ['a refusal without a code', changed('        code: no-such-line\n', ''), 'a refusal has no code'],
    ['a read that does not say whose it is', changed("        about: { /account/id: '{ref}' }\n", ''), 'nothing says whose answer it is'],
    ['gone where nothing can be', changed('is: refused\n        code: no-such-line\n        says: { at: /error/message }', 'is: gone'), 'nothing is gone here'],
    ['a status as text', changed('status: 410', "status: '410'"), 'expected number'],
    ['a pointer that is none', changed('/account/state', 'account.state'), 'is a JSON pointer'],
    ['a certificate without its key', changed('timeoutSeconds: 10', 'tls: { cert: nowhere.pem }'), 'has a certificate or a key, not both'],
  ])('%s is named with its line and what to do', (_, source, expected) => {
    expect(wrong(source).join('\n')).toContain(expected);
    expect(wrong(source).every((line) => /^acme\.yaml:\d+( \(.+\))?: .+ → .+\.$/s.test(line))).toBe(true);
  });

  test('no secret stands in what is said', () => {
    expect(wrong(changed('ACME_BILLING_TOKEN', 'BROKEN')).join()).not.toContain('a\nb');
  });

  test('anything at all is read or refused, whatever was cut out or put in', () => {
    fc.assert(fc.property(fc.nat(billingFile.length), fc.nat(80), fc.oneof(fc.string(), fc.constantFrom('{', '}', '&a', '*a', ': ', '\n  ', '- ', "'", '"', '{secret.token}', '{ref}')), (from, length, put) => {
      const described = read(`${billingFile.slice(0, from)}${put}${billingFile.slice(from + length)}`);
      expect(described.ok || described.why.length > 0).toBe(true);
    }), { numRuns: Math.ceil(runs.numRuns / 30) });
  });
});

describe('what a value can do to a request', () => {
  const secrets = new Map([['token', 'secret-token']]);
  const evil = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('..', '.', '../../admin', '?a=b', '#x', 'a/b', '%2e%2e', '%00', '\r\nx: y', '","a":"b', '{secret.token}', '__proto__', '&b=c', '\u2028', '\ud800', '；'));
  const of = (source: string, name: string): CheckedRequest => {
    const operation = right(source).operations.get(name);
    if (operation === undefined) throw new Error(name);
    return operation.request;
  };
  const plain = { ref: 'B-1', key: 'k', currency: 'CNY', collectMinor: 0, offsetMinor: 0, refundMinor: 0, forfeitMinor: 0, payoutMinor: 0, transferTo: 'B-2', transferMinor: 1 };
  const keysOf = (value: unknown): unknown => (typeof value === 'object' && value !== null ? Object.entries(value).map(([key, one]) => [key, keysOf(one)]) : typeof value);

  test('neither host nor path nor query nor header nor JSON changes its structure', () => {
    const read = of(billingFile, 'read');
    const settle = of(billingFile, 'settle');
    const shape = keysOf(JSON.parse(fillJson(settle.json as never, { facts: plain, secrets }) ?? ''));
    fc.assert(fc.property(evil, evil, (ref, to) => {
      const values = { facts: { ...plain, ref, transferTo: to, currency: to, key: to }, secrets };
      const path = fillPath(read.path, values);
      if (path !== null) {
        const url = new URL(`https://crm.acme.example/crm/v3${path}`);
        expect([url.host, url.search, url.hash, url.pathname.split('/').length]).toEqual(['crm.acme.example', '', '', 5]);
        expect(decodeURIComponent(url.pathname.split('/')[4] ?? '')).toBe(ref);
      }
      const query = fillQuery([['a', [{ fact: 'ref' }]], ['b', [{ literal: 'x' }]]], values);
      if (query !== null) expect([...new URL(`https://x.example/?${query}`).searchParams]).toEqual([['a', ref], ['b', 'x']]);
      const header = fillHeader([{ literal: 'k ' }, { fact: 'key' }], values);
      if (header !== null) expect(header).toMatch(/^[\x20-\x7e]*$/);
      const json = fillJson(settle.json as never, values);
      expect(keysOf(JSON.parse(json ?? ''))).toEqual(shape);
      expect(json).not.toContain('secret-token');
    }), runs);
  });

  test('a template is text with placeholders, or it is refused', () => {
    expect(parseTemplate('a{ref}b{amountMinor:2}{secret.token}')).toEqual([{ literal: 'a' }, { fact: 'ref' }, { literal: 'b' }, { fact: 'amountMinor', decimals: 2 }, { secret: 'token' }]);
    for (const text of ['{', '}', '{}', '{a b}', '{{ref}}', '{ref:9}', '{__proto__}', '{a.b.c}']) expect(typeof parseTemplate(text), text).toBe('string');
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseTemplate(text)), runs);
  });
});

describe('amounts without floats', () => {
  test.each([['12.34', 2, 1234], ['12.3', 2, 1230], [12.3, 2, 1230], ['12', 2, 1200], ['12.340', 2, 1234], ['0', 0, 0], ['1.10', 3, 1100], ['12.345', 2, undefined], ['-1', 2, undefined], ['1e3', 2, undefined], ['', 2, undefined], ['0x10', 0, undefined], [true, 2, undefined], [1e21, 2, undefined], ['999999999999999.99', 4, undefined]])('%s with %i decimals', (written, decimals, minor) => {
    expect(minorOf(written, decimals as number)).toBe(minor);
  });

  test('what is written is read back', () => {
    fc.assert(fc.property(fc.nat(), fc.integer({ min: 1, max: 4 }), (minor, decimals) => {
      const written = JSON.parse(fillJson({ text: [{ fact: 'amountMinor', decimals }] }, { facts: { amountMinor: minor }, secrets: new Map() }) ?? '') as string;
      expect(minorOf(written, decimals)).toBe(minor);
    }), runs);
  });
});

describe('what a reply means', () => {
  const secrets = new Map<string, string>();
  const facts = { ref: 'B-1', imsi: '001010000000001', key: 'k', currency: 'CNY' };
  const all = [right(billingFile), right(registerFile)].flatMap(({ operations }) => [...operations.values()]);
  const known = fc.record({ account: fc.record({ id: fc.constantFrom('B-1', 'B-2', 1), state: fc.constantFrom('OPEN', 'CLOSED', 'X', null), closedAt: fc.constantFrom(null, '2026-12-03T12:00:00Z', 'x'), balance: fc.record({ due: fc.oneof(fc.string(), fc.float(), fc.constant('1.00')), credit: fc.oneof(fc.string(), fc.integer()), currency: fc.string() }) }), error: fc.record({ code: fc.oneof(fc.string(), fc.constantFrom('ACCOUNT_UNKNOWN', 'ALREADY_CLOSED')), message: fc.string({ unit: 'binary', maxLength: 400 }) }), reason: fc.string(), services: fc.record({ voice: fc.constantFrom('on', 'off', 'x', true), data: fc.constantFrom('on', 'off') }) }, { requiredKeys: [] });

  test('any reply is an outcome, done only with a fact that the port promises, and said in one line without what was asked about', () => {
    fc.assert(fc.property(fc.integer({ min: 100, max: 999 }), fc.oneof(known.map((body) => JSON.stringify(body)), fc.json(), fc.string({ unit: 'binary' })), fc.option(fc.constant('text/html, not JSON'), { nil: undefined }), (status, body, unfit) => {
      for (const { rule, rows } of all) {
        const meaning = meaningOf(rows, rule, { status, headers: {}, body, ...(unfit === undefined ? {} : { unfit }) }, { facts, secrets }, 65_536);
        if (meaning.kind === 'done') expect(rule.fact.safeParse(meaning.fact).success).toBe(true);
        if (meaning.kind === 'done' || meaning.kind === 'to-be-read') expect(rows.some(({ statuses }) => statuses.includes(status))).toBe(true);
        if ('says' in meaning) {
          expect(meaning.says).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]{0,300}$/u);
          expect(meaning.says).not.toContain(facts.imsi);
        }
        if (meaning.kind === 'refused') expect(meaning.code).toMatch(/^[a-z0-9-]{1,64}$/);
      }
    }), runs);
  });

  test('every call of every port is in the table', () => {
    for (const port of Object.keys(operations) as PortName[])
      for (const [name, rule] of Object.entries(rulesOf(port))) {
        expect([...rule.must, ...rule.optional].filter((fact) => !(fact in rule.facts)), `${port} ${name}`).toEqual([]);
        expect(Object.values(rule.facts).every((kind) => kind in factKinds)).toBe(true);
      }
  });
});
