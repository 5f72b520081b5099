import { Actions, Go, Page } from '../../design/index.ts';
import { paths, type Place } from '../place.ts';

export type FaultKind = 'not-found' | 'not-allowed' | 'no-right' | 'not-understood' | 'too-large' | 'later' | 'broken';

/** What went wrong in plain words, and the way on. `reference` finds the fault in the log. */
export const FaultPage = ({ place: { frame, words: { say }, base }, kind, reference }: { readonly place: Place; readonly kind: FaultKind; readonly reference?: string }) => (
  <Page frame={frame} title={say(`fault.${kind}.title`)} dense>
    <div class="narrow">
      <h1>{say(`fault.${kind}.title`)}</h1>
      <p>{say(`fault.${kind}.says`)}</p>
      {reference ? <p class="quiet">{say('fault.reference')} <b class="num">{reference}</b></p> : null}
      <Actions><Go href={paths(base).home}>{say('way.to-queue')}</Go></Actions>
    </div>
  </Page>
);
