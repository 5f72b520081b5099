import type { FastifyReply, FastifyRequest } from 'fastify';
import { chooseLanguage } from '../language/index.ts';
import { csrfToken, type FormOwner } from '../identity/csrf.ts';
import { newToken, subscriberOf, type SubscriberSession } from '../identity/sessions.ts';
import { caseNamed, type Named } from '../desk/case-access.ts';
import type { Pack } from '../policy/pack.ts';
import { jarOf, type Jar } from './cookies.ts';
import type { PortalDeps } from './deps.ts';
import type { Told } from './pages/told.tsx';
import { frameOf } from './frame.tsx';
import { paths, type Place } from './place.ts';
import { wordsOf, type PortalKey, type Words } from './words.tsx';

/** One request to one brand's portal: what every route starts from. */
export type Visit = {
  readonly pack: Pack;
  readonly base: string;
  readonly to: ReturnType<typeof paths>;
  readonly words: Words;
  readonly jar: Jar;
  /** The network address, for throttling. */
  readonly from: string;
  readonly session: SubscriberSession | undefined;
  /** A session was there and its time is over: said at the sign-in page. */
  readonly sessionOver: boolean;
  /** The case that the address names, where the route says that it names one. Whose it is has not been looked at. */
  readonly named: Named | undefined;
  /** What this browser's forms belong to; nothing where it has no cookie yet. */
  readonly owner: FormOwner | undefined;
  /** For a page. Gives a browser without cookies one for its forms. */
  place(): Place;
  /** What the page before wanted said, once. */
  told(): Told | undefined;
  tellNext(key: TellingKey): void;
};

/** The only things that a page can have said on the next: nothing from outside gets into a page this way. */
const good = ['data.asked', 'esim.said-thanks', 'sign-in.signed-out', 'reset-code.done', 'preparation.paid', 'preparation.unbound', 'status.supplied', 'status.withdrawn', 'status.appealed', 'status.confirm-sent', 'security-question.done'] as const satisfies readonly PortalKey[];
const notGood = ['esim.nothing-to-say', 'sign-in.again', 'preparation.declined', 'preparation.try-later', 'status.another-open', 'status.appeal-missing', 'withdraw.too-late', 'supplement.not-waiting', 'status.confirm-wait', 'status.confirm-not-open'] as const satisfies readonly PortalKey[];
export type TellingKey = (typeof good)[number] | (typeof notGood)[number];
const isOneOf = <Key extends string>(keys: readonly Key[], text: string | undefined): text is Key => (keys as readonly (string | undefined)[]).includes(text);

export const visitOf = async (deps: PortalDeps, pack: Pack, request: FastifyRequest, reply: FastifyReply): Promise<Visit> => {
  const base = `/${pack.brand}`;
  const now = deps.desk.clock.now();
  const jar = jarOf(request, reply, base, deps.production);
  const number = request.routeOptions.config.namesCase === true ? (request.params as { number?: string }).number : undefined;
  const found = await subscriberOf(deps.desk.db, pack.brand, jar.get('session'), now, number === undefined ? undefined : (tx) => caseNamed(tx, number));
  const session = found.ok ? found.value : undefined;
  const words = wordsOf(chooseLanguage(request.headers['accept-language'], jar.get('language')), pack, now);
  const before = jar.get('before');
  const owner: FormOwner | undefined = session ? { brand: pack.brand, sessionId: session.sessionId } : before ? { brand: pack.brand, before } : undefined;
  return {
    pack, base, words, jar, session, owner,
    named: session?.along,
    to: paths(base),
    from: request.ip,
    sessionOver: !found.ok && found.why.kind === 'session-over',
    place: () => {
      let formOwner = owner;
      if (!formOwner) {
        formOwner = { brand: pack.brand, before: newToken() };
        jar.set('before', formOwner.before);
      }
      const token = csrfToken(deps.desk.vault, formOwner);
      const address = request.method === 'GET' ? request.url : request.url.replace(/\?.*$/, '');
      const entries = deps.desk.packs.openEntries(pack.brand, now);
      const frame = frameOf({ pack, words, base, address, token, entries, signedIn: session !== undefined });
      return { frame, words, pack, base, token, entries, uploadMost: `${Math.round(deps.largest / 1024 / 1024)} MB` };
    },
    told: () => {
      const key = jar.get('told');
      if (key !== undefined) jar.clear('told');
      return isOneOf(good, key) ? { says: words.say(key), good: true } : isOneOf(notGood, key) ? { says: words.say(key), good: false } : undefined;
    },
    tellNext: (key) => jar.set('told', key),
  };
};
