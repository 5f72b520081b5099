import { certificatePdf } from '../../certificate/pdf/certificate-pdf.ts';
import { verify } from '../../certificate/verify.ts';
import { seeAfterwards } from '../../desk/afterwards.ts';
import { seeRecord } from '../../desk/record.ts';
import { askForDataAfterwards, dataRequestKinds } from '../../desk/data-requests.ts';
import { seeOther, show } from '../answer.ts';
import { asReader, download, readersOnly, signInFirst } from '../case-readers.ts';
import type { PortalDeps } from '../deps.ts';
import { AfterwardsPage } from '../pages/afterwards.tsx';
import { recordZip } from '../record-zip.ts';
import { notFound, type Routes } from '../routes.ts';

/** What stays with the subscriber: the whole record, and what is to be known after the end. */
export const recordRoutes = (routes: Routes, { desk, keys, key, publicUrl }: PortalDeps): void => {
  routes.get('/cases/:number/record.zip', async (asked) => {
    const { visit, params, reply } = asked;
    const found = await asReader(desk, visit, (who) => seeRecord(desk, who, params['number'] ?? '', (brand) => `${publicUrl()}/${brand}`));
    if (found === 'nobody') return signInFirst(asked);
    if (!found) return notFound({ visit, reply });
    const { jws, status } = found.view;
    const verifyUrl = publicUrl() + visit.to.verify;
    const checked = jws === undefined ? undefined : verify(jws, keys);
    if (checked !== undefined && checked.kind !== 'valid') throw new Error(`a certificate of our own does not verify: ${checked.kind}`);
    const pdf = checked === undefined || jws === undefined ? undefined : await certificatePdf(checked.statement, jws, visit.words.language, { verifyUrl, colour: visit.pack.colour.light, key });
    const zip = recordZip(found.view, { words: visit.words, pack: visit.pack, now: desk.clock.now(), verifyUrl, ...(pdf === undefined ? {} : { pdf }) });
    return download(reply, 'application/zip', `${status.applicationNumber}.zip`, zip);
  });

  routes.get('/cases/:number/afterwards', async (asked) => {
    const { visit, params, reply } = asked;
    const found = await asReader(desk, visit, (who) => seeAfterwards(desk, who, params['number'] ?? ''));
    if (found === 'nobody') return signInFirst(asked);
    return found ? show(reply, <AfterwardsPage place={visit.place()} view={found.view} told={visit.told()} />) : notFound({ visit, reply });
  });

  routes.post('/cases/:number/data-requests', async (asked) => {
    const { visit, params, form, reply } = asked;
    const number = params['number'] ?? '';
    const kind = dataRequestKinds.find((one) => one === form.fields['kind']);
    const found = await asReader(desk, visit, async (who) => ((kind === undefined ? await seeAfterwards(desk, who, number) : await askForDataAfterwards(desk, who, number, kind)) ? true : undefined));
    if (found === 'nobody') return signInFirst(asked);
    if (!found) return notFound({ visit, reply });
    if (kind !== undefined) visit.tellNext('data.asked');
    return seeOther(reply, visit.to.afterwards(number));
  }, readersOnly(desk));
};
