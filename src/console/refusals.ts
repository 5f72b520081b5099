import type { ComponentChildren } from 'preact';
import { unreachable } from '../cancellation/result.ts';
import type { CannotDecide } from '../desk/review-case.ts';
import type { Words } from './words.tsx';

/** Why it was not done, in words. */
export const inWords = (why: CannotDecide, { say, compose, instant }: Words): ComponentChildren => {
  switch (why.kind) {
    case 'wrong-state':
      return say('cannot.wrong-state', { state: say(`state.${why.state}`), move: say(`move.${why.move}`) });
    case 'not-yours':
      return say('cannot.not-yours', { move: say(`move.${why.move}`) });
    case 'too-early':
      return compose('cannot.too-early', { at: instant(why.notBefore) });
    case 'not-in-pack':
      return say('cannot.not-in-pack', { id: why.id });
    case 'own-case':
    case 'own-refusal':
    case 'nothing-given':
    case 'not-acknowledged':
    case 'lost-race':
    case 'not-found':
      return say(`cannot.${why.kind}`);
    default:
      return unreachable(why);
  }
};

/** The status of the answer that carries these words (RFC 9110 §15.5). */
export const statusOf = (why: CannotDecide): 403 | 404 | 409 | 422 => {
  switch (why.kind) {
    case 'not-found':
      return 404;
    case 'not-yours':
    case 'own-case':
    case 'own-refusal':
      return 403;
    case 'not-in-pack':
    case 'nothing-given':
      return 422;
    case 'wrong-state':
    case 'too-early':
    case 'not-acknowledged':
    case 'lost-race':
      return 409;
    default:
      return unreachable(why);
  }
};
