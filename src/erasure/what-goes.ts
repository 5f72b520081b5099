/** The erasure of a person as the map says it: what a new column of the map is, it is here too. */
import { dataMap, type TableOfData, type WayToPerson } from './data-map.ts';

/** `empty`: the row stays, because what is kept names it; these columns say nothing any more. */
export type Going = { readonly table: string; readonly ways: readonly Exclude<WayToPerson, 'key'>[] } & ({ readonly act: 'delete' } | { readonly act: 'empty'; readonly columns: readonly string[] });

const goes = (table: TableOfData): readonly string[] => table.personal.filter(({ fate }) => fate !== 'keep').map(({ column }) => column);

/** In the order in which it is done: whoever names a row goes before it. Without the keys, which go when all of this is gone. @throws where a table would lose what the map keeps */
export const whatGoes = (map: Readonly<Record<string, TableOfData>> = dataMap): readonly Going[] =>
  Object.entries(map).toReversed().flatMap(([table, of]): Going[] => {
    const columns = goes(of);
    const ways = [of.subject, ...(of.also ?? [])].filter((way) => way !== 'none' && way !== 'key');
    if (columns.length === 0 || ways.length === 0) return [];
    if (of.stays) return [{ table, ways, act: 'empty', columns }];
    if (columns.length < of.personal.length) throw new Error(`the data-map lets rows of ${table} go and keeps a column of them: it needs \`stays\``);
    return [{ table, ways, act: 'delete' }];
  });

/** The tables of which something of the person's stays: what the journal says of it. */
export const whatStays = (map: Readonly<Record<string, TableOfData>> = dataMap): readonly string[] =>
  Object.entries(map).filter(([, { subject, personal }]) => subject !== 'none' && personal.some(({ fate }) => fate === 'keep')).map(([table]) => table);
