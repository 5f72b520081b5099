import { z } from 'zod';
import type { Fault } from '../../design/index.ts';
import { declare, readStatement, seeReceipt, type StatementTyped } from '../../desk/statement.ts';
import { formatInstant } from '../../language/index.ts';
import { mayState } from '../../identity/open-statements.ts';
import { newToken } from '../../identity/sessions.ts';
import { seeOther, show } from '../answer.ts';
import type { PortalDeps } from '../deps.ts';
import { linesOf, StatementPage, StatementReceiptPage, StatementsPage } from '../pages/statement.tsx';
import { notFound, type Asked, type Routes } from '../routes.ts';
import { typed } from '../typed.ts';
import { minutesOf } from './sign-in.tsx';

const asked = z.object({ kind: typed(20), reason: typed(1000), name: typed(120), contract: typed(80), when: typed(20), ends: typed(20), email: typed(254) });
const sending = z.object({ once: typed(80) });
const empty: StatementTyped = { kind: 'ordinary', reason: '', name: '', contract: '', when: 'soonest', ends: '', email: '' };

/** Two steps for anybody: no sign-in, no code and no document is a condition of them. */
export const statementRoutes = (routes: Routes, { desk }: PortalDeps): void => {
  routes.get('/statement', ({ visit, reply }) => {
    const place = visit.place();
    return place.entries.length > 0 ? show(reply, <StatementsPage place={place} />) : notFound({ visit, reply });
  });

  const entryOf = ({ visit, params }: Asked) => desk.packs.openEntries(visit.pack.brand, desk.clock.now()).find(({ path }) => path === `${params['law']}/${params['entry']}`);

  routes.get('/statement/:law/:entry', (asking) => {
    const entry = entryOf(asking);
    return entry ? show(asking.reply, <StatementPage place={asking.visit.place()} entry={entry} typed={empty} faults={[]} once={newToken()} />) : notFound(asking);
  });

  routes.post('/statement/:law/:entry', async (sent) => {
    const { visit, form: { fields }, reply } = sent;
    const { pack, words: { say, language }, jar, from } = visit;
    const entry = entryOf(sent);
    if (!entry) return notFound(sent);
    const given = asked.parse(fields);
    const { once } = sending.parse(fields);
    const again = (faults: readonly Fault[], status = 422) => show(reply, <StatementPage place={visit.place()} entry={entry} typed={given} faults={faults} once={once} />, status);
    const read = readStatement(entry, given);
    if (!read.ok) return again(read.why.map(({ field, kind }) => ({ id: field, says: say(`statement.${field}.${kind}` as Parameters<typeof say>[0]) })));
    const may = await mayState(desk.db, desk.vault, desk.clock, { brand: pack.brand, from });
    if (!may.ok) return again([{ id: 'email', says: say('statement.too-often', { minutes: minutesOf(may.why.seconds), mail: pack.addresses.mail, phone: pack.addresses.phone }) }], 429);
    const { pass } = await declare(desk, { brand: pack.brand, language, entry, contents: read.value, form: `${String(fields['token'])} ${once}` });
    jar.set('statement', pass);
    return seeOther(reply, visit.to.statementReceipt);
  });

  const receiptOf = ({ visit }: Asked) => seeReceipt(desk, visit.pack.brand, visit.jar.get('statement') ?? '');

  routes.get('/statement/receipt', async (asking) => {
    const receipt = await receiptOf(asking);
    return receipt ? show(asking.reply, <StatementReceiptPage place={asking.visit.place()} receipt={receipt} />) : seeOther(asking.reply, asking.visit.to.statements);
  });

  routes.get('/statement/receipt.txt', async (asking) => {
    const receipt = await receiptOf(asking);
    if (!receipt) return notFound(asking);
    const { visit: { pack, words }, reply } = asking;
    const at = { what: words.say('statement.receipt.at'), is: `${formatInstant(receipt.receivedAt, pack.calendar.zone, words.language)} (${receipt.receivedAt.toISOString()})` };
    const text = [words.text(pack.name), ...[at, ...linesOf(receipt, words)].map(({ what, is }) => `${what}: ${is.replace(/\s+/g, ' ')}`), ''].join('\r\n');
    return reply.type('text/plain; charset=utf-8').header('content-disposition', `attachment; filename="${receipt.reference}.txt"`).header('cache-control', 'no-store').send(text);
  });
};
