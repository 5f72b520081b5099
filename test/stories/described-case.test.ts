/** P17 A whole cancellation at an operator whose billing and home register are described by files. */
import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applicantOf, applyAndApprove, comesTo, stepsOf } from '../apply.ts';
import { acmeBilling, acmeProvisioning, type Peer } from '../described-peers.ts';
import { CannotStart } from '../../src/store/cannot-start.ts';
import { days, eventually, openStory, type Story } from '../harness.ts';

const [ref, imsi] = ['B-100142', '001010000000142'];
const accounts: Parameters<typeof acmeBilling>[1] = new Map();
const subscribers = new Map<string, { voice: 'on' | 'off'; data: 'on' | 'off' }>([[imsi, { voice: 'on', data: 'on' }]]);
const folder = mkdtempSync(join(tmpdir(), 'signoff-described-'));
let billing: Peer;
let register: Peer;
let story: Story;

beforeAll(async () => {
  [billing, register] = [await acmeBilling('acme-token', accounts), await acmeProvisioning('desk', 'pass word', subscribers)];
  const env: Record<string, string> = { ACME_BILLING_ORIGIN: billing.origin, ACME_BILLING_TOKEN: 'acme-token', ACME_PROVISIONING_ORIGIN: register.origin, ACME_PROVISIONING_USER: 'desk', ACME_PROVISIONING_PASSWORD: 'pass word' };
  const files = { billing: join(folder, 'billing.yaml'), homeRegister: join(folder, 'register.yaml') };
  writeFileSync(files.billing, readFileSync('docs/http-connectors/billing.example.yaml'));
  writeFileSync(files.homeRegister, readFileSync('docs/http-connectors/home-register.example.yaml'));
  story = await openStory({ change: (pack) => ({ ...pack, freeze: ['charges', 'purchases'], steps: ['freeze-line', ...pack.steps] }), carrier: (straight) => ({ ...straight, described: { files, variable: (name) => env[name] } }) });
  const lines = story.data.subscribers.flatMap((one) => one.lines);
  for (const line of lines) accounts.set(line.billingRef, { due: line.bills.reduce((sum, bill) => sum + bill.amountMinor, 0), credit: line.creditMinor, currency: 'USD' });
});
afterAll(async () => {
  await story?.stop();
  await Promise.all([billing.close(), register.close()]);
  rmSync(folder, { recursive: true });
});

it('UP8 UP9 EC12 P17 is frozen from receipt on, barred, settled, stopped and removed there, each once although a reply is lost, and ends in a certificate', async () => {
  const applicant = await applicantOf(story, ref);
  const number = await applyAndApprove(story, applicant);
  await eventually('the line is barred', async () => (await stepsOf(story, number)).some(({ name, state }) => name === 'bar-line' && state === 'done'));
  expect(subscribers.get(imsi)).toMatchObject({ voice: 'off', data: 'off' });
  expect(accounts.get(ref)?.hold).toBe('ALL');
  billing.next({ cut: true, after: true });
  await story.pass(days(7) + 1_000);
  await comesTo(story, number, 'cancelled');
  expect(subscribers.has(imsi)).toBe(false);
  expect(accounts.get(ref)).toMatchObject({ due: 0, credit: 0, closedAt: expect.any(String) });
  // The bill that was paid before is a settlement of its own.
  const acts = [...billing.heard, ...register.heard].filter(({ method, headers }) => method !== 'GET' && !String(headers['x-request-id']).startsWith('bill:')).map(({ method, url }) => `${method} ${url.replace('/crm/v3', '')}`);
  expect(acts.toSorted()).toEqual([`DELETE /accounts/${ref}`, `DELETE /subscribers/${imsi}`, `POST /accounts/${ref}/final-bill`, `POST /subscribers/${imsi}/cancel-location`, `PUT /accounts/${ref}/hold/charges-and-purchases`, `PUT /subscribers/${imsi}/services`]);
  // Nothing reached the simulated ones, and no secret the journal or the log.
  expect(story.simulator.effects().filter(({ system }) => system === 'billing' || system === 'home-register')).toEqual([]);
  const journal = JSON.stringify(await story.rows('select * from journal')) + JSON.stringify(await story.rows('select * from steps')) + story.logged.join('\n');
  expect(journal).not.toMatch(/acme-token|pass word|ZGVzazpwYXNz/);
});

it('EC12 P17 a policy that freezes does not start on a billing whose file does not say how: one sentence that names both', async () => {
  const file = join(folder, 'without.yaml');
  writeFileSync(file, readFileSync('docs/http-connectors/billing.example.yaml', 'utf8').replace(/\n {2}unfreeze:[\s\S]*$/, '\n'));
  const started = openStory({ carrier: (straight) => ({ ...straight, described: { files: { billing: file }, variable: () => 'http://127.0.0.1:9' } }) });
  await expect(started).rejects.toThrow(CannotStart);
  await expect(started).rejects.toThrow(/^The policy of us-e-card-[\w-]+ freezes lines from receipt on \(freeze\), and .*without\.yaml does not say how: .* Describe `freeze` and `unfreeze` there \(docs\/http-connectors\.md\), or take `freeze`/);
});
