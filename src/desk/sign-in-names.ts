/** What somebody signs in with, for themselves: sealed under their own key, and found by its blind index. */
import { maskNumber } from '../evidence/subject.ts';
import { maskContact } from '../notices/contacts.ts';
import type { Pack } from '../policy/pack.ts';
import type { Tx } from '../store/db.ts';
import { contextOf, opened } from '../vault/contents.ts';
import type { Keyring } from '../vault/keyring.ts';

/** `name`: normalised; absent in a row older than migration 0030, of which only the index is kept until its owner signs in again. */
export type SignInName = { readonly kind: Pack['signIn'][number]; readonly index: Buffer; readonly name?: string };

type Row = { kind: SignInName['kind']; index: Buffer; sealed: Buffer | null };

export const signInNamesOf = async (tx: Tx, keyring: Keyring, subscriberId: string): Promise<SignInName[]> =>
  (await tx.query<Row>(`select kind, index, sealed from sign_in_names where subscriber_id = $1 order by kind, index`, [subscriberId]))
    .map(({ kind, index, sealed }) => ({ kind, index, ...(sealed === null ? {} : { name: opened(keyring.open(subscriberId, contextOf.signInName(kind, index), sealed)).toString() }) }));

/** As it may be shown to somebody else, or on a page that others see. A chosen name says whose it is: its first letter alone. */
export type MaskedName = { readonly kind: SignInName['kind']; readonly masked: string };
export const maskedNames = (names: readonly SignInName[]): MaskedName[] =>
  names.flatMap(({ kind, name }) => (name === undefined ? [] : [{ kind, masked: kind === 'phone' ? maskNumber(name) : kind === 'e-mail' ? maskContact({ channel: 'mail', address: name }) : `${[...name][0] ?? ''}•••` }]));

/** By what an operator knows an account: the name that was chosen for it, else the address or number. */
export const accountNameOf = (names: readonly SignInName[]): string | undefined =>
  (['user-name', 'e-mail', 'phone'] as const).map((kind) => names.find((one) => one.kind === kind)?.name).find((name) => name !== undefined);
