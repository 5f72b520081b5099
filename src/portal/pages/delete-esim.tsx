import { Card, Notice, Page, Way } from '../../design/index.ts';
import { paths, type Place } from '../place.ts';

const makes = ['iphone', 'samsung', 'pixel', 'huawei'] as const;
const taps = ['settings', 'network', 'line', 'remove'] as const;

/** What there is to look for, without words: the words stand beside it. */
const drawn: Record<(typeof taps)[number], string> = {
  settings: 'M9 16h14M31 16h8M27 12a4 4 0 100 8 4 4 0 000-8M9 32h6M23 32h16M19 28a4 4 0 100 8 4 4 0 000-8',
  network: 'M24 9a15 15 0 100 30 15 15 0 000-30M9 24h30M24 9c-8 9-8 21 0 30M24 9c8 9 8 21 0 30',
  line: 'M14 8h14l8 8v24H14zM20 24h10v10H20zM25 24v10M20 29h10',
  remove: 'M11 15h26M19 15v-5h10v5M15 15l2 25h14l2-25M21 21v13M27 21v13',
};
const Picture = ({ of }: { readonly of: (typeof taps)[number] }) => <svg viewBox="0 0 48 48" aria-hidden="true" focusable="false"><path d={drawn[of]} /></svg>;

/** How a profile is deleted, make by make: four taps each. For everyone, because who cancelled has no account any more. */
export const DeleteEsimPage = ({ place: { frame, words: { say }, base } }: { readonly place: Place }) => (
  <Page frame={frame} title={say('esim.how-title')}>
    <Way back={{ href: paths(base).home, label: say('way.to-home') }} />
    <h1>{say('esim.how-title')}</h1>
    <p>{say('esim.how-says')}</p>
    <Notice tone="todo"><p>{say('esim.how-after')}</p></Notice>
    <p>{say('esim.how-online')}</p>
    {makes.map((make) => (
      <Card key={make} title={say(`esim.make.${make}`)}>
        <ol class="taps">
          {taps.map((tap) => <li key={tap}><Picture of={tap} /><span>{say(`esim.${make}.${tap}`)}</span></li>)}
        </ol>
      </Card>
    ))}
    <p class="quiet">{say('esim.how-differs')} <a href={paths(base).help}>{say('foot.help')}</a></p>
  </Page>
);
