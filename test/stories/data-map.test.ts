import pg from 'pg';
import { expect, it } from 'vitest';
import { dataMap, type TableOfData } from '../../src/erasure/data-map.ts';
import { testDatabase } from '../database.ts';

const inMap = Object.entries(dataMap as Record<string, TableOfData>).flatMap(([table, { personal, plain }]) => [...personal.map(({ column }) => column), ...plain].map((column) => `${table}.${column}`));

it('P9 N9 every column of the database is in the data-map, once', async () => {
  const database = await testDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(`select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`);
    expect(inMap.toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
    expect(new Set(inMap).size).toBe(inMap.length);
  } finally {
    await client.end();
    await database.drop();
  }
});

it('what lies sealed is personal, and becomes unreadable with its key', () => {
  for (const [table, { personal, plain }] of Object.entries(dataMap as Record<string, TableOfData>)) {
    expect(plain.filter((column) => column.startsWith('sealed')), table).toEqual([]);
    for (const one of personal.filter(({ column }) => column.startsWith('sealed'))) expect(one.fate, `${table}.${one.column}`).toBe('unreadable');
  }
});
