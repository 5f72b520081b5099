/** The demo's key for signing documents, kept as a file of the data folder. Production brings its own and never comes here. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../cancellation/result.ts';
import { foundOrMade } from '../vault/keys-folder.ts';
import { makeDocumentKey, readDocumentKey, type CannotUseDocumentKey, type DocumentKey } from './document-key.ts';

/** Finds `document-signing.pem` (key, certificate, and the authority that a reader can be told to trust) in the folder, or makes it. Throws what the file system says. */
export const loadOrMakeDocumentKey = async (folder: string): Promise<Result<DocumentKey, CannotUseDocumentKey>> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'document-signing.pem');
  const text = await foundOrMade(path, () => { const { key, certificate } = makeDocumentKey(); return key + certificate; });
  return readDocumentKey({ key: text, certificate: text }, { key: path, certificate: path });
};
