import { Actions, Go, Page } from '../../design/index.ts';
import { paths, type Place } from '../place.ts';

/** What went wrong in plain words, and the way on. `reference` finds the fault in the log. */
export const FaultPage = ({ place: { frame, words: { say }, base, uploadMost }, kind, reference }: { readonly place: Place; readonly kind: 'not-found' | 'not-allowed' | 'too-large' | 'too-often' | 'not-understood' | 'broken'; readonly reference?: string }) => {
  const to = paths(base);
  return (
    <Page frame={frame} title={say(`fault.${kind}.title`)}>
      <h1>{say(`fault.${kind}.title`)}</h1>
      <p>{say(`fault.${kind}.says`, { most: uploadMost })}</p>
      {reference ? <p class="quiet">{say('fault.reference')} <b class="num">{reference}</b></p> : null}
      <Actions><Go href={to.home}>{say('way.to-home')}</Go><Go look="link" href={to.help}>{say('foot.help')}</Go></Actions>
    </Page>
  );
};
