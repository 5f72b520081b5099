/** The confirmation of a statement, to the address that it gives: nobody asks first whose address it is, or whether there is such a line. */
import type { Language } from '../policy/pack.ts';
import type { Tx } from '../store/db.ts';
import { insertNotices } from './queue.ts';
import type { TellTools } from './tell.ts';
import type { ValuesOf } from './templates.ts';

export type StatementTelling = { readonly brand: string; readonly statementId: string; readonly language: Language; readonly to: string; readonly values: ValuesOf<'statement-received'> };

export const tellStatement = ({ vault, clock, enqueue }: Pick<TellTools, 'vault' | 'clock' | 'enqueue'>) => async (tx: Tx, { brand, statementId, language, to, values }: StatementTelling): Promise<void> => {
  const keyring = await vault.keyring(tx, [statementId]);
  await insertNotices(tx, { keyring, now: clock.now(), enqueue }, [
    { brand, statementId, cancellationId: null, template: 'statement-received', language, values, to: { channel: 'mail', address: to }, otherwise: [], follows: null, expiresAt: null },
  ]);
};
