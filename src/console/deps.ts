import type { Desk } from '../desk/desk.ts';

/** What the console stands on; put together where the doors are opened. */
export type ConsoleDeps = {
  readonly desk: Desk;
  /** Cookies only over TLS. */
  readonly production: boolean;
};
