/** Browsers that a person signed in from. A known one is no proof of anybody; it only has a throttle of its own. */
import type { Tx } from '../store/db.ts';
import { hashOfToken, newToken } from './sessions.ts';

const nobody = '00000000-0000-0000-0000-000000000000';

/** Asks in the same way where there is no such person. */
export const knowsDevice = async (tx: Tx, device: string | undefined, personId: string | undefined): Promise<boolean> => {
  const rows = await tx.query('select 1 from known_devices where token_hash = $1 and person_id = $2', [hashOfToken(device ?? ''), personId ?? nobody]);
  return device !== undefined && rows.length > 0;
};

/** Resolves to the token for the browser's lasting cookie: the one it has where that is this person's, else a new one. */
export const rememberDevice = async (tx: Tx, now: Date, known: { brand: string; personId: string; device?: string | undefined }): Promise<string> => {
  if (known.device !== undefined) {
    const seen = await tx.query('update known_devices set used_at = $3 where token_hash = $1 and person_id = $2 returning 1', [hashOfToken(known.device), known.personId, now]);
    if (seen.length > 0) return known.device;
  }
  const device = newToken();
  await tx.query('insert into known_devices (token_hash, brand, person_id, used_at) values ($1, $2, $3, $4)', [hashOfToken(device), known.brand, known.personId, now]);
  return device;
};

export const forgetDevices = async (tx: Tx, personIds: readonly string[]): Promise<void> => {
  await tx.query('delete from known_devices where person_id = any($1::uuid[])', [personIds]);
};
