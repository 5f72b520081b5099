/** Somebody asks for a code. Whether there is anybody to send it to, the answer does not say. */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { ok, type Result } from '../cancellation/result.ts';
import type { Clock } from '../store/clock.ts';
import type { Db, Tx } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';
import { type CodePurpose, type ContactChannel, type IssuedCode, issueCode, type TellCode } from './one-time-codes.ts';
import { countTry, sourceKey, type Wait } from './throttle.ts';

/** Milliseconds. Longer than putting a message on its way takes, so that doing it does not show. */
const strangersAreAnsweredAfter = 250;

export type Whose = { readonly subscriberId: string; readonly cancellationId?: string };
/** `nameKey`: the keyed hash of what was typed; it is throttled whether or not anybody has it. */
type Asked = { brand: string; purpose: CodePurpose; channel: ContactChannel; from: string; nameKey: Buffer; find: (tx: Tx) => Promise<Whose | undefined> };

export const askForCodeAsStranger = async (db: Db, vault: Vault, clock: Clock, asked: Asked, tell: TellCode): Promise<Result<IssuedCode, Wait>> => {
  const started = performance.now();
  const answer = await askForCode(db, vault, clock, asked, tell);
  await sleep(Math.max(0, strangersAreAnsweredAfter - (performance.now() - started)));
  return answer;
};

export const askForCode = (db: Db, vault: Vault, clock: Clock, asked: Asked, tell: TellCode): Promise<Result<IssuedCode, Wait>> => {
  const { brand, purpose, channel, nameKey } = asked;
  const source = sourceKey(vault, brand, asked.from);
  return db.inBrand(brand, async (tx) => {
    const now = clock.now();
    const counted = await countTry(tx, brand, now, [
      { bucket: 'code-source', key: source },
      // First by who asks: a stranger alone can't use up what the owner may ask for.
      { bucket: 'code-account-from', key: vault.mark('code from', nameKey.toString('hex'), source.toString('hex')) },
      { bucket: 'code-account', key: nameKey },
    ]);
    if (!counted.ok) return counted;
    const whose = await asked.find(tx);
    const { code, ...issued } = await issueCode(tx, vault, now, { brand, purpose, subject: whose?.cancellationId ?? whose?.subscriberId ?? null });
    if (whose) await tell(tx, { ...issued, ...whose, brand, purpose, channel, code });
    return ok(issued);
  });
};
