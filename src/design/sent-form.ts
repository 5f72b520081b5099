import type { FastifyRequest } from 'fastify';
import '@fastify/multipart';

export type SentFile = { readonly contents: Buffer; readonly tooLarge: boolean };
export type SentForm = { readonly fields: Record<string, unknown>; readonly files: Readonly<Record<string, SentFile>> };

/**
 * A form with at most one file, none of it on disk. A file past `largest` is read to its end and thrown away, so that the
 * browser gets an answer that it shows; the rest of the form is there.
 */
export const readForm = async (request: FastifyRequest, largest: number): Promise<SentForm> => {
  if (!request.isMultipart()) return { fields: (request.body ?? {}) as Record<string, unknown>, files: {} };
  try {
    return await readParts(request, largest);
  } catch (fault) {
    // What is cut short, or no form at all, is the sender's doing and no fault of ours; too much of it says so itself.
    if ((fault as { statusCode?: number }).statusCode !== undefined) throw fault;
    throw Object.assign(new Error('not a whole form', { cause: fault }), { statusCode: 400 });
  }
};

const readParts = async (request: FastifyRequest, largest: number): Promise<SentForm> => {
  const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const files: Record<string, SentFile> = Object.create(null) as Record<string, SentFile>;
  for await (const part of request.parts({ limits: { files: 2, fields: 40, fieldSize: 200_000, fileSize: largest + 1 } })) {
    if (part.type === 'field') {
      const before = fields[part.fieldname];
      fields[part.fieldname] = before === undefined ? part.value : [before, part.value].flat();
      continue;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of part.file as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= largest) chunks.push(chunk);
      else chunks.length = 0;
    }
    // A file field that was left empty is sent as a file without name and content.
    if (size > 0 || part.filename !== '') files[part.fieldname] = { contents: Buffer.concat(chunks), tooLarge: size > largest };
  }
  return { fields, files };
};
