import type { PublishedKeys } from '../certificate/published-keys.ts';
import type { CertificateKey } from '../certificate/sign.ts';
import type { ApplicationNumber, ApplicationNumberFault } from '../cancellation/identifiers/application-number.ts';
import type { Result } from '../cancellation/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { attachIdentity } from '../desk/draft.ts';
import type { TellCode } from '../identity/one-time-codes.ts';

export type AcceptedDocument = Parameters<typeof attachIdentity>[3];
/** Why a file was not taken. A new reason breaks the build until there are words for it. */
export type CannotTake = {
  readonly kind: 'empty' | 'not-readable' | 'mixed-content' | 'pdf-encrypted' | 'took-too-long' | 'busy' | 'too-large' | 'type-not-accepted'
    | 'too-many-pixels' | 'pdf-active' | 'pdf-too-many-pages' | 'pdf-cannot-be-judged';
  readonly looksLike?: string;
};

/** What the portal stands on; put together in main.ts. */
export type PortalDeps = {
  readonly desk: Desk;
  readonly tellCode: TellCode;
  readonly tellChanged: (brand: string, what: 'password-changed' | 'question-changed') => (tx: Parameters<TellCode>[0], subscriberId: string) => Promise<void>;
  /** An application number as typed or read aloud. */
  readonly readNumber: (typed: string) => Result<ApplicationNumber, ApplicationNumberFault>;
  /** Makes a document harmless, or says why not. */
  readonly accept: (contents: Buffer) => Promise<Result<AcceptedDocument, CannotTake>>;
  /** The largest document, in bytes. */
  readonly largest: number;
  readonly keys: PublishedKeys;
  /** Seals the pages of a certificate's PDF. */
  readonly key: CertificateKey;
  /** How the portal is reached from outside, without a slash at the end. */
  readonly publicUrl: () => string;
  /** Cookies only over TLS. */
  readonly production: boolean;
};
