import type { Language, Pack } from '../policy/pack.ts';
import { translator } from '../language/index.ts';
import { letterOf, type LetterFacts, type PapersKey } from './letter.ts';
import { facts, paper, paragraph, signatureLine } from './paper.ts';

/** The letter on one page of A4, to be signed by hand. */
export const letterPdf = (pack: Pack, given: LetterFacts, language: Language): Promise<Buffer> => {
  const letter = letterOf(pack, given, language);
  const say = translator<PapersKey>('papers', language);
  return paper({ title: letter.subject, author: letter.name, language, colour: pack.colour.light, at: given.at }, (sheet) => {
    letter.to.forEach((line, place) => paragraph(sheet, line, { after: place === letter.to.length - 1 ? 22 : 0 }));
    paragraph(sheet, letter.date, { after: 22 });
    paragraph(sheet, letter.subject, { size: 14, weight: 'bold', after: 14 }, 'H1');
    facts(sheet, letter.facts);
    for (const one of letter.body) paragraph(sheet, one);
    signatureLine(sheet, [say('signature'), say('place-and-date')]);
    paragraph(sheet, letter.name);
  });
};
