import { z } from 'zod';
import { certificatePdf } from '../../certificate/pdf/certificate-pdf.ts';
import { verify } from '../../certificate/verify.ts';
import { seeSignedAgreement } from '../../desk/agreements.ts';
import { appeal } from '../../desk/appeal.ts';
import { seeCertificate } from '../../desk/certificate.ts';
import { seeReceipt, seeStatus } from '../../desk/status.ts';
import { supply } from '../../desk/supply.ts';
import type { Status, Subscriber } from '../../desk/views.ts';
import { withdraw } from '../../desk/withdraw.ts';
import { seeOther, show } from '../answer.ts';
import { asReader, download, signInFirst } from '../case-readers.ts';
import type { AcceptedDocument, PortalDeps } from '../deps.ts';
import { uploadFault, uploadWords } from '../field-faults.ts';
import { ReceiptPage } from '../pages/receipt.tsx';
import { StatusPage } from '../pages/status.tsx';
import { SupplementPage } from '../pages/supplement.tsx';
import { WithdrawPage } from '../pages/withdraw.tsx';
import { notFound, type Asked, type Routes } from '../routes.ts';
import { typed } from '../typed.ts';

const supplement = z.object({ note: typed(4000) });
const appealing = z.object({ text: typed(4000) });
const longest = 2000;

export const caseRoutes = (routes: Routes, { desk, accept, keys, key, publicUrl }: PortalDeps): void => {
  routes.get('/cases/:number', async (asked) => {
    const { visit, params, reply } = asked;
    const found = await asReader(desk, visit, (who) => seeStatus(desk, who, params['number'] ?? ''));
    if (found === 'nobody') return signInFirst(asked);
    return found ? show(reply, <StatusPage place={visit.place()} view={found.view} visitor={found.visitor} told={visit.told()} />) : notFound({ visit, reply });
  }, { namesCase: true });

  routes.get('/cases/:number/receipt', async (asked) => {
    const { visit, params, reply } = asked;
    const found = await asReader(desk, visit, (who) => seeReceipt(desk, who, params['number'] ?? ''));
    if (found === 'nobody') return signInFirst(asked);
    if (!found) return notFound({ visit, reply });
    visit.told(); // over with the page after, whether or not that page says it
    return show(reply, <ReceiptPage place={visit.place()} view={found.view} />);
  }, { namesCase: true });

  routes.get('/cases/:number/certificate.jws', async (asked) => {
    const { visit, params, reply } = asked;
    const found = await asReader(desk, visit, (who) => seeCertificate(desk, who, params['number'] ?? ''));
    if (found === 'nobody') return signInFirst(asked);
    return found ? download(reply, 'application/jose', `${params['number']}.jws`, `${found.view.jws}\n`) : notFound({ visit, reply });
  });

  routes.get('/cases/:number/certificate.pdf', async (asked) => {
    const { visit, params, reply } = asked;
    const found = await asReader(desk, visit, (who) => seeCertificate(desk, who, params['number'] ?? ''));
    if (found === 'nobody') return signInFirst(asked);
    if (!found) return notFound({ visit, reply });
    const checked = verify(found.view.jws, keys);
    if (checked.kind !== 'valid') throw new Error(`a certificate of our own does not verify: ${checked.kind}`);
    const pdf = await certificatePdf(checked.statement, found.view.jws, visit.words.language, { verifyUrl: publicUrl() + visit.to.verify, colour: visit.pack.colour.light, key });
    return download(reply, 'application/pdf', `${params['number']}.pdf`, pdf);
  });

  routes.get('/cases/:number/agreements/:agreementId/signed.pdf', async (asked) => {
    const { visit, params, reply } = asked;
    const found = await asReader(desk, visit, (who) => seeSignedAgreement(desk, who, params['number'] ?? '', params['agreementId'] ?? ''));
    if (found === 'nobody') return signInFirst(asked);
    return found ? download(reply, 'application/pdf', `${params['number']}-${params['agreementId']}.pdf`, found.view) : notFound({ visit, reply });
  });

  /** The case, where the page has something to do for it; else its status, which says how it stands. */
  const whereAble = async (asked: Asked & { who: Subscriber }, able: (view: Status) => boolean, page: (view: Status) => Parameters<typeof show>[1]) => {
    const { visit, who, params, reply } = asked;
    const view = await seeStatus(desk, who, params['number'] ?? '');
    if (!view) return notFound({ visit, reply });
    return able(view) ? show(reply, page(view)) : seeOther(reply, visit.to.status(view.applicationNumber));
  };

  routes.ownGet('/cases/:number/supplement', (asked) =>
    whereAble(asked, (view) => view.state === 'waiting', (view) => <SupplementPage place={asked.visit.place()} view={view} faults={[]} />));

  routes.ownPost('/cases/:number/supplement', async ({ visit, who, params, form, reply }) => {
    const number = params['number'] ?? '';
    const { say } = visit.words;
    const { note } = supplement.parse(form.fields);
    const again = async (id: 'document' | 'note', says: string) => {
      const view = await seeStatus(desk, who, number);
      return view ? show(reply, <SupplementPage place={visit.place()} view={view} note={note} faults={[{ id, says }]} />, 422) : notFound({ visit, reply });
    };
    const most = visit.place().uploadMost;
    const documents: AcceptedDocument[] = [];
    const file = form.files['document'];
    if (file) {
      if (file.tooLarge) return again('document', say('upload.too-large', { most }));
      const accepted = await accept(file.contents);
      if (!accepted.ok) return again('document', say(uploadWords[uploadFault(accepted.why)], { most }));
      documents.push(accepted.value);
    }
    if (note.length > longest) return again('note', say('supplement.too-long'));
    const supplied = await supply(desk, who, number, { text: note, documents });
    if (!supplied.ok) {
      if (supplied.why.kind === 'not-found') return notFound({ visit, reply });
      if (supplied.why.kind === 'nothing-given') return again('document', say('supplement.missing'));
    }
    visit.tellNext(supplied.ok ? 'status.supplied' : 'supplement.not-waiting');
    return seeOther(reply, visit.to.status(number));
  });

  routes.ownGet('/cases/:number/withdraw', (asked) =>
    whereAble(asked, (view) => view.withdraw !== undefined, (view) => <WithdrawPage place={asked.visit.place()} view={view} />));

  routes.ownPost('/cases/:number/withdraw', async ({ visit, who, params, reply }) => {
    const number = params['number'] ?? '';
    const done = await withdraw(desk, who, number);
    if (!done.ok && done.why.kind === 'not-found') return notFound({ visit, reply });
    // Sent twice, the second finds it withdrawn already: that is what was wanted.
    const gone = !done.ok && done.why.kind === 'wrong-state' && done.why.state === 'withdrawn';
    visit.tellNext(done.ok || gone ? 'status.withdrawn' : 'withdraw.too-late');
    return seeOther(reply, visit.to.status(number));
  });

  routes.ownPost('/cases/:number/appeal', async ({ visit, who, params, form, reply }) => {
    const number = params['number'] ?? '';
    const done = await appeal(desk, who, number, appealing.parse(form.fields).text.slice(0, longest));
    if (!done.ok && done.why.kind === 'not-found') return notFound({ visit, reply });
    visit.tellNext(done.ok ? 'status.appealed' : done.why.kind === 'nothing-given' ? 'status.appeal-missing' : 'status.another-open');
    return seeOther(reply, visit.to.status(number));
  });
};
