import { Card, Notice, Page, Way } from '../../design/index.ts';
import { paths, type Place } from '../place.ts';

const makes = ['iphone', 'samsung', 'pixel', 'huawei'] as const;
const taps = ['settings', 'network', 'line', 'remove'] as const;

/** What there is to look for, without words: the words stand beside it. */
const drawn: Record<(typeof taps)[number], string> = {
  settings: 'M24 17a7 7 0 100 14 7 7 0 000-14zM24 8v4M24 36v4M8 24h4M36 24h4M12.7 12.7l2.8 2.8M32.5 32.5l2.8 2.8M12.7 35.3l2.8-2.8M32.5 15.5l2.8-2.8',
  network: 'M10 36v-6M18 36V25M26 36V19M34 36V12M40 36h.01',
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
