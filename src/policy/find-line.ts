/** Where in its source text a place of a pack stands, so that a finding can name the line. Reads the literals; runs nothing. Pure. */

/** The first is the file that exports the value; the others hold what it imports. `file` as findings name it. */
export type SourceText = { readonly file: string; readonly text: string };
export type Line = { readonly file: string; readonly line: number };

type Token = { readonly word: string; readonly at: number };
type Read = { readonly file: string; readonly text: string; readonly tokens: readonly Token[] };
type Spot = { readonly in: Read; readonly index: number };

/**
 * The line of `at` (`eligibility.2.because.en`), or of the innermost part of it that can be found. Constants, spreads and
 * functions that return a literal are followed to where that is written.
 */
export const findLine = (texts: readonly SourceText[], at: string): Line | undefined => {
  const reads = texts.map(({ file, text }): Read => ({ file, text, tokens: tokensOf(text) }));
  const [main] = reads;
  if (main === undefined) return undefined;
  const start = main.tokens.findIndex(({ word }, place) => word === 'default' && main.tokens[place - 1]?.word === 'export');
  if (start < 0) return undefined;
  let shown: Spot = { in: main, index: start + 1 };
  for (const segment of at === '' ? [] : at.split('.')) {
    const inside = definition(reads, shown);
    const found = wordAt(inside) === '[' ? element(reads, inside, Number(segment)) : wordAt(inside) === '{' ? property(reads, inside, segment) : undefined;
    if (found === undefined) {
      shown = inside;
      break;
    }
    shown = found;
  }
  const token = shown.in.tokens[shown.index];
  return token === undefined ? undefined : { file: shown.in.file, line: shown.in.text.slice(0, token.at).split('\n').length };
};

const wordAt = ({ in: read, index }: Spot, ahead = 0): string => read.tokens[index + ahead]?.word ?? '';

/** Words, quoted texts (with their quotes) and single characters; comments are left out. */
const tokensOf = (text: string): Token[] => {
  const pattern = /\/\/.*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|\.\.\.|=>|[\w$]+|\S/gu;
  return [...text.matchAll(pattern)].filter(([word]) => !word.startsWith('//') && !word.startsWith('/*')).map(({ 0: word, index }) => ({ word, at: index }));
};

const opens = new Set(['{', '[', '(']);
const closes = new Set(['}', ']', ')']);

/** The next part of a literal after the one that begins at `index`: just past the comma, or at the closing bracket. */
const next = (read: Read, index: number): number => {
  let depth = 0;
  for (let place = index; place < read.tokens.length; place += 1) {
    const word = read.tokens[place]?.word ?? '';
    if (opens.has(word)) depth += 1;
    else if (closes.has(word)) {
      if (depth === 0) return place;
      depth -= 1;
    } else if (word === ',' && depth === 0) return place + 1;
  }
  return read.tokens.length;
};

/** The parts of a literal, one after the other; `spread` where a part stands for several. */
const parts = ({ in: read, index }: Spot): { readonly spread: boolean; readonly spot: Spot }[] => {
  const found: { spread: boolean; spot: Spot }[] = [];
  for (let place = index + 1; !closes.has(read.tokens[place]?.word ?? ']'); place = next(read, place)) {
    const spread = read.tokens[place]?.word === '...';
    found.push({ spread, spot: { in: read, index: spread ? place + 1 : place } });
  }
  return found;
};

const elements = (reads: readonly Read[], array: Spot, depth = 0): Spot[] =>
  wordAt(array) !== '[' || depth > 9 ? [] : parts(array).flatMap(({ spread, spot }) => (spread ? elements(reads, definition(reads, spot), depth + 1) : [spot]));
const element = (reads: readonly Read[], array: Spot, count: number): Spot | undefined => elements(reads, array)[count];

const property = (reads: readonly Read[], object: Spot, key: string, depth = 0): Spot | undefined => {
  if (wordAt(object) !== '{' || depth > 9) return undefined;
  const all = parts(object);
  const own = all.find(({ spread, spot }) => !spread && (wordAt(spot) === key || wordAt(spot).slice(1, -1) === key))?.spot;
  if (own !== undefined) return wordAt(own, 1) === ':' ? { in: own.in, index: own.index + 2 } : own;
  for (const { spot } of all.filter(({ spread }) => spread).toReversed()) {
    const found = property(reads, definition(reads, spot), key, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Where the value is written: the same spot for a literal, the constant's for its name (`preparation`, `terms.reviewDays`). */
const definition = (reads: readonly Read[], spot: Spot, followed = 0): Spot => {
  const name = wordAt(spot, 1) === '.' ? wordAt(spot, 2) : wordAt(spot);
  if (!/^[A-Za-z_$]/.test(name) || followed > 9) return spot;
  for (const read of [spot.in, ...reads.filter((one) => one !== spot.in)]) {
    const place = read.tokens.findIndex(({ word }, at) => word === name && read.tokens[at - 1]?.word === 'const');
    if (place < 0) continue;
    const equals = read.tokens.findIndex(({ word }, at) => at > place && word === '=');
    if (equals > 0) return definition(reads, returned({ in: read, index: equals + 1 }), followed + 1);
  }
  return spot;
};

/** What an arrow function gives back, or the spot itself. */
const returned = (spot: Spot): Spot => {
  if (wordAt(spot) !== '(') return spot;
  const after = next(spot.in, spot.index + 1) + 1;
  const arrow = spot.in.tokens.findIndex(({ word }, at) => at >= after && word === '=>');
  if (arrow < 0) return spot;
  return spot.in.tokens[arrow + 1]?.word === '(' ? { in: spot.in, index: arrow + 2 } : { in: spot.in, index: arrow + 1 };
};
