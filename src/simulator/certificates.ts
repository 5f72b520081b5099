/** Certificates for mutual TLS inside one machine: an authority, the server's, the client's. Made once a folder; nothing outside trusts them. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { implicit, objectId, sequence } from '../signature/der.ts';
import { extension, issue } from '../signature/x509.ts';

/** PEM texts. */
export type Pair = { readonly cert: string; readonly key: string };
/** `server` and `client`: we call the SM-DP+. `door` and `reporter`: it calls us. */
export type Certificates = { readonly ca: string; readonly server: Pair; readonly client: Pair; readonly door: Pair; readonly reporter: Pair };

const oid = { subjectAltName: '2.5.29.17', extendedKeyUsage: '2.5.29.37', serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' } as const;
const purpose = (id: string): Buffer => extension(oid.extendedKeyUsage, false, sequence(objectId(id)));
const localNames = extension(oid.subjectAltName, false, sequence(implicit(2, Buffer.from('localhost')), implicit(7, Buffer.of(127, 0, 0, 1))));

const usage = { keyCertSignAndCrlSign: 0x06, digitalSignature: 0x80 } as const;

/** The dates are wide and fixed: TLS looks at the system's clock, and a demo's clock is moved at will. YYMMDDhhmmssZ. */
const from = '200101000000Z';
const validUntil = '491231235959Z';

/** `until` is of those that the authority signs. */
export const makeCertificates = (until = validUntil): Certificates => {
  const authority = issue({ name: 'Simulated carrier, root', authority: true, usage: usage.keyCertSignAndCrlSign, from, until: validUntil });
  const server = issue({ name: 'Simulated SM-DP+', usage: usage.digitalSignature, more: [purpose(oid.serverAuth), localNames], from, until }, authority.asIssuer);
  const client = issue({ name: 'Desk', usage: usage.digitalSignature, more: [purpose(oid.clientAuth)], from, until }, authority.asIssuer);
  const door = issue({ name: 'Desk, door of the SM-DP+', usage: usage.digitalSignature, more: [purpose(oid.serverAuth), localNames], from, until }, authority.asIssuer);
  const reporter = issue({ name: 'Simulated SM-DP+, reporting', usage: usage.digitalSignature, more: [purpose(oid.clientAuth)], from, until }, authority.asIssuer);
  const pair = ({ cert, key }: Pair): Pair => ({ cert, key });
  return { ca: authority.cert, server: pair(server), client: pair(client), door: pair(door), reporter: pair(reporter) };
};

/** Those of the folder, made at the first call. One file, renamed into place: half a set never stands there. */
export const certificatesIn = async (folder: string): Promise<Certificates> => {
  const path = join(folder, 'tls.json');
  const held = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  const kept = held === null ? undefined : JSON.parse(held) as Partial<Certificates>;
  // A folder of an earlier build lacks what came since: all of them are made anew, because the authority's key is kept nowhere.
  if (kept?.door !== undefined) return kept as Certificates;
  const made = makeCertificates();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, JSON.stringify(made, null, 1), { mode: 0o600 });
  await rename(`${path}.new`, path);
  return made;
};
