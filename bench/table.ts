/** Figures as lines of text. */
import { isMet, ratioOf, spread, type Figure, type Goal, type Spread } from './figure.ts';

/** Three figures that mean something: `1,234`, `12.3`, `0.123`. */
export const number = (value: number): string => (Number.isFinite(value) ? value.toLocaleString('en', Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 }) : '–');
const ranged = ({ median, least, most }: Spread, unit = ''): string => `${number(median)}${unit === '' || unit.startsWith('/') ? unit : ` ${unit}`}${least === most ? '' : ` (${number(least)}–${number(most)})`}`;
export const goalInWords = (goal: Goal): string => ('atLeast' in goal ? `≥ ${number(goal.atLeast)}` : `≤ ${number(goal.atMost)}`);

export const columns = ['figure', 'value (least–most)', 'against', 'ratio (least–most)', 'goal', ''] as const;
/** One figure as the cells of a row. */
export const cellsOf = (figure: Figure): string[] => {
  const goal = figure.goal === undefined ? '' : goalInWords(figure.goal);
  if ('notMeasured' in figure) return [figure.says, 'not measured', figure.notMeasured, '', goal, goal === '' ? '' : 'not shown'];
  const ratio = ratioOf(figure);
  return [figure.says, ranged(spread(figure.rounds), figure.unit), `${figure.against.what}: ${ranged(spread(figure.against.rounds), figure.unit)}`, `${ranged(ratio)} ×`, goal, figure.goal === undefined ? '' : isMet(ratio.median, figure.goal) ? 'met' : 'MISSED'];
};

export const asTable = (figures: readonly Figure[]): string[] => {
  const rows = [[...columns], ...figures.map(cellsOf)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length)));
  return rows.map((row) => row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length)).join('  ').trimEnd());
};

export const asMarkdown = (figures: readonly Figure[]): string[] => {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...figures.map((figure) => line(cellsOf(figure)))];
};
