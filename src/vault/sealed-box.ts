/**
 * AES-256-GCM with a random 96-bit nonce: version byte, nonce, tag, ciphertext.
 * What it is bound to goes in as additional data, so a box that was moved elsewhere does not open.
 */
import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

const version = 1;
const nonceLength = 12;
const tagLength = 16;
const headLength = 1 + nonceLength + tagLength;

export const closeBox = (key: KeyObject, boundTo: readonly string[], plaintext: Buffer): Buffer => {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength }).setAAD(additionalData(boundTo));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), ciphertext]);
};

export type BoxRefusal = 'unknown-version' | 'not-authentic';

/** The plaintext, or why not. */
export const openBox = (key: KeyObject, boundTo: readonly string[], box: Buffer): Buffer | BoxRefusal => {
  if (box.length < headLength) return 'not-authentic';
  if (box[0] !== version) return 'unknown-version';
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(1, 1 + nonceLength), { authTagLength: tagLength })
    .setAAD(additionalData(boundTo))
    .setAuthTag(box.subarray(1 + nonceLength, headLength));
  try {
    return Buffer.concat([decipher.update(box.subarray(headLength)), decipher.final()]);
  } catch {
    return 'not-authentic'; // the only thing that final() throws for: wrong key, other binding, or changed bytes
  }
};

/** JSON, because joining with a separator would let two bindings read the same. */
const additionalData = (boundTo: readonly string[]): Buffer => Buffer.from(JSON.stringify([version, ...boundTo]));
