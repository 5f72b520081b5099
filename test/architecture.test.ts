import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { moveNames } from '../src/cancellation/life-cycle.ts';

// Who may import whom (ARCHITECTURE.md). A rule names folders, or one file as `folder/file`.
// There is no list of exceptions, and none may come: change the rule and say why, or change the code.

const pure = ['cancellation', 'policy', 'settlement', 'plan', 'numbers', 'erasure', 'evidence'];
const doors = ['portal', 'console', 'api'];
// Of the pure folders a door may name any type, read the table of states itself, and end a switch over refusals: the rest is decided behind the desk.
const forDoors = ['desk', 'identity', 'design', 'language', 'certificate', 'papers', 'cancellation/life-cycle', 'policy/stages', 'policy/look-alike', 'policy/find-entry', 'cancellation/result'];

const mayImport: Readonly<Record<string, readonly string[]>> = {
  cancellation: [],
  policy: ['cancellation'],
  settlement: ['cancellation', 'policy/pack', 'policy/end', 'policy/in-words'],
  plan: ['cancellation', 'policy', 'settlement'],
  numbers: ['cancellation', 'policy'],
  erasure: ['cancellation', 'policy', 'settlement', 'plan'],
  evidence: ['cancellation', 'policy', 'settlement', 'plan'],
  language: ['policy/pack'],
  store: pure,
  vault: [...pure, 'store'],
  // Signs what others render; knows no case.
  signature: ['cancellation/result', 'vault/keys-folder'],
  // Signs and renders what evidence states.
  certificate: [...pure, 'language', 'signature'],
  // Sets letters and forms as certificates are set.
  papers: ['policy/pack', 'language', 'certificate/pdf', 'cancellation'],
  identity: [...pure, 'store', 'vault', 'language'],
  notices: [...pure, 'store', 'vault', 'language'],
  desk: [...pure, 'papers', 'store', 'vault', 'language', 'certificate', 'notices', 'signature'],
  execution: [...pure, 'store', 'vault', 'language', 'certificate', 'notices', 'desk'],
  design: ['language'],
  portal: forDoors,
  console: forDoors,
  api: forDoors,
  // Connectors know the ports and the values that ports carry, and share the exchanges beside their folders.
  connectors: ['plan/ports', 'cancellation'],
  // The secrets and folders of this installation, read once.
  settings: ['store/cannot-start', 'store/profile', 'vault', 'signature/document-key'],
  // Plays the operator: fills the store as an operator's own systems would, and the simulated carrier to match.
  demo: [...pure, 'store', 'vault', 'identity', 'desk', 'language', 'simulator', 'settings'],
  // Opens the doors on one server: what each of them stands on.
  doors: ['main', 'api', 'portal', 'console', 'cancellation/identifiers', 'certificate/published-keys', 'notices/tell', 'operation', 'vault/documents'],
  // Looks on: calls by the shape of ports, the store's own figures. Knows no desk and no case.
  operation: ['plan/ports', 'cancellation', 'store'],
  // The other side of the same protocols: it speaks them with the same codecs.
  simulator: ['connectors', 'cancellation', 'plan/ports', 'language', 'design', 'signature'],
};

/** Each command names the edges it needs, and no more. */
const commandsMayImport: Readonly<Record<string, readonly string[]>> = {
  'cli/run': ['main', 'store/cannot-start'],
  // Opens everything that one process needs, in order.
  'cli/open-all': ['main', 'settings', 'operation', 'store', 'vault', 'signature', 'certificate', 'simulator', 'demo'],
  'cli/start-command': ['main', 'doors', 'store/cannot-start'],
  'cli/operation': ['settings', 'operation', 'store/cannot-start'],
  'cli/db-command': ['settings', 'store/cannot-start', 'store/connect-to', 'store/distribution'],
  // Looks at everything that production stands on.
  'cli/doctor-command': ['settings', 'store/cannot-start', 'store/clock', 'store/connect-to'],
  'cli/doctor-checks': ['settings', 'store/migrate'],
  'cli/check-copy': [],
  'cli/demo-command': ['demo', 'doors', 'certificate', 'simulator/systems', 'store/journal', 'store/postgres-cluster', 'store/server'],
  // Looks at every peer, at simulated ones where none is configured.
  'cli/connectors-command': ['main', 'settings', 'demo/carrier', 'simulator/start', 'store/cannot-start', 'store/clock'],
  'cli/conformance-command': ['main', 'settings', 'simulator/start', 'store/cannot-start', 'store/clock'],
  'cli/policy-command': ['policy'],
  'cli/verify-command': ['certificate', 'evidence', 'language'],
};
const anyCommandMayImport = [...forDoors, ...pure];

type Import = { readonly from: string; readonly to: string; readonly names: string; readonly typeOnly: boolean };
type Source = { readonly path: string; readonly text: string; readonly code: string; readonly imports: readonly Import[] };

const filesUnder = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !/\bnode_modules\b/.test(entry.parentPath)).map((entry) => join(entry.parentPath, entry.name)) : [];

/** Without comments, so that a word in a sentence is not taken for code; strings stay. */
const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

const importsOf = (path: string, code: string): Import[] => {
  const found: Import[] = [];
  const statement = /^\s*(?:import\s+(type\s+)?(?:([\w*{}\s,$]+?)\s+from\s+)?|export\s+(type\s+)?(\*(?:\s+as\s+\w+)?|\{[^}]*\})\s+from\s+)['"]([^'"]+)['"]/gm;
  for (const [, importType, imported, exportType, exported, to = ''] of code.matchAll(statement)) {
    const names = (imported ?? exported ?? '').trim();
    const each = /^\{([^}]*)\}$/.exec(names)?.[1]?.split(',').map((name) => name.trim()).filter(Boolean);
    found.push({ from: path, to, names, typeOnly: Boolean(importType ?? exportType) || (each !== undefined && each.length > 0 && each.every((name) => name.startsWith('type '))) });
  }
  for (const [, to = ''] of code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)) found.push({ from: path, to, names: '*', typeOnly: false });
  return found;
};

const sources: Source[] = ['src', 'test', 'policies', 'bench'].flatMap(filesUnder).filter((path) => /\.tsx?$/.test(path)).map((path) => {
  const text = readFileSync(path, 'utf8');
  const code = withoutComments(text);
  return { path, text, code, imports: importsOf(path, code) };
});
const ours = sources.filter(({ path }) => path.startsWith('src/'));

/** `src/policy/pack.ts` is `policy/pack`; nothing where the import leads out of src. */
const placeOf = (path: string): string | undefined => /^src\/(.+?)\.(?:tsx?|json)$/.exec(path)?.[1];
const folderOf = (place: string): string => place.split('/')[0] ?? '';
const targetOf = ({ from, to }: Import): string | undefined => (to.startsWith('.') ? placeOf(relative('.', resolve(dirname(from), to))) : undefined);

const allows = (rules: readonly string[], target: string): boolean => rules.some((rule) => target === rule || target.startsWith(`${rule}/`));

const violations = (check: (source: Source) => readonly string[]): string[] => ours.flatMap((source) => check(source).map((what) => `${source.path}: ${what}`));

describe('who may import whom', () => {
  test('every folder has a rule', () => {
    const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory() && filesUnder(join('src', entry.name)).some((path) => /\.tsx?$/.test(path))).map((entry) => entry.name);
    expect(folders.filter((folder) => !(folder in mayImport) && folder !== 'cli')).toEqual([]);
    expect(ours.length).toBeGreaterThan(50);
  });

  test('folders import only what their rule names', () => {
    expect(violations(({ path, imports }) => {
      const place = placeOf(path);
      if (!place || place === 'main') return [];
      const folder = folderOf(place);
      const rules = folder === 'cli' ? [...anyCommandMayImport, ...(commandsMayImport[place] ?? [])] : (mayImport[folder] ?? []);
      return imports.flatMap((one) => {
        const target = targetOf(one);
        if (!target || folderOf(target) === folder || allows(rules, target)) return [];
        return doors.includes(folder) && one.typeOnly && allows(pure, target) ? [] : [`imports ${target}`];
      });
    })).toEqual([]);
  });

  test('no connector knows another, and only main names them', () => {
    const connector = (place: string): string | undefined => /^connectors\/([^/]+)\//.exec(place)?.[1];
    expect(violations(({ path, imports }) => {
      const place = placeOf(path) ?? '';
      return imports.flatMap((one) => {
        const named = connector(targetOf(one) ?? '');
        const mayName = place === 'main' || folderOf(place) === 'simulator' || connector(place) === named;
        return named && !mayName ? [`names the connector ${named}`] : [];
      });
    })).toEqual([]);
  });

  test('nothing in src reaches for tests or the launcher, and only its command for a bench', () => {
    const closed = (path: string): RegExp => (path === 'src/cli/bench-command.ts' ? /^(test|signoff)\b/ : /^(test|signoff|bench)\b/);
    expect(violations(({ path, imports }) => imports.filter(({ to }) => to.startsWith('.') && closed(path).test(relative('.', resolve(dirname(path), to)))).map(({ to }) => `imports ${to}`))).toEqual([]);
  });
});

describe('pure folders', () => {
  const pureSources = ours.filter(({ path }) => pure.includes(folderOf(placeOf(path) ?? '')));
  /** Hashing and checking a signature are functions of their arguments. */
  const pureCryptography = /^\{\s*(?:type\s+)?(createHash|hash|verify|createPublicKey|timingSafeEqual|KeyObject|\s|,|type)+\s*\}$/;

  test('import no package but zod', () => {
    const packages = pureSources.flatMap(({ path, imports }) => imports
      .filter(({ to, names }) => !to.startsWith('.') && to !== 'zod' && !(to === 'node:crypto' && pureCryptography.test(names)))
      .map(({ to, names }) => `${path}: ${names} from ${to}`));
    expect(packages).toEqual([]);
  });

  test('have no clock, no randomness, no input and no output', () => {
    const impure = /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bcrypto\.|\bprocess\.(?!\w+\s*:)|\bfetch\(|\bconsole\.|\bset(Timeout|Interval|Immediate)\(|\bperformance\.|\bglobalThis\b/;
    expect(pureSources.flatMap(({ path, code }) => { const found = impure.exec(code); return found ? [`${path}: ${found[0]}`] : []; })).toEqual([]);
  });
});

describe('shape', () => {
  test('one file in moves/ for each row of the life cycle', () => {
    const files = readdirSync('src/cancellation/moves').filter((name) => name.endsWith('.ts') && name !== 'move.ts').map((name) => basename(name, '.ts'));
    expect(files.toSorted()).toEqual([...moveNames].sort());
  });

  test('file names are kebab-case and say what is inside', () => {
    const bad = sources.map(({ path }) => path).filter((path) => {
      const name = basename(path).replace(/(\.test|\.d)?\.tsx?$/, '');
      return !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || /\b(utils?|helpers?|common|managers?|services?|misc)\b/.test(path.replace(/common-passwords|linked-services/g, ''));
    });
    expect(bad).toEqual([]);
  });

  test('no file is longer than 400 lines', () => {
    expect(sources.filter(({ text }) => text.split('\n').length > 401).map(({ path }) => path)).toEqual([]);
  });

  test('no mark of unfinished work, no test that is switched off or narrowed', () => {
    const marks = new RegExp(['TO', 'DO|FIX', 'ME|X', 'XX'].join('').replace(/(\w+)/g, '\\b$1\\b'));
    const switched = new RegExp(String.raw`\b(it|test|describe)\.(skip|only|todo|fails)\b|\bx(it|describe)\(`);
    expect(sources.filter(({ path, text, code }) => marks.test(text) || (path.startsWith('test/') && switched.test(code))).map(({ path }) => path)).toEqual([]);
  });

  test('every folder of src explains itself in at most ten lines', () => {
    const folders = [...new Set(ours.map(({ path }) => path.split('/').slice(0, 2).join('/')))].filter((folder) => !folder.endsWith('.ts'));
    const bad = folders.filter((folder) => {
      const readme = join(folder, 'README.md');
      return !existsSync(readme) || readFileSync(readme, 'utf8').trimEnd().split('\n').length > 10;
    });
    expect(bad).toEqual([]);
  });
});

describe('messages', () => {
  const languages = ['zh-CN', 'zh-TW', 'en'];
  const keysOf = (area: string, language: string): string[] => Object.keys(JSON.parse(readFileSync(join('messages', area, `${language}.json`), 'utf8')) as object).sort();

  test('every area says the same things in all three languages', () => {
    const areas = readdirSync('messages', { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(areas.length).toBeGreaterThan(0);
    for (const area of areas) for (const language of languages) expect(keysOf(area, language), `${area} ${language}`).toEqual(keysOf(area, 'zh-CN'));
  });
});
