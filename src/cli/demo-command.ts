import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { publishedKeys } from '../certificate/published-keys.ts';
import { verifyFile } from '../certificate/verify-file.ts';
import { tell as inWords } from '../certificate/words.ts';
import { tellStory, type Told } from '../demo/story.ts';
import { openDoors } from '../doors.ts';
import { verifyChain, type Entry } from '../evidence/chain.ts';
import { formatInstant, translator } from '../language/index.ts';
import { packName, type Language, type Pack } from '../policy/pack.ts';
import { forRegion } from '../policy/packs.ts';
import type { Effect } from '../simulator/systems.ts';
import { readJournal, sha256 } from '../store/journal.ts';
import { removeCluster } from '../store/postgres-cluster.ts';
import { effectsAmiss } from '../demo/effects.ts';
import { allPacks } from '../../policies/index.ts';
import { CannotStart, startServer } from '../store/server.ts';
import { openCardDoor } from './card-door.ts';
import { openAll, publishKey, untilStopped, type Opened } from './open-all.ts';
import type { Assemble } from './run.ts';
import { listen } from './start-command.ts';
import { terminalLanguage } from './terminal-language.ts';

/** A Tuesday, ten in the morning in Shanghai: a demo is the same on any day. */
const beginning = new Date('2026-11-24T02:00:00Z');

export type Shown = {
  readonly ok: boolean; readonly brand: string; readonly applicationNumber: string; readonly state: string; readonly certificate: string; readonly pdf: string;
  readonly steps: readonly { readonly name: string; readonly outcome: string; readonly attempts: number }[];
  readonly effects: readonly { readonly system: string; readonly effect: string; readonly subject: string }[];
  readonly notices: readonly { readonly channel: string; readonly template: string; readonly to: string }[];
  readonly elapsedMs: number;
};

/** Exit status 0 only if everything was verified; 2 for a brand that there is not. */
export const demo = async (assemble: Assemble, options: { readonly brand?: string; readonly json: boolean }): Promise<number> => {
  const names = [...new Set(allPacks.map(packName))];
  const name = options.brand ?? names[0] ?? '';
  if (!names.includes(name)) {
    console.error(`There is no brand "${name}". There are: ${names.join(', ')}.`);
    return 2;
  }
  const language = terminalLanguage(process.env);
  const words = translator('demo', language);
  const home = resolve(process.env['SIGNOFF_FOLDER'] || '.signoff');
  await mkdir(home, { recursive: true });
  const folder = join(home, 'demo');
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  if (existsSync(folder)) await discard(folder, say);
  // A server that is left running would outlive us: an interrupted demo cleans up, too.
  const interrupted = untilStopped().then(() => { throw new CannotStart(words('interrupted')); });
  interrupted.catch(() => undefined);
  let address = '';
  console.log(words('starting'));
  const opened = await openAll(assemble, {
    env: { PATH: process.env['PATH'], SIGNOFF_FOLDER: folder }, keysFolder: join(home, 'keys'),
    say, works: true, plants: true, only: name, at: beginning, publicUrl: () => address,
  });
  try {
    const app = await openDoors(opened.signoff, opened.parts);
    const cards = await openCardDoor(opened);
    try {
      address = await listen(app, '127.0.0.1', 0);
      const shown = await Promise.race([show(opened, address, home, name, language), interrupted]);
      if (options.json) console.log(JSON.stringify(shown));
      return shown.ok ? 0 : 1;
    } finally {
      await cards?.close();
      await app.close();
    }
  } finally {
    await opened.stop();
    await removeCluster(folder);
    await rm(folder, { recursive: true, force: true });
  }
};

/** What a killed demo left behind; its server may still run. One that is alive says so, in a sentence. */
const discard = async (folder: string, say: (text: string) => void): Promise<void> => {
  const left = await startServer({ folder, say });
  await left.stop();
  await removeCluster(folder);
  await rm(folder, { recursive: true, force: true });
};

const show = async (opened: Opened, address: string, home: string, name: string, language: Language): Promise<Shown> => {
  const { signoff, parts, demo } = opened;
  const here = demo?.planted.find(({ pack }) => packName(pack) === name);
  const [subscriber] = here?.data.subscribers ?? [];
  const [line] = subscriber?.lines ?? [];
  if (demo === undefined || here === undefined || subscriber === undefined || line === undefined) throw new Error('a demo without its simulator');
  const { data } = here;
  const pack = forRegion(signoff.desk.packs, here.pack, subscriber.region, demo.clock.now());
  const words = translator('demo', language);
  const at = () => formatInstant(demo.clock.now(), pack.calendar.zone, language);
  console.log(words('ready', { brand: pack.name[language], url: `${address}/${pack.brand}/` }));
  const started = performance.now();
  const told = await tellStory({
    base: address, data, pack, now: () => demo.clock.now(), pass: demo.pass, controlUrl: demo.simulator.controlUrl,
    tell: (chapter, facts = {}) => console.log(`  ${at()}  ${words(chapter, Object.fromEntries(Object.entries(facts).map(([name, fact]) =>
      [name, fact instanceof Date ? formatInstant(fact, pack.calendar.zone, language) : fact])))}`),
  });
  const elapsedMs = Math.round(performance.now() - started);
  const found = await whatHappened(opened, pack.brand, told);
  for (const step of found.steps) console.log(`      ✓ ${words('step', { name: translator('life', language)(`step.${step.name}`), attempts: step.attempts })}`);
  console.log(`  ${at()}  ${words('told', { count: found.notices.length })}`);

  await publishKey(join(home, 'public-keys.json'), parts.signingKey);
  await mkdir(join(home, 'certificates'), { recursive: true });
  const certificate = join(home, 'certificates', `${told.applicationNumber}.jws`);
  const pdf = join(home, 'certificates', `${told.applicationNumber}.pdf`);
  await writeFile(certificate, told.certificate);
  await writeFile(pdf, told.pdf);

  const wrong = [...wrongIn(found, told, parts, pack), ...effectsAmiss(line, found.steps, found.effects)];
  const keys = publishedKeys([parts.signingKey]);
  if (wrong.length === 0) {
    console.log(words('verified'));
    for (const file of [certificate, pdf]) console.log(`  ${relative(process.cwd(), file)}`);
    console.log(`  ${inWords(verifyFile(told.certificate, keys), language).verdict}`);
    console.log(words('check-yourself', { file: relative(process.cwd(), pdf) }));
    console.log(words('took', { seconds: (elapsedMs / 1000).toFixed(1) }));
  }
  for (const what of wrong) console.error(words('not-verified', { what }));
  const { state, steps, effects, notices } = found;
  return { ok: wrong.length === 0, brand: name, applicationNumber: told.applicationNumber, state, certificate, pdf, steps, effects, notices, elapsedMs };
};

type Found = Pick<Shown, 'state' | 'steps' | 'notices' | 'effects'> & { readonly journal: readonly Entry[] };

/** What happened: steps and notices by our own tables, effects by the carrier's ledger. */
const whatHappened = async ({ signoff, demo }: Opened, brand: string, { applicationNumber }: Told): Promise<Found> => {
  const effects = ((await (await fetch(`${demo?.simulator.controlUrl}/effects`)).json()) as readonly Effect[]).map(({ system, effect, subject }) => ({ system, effect, subject }));
  const until = Date.now() + 30_000;
  for (;;) {
    const read = await signoff.desk.db.inBrand(brand, async (tx) => {
      const [one] = await tx.query<{ id: string; state: string }>(`select id, state from cancellations where application_number = $1`, [applicationNumber]);
      if (one === undefined) throw new Error(`${applicationNumber} is not there`);
      return {
        state: one.state,
        steps: await tx.query<Shown['steps'][number]>(`select name, state as outcome, attempts from steps where cancellation_id = $1 order by ordinal`, [one.id]),
        notices: await tx.query<Shown['notices'][number] & { state: string }>(
          `select channel, template, to_masked as "to", state from notices where cancellation_id = $1 order by created_at, channel`, [one.id]),
        journal: await readJournal(tx, one.id),
      };
    });
    // Notices go their own way; the last ones may be under way still.
    if (read.notices.some((one) => one.state === 'queued' || one.state === 'intended') && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      continue;
    }
    return { ...read, effects, notices: read.notices.filter((one) => one.state === 'sent' || one.state === 'delivered').map(({ channel, template, to }) => ({ channel, template, to })) };
  }
};

/** Everything that a demo claims, looked at again; empty where all of it holds. */
const wrongIn = (found: Found, told: Told, parts: Opened['parts'], pack: Pack): string[] => {
  const keys = publishedKeys([parts.signingKey]);
  const jws = verifyFile(told.certificate, keys);
  const pdf = verifyFile(told.pdf, keys);
  const chain = verifyChain(found.journal, sha256, jws.kind === 'valid' ? jws.statement.journal : undefined);
  return [
    ...(found.state === 'cancelled' ? [] : [`the case is ${found.state}`]),
    ...(jws.kind === 'valid' ? [] : [`the certificate is ${jws.kind}`]),
    ...(pdf.kind === 'valid' ? [] : [`the PDF is ${pdf.kind}`]),
    ...(jws.kind === 'valid' && jws.statement.applicationNumber === told.applicationNumber ? [] : ['the certificate is for another case']),
    ...(chain.ok ? [] : [`the journal: ${chain.why.kind} at entry ${chain.why.entry}`]),
    ...pack.steps.filter((name) => !found.steps.some((step) => step.name === name)).map((name) => `the plan has no step ${name}`),
    ...found.steps.filter(({ name }) => !pack.steps.some((step) => step === name)).map(({ name }) => `nobody asked for the step ${name}`),
    ...found.steps.filter((step) => step.outcome !== 'done' && step.outcome !== 'not-wanted').map((step) => `the step ${step.name} is ${step.outcome}`),
    ...(found.notices.some((one) => one.template === 'cancelled') ? [] : ['nobody was told of the end']),
  ];
};
