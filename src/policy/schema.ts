import { z } from 'zod';
import { pack } from './pack.ts';

/** policies/pack.schema.json: JSON Schema 2020-12 of a pack as written in a file, for editors. */
export const packSchemaText = (): string => {
  const { $schema, ...schema } = z.toJSONSchema(pack, { io: 'input' });
  return `${JSON.stringify({ $schema, title: 'Policy pack of a brand', description: 'Generated from src/policy/pack.ts by `signoff policy schema`.', ...schema }, null, 2)}\n`;
};
