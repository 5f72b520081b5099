import { seeLetter, type LetterView } from '../../desk/letter.ts';
import { seeLines } from '../../desk/see-lines.ts';
import { letterPdf } from '../../papers/letter-pdf.ts';
import { letterOf, type LetterFacts } from '../../papers/letter.ts';
import type { Language } from '../../policy/pack.ts';
import { show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { LetterPage } from '../pages/letter.tsx';
import { notFound, type Asked, type Routes } from '../routes.ts';

const inLanguage = ({ facts, refused }: LetterView, language: Language): LetterFacts => ({ ...facts, ...(refused === undefined ? {} : { refusedBecause: refused.says[language] }) });

export const letterRoutes = (routes: Routes, { desk }: PortalDeps): void => {
  const download = (reply: Asked['reply'], pdf: Buffer) =>
    reply.type('application/pdf').header('content-disposition', 'attachment; filename="letter.pdf"').header('cache-control', 'no-store').send(pdf);
  const aboutWhat = (params: Asked['params']) => (params['number'] === undefined ? { lineId: params['lineId'] ?? '' } : { number: params['number'] });

  for (const path of ['/lines/:lineId/letter', '/cases/:number/letter']) {
    routes.ownGet(path, async ({ visit, who, params, reply }) => {
      const view = await seeLetter(desk, who, aboutWhat(params));
      if (view === undefined) return notFound({ visit, reply });
      const here = params['number'] === undefined ? visit.to.letter(view.lineId) : visit.to.caseLetter(params['number']);
      return show(reply, (
        <LetterPage place={{ ...visit.place(), pack: view.pack }} letter={letterOf(view.pack, inLanguage(view, visit.words.language), visit.words.language)}
          pdf={`${here}.pdf`} back={params['number'] === undefined ? visit.to.line(view.lineId) : visit.to.status(params['number'])} />
      ));
    });
    routes.ownGet(`${path}.pdf`, async ({ visit, who, params, reply }) => {
      const view = await seeLetter(desk, who, aboutWhat(params));
      return view === undefined ? notFound({ visit, reply }) : download(reply, await letterPdf(view.pack, inLanguage(view, visit.words.language), visit.words.language));
    });
  }

  // For everybody, with blanks: who can't sign in needs it most.
  const blank = (): LetterFacts => ({ kind: 'cancel', at: desk.clock.now() });
  routes.get('/letter', async ({ visit, reply }) => {
    const { pack, session, words } = visit;
    const lines = session ? (await seeLines(desk, { brand: pack.brand, subscriberId: session.subscriberId })).lines : undefined;
    return show(reply, <LetterPage place={visit.place()} letter={letterOf(pack, blank(), words.language)} pdf={`${visit.to.blankLetter}.pdf`} back={visit.to.help} {...(lines ? { lines } : {})} />);
  });
  routes.get('/letter.pdf', async ({ visit, reply }) => download(reply, await letterPdf(visit.pack, blank(), visit.words.language)));
};
