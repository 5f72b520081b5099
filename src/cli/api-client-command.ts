import { addApiClient, apiScopes, listApiClients, revokeApiClient, type CannotAddClient } from '../identity/api-clients.ts';
import type { Desk } from '../desk/desk.ts';
import { openAll } from './open-all.ts';
import type { Assemble } from './run.ts';

export type ClientWords = { readonly brand?: string; readonly scope?: readonly string[]; readonly json?: boolean };
type Said = { readonly status: number; readonly out: readonly string[]; readonly says?: string };

const cannot = (why: CannotAddClient, name: string): string => {
  switch (why.kind) {
    case 'name-taken': return `There is a client ${name} already. Revoke it first, or take another name.`;
    case 'no-name': return 'A name has 1 to 80 letters, digits, blanks, dots or hyphens.';
    case 'no-scope': return `Say what it may ask: --scope ${apiScopes[0]}`;
    case 'no-such-scope': return `There is no scope ${why.scope}; there are: ${apiScopes.join(', ')}.`;
  }
};

export const apiClientOn = async ({ db, clock, packs }: Pick<Desk, 'db' | 'clock' | 'packs'>, what: 'add' | 'list' | 'revoke', name: string, { brand, scope = [], json = false }: ClientWords): Promise<Said> => {
  if (brand === undefined || !packs.brands.includes(brand)) return { status: 1, out: [], says: `Say whose client it is: --brand and one of ${packs.brands.join(', ')}.` };
  if (what === 'list') {
    const clients = await listApiClients(db, brand);
    return { status: 0, out: json ? [JSON.stringify(clients)] : clients.length === 0 ? [`${brand} has no client of the API.`]
      : clients.map((one) => `${one.name.padEnd(24)} ${one.revokedAt === undefined ? 'living' : `revoked ${one.revokedAt.toISOString().slice(0, 10)}`}  ${one.scopes.join(' ')}`) };
  }
  if (what === 'revoke')
    return (await revokeApiClient(db, clock, brand, name)) ? { status: 0, out: [`${name} is revoked: its token opens nothing any more.`] } : { status: 1, out: [], says: `${brand} has no living client ${name}.` };
  const added = await addApiClient(db, clock, { brand, name, scopes: scope });
  if (!added.ok) return { status: 1, out: [], says: cannot(added.why, name) };
  return { status: 0, out: json ? [JSON.stringify({ brand, name, ...added.value })] : [`${name} of ${brand}. Its token, shown this once and kept nowhere:`, added.value.token] };
};

export const apiClient = async (assemble: Assemble, what: 'add' | 'list' | 'revoke', name: string, words: ClientWords, say: (text: string) => void): Promise<number> => {
  const opened = await openAll(assemble, { say, works: false, plants: true, publicUrl: ({ host, port }) => `http://${host}:${port}` });
  try {
    const { status, out, says } = await apiClientOn(opened.signoff.desk, what, name, words);
    for (const line of out) console.log(line);
    if (says !== undefined) say(says);
    return status;
  } finally {
    await opened.stop();
  }
};
