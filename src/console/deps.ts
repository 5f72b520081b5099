import type { Result } from '../cancellation/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { attachIdentity } from '../desk/draft.ts';
import type { TellCode } from '../identity/one-time-codes.ts';

export type AcceptedDocument = Parameters<typeof attachIdentity>[3];

/** What the console stands on; put together where the doors are opened. */
export type ConsoleDeps = {
  readonly desk: Desk;
  /** Puts a code for a caller on its way. */
  readonly tellCode: TellCode;
  /** Makes a document harmless, or says why not. */
  readonly accept: (contents: Buffer) => Promise<Result<AcceptedDocument, { readonly kind: string }>>;
  /** The largest document, in bytes. */
  readonly largest: number;
  /** Cookies only over TLS. */
  readonly production: boolean;
};
