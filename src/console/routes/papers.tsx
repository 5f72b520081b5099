import { z } from 'zod';
import { seeOther, show, type Fault } from '../../design/index.ts';
import { filePaper, receivePaper, seePaper } from '../../desk/post.ts';
import { readCodes } from '../../papers/read-codes.ts';
import type { ConsoleDeps } from '../deps.ts';
import { PaperPage, ScanPage } from '../pages/paper.tsx';
import { mayAssist } from '../rights.ts';
import { faultPage, notFound, type Asked, type Own, type Routes } from '../routes.ts';
import { faultsOf } from './calls.tsx';

const text = (most: number) => z.preprocess((value) => (Array.isArray(value) ? value[0] : value) ?? '', z.string().max(most));
const onPaper = z.object({
  reason: text(80), name: text(400), email: text(400), phone: text(400), documentKind: text(80),
  signed: z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string().max(20)).max(5)),
});

export const paperRoutes = (routes: Routes, { desk, accept, largest }: ConsoleDeps): void => {
  const most = `${Math.round(largest / 1024 / 1024)} MB`;

  routes.getFor('/papers', mayAssist, ({ visit, reply }) => show(reply, <ScanPage place={visit.place()} most={most} faults={[]} />));

  routes.upload('/papers', mayAssist, async ({ visit, who, fields, files, reply }) => {
    const { say } = visit.words;
    const again = (id: 'scan' | 'code', says: string) => show(reply, <ScanPage place={visit.place()} most={most} faults={[{ id, says }]} />, 422, false);
    const scan = files['scan'];
    if (scan === undefined) return again('scan', say('paper.no-scan'));
    if (scan.tooLarge) return again('scan', say('upload.too-large', { most }));
    const accepted = await accept(scan.contents);
    if (!accepted.ok) return again('scan', say('upload.not-taken', { most }));
    const typed = text(40).parse(fields['code']).trim();
    const codes = [...(typed === '' ? [] : [typed]), ...await readCodes(accepted.value)];
    if (codes.length === 0) return again('code', say('paper.unreadable'));
    const filed = await filePaper(desk, who, codes, accepted.value);
    if (!filed.ok) return again('code', say(filed.why.kind === 'own-account' ? 'call.find.own-account' : 'paper.unknown'));
    return seeOther(reply, visit.to.paper(filed.value.code));
  });

  const page = async (asked: Asked & Own, faults: readonly Fault[] = [], status = 200) => {
    const view = await seePaper(desk, asked.who, asked.params['code'] ?? '');
    if (!view.ok) return view.why.kind === 'own-account' ? faultPage(asked, 'no-right', 403) : notFound(asked);
    return show(asked.reply, <PaperPage place={asked.visit.place()} view={view.value} faults={faults} />, status, false);
  };

  routes.getFor('/papers/:code', mayAssist, (asked) => page(asked));

  routes.post('/papers/:code', mayAssist, async (asked) => {
    const { visit, who, params, fields, reply } = asked;
    const { say } = visit.words;
    const { signed, documentKind, ...form } = onPaper.parse(fields);
    if (!signed.includes('signature') || !signed.includes('consequences')) return page(asked, [{ id: 'signed', says: say('paper.not-signed') }], 422);
    const received = await receivePaper(desk, who, params['code'] ?? '', { form: { ...form, ...(documentKind === '' ? {} : { documentKind }) }, enclosed: signed.includes('enclosed') });
    if (received.ok) return seeOther(reply, visit.to.paper(received.value.applicationNumber));
    switch (received.why.kind) {
      case 'not-found':
      case 'nothing-filed': return notFound(asked);
      case 'own-account': return faultPage(asked, 'no-right', 403);
      case 'incomplete': return page(asked, faultsOf(received.why.missing.map((field) => ({ field, fault: 'missing' as const })), visit.words), 422);
      case 'not-eligible': return page(asked, [{ id: 'signed', says: visit.words.text(received.why.because) }], 409);
      default: return page(asked, [{ id: 'signed', says: say('paper.not-now') }], 409);
    }
  });
};
