/** Figures as a picture: the ratio of each to its peer or limit on one logarithmic scale, its rounds from least to most, its goal as a mark. */
import { isMet, ratioOf, spread, type Figure, type Measured } from './figure.ts';
import { goalInWords, number } from './table.ts';

const width = 1080;
const rowHeight = 38;
const left = 470;
const right = 200;
const top = 92;
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const cut = (text: string, most: number): string => ([...text].length <= most ? text : `${[...text].slice(0, most - 1).join('')}…`);

const edgesOf = (measured: readonly Measured[]): { readonly least: number; readonly most: number } => {
  const all = measured.flatMap((figure) => {
    const { least, most } = ratioOf(figure);
    return [least, most, ...(figure.goal === undefined ? [] : Object.values(figure.goal))];
  }).filter((value) => Number.isFinite(value) && value > 0);
  return { least: Math.min(-1, Math.floor(Math.log10(Math.min(...all, 1)))), most: Math.max(1, Math.ceil(Math.log10(Math.max(...all, 1)))) };
};

export const asPicture = (figures: readonly Figure[], title: string, beneath: string): string => {
  const { least, most } = edgesOf(figures.filter((figure): figure is Measured => !('notMeasured' in figure)));
  const x = (ratio: number): number => left + ((Math.log10(Math.max(ratio, 10 ** least)) - least) / (most - least)) * (width - left - right);
  const height = top + figures.length * rowHeight + 24;
  const text = (at: number, y: number, size: number, fill: string, words: string, anchor = 'start'): string => `<text x="${at.toFixed(1)}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}">${escape(words)}</text>`;
  const tens = Array.from({ length: most - least + 1 }, (_, index) => least + index);
  const rows = figures.flatMap((figure, index) => {
    const y = top + index * rowHeight;
    const named = text(16, y + 14, 13, '#1d1b18', cut(figure.says, 66));
    if ('notMeasured' in figure) return [named, text(16, y + 29, 11, '#6b655c', cut(figure.notMeasured, 78)), text(width - 16, y + 20, 12, '#8a3b12', 'not measured', 'end')];
    const ratio = ratioOf(figure);
    const met = figure.goal === undefined ? undefined : isMet(ratio.median, figure.goal);
    const fill = met === undefined ? '#7a8794' : met ? '#2f7d4f' : '#b5531c';
    const [from, to] = [Math.min(x(1), x(ratio.median)), Math.max(x(1), x(ratio.median))];
    const goal = Object.values(figure.goal ?? {})[0];
    const value = spread(figure.rounds).median;
    return [
      named, text(16, y + 29, 11, '#6b655c', cut(`${number(value)}${figure.unit.startsWith('/') || figure.unit === '' ? '' : ' '}${figure.unit}, against ${figure.against.what}`, 78)),
      `<rect x="${from.toFixed(1)}" y="${y + 8}" width="${Math.max(1, to - from).toFixed(1)}" height="14" rx="2" fill="${fill}"/>`,
      `<path d="M${x(ratio.least).toFixed(1)} ${y + 15}H${x(ratio.most).toFixed(1)}" stroke="#1d1b18"/>`,
      ...(goal === undefined ? [] : [`<path d="M${x(goal).toFixed(1)} ${y + 3}v24" stroke="#1d1b18" stroke-width="2" stroke-dasharray="3 2"/>`]),
      text(width - 16, y + 20, 13, fill, `${number(ratio.median)} ×${figure.goal === undefined ? '' : `  (${goalInWords(figure.goal)}${met ? ', met' : ', missed'})`}`, 'end'),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" role="img" aria-label="${escape(title)}">`,
    `<rect width="${width}" height="${height}" fill="#fbf9f5"/>`,
    text(16, 28, 18, '#1d1b18', title), text(16, 50, 12, '#6b655c', cut(beneath, 170)),
    ...tens.map((ten) => `<path d="M${x(10 ** ten).toFixed(1)} ${top - 10}V${height - 16}" stroke="${ten === 0 ? '#8b8378' : '#e4ded4'}"/>${text(x(10 ** ten), top - 16, 11, '#6b655c', `${number(10 ** ten)} ×`, 'middle')}`),
    ...rows, '</svg>', '',
  ].join('\n');
};
