/** Proof that a form came from our page in this browser: keyed hash over what the browser's cookie stands for. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Vault } from '../vault/vault.ts';

/** A session, by its id; before sign-in, a random cookie of its own (`newToken`). */
export type FormOwner = { readonly brand: string } & ({ readonly sessionId: string } | { readonly before: string });

const ownerOf = (owner: FormOwner): string[] => ('sessionId' in owner ? [owner.brand, 'session', owner.sessionId] : [owner.brand, 'before', owner.before]);

/** Different at every call, so that compressing the page gives nothing of it away. */
export const csrfToken = (vault: Vault, owner: FormOwner): string => {
  const salt = randomBytes(16);
  return Buffer.concat([salt, proofOf(vault, owner, salt)]).toString('base64url');
};

export const checkCsrf = (vault: Vault, owner: FormOwner, token: unknown): boolean => {
  if (typeof token !== 'string' || !/^[A-Za-z0-9_-]{64}$/.test(token)) return false;
  const bytes = Buffer.from(token, 'base64url');
  return timingSafeEqual(bytes.subarray(16), proofOf(vault, owner, bytes.subarray(0, 16)));
};

const proofOf = (vault: Vault, owner: FormOwner, salt: Buffer): Buffer => vault.mark('form', ...ownerOf(owner), salt.toString('hex'));
