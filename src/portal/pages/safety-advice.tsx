import { Notice } from '../../design/index.ts';
import { paths, type Place } from '../place.ts';

/** Stands wherever personal data is asked (UP13). */
export const SafetyAdvice = ({ place: { words, pack, base } }: { readonly place: Place }) => (
  <Notice icon="shield">
    <p>{words.compose('safety.advice', { site: <b class="nb">{pack.addresses.site}</b> })}</p>
    <p><a href={paths(base).safety}>{words.say('safety.more')}</a></p>
  </Notice>
);
