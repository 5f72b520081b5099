/** Noto Sans for Simplified and for Traditional Chinese: the same character is drawn differently in each. Latin comes with both. */
import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';
import type { Language } from '../../policy/pack.ts';

type Script = 'simplified' | 'traditional';
export type Weight = 'regular' | 'bold';
/** What pdfkit registers a face under. */
export type Face = `${Script}-${Weight}`;

const packages = { simplified: ['@embedpdf/fonts-sc', 'NotoSansHans'], traditional: ['@embedpdf/fonts-tc', 'NotoSansHant'] } as const;
const weights = { regular: 'Regular', bold: 'Bold' } as const;

const read = new Map<Face, Buffer>();
/** The whole font, 6 to 9 MB; pdfkit embeds only the glyphs that are used. Read once. */
export const fontFile = (face: Face): Buffer => {
  let bytes = read.get(face);
  if (bytes === undefined) {
    const [script, weight] = face.split('-') as [Script, Weight];
    const [name, family] = packages[script];
    bytes = readFileSync(new URL(`../fonts/${family}-${weights[weight]}.otf`, import.meta.resolve(name)));
    read.set(face, bytes);
  }
  return bytes;
};

const opened = new Map<Script, Font>();
const fontOf = (script: Script): Font => {
  let font = opened.get(script);
  if (font === undefined) {
    font = create(fontFile(`${script}-regular`)) as Font;
    opened.set(script, font);
  }
  return font;
};
const draws = (script: Script, text: string): boolean => [...text].every((character) => fontOf(script).hasGlyphForCodePoint(character.codePointAt(0) ?? 0));

/** The face for a text in this language. A brand may write its name in the other script: what a face lacks is drawn in the other. */
export const faceFor = (text: string, language: Language, weight: Weight): Face => {
  const [own, other]: [Script, Script] = language === 'zh-TW' ? ['traditional', 'simplified'] : ['simplified', 'traditional'];
  return !draws(own, text) && draws(other, text) ? `${other}-${weight}` : `${own}-${weight}`;
};
