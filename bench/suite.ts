/** Runs parts one after another and says what came of it: a table, JSON, a picture. A part that fails is said, and the others go on. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CannotStart } from '../src/store/cannot-start.ts';
import type { Figure, Options, Part } from './figure.ts';
import { ratioOf, spread } from './figure.ts';
import { busyFrom, machine, watchOthers } from './machine.ts';
import { asPicture } from './picture.ts';
import { asMarkdown, asTable } from './table.ts';

export type Ran = { readonly name: string; readonly says: string; readonly seconds: number; readonly others?: number; readonly figures: readonly Figure[]; readonly failed?: string };
export type Report = { readonly at: string; readonly machine: ReturnType<typeof machine>; readonly rounds: number; readonly full: boolean; /** Share of all cores that others used before it began. */ readonly othersBefore?: number; readonly parts: readonly Ran[] };

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
export const latest = here('results/latest.json');

export const runSuite = async (parts: readonly Part[], options: Options, settleSeconds = 3): Promise<Report> => {
  const { say } = options;
  const watch = watchOthers();
  await new Promise((resolve) => { setTimeout(resolve, settleSeconds * 1000); });
  const othersBefore = watch.lap();
  if ((othersBefore ?? 0) > busyFrom) say(`This machine has other work: it takes ${Math.round((othersBefore ?? 0) * 100)} % of all cores. The figures will say less; look at their spread.`);
  const ran: Ran[] = [];
  for (const [index, one] of parts.entries()) {
    say(`[${index + 1} of ${parts.length}] ${one.name}: ${one.says}`);
    const start = performance.now();
    let came: Pick<Ran, 'figures' | 'failed'>;
    try {
      came = { figures: await one.run({ ...options, say: (text) => say(`  ${one.name}: ${text}`) }) };
    } catch (fault) {
      say(`  ${one.name} failed: ${fault instanceof Error ? fault.stack ?? fault.message : String(fault)}`);
      came = { figures: [], failed: fault instanceof Error ? fault.message : String(fault) };
    }
    const others = watch.lap();
    ran.push({ name: one.name, says: one.says, seconds: (performance.now() - start) / 1000, ...(others === undefined ? {} : { others }), ...came });
  }
  return { at: new Date().toISOString(), machine: machine(), rounds: options.rounds, full: options.full, ...(othersBefore === undefined ? {} : { othersBefore }), parts: ran };
};

/** One sentence on what else ran, and which parts it met. */
export const othersInWords = ({ othersBefore, parts }: Report): string => {
  if (othersBefore === undefined) return 'What else ran on this machine is not known here.';
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const busy = parts.filter(({ others }) => (others ?? 0) > busyFrom);
  return othersBefore <= busyFrom && busy.length === 0
    ? `The machine was quiet: others used at most ${percent(Math.max(othersBefore, ...parts.map(({ others }) => others ?? 0)))} of all cores.`
    : `The machine was busy: others used ${percent(othersBefore)} of all cores before, and during ${busy.map(({ name, others }) => `${name} ${percent(others ?? 0)}`).join(', ') || 'no part more than a tenth'}. Read the spread beside each figure.`;
};
const ranOn = ({ at, machine: { cpu, cores, memoryBytes, node }, rounds, full }: Report): string =>
  `${at.slice(0, 16).replace('T', ' ')} UTC, ${cores} cores (${cpu}), ${Math.round(memoryBytes / 2 ** 30)} GB, Node ${node}; medians of ${rounds} interleaved rounds${full ? ', full sizes' : ''}.`;

export const inWords = (report: Report): string[] => [
  ranOn(report), othersInWords(report), '',
  ...report.parts.flatMap(({ name, says, seconds, figures, failed }) => [
    `${name}: ${says} (${Math.round(seconds)} s)`,
    ...(failed === undefined ? asTable(figures).map((line) => `  ${line}`) : [`  FAILED: ${failed}`]),
    ...[...new Set(figures.map(({ how }) => how))].map((how) => `  ${how}`), '',
  ]),
];

/** The same numbers for programs: each figure with its medians beside its rounds. */
const forPrograms = (report: Report) => ({
  ...report,
  parts: report.parts.map((one) => ({ ...one, figures: one.figures.map((figure) => ('notMeasured' in figure ? figure : { ...figure, value: spread(figure.rounds), ratio: ratioOf(figure) })) })),
});

/** Writes FILE and, beside it, the picture FILE.svg (or .svg in place of .json). */
export const writeReport = async (report: Report, file: string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(forPrograms(report), null, 1)}\n`);
  await writeFile(`${file.replace(/\.json$/, '')}.svg`, asPicture(report.parts.flatMap(({ figures }) => figures), 'Signoff against peers and limits of the same run', `${ranOn(report)} ${othersInWords(report)}`));
};

const marks = ['<!-- figures: from results/latest.json by `npm run bench -- --readme`, never by hand -->', '<!-- end of figures -->'] as const;
const growing = ['<!-- bench:growth:begin -->', '<!-- bench:growth:end -->'] as const;
/** What says when to add something, and what that costs. */
const ofGrowing = /^processes\/|^waiting\/(rate|claim-p99|bytes)|^growth\/(rate|claim-p99)-\d|^start\/again|^portal\/(cpu|memory)|^cost\/memory/;

const between = async (file: string, [begin, end]: readonly [string, string], lines: readonly string[]): Promise<void> => {
  const text = await readFile(file, 'utf8');
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${file} lacks its marks: ${begin} … ${end}`);
  await writeFile(file, [before, begin, '\n\n', lines.join('\n'), '\n', end, after].join(''));
};

/** What stands between the marks of README.md and of docs/scaling.md, made anew. @throws CannotStart where no run was kept */
export const writeReadme = async (files = { latest, readme: here('README.md'), scaling: here('../docs/scaling.md') }): Promise<void> => {
  const kept = await readFile(files.latest, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') throw new CannotStart('No whole run has been kept yet. Make one: npm run bench', { cause: fault });
    throw fault;
  });
  const report = JSON.parse(kept) as Report;
  await between(files.readme, marks, [ranOn(report), othersInWords(report), '', '![Each figure against its peer or limit](results/latest.svg)', '',
    ...report.parts.flatMap(({ name, says, figures, failed }) => [`**${name}**: ${says}`, '', ...(failed === undefined ? asMarkdown(figures) : [`It failed: ${failed}`]), ''])]);
  await between(files.scaling, growing, [ranOn(report), othersInWords(report), '', ...asMarkdown(report.parts.flatMap(({ figures }) => figures).filter(({ name }) => ofGrowing.test(name))), '']);
};
