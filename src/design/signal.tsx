import type { ComponentChildren } from 'preact';

export type Bars = 0 | 1 | 2 | 3 | 4;

/** Four bars; those above `on` are out. The words beside it say the same. */
export const Signal = ({ on, large }: { readonly on: Bars; readonly large?: boolean }) => (
  <span class={large ? 'signal large' : 'signal'} aria-hidden="true">
    {[1, 2, 3, 4].map((bar) => <i key={bar} class={bar <= on ? 'on' : undefined} />)}
  </span>
);

/**
 * The one big sentence that says whether the line is cancelled.
 * `on-air`: not yet. `off-air`: it is over, the banner goes dark. `kept`: there will be no cancellation.
 */
export const StateBanner = ({ tone, bars, verdict, when, subject, children }: {
  readonly tone: 'on-air' | 'off-air' | 'kept';
  readonly bars: Bars;
  readonly verdict: ComponentChildren;
  /** From when, if that is known: part of the sentence, a size smaller. */
  readonly when?: ComponentChildren;
  /** Which line, small, opposite the signal. */
  readonly subject?: ComponentChildren;
  readonly children?: ComponentChildren;
}) => (
  <section class={{ 'on-air': 'state', 'off-air': 'state night', kept: 'state kept' }[tone]}>
    <div class="subject"><Signal on={bars} large /><span class="num">{subject}</span></div>
    <h1>{verdict}{when ? <span class="when"> {when}</span> : null}</h1>
    {children}
  </section>
);
