/** A declaration without sign-in (§ 312k BGB; art. 11a of Directive 2011/83/EU): taken as it is, confirmed at once, and only then looked at. */
import { randomBytes } from 'node:crypto';
import { applicationNumber } from '../cancellation/identifiers/application-number.ts';
import { parseEMail } from '../cancellation/identifiers/e-mail.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { OpenEntry } from '../policy/laws.ts';
import type { Language } from '../policy/pack.ts';
import { contextOf, opened, statementContents, type StatementContents } from '../vault/contents.ts';
import type { Desk } from './desk.ts';

/** As typed; what the entry does not ask for is not looked at. */
export type StatementTyped = Readonly<Record<'kind' | 'reason' | 'name' | 'contract' | 'when' | 'ends' | 'email', string>>;
export type StatementFault = { readonly field: keyof StatementTyped; readonly kind: 'missing' | 'not-valid' };

/** Only what nobody could act on or confirm without is asked for again: a statement is not refused for its content. */
export const readStatement = ({ asks }: Pick<OpenEntry, 'asks'>, typed: StatementTyped): Result<StatementContents, readonly StatementFault[]> => {
  const [name, contract, reason, ends] = [typed.name.trim(), typed.contract.trim(), typed.reason.trim(), typed.ends.trim()];
  const email = parseEMail(typed.email);
  const extraordinary = asks.includes('kind') && typed.kind === 'extraordinary';
  const onDay = asks.includes('end-date') && (typed.when === 'day' || ends !== ''); // a day that was written is meant
  const missing = (field: StatementFault['field'], text: string): StatementFault[] => (text === '' ? [{ field, kind: 'missing' }] : []);
  const faults: StatementFault[] = [
    ...(extraordinary ? missing('reason', reason) : []), ...missing('name', name), ...missing('contract', contract),
    ...(onDay && !isDay(ends) ? [{ field: 'ends', kind: ends === '' ? 'missing' : 'not-valid' } as const] : []),
    ...(email.ok ? [] : [{ field: 'email', kind: typed.email.trim() === '' ? 'missing' : 'not-valid' } as const]),
  ];
  if (!email.ok || faults.length > 0) return no(faults);
  return ok({
    name, contract, email: email.value,
    ...(asks.includes('kind') ? { kind: extraordinary ? 'extraordinary' as const : 'ordinary' as const } : {}),
    ...(asks.includes('reason') && reason !== '' ? { reason } : {}),
    ...(asks.includes('end-date') ? { ends: onDay ? ends : '' } : {}),
  });
};
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T12:00:00Z`)) && new Date(`${text}T12:00:00Z`).toISOString().startsWith(text);

/** `form`: what only this showing of the form to this browser has. Sent twice from there, the same statement is one. */
export type Declaring = { readonly brand: string; readonly language: Language; readonly entry: OpenEntry; readonly contents: StatementContents; readonly form: string };

/**
 * Resolves to what lets this browser see the receipt. Nothing here looks for the line: neither the answer nor how long it takes
 * says whether there is one.
 */
export const declare = async (desk: Desk, { brand, language, entry, contents, form }: Declaring): Promise<{ readonly pass: string }> => {
  const id = uuidOf(desk.vault.mark('statement', brand, entry.path, form, JSON.stringify(contents)));
  const kind = entry.act === 'cancel' ? 'cancellation' : 'withdrawal';
  await desk.db.inBrand(brand, async (tx) => {
    const now = desk.clock.now();
    const reference = applicationNumber(randomBytes(8));
    await desk.vault.newKeys(tx, brand, [id]);
    const keyring = await desk.vault.keyring(tx, [id]);
    const kept = await tx.query(
      `insert into statements (id, brand, kind, reference, law, entry, language, sealed, received_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing returning 1`,
      [id, brand, kind, reference, entry.version, entry.id, language, keyring.sealJson(id, contextOf.statement(id), contents), now]);
    if (kept.length === 0) return;
    await desk.tellStatement(tx, {
      brand, statementId: id, language, to: contents.email,
      values: { act: kind, reference, at: now.toISOString(), name: contents.name, contract: contents.contract, kind: contents.kind ?? null, reason: contents.reason ?? null, ends: contents.ends ?? null },
    });
    await desk.jobs.enqueue(tx, 'statements', [
      ...(kind === 'cancellation' ? [{ data: { brand, statementId: id } }] : []),
      ...(entry.keptDays === undefined ? [] : [{ data: { brand, statementId: id, destroy: true as const }, at: new Date(now.getTime() + entry.keptDays * 86_400_000) }]),
    ]);
  });
  return { pass: passOf(desk, brand, id) };
};

const uuidOf = (hash: Buffer): string => hash.toString('hex').slice(0, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-8$4-$5');
const passOf = (desk: Pick<Desk, 'vault'>, brand: string, id: string): string => `${id}.${desk.vault.mark('statement receipt', brand, id).toString('base64url')}`;

export type StatementReceipt = { readonly kind: 'cancellation' | 'withdrawal'; readonly reference: string; readonly receivedAt: Date; readonly contents: StatementContents };

/** For the browser that sent it, and for no other. */
export const seeReceipt = async (desk: Desk, brand: string, pass: string): Promise<StatementReceipt | undefined> => {
  const id = pass.split('.')[0] ?? '';
  if (pass !== passOf(desk, brand, id)) return undefined;
  return desk.db.inBrand(brand, async (tx) => {
    const [row] = await tx.query<{ kind: StatementReceipt['kind']; reference: string; received_at: Date; sealed: Buffer }>(`select kind, reference, received_at, sealed from statements where id = $1`, [id]);
    if (row === undefined) return undefined;
    const keyring = await desk.vault.keyring(tx, [id]);
    return { kind: row.kind, reference: row.reference, receivedAt: row.received_at, contents: opened(keyring.openJson(id, contextOf.statement(id), row.sealed, statementContents)) };
  });
};
